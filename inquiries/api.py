"""API of quotations: what a signed-in party sees on its pages, as JSON. Never the private floor, never payment details."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from inquiries.rules.messages import Reader
from inquiries.rules.quotation_papers import as_plain
from inquiries.selectors.quotation_papers import build_paper, list_papers_of
from inquiries.selectors.quotations import get_quotation


class PartySerializer(serializers.Serializer[Any]):
    firm = serializers.CharField()
    person = serializers.CharField()
    address = serializers.ListField(child=serializers.CharField())
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2, empty where it is not known")


class QuotationLineSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=["goods", "sample", "freight", "insurance", "charge", "discount"])
    description = serializers.CharField()
    detail = serializers.CharField()
    quantity = serializers.CharField(help_text="A decimal number as text")
    unit = serializers.CharField()
    unit_price = serializers.CharField(help_text="A decimal number as text, at most four decimals")
    amount = serializers.CharField(help_text="In the currency's minor unit; below zero for a discount")
    hs_code = serializers.CharField(help_text="HS 2022, six digits")
    origin = serializers.CharField(help_text="ISO 3166-1 alpha-2")


class QuotationSerializer(serializers.Serializer[Any]):
    """The current version of a quotation; the lines' amounts come to the total."""

    kind = serializers.ChoiceField(choices=["quotation", "pro_forma"])
    number = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.CharField()
    language = serializers.CharField()
    made_on = serializers.DateField()
    valid_until = serializers.DateField(help_text="The last day on which it can be accepted")
    seller = PartySerializer()
    buyer = PartySerializer()
    destination = serializers.CharField(help_text="ISO 3166-1 alpha-2")
    lines = QuotationLineSerializer(many=True)
    currency = serializers.CharField(help_text="ISO 4217")
    total = serializers.CharField(help_text="A decimal number as text, in the currency's minor unit")
    incoterm = serializers.CharField(help_text="Incoterms 2020")
    named_place = serializers.CharField()
    payment_terms = serializers.CharField()
    lead_time_days = serializers.IntegerField()
    documents = serializers.CharField()
    notes = serializers.CharField()
    accepted_by = serializers.CharField()
    accepted_at = serializers.DateTimeField(allow_null=True)


class Quotations(APIView):
    """The 25 liveliest quotations that were sent to or by the person who asks."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=QuotationSerializer(many=True), operation_id="quotations_list")
    def get(self, request: Request) -> Response:
        """Current versions, the liveliest first."""
        return Response([as_plain(paper) for paper in list_papers_of(reader=Reader(request.user))])


class OneQuotation(APIView):
    """One quotation, for the two parties of its thread; once it is accepted, as its pro forma."""

    permission_classes = [AllowAny]

    @extend_schema(responses={200: QuotationSerializer, 404: OpenApiResponse(description="No such quotation for you")})
    def get(self, request: Request, quotation_id: Any) -> Response:
        """The current version; `?kind=pro_forma` the pro forma."""
        quotation = get_quotation(reader=Reader(request.user), quotation_id=quotation_id).quotation
        kind: Any = "pro_forma" if request.query_params.get("kind") == "pro_forma" else "quotation"
        return Response(as_plain(build_paper(quotation=quotation, kind=kind)))


urlpatterns = [
    path("quotations/", Quotations.as_view(), name="api-quotations"),
    path("quotations/<uuid:quotation_id>/", OneQuotation.as_view(), name="api-quotation"),
]
