"""API of lookups: what the pages of freight and landed cost show, as JSON. POST asks, GET tells how far it is."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpResponseNotModified
from django.urls import path, reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from reference.selectors import list_countries
from shipping.models import Lookup
from shipping.rules.zones import LONGEST_POSTCODE, Place
from shipping.selectors.landed_cost import Order
from shipping.selectors.lookup_plain import describe_lookup
from shipping.selectors.lookups import get_lookup, mark_lookup
from shipping.selectors.market import get_offered
from shipping.services.lookups import ask_as_buyer


class DestinationSerializer(serializers.Serializer[Any]):
    country = serializers.CharField(min_length=2, max_length=2, help_text="ISO 3166-1 alpha-2")
    postcode = serializers.CharField(max_length=LONGEST_POSTCODE, required=False, default="", allow_blank=True)
    town = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)

    def validate_country(self, value: str) -> str:
        """A country that we know."""
        if value.upper() not in {code for code, _name in list_countries(language="en")}:
            raise serializers.ValidationError("No country has this code.")
        return value.upper()


class WantedSerializer(serializers.Serializer[Any]):
    """An order of a product, and where it shall go."""

    listing = serializers.IntegerField(min_value=1)
    quantity = serializers.DecimalField(max_digits=12, decimal_places=3, min_value=0, help_text="In the listing's unit")
    to = DestinationSerializer()

    def validate_quantity(self, value: Any) -> Any:
        """Something is ordered."""
        if not value:
            raise serializers.ValidationError("Order something.")
        return value


class AttemptSerializer(serializers.Serializer[Any]):
    provider = serializers.CharField(help_text="Empty for rate cards")
    kind = serializers.ChoiceField(choices=["cards", "carrier", "forwarder"])
    state = serializers.ChoiceField(choices=["queued", "running", "ok", "none", "failed", "timeout", "skipped"])
    failure = serializers.CharField(help_text="A code such as timeout, tls or no_service; empty where there is none")
    answered_at = serializers.DateTimeField(
        allow_null=True, help_text="Earlier than the lookup where it comes from the cache"
    )


class FreightOfferSerializer(serializers.Serializer[Any]):
    key = serializers.IntegerField()
    provider = serializers.CharField()
    service = serializers.CharField()
    mode = serializers.ChoiceField(choices=["courier", "air", "lcl", "fcl", "road", "post"])
    amount = serializers.CharField(help_text="A decimal number as text")
    currency = serializers.CharField(help_text="ISO 4217")
    standing = serializers.ChoiceField(choices=["firm", "estimate"])
    covers = serializers.ListField(
        child=serializers.CharField(), help_text="Legs within the price beside the main carriage"
    )
    transit_days = serializers.IntegerField(allow_null=True)
    valid_until = serializers.DateField(allow_null=True)
    is_current = serializers.BooleanField()
    is_outlier = serializers.BooleanField(help_text="At least five times the median of the offers")
    said_by = serializers.CharField(help_text="Where the figure comes from, in words")


class FigureSerializer(serializers.Serializer[Any]):
    leg = serializers.CharField()
    amount = serializers.CharField(allow_null=True, help_text="Null where nobody knows: never 0 for it")
    standing = serializers.ChoiceField(choices=["firm", "estimate", "unknown"])
    said_by = serializers.CharField(help_text="Where the figure comes from, in words")
    as_of = serializers.DateField(allow_null=True)
    is_recoverable = serializers.BooleanField()


class TermSerializer(serializers.Serializer[Any]):
    incoterm = serializers.CharField(help_text="Incoterms 2020")
    seller = serializers.CharField(help_text="The price under the term")
    buyer = serializers.CharField(help_text="What the buyer pays beside it")
    total = serializers.CharField(help_text="Both together")
    is_at_least = serializers.BooleanField(help_text="A leg is not known")


class LandedSerializer(serializers.Serializer[Any]):
    offer = serializers.IntegerField(help_text="The key of the offer that is counted")
    currency = serializers.CharField()
    goods = serializers.CharField()
    headline = serializers.CharField(help_text="At the door, without tax that companies get back")
    recoverable = serializers.CharField()
    is_at_least = serializers.BooleanField()
    missing = serializers.ListField(child=serializers.CharField())
    legs = FigureSerializer(many=True)
    terms = TermSerializer(many=True)


class LookupSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    url = serializers.CharField()
    state = serializers.ChoiceField(choices=["running", "partial", "complete", "failed", "expired"])
    asked_at = serializers.DateTimeField()
    settle_by = serializers.DateTimeField(help_text="By then everything has ended")
    fresh_until = serializers.DateTimeField(allow_null=True)
    attempts = AttemptSerializer(many=True)
    offers = FreightOfferSerializer(many=True)
    landed_cost = LandedSerializer(allow_null=True)


class Lookups(APIView):
    """Ask what it costs to bring an order to a place."""

    permission_classes = [AllowAny]

    @extend_schema(
        request=WantedSerializer,
        responses={
            201: LookupSerializer,
            422: OpenApiResponse(description="Not packed as far as we know, or a destination that is not served"),
            429: OpenApiResponse(description="Too many lookups in an hour"),
        },
        operation_id="shipping_lookups_create",
    )
    def post(self, request: Request) -> Response:
        """The lookup; the same one for the same question while its answers are fresh. Its ETag is for the first look at it."""
        wanted = WantedSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        said = wanted.validated_data
        listing, revision = get_offered(pk=said["listing"], user=request.user)
        place = Place(said["to"]["country"], postcode=said["to"]["postcode"], city=said["to"]["town"])
        order = Order(said["quantity"], place)
        network = str(get_adapter().get_client_ip(request))
        found = ask_as_buyer(listing=listing, revision=revision, order=order, user=request.user, network=network)
        headers = {"Location": reverse("api-shipping-lookup", args=[found.pk]), "ETag": _name_state(found, request)}
        return Response(describe_lookup(lookup=found, user=request.user), status=201, headers=headers)


class OneLookup(APIView):
    """How far a lookup is."""

    permission_classes = [AllowAny]

    @extend_schema(
        responses={200: LookupSerializer, 304: OpenApiResponse(description="Nothing new"), 404: OpenApiResponse(description="No such lookup for you")},
        operation_id="shipping_lookups_retrieve",
    )  # fmt: skip
    def get(self, request: Request, lookup_id: Any) -> Response:
        """Its attempts and offers; with If-None-Match 304 while nothing has come in."""
        found = get_lookup(user=request.user, pk=lookup_id)
        etag = _name_state(found, request)
        unchanged = get_conditional_response(request, etag=etag)
        if isinstance(unchanged, HttpResponseNotModified):
            return Response(status=304, headers={"ETag": etag})
        return Response(describe_lookup(lookup=found, user=request.user), headers={"ETag": etag})


def _name_state(found: Lookup, request: Request) -> str:
    """The ETag of a lookup for its reader, in their language: not everybody sees the price of the goods."""
    return f'"{mark_lookup(lookup=found)}-{request.user.pk or 0}-{get_language()}"'


urlpatterns = [
    path("shipping/lookups/", Lookups.as_view(), name="api-shipping-lookups"),
    path("shipping/lookups/<uuid:lookup_id>/", OneLookup.as_view(), name="api-shipping-lookup"),
]
