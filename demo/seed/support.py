"""What the agency did for its firms over the last months, who owns them, and when they joined."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from demo.seed.people import ADMINISTRATOR, OFFICER
from demo.seed.scopes import Scope
from reporting.choices import SupportKind
from reporting.models import SupportAct
from reporting.rules import SupportFacts
from reporting.services import log_support
from storefronts.choices import OwnerSex
from storefronts.models import AgencyFacts, Company

ACTS = (
    (SupportKind.ADVICE, 45, None, "By phone: which Incoterm to offer a first buyer, and why not DDP."),
    (SupportKind.TRAINING, 180, "240.00", "Half a day on packing for sea freight; two people of the firm came."),
    (SupportKind.CERTIFICATION, 90, None, "Went through the gap list for the organic certificate, line by line."),
    (SupportKind.CONTENT, 60, "150.00", "Product texts into French, by our translator."),
    (SupportKind.CONTACT, 120, "900.00", "Shared stand at the trade fair in Accra; three visiting cards handed on."),
    (SupportKind.ADVICE, 30, None, "Pictures: showed how to take them at a window, without flash."),
    (SupportKind.FINANCE, 75, None, "Filled in the form of the export credit line together."),
    (SupportKind.CERTIFICATION, 150, "320.00", "Laboratory test for aflatoxin, half of the fee paid."),
    (SupportKind.TRAINING, 240, "180.00", "Course on answering inquiries; they answer on the same day now."),
    (SupportKind.OTHER, 20, None, "Letter to the customs office about a wrong code on the last shipment."),
)
OWNERS = (OwnerSex.WOMEN, OwnerSex.MEN, OwnerSex.BOTH, OwnerSex.MEN, OwnerSex.WOMEN, OwnerSex.UNKNOWN)
ACTS_OF_A_FIRM = (3, 1, 0, 2, 1, 0, 2)
DAYS_BETWEEN, DAYS_OF_ACTS = 17, 160
CURRENCY = "GHS"


def plant_support(*, people: dict[str, User]) -> int:
    """Log acts of support with most firms, through the service; how many. One in six has not told who owns it."""
    officers = (people[OFFICER.email], people[ADMINISTRATOR.email])
    planted = 0
    for position, company in enumerate(Company.objects.order_by("pk")):
        _tell_agency(company, position)
        for turn in range(ACTS_OF_A_FIRM[position % len(ACTS_OF_A_FIRM)]):
            _log(company, planted, officers[(position + turn) % len(officers)])
            planted += 1
    return planted


def plant_support_of(scope: Scope) -> None:
    """What an officer did for the firm; the firm itself does not read it."""
    note = scope.canary("supportnote")
    scope.canaries[note] = ["administrator", "officer"]
    act = SupportAct.objects.create(
        company=scope.company, kind="advice", day=timezone.localdate(), minutes=30, note=note, officer=scope.people["officer"],
        created_at=timezone.now(),
    )  # fmt: skip
    scope.objects["support_act"] = act.pk


def _tell_agency(company: Company, position: int) -> None:
    owner = OwnerSex.WOMEN if company.women_led else OWNERS[position % len(OWNERS)]
    AgencyFacts.objects.get_or_create(company=company, defaults={"owner_sex": owner})
    joined = (company.verified_at or timezone.now()) - timedelta(days=2 + position % 5)
    Company.objects.filter(pk=company.pk).update(created_at=joined)


def _log(company: Company, number: int, officer: User) -> None:
    kind, minutes, cost, note = ACTS[number % len(ACTS)]
    day = timezone.localdate() - timedelta(days=number * DAYS_BETWEEN % DAYS_OF_ACTS)
    price = Decimal(cost) if cost else None
    facts = SupportFacts(kind, day, minutes, price, CURRENCY if price else "", note)
    log_support(officer=officer, company_id=company.pk, facts=facts)
