"""The agency's own pages: what is shown in which language, and officers who write them."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.audit import record
from core.errors import NotFound, StaleEdit
from core.markdown import render_markdown
from core.models import AgencyPage

TITLES = {
    "about": _("About us"),
    "terms": _("Terms of use"),
    "privacy": _("Privacy"),
    "help": _("Help"),
    "contact": _("Contact"),
}


@dataclass(frozen=True)
class ShownPage:
    """What a reader gets: the agency's own text, in `language` (its own where that differs from the reader's), or the shipped one."""

    slug: str
    title: str
    body: SafeString | None
    language: str


@dataclass(frozen=True)
class PageLine:
    """One page in one language, as officers see the list; `written_at` is None while the shipped text is shown."""

    slug: str
    title: str
    language: str
    written_at: datetime | None
    writer: str


def get_shown_page(*, slug: str, language: str) -> ShownPage:
    """The agency's text in the reader's language, else in the site's first language, else what is shipped (`body` None)."""
    own = {
        page.language: page
        for page in AgencyPage.objects.filter(slug=slug, language__in=[language, settings.LANGUAGE_CODE])
    }
    page = own.get(language) or own.get(settings.LANGUAGE_CODE)
    if page is None:
        return ShownPage(slug, str(TITLES[slug]), None, "")
    return ShownPage(slug, page.title, render_markdown(page.body), "" if page.language == language else page.language)


def list_page_lines() -> list[PageLine]:
    """Every page in every language of the site, written or not; one query."""
    own = {(page.slug, page.language): page for page in AgencyPage.objects.select_related("updated_by")}
    return [
        PageLine(
            slug,
            page.title if page else str(title),
            language,
            page.updated_at if page else None,
            str(page.updated_by or "") if page else "",
        )
        for slug, title in TITLES.items()
        for language, _name in settings.LANGUAGES
        for page in [own.get((slug, language))]
    ]


def find_page(*, slug: str, language: str) -> AgencyPage | None:
    """The agency's own text, or None; raises NotFound for a page or language that the site does not have."""
    if slug not in TITLES or language not in dict(settings.LANGUAGES):
        raise NotFound
    return AgencyPage.objects.filter(slug=slug, language=language).first()


def get_page_version(*, page: AgencyPage | None) -> str:
    """What a form carries, so that two officers do not overwrite one another."""
    return str(page.edit_count) if page else "0"


@transaction.atomic
def save_page(*, slug: str, language: str, title: str, body: str, version: str, officer: models.Model) -> AgencyPage:
    """Write the agency's own text of a page in one language. `version` is what the form was made from; raises StaleEdit."""
    find_page(slug=slug, language=language)
    page = AgencyPage.objects.select_for_update().filter(slug=slug, language=language).first()
    if get_page_version(page=page) != version:
        raise StaleEdit
    page = page or AgencyPage(slug=slug, language=language)
    changed = [name for name, value in (("title", title), ("body", body)) if getattr(page, name) != value]
    page.title, page.body, page.updated_by_id = title, body, officer.pk
    page.edit_count += 1
    try:
        with transaction.atomic():
            page.save()
    except IntegrityError as first:  # one_page_per_language: a colleague wrote the first text at this moment
        raise StaleEdit from first
    record("core.page_written", subject=page, actor=officer, fields=changed)
    return page


@transaction.atomic
def drop_page(*, slug: str, language: str, version: str, officer: models.Model) -> None:
    """Show the shipped text again. Raises StaleEdit when a colleague has written since, NotFound when there is no own text."""
    page = AgencyPage.objects.select_for_update().filter(slug=slug, language=language).first()
    if page is None:
        raise NotFound
    if get_page_version(page=page) != version:
        raise StaleEdit
    record(
        "core.page_dropped",
        subject=page,
        actor=officer,
        fields=["body"],
        values={"title": page.title, "body": page.body},
    )
    page.delete()


def name_language(*, code: str) -> str:
    """A language of the site in the reader's words."""
    return str(dict(settings.LANGUAGES)[code])
