"""Read-only API of certificates: what everybody may look up, and how each was checked."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, permissions, serializers
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from certifications.filters import CertificateFilter
from certifications.models import Certificate
from certifications.selectors.certificates import get_public_certificate
from certifications.selectors.published import list_published_certificates, publish_certificate


class CertificatePages(PageNumberPagination):
    """Pages of 24; `count` is the total."""

    page_size = 24
    page_size_query_param = "page_size"
    max_page_size = 100


class SchemeSerializer(serializers.Serializer[Any]):
    """The standard that a paper speaks of."""

    code = serializers.SlugField()
    name = serializers.CharField()
    owner = serializers.CharField(help_text="Whose standard it is")
    kind = serializers.CharField(help_text="What the scheme looks at")
    paper = serializers.CharField(help_text="What the document is; only `certificate` is one")


class CertificateSerializer(serializers.Serializer[Any]):
    """A checked certificate, or another paper, of a public storefront."""

    public_id = serializers.CharField()
    url = serializers.URLField(help_text="Where everybody can verify it")
    status = serializers.ChoiceField(choices=["valid", "expired", "not_yet_valid", "revoked"])
    scheme = SchemeSerializer()
    issuer = serializers.CharField(allow_blank=True)
    number = serializers.CharField(allow_blank=True)
    holder = serializers.CharField(allow_blank=True, help_text="As printed")
    scope = serializers.CharField(allow_blank=True, help_text="As printed")
    hs_prefixes = serializers.ListField(child=serializers.CharField())
    valid_from = serializers.DateField(allow_null=True)
    valid_until = serializers.DateField(allow_null=True, help_text="The last day on which it is valid")
    evidence_level = serializers.IntegerField(
        help_text="1 document seen, 2 confirmed by the issuer or its register, 3 seen on site, 4 signed by the issuer"
    )
    checked_on = serializers.DateField(allow_null=True, help_text="The day on which an officer decided")
    revoked_on = serializers.DateField(allow_null=True)
    shows_seal = serializers.BooleanField(help_text="Valid today and confirmed beyond the document itself")
    company = serializers.SlugField(help_text="Its storefront")


@extend_schema_view(
    get=extend_schema(
        operation_id="certificates_list", summary="Certificates that are valid today", tags=["certificates"]
    )
)  # fmt: skip
class CertificateList(generics.ListAPIView[Certificate]):
    """What is verified and valid today, the best checked first; `company` and `scheme` narrow it down."""

    serializer_class = CertificateSerializer
    permission_classes = (permissions.AllowAny,)
    pagination_class = CertificatePages
    filter_backends = (DjangoFilterBackend,)
    filterset_class = CertificateFilter
    queryset = Certificate.objects.none()  # only for the schema

    def get_queryset(self) -> QuerySet[Certificate]:
        return list_published_certificates(day=timezone.localdate())

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        """The rows of a page as they stand today."""
        day = timezone.localdate()
        rows = [publish_certificate(certificate=row, day=day) for row in args[0]] if args else None
        return CertificateSerializer(rows, **kwargs)


class CertificateDetail(APIView):
    """One certificate that an officer has verified, also after its end or its revocation."""

    permission_classes = (permissions.AllowAny,)

    @extend_schema(
        operation_id="certificates_get", summary="One certificate", responses=CertificateSerializer, tags=["certificates"]
    )  # fmt: skip
    def get(self, request: Request, public_id: str) -> Response:
        certificate = get_public_certificate(public_id=public_id)
        return Response(
            CertificateSerializer(publish_certificate(certificate=certificate, day=timezone.localdate())).data
        )


urlpatterns = [
    path("certificates/", CertificateList.as_view(), name="api-certificates"),
    path("certificates/<slug:public_id>/", CertificateDetail.as_view(), name="api-certificate"),
]
