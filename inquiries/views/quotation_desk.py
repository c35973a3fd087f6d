"""The exporter's quotations: the list, and a new one for a buyer whom the company knows."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import DomainError, NotAllowed
from core.middleware import explain
from inquiries.forms.own_buyers import OwnBuyerForm
from inquiries.forms.thread import make_key
from inquiries.selectors.quotation_desk import SHOWN, count_quotations, list_desk_rows, list_quotations
from inquiries.selectors.quotations import list_quotable
from inquiries.services.own_buyers import quote_own_buyer
from storefronts.choices import Role
from storefronts.models import Member
from storefronts.selectors import build_workspace, get_membership

PAGE_SIZE = 25


@login_required
@never_cache
@require_safe
def quotations(request: HttpRequest, company: str) -> HttpResponse:
    """The company's quotations by state, the liveliest first."""
    member = get_membership(user=request.user, slug=company)
    show = request.GET.get("show", "")
    page = Paginator(list_quotations(member=member, show=show), PAGE_SIZE).get_page(request.GET.get("page"))
    counts = count_quotations(member=member)
    context = {
        "workspace": build_workspace(member=member, current="quotations"), "company": member.company, "page": page,
        "rows": list_desk_rows(quotations=list(page.object_list)), "has_any": bool(counts["all"]), "show": show,
        "filters": _list_filters(counts, show), "can_edit": member.can_edit,
    }  # fmt: skip
    return render(request, "inquiries/quotation/desk.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_buyer(request: HttpRequest, company: str) -> HttpResponse:
    """Who it is for; then the builder."""
    member = get_membership(user=request.user, slug=company, roles=(Role.OWNER, Role.EDITOR))
    listings = list_quotable(company=member.company)
    if request.method != "POST":
        initial = {"key": make_key(), "language": get_language() or "en"}
        return _show(request, member, OwnBuyerForm(listings=listings, initial=initial))
    form = OwnBuyerForm(request.POST, listings=listings)
    if not form.is_valid():
        return _show(request, member, form, status=422)
    try:
        said = form.cleaned_data
        quotation = quote_own_buyer(member=member, buyer=form.read_buyer(), listing_id=said["listing"], key=said["key"])
    except NotAllowed:
        raise
    except DomainError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, explain(refused))
        return _show(request, member, form, status=refused.status)
    return redirect("inquiries:build_quotation", quotation.inquiry_id, quotation.pk)


def _show(request: HttpRequest, member: Member, form: OwnBuyerForm, *, status: int = 200) -> HttpResponse:
    context = {
        "workspace": build_workspace(member=member, current="quotations"),
        "company": member.company,
        "form": form,
    }
    return render(request, "inquiries/quotation/own_buyer.html", context, status=status)


def _list_filters(counts: dict[str, int], show: str) -> list[dict[str, object]]:
    labels = {"open": _("Open"), "accepted": _("Accepted"), "ended": _("Ended"), "all": _("All")}
    current = show if show in SHOWN else SHOWN[0]
    return [
        {"key": "" if name == SHOWN[0] else name, "label": label, "count": counts[name], "current": name == current}
        for name, label in labels.items()
    ]
