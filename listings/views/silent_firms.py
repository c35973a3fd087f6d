"""Officers call firms that did not say whether their prices are still right, and write down what came of it."""

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from core.errors import DomainError, NotFound
from core.middleware import explain
from core.tables import CONTENT_TYPE, write_table
from listings.choices import CallOutcome
from listings.forms.officers import PriceCallForm
from listings.rules.price_dates import QUIET_DAYS
from listings.selectors.silent_firms import (
    describe_firm,
    get_called_firm,
    list_silent_companies,
    list_table_rows,
    with_call_facts,
)
from listings.services.price_calls import log_price_call

PER_PAGE = 25


@require_safe
def silent_firms(request: HttpRequest) -> HttpResponse:
    """The firms, the longest silent first."""
    return _show(request)


@require_POST
def log_call(request: HttpRequest, company_id: int) -> HttpResponse:
    """Keep what came of a call."""
    firm = get_called_firm(officer=_officer(request), company_id=company_id)
    form = PriceCallForm(request.POST, auto_id=f"id_{firm.pk}_%s")
    if not form.is_valid():
        return _show(request, form, firm.pk)
    try:
        call = log_price_call(officer=_officer(request), company_id=firm.pk, **form.cleaned_data)
    except NotFound:
        raise
    except DomainError as refused:
        form.add_error(refused.field, explain(refused))
        return _show(request, form, firm.pk)
    text = _("Logged for %(firm)s.")
    if call.outcome == CallOutcome.REACHED:
        text = ngettext("Logged for %(firm)s. It comes back to the list after %(days)s day if nobody answers.", "Logged for %(firm)s. It comes back to the list after %(days)s days if nobody answers.", QUIET_DAYS)  # fmt: skip
    messages.success(request, text % {"firm": firm, "days": QUIET_DAYS})
    return redirect("admin:silent_firms")


@require_safe
def download(request: HttpRequest) -> StreamingHttpResponse:
    """The whole list as CSV."""
    firms = with_call_facts(firms=list_silent_companies(now=timezone.now()))
    answer = StreamingHttpResponse(write_table(list_table_rows(firms=firms)), content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="silent-firms-{timezone.localdate()}.csv"'
    return answer


def _show(request: HttpRequest, form: PriceCallForm | None = None, firm_id: int = 0) -> HttpResponse:
    firms = with_call_facts(firms=list_silent_companies(now=timezone.now()))
    page = Paginator(firms, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        (describe_firm(company=one), form if form and one.pk == firm_id else PriceCallForm(auto_id=f"id_{one.pk}_%s"))
        for one in page
    ]
    context = {
        **admin.site.each_context(request), "page": page, "rows": rows, "form": form, "quiet_days": QUIET_DAYS, "failed_id": firm_id,
        "has_errors": form is not None,
    }  # fmt: skip
    return render(request, "listings/officer/silent_firms.html", context, status=422 if form else 200)


def _officer(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  admin_view lets nobody else in
    return request.user
