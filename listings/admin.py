"""Records of listings for officers: they read; content changes through revisions, and suspension through its own page."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import RecordAdmin, RecordInline
from core.admin_actions import act_on_each, act_with_reason
from listings.models import CertificateCoverage, Listing, ListingPicture, ListingRevision, PackageType, PriceBreak
from listings.selectors.coverage import list_open_claims
from listings.selectors.standing import list_standing
from listings.services.availability import reinstate_listing
from listings.services.coverage import confirm_claim, refuse_claim
from moderation.services import take_off_market


class RevisionInline(RecordInline):
    model = ListingRevision
    fields = ["number", "state", "title", "submitted_at", "decided_at", "updated_at"]
    readonly_fields = ["updated_at"]
    show_change_link = True


@admin.register(Listing)
class ListingAdmin(RecordAdmin):
    list_display = ["__str__", "company", "state", "first_live_at", "created_at"]
    list_filter = ["state", "live_revision__category__parent"]
    search_fields = ["live_revision__title", "revisions__title", "company__legal_name"]
    list_select_related = ["company", "live_revision"]
    readonly_fields = ["pages", "standing", "hs_code"]
    inlines = [RevisionInline]
    actions = ["suspend", "reinstate"]

    @admin.display(description=gettext_lazy("product page"))
    def pages(self, listing: Listing) -> str:
        return (
            format_html('<a href="{}">{}</a>', listing.get_absolute_url(), _("Open"))
            if listing.live_revision_id
            else ""
        )

    @admin.display(description=gettext_lazy("HS code"))
    def hs_code(self, listing: Listing) -> str:
        """The code that an officer set, and the page to set it."""
        address = reverse("admin:hs_lock", args=[listing.pk])
        return format_html('{} <a href="{}">{}</a>', listing.hs_lock, address, _("Set the HS code"))

    @admin.display(description=gettext_lazy("place in the search"))
    def standing(self, listing: Listing) -> str:
        """The parts that lift it among products that fit the words equally well."""
        words = _("%(label)s: %(reached)s %% (counts %(share)s %%)")
        parts = [
            (words % {"label": one.label, "reached": one.reached, "share": one.share},)
            for one in list_standing(listing=listing)
        ]
        return format_html_join("", "{}<br>", parts)

    @admin.action(description=gettext_lazy("Suspend: take off the market"))
    def suspend(self, request: HttpRequest, chosen: QuerySet[Listing]) -> HttpResponse | None:
        def act(listing: Model, reason: str) -> object:
            return take_off_market(kind="product", subject_id=listing.pk, officer=_officer(request), reason=reason)

        return act_with_reason(
            self,
            request,
            chosen,
            action="suspend",
            title=_("Take these products off the market"),
            button=_("Suspend"),
            act=act,
        )

    @admin.action(description=gettext_lazy("Reinstate: end the suspension"))
    def reinstate(self, request: HttpRequest, chosen: QuerySet[Listing]) -> HttpResponse | None:
        def act(listing: Model, reason: str) -> object:
            return reinstate_listing(listing_id=listing.pk, officer=_officer(request), reason=reason)

        return act_with_reason(
            self,
            request,
            chosen,
            action="reinstate",
            title=_("Let these products return"),
            button=_("Reinstate"),
            act=act,
        )


def _officer(request: HttpRequest) -> Any:
    return request.user


class PriceBreakInline(RecordInline):
    model = PriceBreak


class PackageInline(RecordInline):
    model = PackageType


class PictureInline(RecordInline):
    model = ListingPicture
    related = ("upload",)


@admin.register(ListingRevision)
class ListingRevisionAdmin(RecordAdmin):
    list_display = ["title", "listing_number", "number", "state", "company", "submitted_at", "updated_at"]
    list_filter = ["state", "price_visibility"]
    search_fields = ["title", "listing__company__legal_name"]
    list_select_related = ["listing__company"]
    readonly_fields = ["pages"]
    inlines = [PriceBreakInline, PackageInline, PictureInline]

    @admin.display(description=gettext_lazy("listing"), ordering="listing_id")
    def listing_number(self, revision: ListingRevision) -> int:
        return revision.listing_id

    @admin.display(description=gettext_lazy("company"), ordering="listing__company__legal_name")
    def company(self, revision: ListingRevision) -> str:
        return str(revision.listing.company)

    @admin.display(description=gettext_lazy("cases"))
    def pages(self, revision: ListingRevision) -> str:
        """The cases of its listing."""
        url = f"{reverse('admin:moderation_case_changelist')}?kind=listing&subject_id={revision.listing_id}"
        return format_html('<a href="{}">{}</a>', url, _("Open"))


class OpenClaims(admin.SimpleListFilter):
    """Claims over verified certificates about which neither the rules nor an officer has said yes or no."""

    title = gettext_lazy("an officer’s word")
    parameter_name = "word"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, str]]:
        return [("needed", _("Needed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[CertificateCoverage]) -> QuerySet[CertificateCoverage]:
        return list_open_claims(claims=queryset) if self.value() == "needed" else queryset


@admin.register(CertificateCoverage)
class CertificateCoverageAdmin(RecordAdmin):
    list_display = ["certificate", "listing", "company", "result", "why", "confirmed_at", "refused_at"]
    list_filter = [OpenClaims, "result", "certificate__scheme"]
    search_fields = ["certificate__number", "certificate__company__legal_name", "listing__live_revision__title"]
    list_select_related = ["certificate__scheme", "certificate__company", "listing__live_revision"]
    exclude = ["sentence", "values", "basis", "confirmed_basis"]
    readonly_fields = ["why"]
    actions = ["confirm", "refuse"]

    @admin.display(description=gettext_lazy("company"), ordering="certificate__company__legal_name")
    def company(self, row: CertificateCoverage) -> str:
        return str(row.certificate.company)

    @admin.display(description=gettext_lazy("what the rules say"))
    def why(self, row: CertificateCoverage) -> str:
        return row.reason

    @admin.action(description=gettext_lazy("Confirm: the certificate covers the product"))
    def confirm(self, request: HttpRequest, chosen: QuerySet[CertificateCoverage]) -> None:
        act_on_each(request, chosen, lambda row: confirm_claim(officer=_officer(request), claim_id=row.pk))

    @admin.action(description=gettext_lazy("Refuse: the certificate does not cover the product"))
    def refuse(self, request: HttpRequest, chosen: QuerySet[CertificateCoverage]) -> None:
        act_on_each(request, chosen, lambda row: refuse_claim(officer=_officer(request), claim_id=row.pk))
