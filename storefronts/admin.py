"""Records of companies for officers: they read; facts change through cases, and suspension through its own page."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import RecordAdmin, RecordInline
from core.admin_actions import act_with_reason
from core.slots import fill
from moderation.services import take_off_market
from storefronts.models import (
    AgencyFacts,
    Company,
    CompanyRevision,
    ContactChannel,
    Invitation,
    Member,
    OwnershipOffer,
    Site,
)
from storefronts.services.verification import reinstate_company


class SiteInline(RecordInline):
    model = Site


class ChannelInline(RecordInline):
    model = ContactChannel


class MemberInline(RecordInline):
    model = Member
    related = ("user",)


@admin.register(Company)
class CompanyAdmin(RecordAdmin):
    list_display = ["legal_name", "state", "kind", "country", "city", "evidence_level", "verified_until", "created_at"]
    list_filter = ["state", "kind", "evidence_level", "registration_check", "country"]
    search_fields = ["legal_name", "slug", "registration_number", "members__user__email"]
    inlines = [SiteInline, ChannelInline, MemberInline]
    actions = ["suspend", "reinstate"]
    change_form_template = "storefronts/officer/record.html"

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Company | None = None,
    ) -> HttpResponse:
        """The record, and what apps above have to say of the company."""
        parts = fill("company.record", company=obj, user=request.user)
        return super().render_change_form(request, {**context, "parts": parts}, add, change, form_url, obj)

    @admin.action(description=gettext_lazy("Suspend: take off the market"))
    def suspend(self, request: HttpRequest, chosen: QuerySet[Company]) -> HttpResponse | None:
        def act(company: Model, reason: str) -> object:
            return take_off_market(kind="exporter", subject_id=company.pk, officer=_officer(request), reason=reason)

        return act_with_reason(
            self,
            request,
            chosen,
            action="suspend",
            title=_("Take these companies off the market"),
            button=_("Suspend"),
            act=act,
        )

    @admin.action(description=gettext_lazy("Reinstate: end the suspension"))
    def reinstate(self, request: HttpRequest, chosen: QuerySet[Company]) -> HttpResponse | None:
        def act(company: Model, reason: str) -> object:
            return reinstate_company(company_id=company.pk, officer=_officer(request), reason=reason)

        return act_with_reason(
            self,
            request,
            chosen,
            action="reinstate",
            title=_("Let these companies return"),
            button=_("Reinstate"),
            act=act,
        )


def _officer(request: HttpRequest) -> Any:
    return request.user


@admin.register(CompanyRevision)
class CompanyRevisionAdmin(RecordAdmin):
    list_display = ["company", "number", "state", "submitted_at", "updated_at"]
    list_filter = ["state"]
    search_fields = ["company__legal_name", "company__slug"]
    list_select_related = ["company"]


@admin.register(Invitation)
class InvitationAdmin(RecordAdmin):
    list_display = ["email", "company", "role", "invited_by", "created_at", "expires_at", "accepted_at", "revoked_at"]
    list_filter = ["role"]
    search_fields = ["email", "company__legal_name"]
    list_select_related = ["company", "invited_by"]
    exclude = ["token_hash"]


@admin.register(OwnershipOffer)
class OwnershipOfferAdmin(RecordAdmin):
    list_display = ["company", "offered_by", "offered_to", "created_at", "expires_at", "outcome", "closed_at"]
    list_filter = ["outcome"]
    search_fields = ["company__legal_name", "offered_to__email", "offered_by__email"]
    list_select_related = ["company", "offered_by", "offered_to"]


@admin.register(AgencyFacts)
class AgencyFactsAdmin(RecordAdmin):
    """What only the agency reads; officers may mend it."""

    officers_may_change = True
    list_display = [
        "company",
        "member_number",
        "sector",
        "owner_sex",
        "jobs_women",
        "jobs_men",
        "exports_last_year",
        "exports_currency",
        "exports_year",
    ]
    list_filter = ["owner_sex", ("sector", admin.EmptyFieldListFilter)]
    search_fields = ["company__legal_name", "member_number", "contact_email", "sector"]
    list_select_related = ["company"]
    readonly_fields = ["company", "entered_by", "entered_at"]
