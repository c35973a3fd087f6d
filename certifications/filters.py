"""How the public list of certificates is narrowed down."""

import django_filters
from django.utils.translation import gettext_lazy as _

from certifications.models import Certificate


class CertificateFilter(django_filters.FilterSet):
    """`company` is a storefront's slug, `scheme` a scheme's code."""

    company = django_filters.CharFilter(label=_("Storefront"), field_name="company__slug", max_length=60)
    scheme = django_filters.CharFilter(label=_("Scheme"), field_name="scheme__code", max_length=60)

    class Meta:
        model = Certificate
        fields = ["company", "scheme"]
