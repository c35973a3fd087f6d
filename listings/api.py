"""Read-only API of the catalogue: the search page's parameters, plain JSON, prices only where everybody sees them."""

from typing import Any

from django.http import QueryDict
from django.urls import path, reverse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from listings.filters import SearchForm
from listings.registry import list_search_fields
from listings.rules.ranges import LEAD_TIME_RANGES, MINIMUM_ORDER_RANGES
from listings.rules.searching import EVIDENCE_LEVELS, MOST_RESULTS, PAGE_SIZE, Query, Result, Sort
from listings.search.index import CatalogueNotReady, open_reading
from listings.search.query import search
from listings.selectors.certified import list_search_schemes
from listings.selectors.published import get_published, list_published
from reference.choices import Incoterm
from reference.selectors import TRADE_LANGUAGES, list_categories
from storefronts.choices import CompanyKind


class BreakSerializer(serializers.Serializer[Any]):
    minimum_quantity = serializers.DecimalField(max_digits=12, decimal_places=3)
    unit_price = serializers.DecimalField(max_digits=14, decimal_places=4)


class PriceSerializer(serializers.Serializer[Any]):
    currency = serializers.CharField(help_text="ISO 4217")
    lowest = serializers.DecimalField(max_digits=14, decimal_places=4)
    highest = serializers.DecimalField(max_digits=14, decimal_places=4)
    incoterm = serializers.CharField(allow_blank=True, help_text="Incoterms 2020")
    incoterm_place = serializers.CharField(allow_blank=True)
    breaks = BreakSerializer(many=True)


class CompanySerializer(serializers.Serializer[Any]):
    slug = serializers.SlugField()
    name = serializers.CharField()
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2")
    verified_until = serializers.DateField(allow_null=True)


class CoveringCertificateSerializer(serializers.Serializer[Any]):
    """What the agency has checked and covers the listing; /certificates/ says more of each."""

    public_id = serializers.CharField()
    url = serializers.URLField(help_text="Where everybody can verify it")
    scheme = serializers.SlugField(source="scheme.code")
    scheme_name = serializers.CharField(source="scheme.name")
    paper = serializers.CharField(source="scheme.paper", help_text="What the document is; only `certificate` is one")
    issuer = serializers.CharField(allow_blank=True)
    number = serializers.CharField(allow_blank=True)
    valid_from = serializers.DateField(allow_null=True)
    valid_until = serializers.DateField(allow_null=True, help_text="The last day on which it is valid")
    evidence_level = serializers.IntegerField(
        help_text="1 document seen, 2 confirmed by the issuer or its register, 3 seen on site, 4 signed by the issuer"
    )
    checked_on = serializers.DateField(allow_null=True)
    shows_seal = serializers.BooleanField(help_text="Confirmed beyond the document itself")


class ListingSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    url = serializers.URLField()
    title = serializers.CharField()
    summary = serializers.CharField(allow_blank=True)
    language = serializers.CharField(help_text="Language of the texts")
    category = serializers.SlugField(allow_null=True)
    unit = serializers.CharField(help_text="What prices and quantities are per")
    minimum_order = serializers.DecimalField(max_digits=12, decimal_places=3, allow_null=True)
    lead_time_days = serializers.IntegerField(allow_null=True)
    hs_code = serializers.CharField(allow_blank=True, help_text="Six digits")
    origin_country = serializers.CharField(allow_blank=True)
    is_dangerous = serializers.BooleanField(help_text="Dangerous goods, as the exporter says")
    un_number = serializers.CharField(allow_blank=True, help_text="Four digits, of dangerous goods")
    sample_offered = serializers.BooleanField()
    picture = serializers.URLField(allow_null=True)
    price_visibility = serializers.ChoiceField(choices=["public", "confirmed", "on_request"])
    price = PriceSerializer(allow_null=True, help_text="null unless everybody may see it")
    company = CompanySerializer()
    certificates = CoveringCertificateSerializer(many=True, help_text="Valid today and covering this listing")


class ListingPageSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField(help_text="All listings found")
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ListingSerializer(many=True)


PROBLEM = inline_serializer(
    "Problem",
    {
        "type": serializers.CharField(),
        "title": serializers.CharField(),
        "status": serializers.IntegerField(),
        "errors": serializers.DictField(child=serializers.ListField(child=serializers.CharField()), required=False),
    },
)


def _parameter(name: str, description: str, values: list[str] | None = None, *, many: bool = False) -> OpenApiParameter:
    return OpenApiParameter(name, str, description=description, enum=values, many=many)


PARAMETERS = [
    _parameter(
        "q",
        "Words, a “quoted phrase”, -excluded words, an HS code, a GTIN or an article number. Every word must occur.",
    ),
    _parameter("category", "Slugs of branches or sub-categories; several are alternatives.", many=True),
    _parameter("country", "Countries of origin (ISO 3166-1 alpha-2).", many=True),
    _parameter("certificate", "Codes of schemes; several are alternatives.", many=True),
    _parameter(
        "evidence",
        "Least level of the certificate's evidence, of the chosen schemes where `certificate` is given: 1 document seen, "
        "2 confirmed by the issuer or its register, 3 seen on site.",
        list(EVIDENCE_LEVELS),
    ),
    _parameter("verified", "Only storefronts whose check is valid today.", ["yes"]),
    _parameter("company_kind", "What the exporter does.", CompanyKind.values, many=True),
    _parameter("moq", "Largest minimum order, as measure-limit.", list(MINIMUM_ORDER_RANGES), many=True),
    _parameter("lead", "Most days until ready to ship.", list(LEAD_TIME_RANGES), many=True),
    _parameter("incoterm", "What the price includes (Incoterms 2020).", Incoterm.values, many=True),
    _parameter("sample", "Only exporters that send samples.", ["yes"]),
    _parameter("language", "Languages that the exporter answers in (ISO 639-1).", list(TRADE_LANGUAGES), many=True),
    _parameter("women", "Only firms that say that they are led by women.", ["yes"]),
    _parameter("priced", "Only listings whose price everybody sees.", ["yes"]),
    *(_parameter(field.name, field.heading, list(field.values), many=True) for field in list_search_fields()),
    _parameter(
        "currency",
        "The currency of `price`, `price_min` and `price_max` (ISO 4217), USD where a rate is known. Prices are converted at the day's rate.",
    ),
    _parameter(
        "price",
        "Bands of the lowest unit price as low-high in `currency`, such as 5-20 or 100-; they depend on the currency.",
        many=True,
    ),
    OpenApiParameter("price_min", float, description="Lowest unit price, in `currency`."),
    OpenApiParameter("price_max", float, description="Highest unit price, in `currency`."),
    _parameter("sort", "", [sort.value for sort in Sort]),
    OpenApiParameter("page", int, description=f"Pages of {PAGE_SIZE}, from 1, up to {MOST_RESULTS} listings."),
]


class ListingList(APIView):
    """The live listings of the catalogue."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="listings_list", parameters=PARAMETERS,
        responses={
            200: ListingPageSerializer,
            400: OpenApiResponse(PROBLEM, description="A parameter is wrong; `errors` says which and why."),
            503: OpenApiResponse(PROBLEM, description="The index is being built; ask again in some seconds."),
        },
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        params: QueryDict = request.query_params
        try:
            rates = open_reading().rates
        except CatalogueNotReady:
            response = _problem("The catalogue is being prepared.", status.HTTP_503_SERVICE_UNAVAILABLE)
            response["Retry-After"] = "10"
            return response
        slugs = [category.slug for category in list_categories()]
        form = SearchForm(params, categories=slugs, schemes=list(list_search_schemes()), rates=rates)
        if not form.is_valid() or form.list_problems():
            return _problem("A parameter is wrong.", status.HTTP_400_BAD_REQUEST, errors=form.list_problems())
        query = form.build_query(scope="", page_size=PAGE_SIZE)
        result = search(query=query)
        if result.page != query.page:
            return _problem(
                "A parameter is wrong.", status.HTTP_400_BAD_REQUEST, errors={"page": ["There is no such page."]}
            )
        found = list_published(ids=result.ids)
        body = {
            "count": result.total,
            **_neighbours(request, result),
            "results": ListingSerializer(found, many=True).data,
        }
        return Response(body)


class ListingDetail(APIView):
    """One live listing."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="listings_get",
        responses={
            200: ListingSerializer,
            404: PROBLEM,
            410: OpenApiResponse(PROBLEM, description="No longer offered"),
        },
    )
    def get(self, request: Request, pk: int) -> Response:
        return Response(ListingSerializer(get_published(pk=pk)).data)


def _neighbours(request: Request, result: Result) -> dict[str, str | None]:
    pages = min(-(-result.total // PAGE_SIZE), Query().last_page)
    return {
        "next": _page_address(request, result.page + 1) if result.page < pages else None,
        "previous": _page_address(request, result.page - 1) if result.page > 1 else None,
    }


def _page_address(request: Request, page: int) -> str:
    params = request.query_params.copy()
    params["page"] = str(page)
    return str(request.build_absolute_uri(f"{reverse('listing-list')}?{params.urlencode()}"))


def _problem(title: str, code: int, *, errors: dict[str, list[str]] | None = None) -> Response:
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": code}
    if errors:
        body["errors"] = errors
    return Response(body, status=code, content_type="application/problem+json")


urlpatterns = [
    path("listings/", ListingList.as_view(), name="listing-list"),
    path("listings/<int:pk>/", ListingDetail.as_view(), name="listing-detail"),
]
