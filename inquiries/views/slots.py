"""The inquiry form where it stands in pages of lower floors: beside a product, on a storefront."""

from typing import Any

from inquiries.forms.ask import AskForm
from inquiries.selectors.asking import Subject, get_prospect, list_known_values
from listings.models import Listing
from storefronts.models import Company
from storefronts.selectors.members import find_membership


def select_product_form(
    *, listing: Listing, user: Any, typed_quantity: str = "", **given: Any
) -> dict[str, Any] | None:
    """The form beside a live product; nothing for one that buyers do not see."""
    if not listing.company.is_public or listing.state != "live":
        return None
    return _fill(Subject(listing.company, listing), user, typed_quantity)


def select_storefront_form(*, company: Company, user: Any, **given: Any) -> dict[str, Any] | None:
    """The form on a public storefront."""
    return _fill(Subject(company, None), user, "") if company.is_public else None


def _fill(subject: Subject, user: Any, quantity: str) -> dict[str, Any]:
    """At most four queries; an anonymous page gets the same form each time, so that it stays unchanged for caches."""
    initial = {**list_known_values(user=user, remembered={}), "quantity": quantity}
    form = AskForm(
        initial=initial, unit=subject.unit, offers_sample=subject.offers_sample, is_known=user.is_authenticated
    )
    return {
        "subject": subject,
        "form": form,
        "prospect": get_prospect(company=subject.company),
        "is_own": find_membership(user=user, company=subject.company) is not None,
    }
