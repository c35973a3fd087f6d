"""Names of countries, languages and units, and the branches of the catalogue, for every page."""

from django import template
from django.utils.translation import get_language

from reference.choices import Unit
from reference.models import Category
from reference.selectors import get_country_name, get_hs_heading, get_language_name, list_categories

register = template.Library()


@register.simple_tag
def category_branches() -> list[Category]:
    """The branches of the catalogue in order."""
    return [category for category in list_categories() if category.parent_id is None]


@register.filter
def country_name(code: str) -> str:
    return get_country_name(code=code, language=get_language() or "en") if code else ""


@register.filter
def language_name(code: str) -> str:
    return get_language_name(code=code)


@register.filter
def unit_label(code: str) -> str:
    return str(Unit(code).label) if code in Unit.values else code


@register.filter
def hs_dotted(code: str) -> str:
    """Six digits as trade documents write them: 0901.11."""
    return f"{code[:4]}.{code[4:]}" if len(code) == 6 else code


@register.filter
def hs_heading(code: str) -> str:
    return get_hs_heading(code=code)
