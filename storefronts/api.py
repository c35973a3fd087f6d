"""Read-only API of storefronts: the public ones, as the pages show them."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import path
from django.utils.translation import get_language
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import generics, permissions, serializers
from rest_framework.pagination import PageNumberPagination

from reference.selectors import get_country_name
from storefronts.filters import StorefrontFilter
from storefronts.models import Company, ContactChannel, Site
from storefronts.selectors import get_public_storefront, list_storefronts
from storefronts.selectors.pages import get_logo_url


class StorefrontPages(PageNumberPagination):
    """Pages of 24; `count` is the total."""

    page_size = 24
    page_size_query_param = "page_size"
    max_page_size = 100


class SiteSerializer(serializers.ModelSerializer[Site]):
    """A place where the company works."""

    class Meta:
        model = Site
        fields = ["name", "kind", "city", "region", "country"]


class ContactSerializer(serializers.ModelSerializer[ContactChannel]):
    """A contact that the company shows."""

    class Meta:
        model = ContactChannel
        fields = ["kind", "value"]


class StorefrontLineSerializer(serializers.ModelSerializer[Company]):
    """A storefront in a list."""

    url = serializers.SerializerMethodField()
    country_name = serializers.SerializerMethodField()
    logo_url = serializers.SerializerMethodField()

    class Meta:
        model = Company
        fields = [
            "slug", "url", "legal_name", "kind", "country", "country_name", "region", "city", "tagline", "founded_year",
            "exporting_since", "export_markets", "languages", "capacity", "women_led", "logo_url", "evidence_level", "verified_at",
            "verified_until",
        ]  # fmt: skip

    @extend_schema_field(serializers.URLField())
    def get_url(self, company: Company) -> str:
        """The storefront's page."""
        return settings.SITE_URL + company.get_absolute_url()

    def get_country_name(self, company: Company) -> str:
        """The country in English; other languages follow from `country`."""
        return get_country_name(code=company.country, language=get_language() or "en")

    def get_logo_url(self, company: Company) -> str:
        """The logo's address, "" while there is none."""
        url = get_logo_url(company=company)
        return settings.SITE_URL + url if url else ""


class StorefrontSerializer(StorefrontLineSerializer):
    """A whole storefront."""

    sites = SiteSerializer(many=True, read_only=True)
    contacts = serializers.SerializerMethodField()

    class Meta(StorefrontLineSerializer.Meta):
        fields = [*StorefrontLineSerializer.Meta.fields, "story", "sites", "contacts"]

    @extend_schema_field(ContactSerializer(many=True))
    def get_contacts(self, company: Company) -> Any:
        """Only what the company shows."""
        return ContactSerializer([channel for channel in company.channels.all() if channel.is_shown], many=True).data


@extend_schema_view(
    get=extend_schema(operation_id="storefronts_list", summary="Public storefronts", tags=["storefronts"])
)
class StorefrontList(generics.ListAPIView[Company]):
    """Public storefronts by name; `q`, `country` and `kind` narrow them down."""

    serializer_class = StorefrontLineSerializer
    permission_classes = (permissions.AllowAny,)
    pagination_class = StorefrontPages
    filter_backends = (DjangoFilterBackend,)
    filterset_class = StorefrontFilter

    def get_queryset(self) -> QuerySet[Company]:
        return list_storefronts()


@extend_schema_view(
    get=extend_schema(operation_id="storefronts_retrieve", summary="One storefront", tags=["storefronts"])
)
class StorefrontDetail(generics.RetrieveAPIView[Company]):
    """One public storefront; any other address is 404, also for the company's own people."""

    serializer_class = StorefrontSerializer
    permission_classes = (permissions.AllowAny,)
    lookup_field = "slug"
    queryset = Company.objects.none()  # only for the schema

    def get_object(self) -> Company:
        return get_public_storefront(slug=self.kwargs["slug"])


urlpatterns = [
    path("storefronts/", StorefrontList.as_view(), name="api-storefronts"),
    path("storefronts/<slug:slug>/", StorefrontDetail.as_view(), name="api-storefront"),
]
