"""Officers set the HS code of a product."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.errors import DomainError, NotFound
from core.middleware import explain
from listings.forms.officers import HsLockForm
from listings.models import Listing
from listings.services.hs_codes import lock_hs_code, release_hs_code


@require_http_methods(["GET", "HEAD", "POST"])
def lock(request: HttpRequest, listing_id: int) -> HttpResponse:
    """GET shows what stands; POST sets the code, or lets it go."""
    listing = Listing.objects.select_related("company", "live_revision").filter(pk=listing_id).first()
    if listing is None:
        raise NotFound
    officer = request.user
    assert isinstance(officer, User)  # noqa: S101  admin_view lets nobody else in
    form = HsLockForm(request.POST or None, initial={"code": listing.hs_lock})
    if request.method == "POST" and form.is_valid():
        code, reason = form.cleaned_data["code"], form.cleaned_data["reason"]
        try:
            if code:
                lock_hs_code(officer=officer, listing_id=listing.pk, code=code, reason=reason)
            else:
                release_hs_code(officer=officer, listing_id=listing.pk, reason=reason)
        except DomainError as refused:
            form.add_error("code", explain(refused))
        else:
            messages.success(request, _("The code is set.") if code else _("The exporter may choose the code again."))
            return redirect("admin:listings_listing_change", listing.pk)
    context = {
        **admin.site.each_context(request), "form": form, "listing": listing, "revision": listing.revisions.order_by("number").last(),
        "has_errors": bool(form.errors),
    }  # fmt: skip
    return render(request, "listings/officer/hs_code.html", context, status=422 if form.errors else 200)
