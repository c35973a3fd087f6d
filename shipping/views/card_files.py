"""A card that is sent on a page, the officers' or an exporter's: tried, or written as a draft where it has no fault."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from accounts.models import User
from core.errors import DomainError
from core.middleware import explain
from shipping.forms.cards import CardFileForm
from shipping.models import TariffVersion
from shipping.rules.cardfile.plan import CardPlan
from shipping.rules.cardfile.table import SHEETS
from shipping.selectors.card_plans import describe_problem
from shipping.services.cards import import_card
from storefronts.models import Company

MOST_FAULTS = 500


@dataclass(frozen=True)
class Received:
    """The form to show again, what was read, and the draft; none where it was only tried or has a fault."""

    form: CardFileForm
    status: int = 200
    plan: CardPlan | None = None
    version: TariffVersion | None = None

    @property
    def context(self) -> dict[str, Any]:
        """What the parts of the page read."""
        plan = self.plan
        return {
            "form": self.form, "plan": plan, "has_errors": self.status >= 400,
            "problems": [describe_problem(problem=one) for one in plan.problems[:MOST_FAULTS]] if plan else [],
            "warnings": [describe_problem(problem=one) for one in plan.warnings[:MOST_FAULTS]] if plan else [],
            "sheets": [(name, ", ".join(columns)) for name, columns in SHEETS.items()],
        }  # fmt: skip


def receive_card(request: HttpRequest, *, user: User, company: Company | None = None) -> Received:
    """Try the file, or bring it in where the button says so; `company` is the firm whose page it is sent on."""
    form = CardFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return Received(form, 422)
    file = form.cleaned_data["file"]
    sent = {"user": user, "content": file.read(), "file_name": str(file.name), "company": company}
    try:
        tried = import_card(**sent, dry_run=True)
        if tried.plan.problems or request.POST.get("then") != "import":
            return Received(CardFileForm(), 422 if tried.plan.problems else 200, tried.plan)
        return Received(form, version=import_card(**sent).version)
    except DomainError as refused:
        form.add_error("file", explain(refused))
        return Received(form, refused.status)
