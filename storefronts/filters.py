"""How storefronts are narrowed down, in the directory and in the API alike."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reference.selectors import list_countries
from storefronts.choices import CompanyKind
from storefronts.models import Company


def list_country_choices() -> list[tuple[str, str]]:
    """Countries in the reader's language."""
    return list_countries(language=get_language() or "en")


class StorefrontFilter(django_filters.FilterSet):
    """`q` looks into names and taglines, `country` is an ISO 3166 code, `kind` what the company does."""

    q = django_filters.CharFilter(label=_("Name"), method="find_words", max_length=100)
    country = django_filters.ChoiceFilter(
        label=_("Country"), choices=list_country_choices, empty_label=_("All countries")
    )
    kind = django_filters.ChoiceFilter(label=_("What they do"), choices=CompanyKind.choices, empty_label=_("All kinds"))

    class Meta:
        model = Company
        fields = ["q", "country", "kind"]

    def find_words(self, queryset: QuerySet[Company], _name: str, value: str) -> QuerySet[Company]:
        """Every word must stand somewhere in the name, the tagline or the town."""
        for word in value.split():
            queryset = queryset.filter(
                Q(legal_name__icontains=word) | Q(tagline__icontains=word) | Q(city__icontains=word)
            )
        return queryset
