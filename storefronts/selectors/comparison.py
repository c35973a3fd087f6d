"""What an officer sees of a company's case: live against proposed, and what could be checked without asking anybody."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from moderation.models import Case
from moderation.rules import Check, Comparison, DiffRow
from storefronts.adapters.registration import check_registration_number
from storefronts.choices import ChannelKind, RegistrationCheck, Role
from storefronts.models import Company
from storefronts.rules import NO_NUMBER_REASON, PICTURE_FIELDS, REVIEWED_FIELDS, is_same_domain
from storefronts.selectors.companies import get_proposed_facts, list_lookalikes, read_facts
from storefronts.selectors.editor import describe_fact
from uploads.models import Upload
from uploads.selectors import build_picture

TONES = {RegistrationCheck.VALID: "ok", RegistrationCheck.INVALID: "bad", RegistrationCheck.UNKNOWN: "info"}


def get_company_comparison(*, case: Case) -> Comparison:
    """The case page's comparison. What nobody approved yet is not live, so a first case shows everything as new."""
    company = Company.objects.get(pk=case.subject_id)
    after = get_proposed_facts(company=company)
    before = read_facts(company=company) if company.verified_at else {}
    pictures = _load_pictures(before, after)
    rows = tuple(
        _build_row(name, before, after, pictures) for name in REVIEWED_FIELDS if before.get(name) or after.get(name)
    )
    url = reverse("storefronts:detail", args=[company.slug])
    return Comparison(
        rows=tuple(row for row in rows if row.kind != "same"),
        unchanged=tuple(row for row in rows if row.kind == "same"),
        checks=tuple(_list_checks(company, after)),
        public_url=url if company.is_public else "",
        preview_url=f"{url}?proposed=1",
    )


def is_own_company(*, case: Case, officer: Any) -> bool:
    """Does the officer belong to the company?"""
    return Company.objects.of_member(officer, *Role.values).filter(pk=case.subject_id).exists()


def get_company_record_url(*, case: Case) -> str:
    """The company's record in the admin."""
    return reverse("admin:storefronts_company_change", args=[case.subject_id])


def _load_pictures(*facts: dict[str, Any]) -> dict[str, Any]:
    ids = {fact[place] for fact in facts for place in PICTURE_FIELDS if fact.get(place)}
    uploads = Upload.objects.filter(pk__in=ids).prefetch_related("renditions")
    return {
        str(upload.pk): build_picture(upload=upload, alt=upload.name, sizes="160px") or upload.name
        for upload in uploads
    }


def _build_row(name: str, before: dict[str, Any], after: dict[str, Any], pictures: dict[str, Any]) -> DiffRow:
    left, right = before.get(name), after.get(name)
    label = gettext(REVIEWED_FIELDS[name])
    if (left or None) == (right or None):
        return DiffRow(label, _show(name, left, pictures), _show(name, right, pictures), "same")
    kind = "picture" if name in PICTURE_FIELDS else "added" if not left else "removed" if not right else "text"
    return DiffRow(label, _show(name, left, pictures), _show(name, right, pictures), kind)  # type: ignore[arg-type]  # mypy widens the literals


def _show(name: str, value: Any, pictures: dict[str, Any]) -> Any:
    if not value:
        return ""
    return pictures.get(value, "") if name in PICTURE_FIELDS else describe_fact(name=name, value=value)


def _list_checks(company: Company, facts: dict[str, Any]) -> list[Check]:
    return [_check_number(facts), _check_lookalikes(company, facts), *_check_contacts(company)]


def _check_number(facts: dict[str, Any]) -> Check:
    label = gettext("Registration number")
    if not facts.get("registration_number"):
        return Check(
            label,
            "warn",
            gettext("None given. The company says: %(reason)s") % {"reason": facts.get(NO_NUMBER_REASON, "")},
        )
    state = check_registration_number(country=facts["country"], number=facts["registration_number"]).state
    return Check(label, TONES[state], str(state.label))


def _check_lookalikes(company: Company, facts: dict[str, Any]) -> Check:
    label = gettext("Other companies like it")
    found = list(list_lookalikes(company=company, facts=facts)[:3])
    number = (facts.get("registration_number") or "").lower()
    same_number = [other.legal_name for other in found if number and other.registration_number.lower() == number]
    if same_number:
        return Check(
            label, "bad", gettext("The same registration number: %(names)s") % {"names": ", ".join(same_number)}
        )
    if found:
        return Check(
            label,
            "warn",
            gettext("The same name in this country: %(names)s") % {"names": ", ".join(other.slug for other in found)},
        )
    return Check(label, "ok", gettext("No other company has this number or name."))


def _check_contacts(company: Company) -> list[Check]:
    known = {channel.kind: channel.value for channel in company.channels.all()}
    email, website = known.get(ChannelKind.EMAIL), known.get(ChannelKind.WEBSITE)
    if not email or not website:
        return []
    same = is_same_domain(email, website)
    text = (
        gettext("E-mail and website share a domain.") if same else gettext("E-mail and website have different domains.")
    )
    return [Check(gettext("Contact"), "ok" if same else "warn", text)]
