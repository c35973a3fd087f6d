"""The product page of the version in the editor, as a buyer without an account would see it."""

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from listings.filters import QuantityForm
from listings.selectors.drafts import get_draft
from listings.selectors.products import get_product
from storefronts.selectors import get_membership


@login_required
@never_cache
@require_safe
def preview(request: HttpRequest, company: str, pk: int) -> HttpResponse:
    """Any member may look; nothing on the page can be sent."""
    member = get_membership(user=request.user, slug=company, roles=())
    draft = get_draft(member=member, listing_id=pk)
    form = QuantityForm(request.GET)
    typed = form.cleaned_data if form.is_valid() else {}
    product = get_product(
        listing=draft.listing, revision=draft.revision, user=AnonymousUser(), language=get_language() or "en",
        quantity=typed.get("quantity"), variant=typed.get("variant"),
    )  # fmt: skip
    return render(
        request,
        "catalogue/product.html",
        {
            "product": product,
            "form": form,
            "state_note": _("This is a preview: buyers do not see it like this before it is sent and approved."),
            "json_ld": "{}",
        },
    )
