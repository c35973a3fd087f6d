"""A sourcing request of an owner's buyer that the owner's company was asked to answer, with a file of each kind."""

from datetime import timedelta
from decimal import Decimal

from django.core import signing
from django.utils import timezone

from demo.seed.canary_files import plant_document, plant_picture
from demo.seed.scopes import Scope
from inquiries.models import Match, Request, RequestFile, RequestLine
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
