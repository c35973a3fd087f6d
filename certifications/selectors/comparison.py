"""A certificate as the case page compares it: what was typed, and the ticks."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from certifications.models import Certificate
from certifications.rules.ticks import TICK_LABELS
from certifications.selectors.words import write_sentence
from moderation.models import Case
from moderation.rules import Check, Comparison, DiffRow
from reference.selectors import get_country_name

TONES = {"pass": "ok", "fail": "bad", "unknown": "info"}


def get_case_certificate(*, case: Case) -> Certificate:
    """The certificate of a case, with all that its page shows."""
    rows = Certificate.objects.select_related("scheme", "issuer", "company", "first_officer")
    return rows.prefetch_related(
        "files__upload__renditions", "sites", "group_members", "checks__officer", "checks__picture__renditions"
    ).get(pk=case.subject_id)


def compare_certificate(*, case: Case) -> Comparison:
    """The typed facts as they stand now, and each tick as a check."""
    certificate = get_case_certificate(case=case)
    rows = tuple(DiffRow(label, "", value, "added") for label, value in list_facts(certificate=certificate))
    return Comparison(rows=rows, checks=tuple(list_ticks(certificate=certificate)))


def list_facts(*, certificate: Certificate) -> list[tuple[str, str]]:
    """What the exporter typed, labelled, in the order in which a certificate is read."""
    term = (_write_day(certificate.valid_from), _write_day(certificate.valid_until))
    facts = [
        (_("Scheme"), certificate.scheme.name),
        (_("Paper"), certificate.scheme.get_paper_display()),
        (_("Issuer"), certificate.issuer_name),
        (_("Number"), certificate.number),
        (_("Holder, as printed"), certificate.holder),
        (_("Address, as printed"), certificate.holder_address),
        (_("Valid from"), term[0]),
        (_("Valid until"), term[1]),
        (_("Scope, as printed"), certificate.scope),
        (_("HS codes covered"), ", ".join(certificate.hs_prefixes)),
        (_("Products, in words"), ", ".join(certificate.words)),
        (_("Sites"), "\n".join(f"{site.name}, {site.city}" for site in certificate.sites.all())),
    ]
    if certificate.is_group:
        members = "\n".join(f"{row.name} {row.place}".strip() for row in certificate.group_members.all())
        facts.append((_("Members of the group"), members))
    return facts


def list_company_facts(*, certificate: Certificate) -> list[tuple[str, str]]:
    """What our records say of the company, to compare."""
    company = certificate.company
    country = get_country_name(code=company.country, language=get_language() or "en")
    return [
        (_("Legal name"), company.legal_name),
        (_("Place"), ", ".join(part for part in (company.city, company.region, country) if part)),
        (_("Sites"), "\n".join(f"{site.name}, {site.city}" for site in company.sites.all())),
    ]


def list_ticks(*, certificate: Certificate, with_secrets: bool = True) -> list[Check]:
    """The last ticks in the reader's language; without secrets, those that an exporter may read too."""
    return [
        Check(
            _(TICK_LABELS[tick["name"]]),
            TONES[tick["result"]],
            write_sentence(sentence=tick["sentence"], values=tick["values"]),
        )
        for tick in certificate.fit
        if with_secrets or not tick["officer_only"]
    ]


def _write_day(day: date | None) -> str:
    return date_format(day, "j M Y") if day else ""
