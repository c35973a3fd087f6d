"""A sourcing request of an owner's buyer that the owner's company was asked to answer, with a file of each kind; a blocked and a barred buyer."""

from datetime import timedelta
from decimal import Decimal

from django.core import signing
from django.utils import timezone

from demo.seed.canary_files import plant_document, plant_picture
from demo.seed.scopes import Scope
from inquiries.models import BuyerBlock, Match, Request, RequestFile, RequestLine
from inquiries.selectors.requests import SALT

OFFICERS = ("officer", "administrator")


def plant_request(scope: Scope) -> None:
    """Title, words, specification and files are read by the buyer, the company that was asked, and officers."""
    now, buyer = timezone.now(), scope.people[scope.buyer]
    readers = (scope.buyer, *OFFICERS)
    request = Request.objects.create(
        state="open", key=f"{scope.name}request", buyer=buyer, buyer_email=buyer.email, buyer_name=str(buyer), title=scope.canary("need", *readers),
        destination="DE", text=scope.canary("needtext", *readers), asked_at=now, confirmed_at=now, decided_at=now,
        closes_on=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip
    RequestLine.objects.create(
        request=request, position=1, description=scope.canary("needline", *readers), specification=scope.canary("needspecification", *readers),
        quantity=Decimal(600), unit="kg",
    )  # fmt: skip
    picture = plant_picture(scope, "needpicture", "attachment", *readers)
    document = plant_document(scope, *readers, what="needdocument")
    shown = RequestFile.objects.create(request=request, upload=picture, position=0)
    kept = RequestFile.objects.create(request=request, upload=document, position=1)
    match = Match.objects.create(
        request=request, company=scope.company, listing_id=scope.objects["live"], rank=1, score=50, told_at=now,
        reasons=[["hs_same", {"points": 35, "most": 35, "line": 1, "hs": "090111", "listing": scope.objects["live"]}]],
    )  # fmt: skip
    scope.objects |= {
        "request": str(request.pk), "request_token": signing.dumps(str(request.pk), salt=SALT), "request_picture": shown.pk,
        "request_document": kept.pk, "match": match.pk,
    }  # fmt: skip


def plant_blocks(scope: Scope) -> None:
    """The company has blocked the other owners' buyer, who may not read why; the agency has barred somebody else."""
    now, other = timezone.now(), scope.people["buyer_1" if scope.buyer == "buyer_2" else "buyer_2"]
    block = BuyerBlock.objects.create(
        company=scope.company,
        email=other.email,
        reason=scope.canary("blockreason", *OFFICERS),
        made_by=scope.owner,
        made_at=now,
    )
    bar = BuyerBlock.objects.create(
        email=f"{scope.canary('barredaddress', *OFFICERS)}@matrix.example",
        reason=scope.canary("barreason", *OFFICERS),
        made_at=now,
    )
    for word in ("barredaddress", "barreason"):
        scope.canaries[f"canary{scope.name}{word}"] = sorted(OFFICERS)
    scope.objects |= {"block": block.pk, "bar": bar.pk}
