"""What templates say in one word: icons, money, quantities, sizes, form fields, page numbers, languages."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import reduce
from typing import Any

from django import template
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from core.icons import MARK, SAIL, svg
from core.money import Money, format_money

register = template.Library()

SPEECHLESS_CODES = {"required", "invalid", "invalid_choice", "max_length", "min_length", "max_value", "min_value"}
STATE_KINDS = {
    "ok": {"live", "approved", "verified", "ready", "valid"},
    "warn": {"changes", "paused"},
    "bad": {"rejected", "suspended", "failed", "invalid"},
    "info": {"in_review", "submitted", "processing", "sent", "open"},
    "none": {"archived", "superseded", "withdrawn"},
}


@register.simple_tag
def icon(name: str, css_class: str = "") -> SafeString:
    """One drawing of the icon set, hidden from screen readers: the words stand beside it."""
    return SafeString(svg(name, css_class))


@register.simple_tag
def mark() -> SafeString:
    return SafeString(MARK)


@register.simple_tag
def sail() -> SafeString:
    return SafeString(SAIL)


@register.filter
def money(value: Money | None) -> str:
    """`{{ price|money }}`: inside `<bdi dir="ltr">`, always."""
    return format_money(value, language=get_language() or "en") if value else ""


@register.filter
def quantity(value: Decimal | int | None) -> str:
    """1000.000 is written 1,000 and 2.50 is written 2.5, in the reader's way."""
    if value is None:
        return ""
    plain = format(Decimal(value).normalize(), "f")
    return str(number_format(Decimal(plain), use_l10n=True, force_grouping=True))


@register.filter
def weight(grams: int | None) -> str:
    """Grams as people say them: g below one kilogram, then kg."""
    if grams is None:
        return ""
    if grams < 1000:
        return _("%(number)s g") % {"number": quantity(grams)}
    return _("%(number)s kg") % {"number": quantity(Decimal(grams) / 1000)}


@register.filter
def size_mm(millimetres: int | None) -> str:
    """Millimetres as centimetres."""
    return "" if millimetres is None else _("%(number)s cm") % {"number": quantity(Decimal(millimetres) / 10)}


def listed(parts: Iterable[str]) -> str:
    """Parts one after another with the comma of the reader's language; empty ones are left out."""
    named = [part for part in parts if part]
    return reduce(lambda said, part: _("%(first)s, %(next)s") % {"first": said, "next": part}, named) if named else ""


@register.filter
def isolate(text: str) -> str:
    """Words that keep their own direction in a line of the other one (Unicode UAX 9: FSI and PDI), where no bdi is at hand."""
    return f"\u2068{text}\u2069" if text else ""


@register.filter
def initials(name: str) -> str:
    """Two letters for a company without a logo: of its first two words that begin with a letter."""
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in words[:2]).upper() or "·"


@register.filter
def state_kind(state: str) -> str:
    """The colour class of a state; the words beside it carry the meaning."""
    return next((kind for kind, states in STATE_KINDS.items() if state in states), "")


@register.filter
def widget_kind(field: BoundField) -> str:
    """check, choices or input: how a field is laid out."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    return "check" if isinstance(widget, CheckboxInput) else "input"


@register.simple_tag
def widget(field: BoundField, **attributes: str) -> SafeString:
    """The field's control with our class; attributes name htmx and data attributes, with `_` for `-`."""
    own = field.field.widget.attrs
    attrs: dict[str, Any] = {key.replace("_", "-"): value for key, value in attributes.items()}
    if widget_kind(field) == "input":
        attrs["class"] = f"input {own.get('class', '')} {attributes.get('class', '')}".strip()
    if isinstance(field.field.widget, FileInput):
        attrs.setdefault("class", "input")
    return field.as_widget(attrs=attrs)


@register.simple_tag
def problems(*sources: Any) -> list[tuple[str, str]]:
    """What is wrong in forms, formsets, lists of forms or (id, message) pairs: each with the id of the field that it links to."""
    return [problem for source in sources if source for problem in _problems_of(source)]


def _problems_of(source: Any) -> Iterator[tuple[str, str]]:
    if isinstance(source, BaseForm):
        yield from (("", str(message)) for message in source.non_field_errors())
        for field in source:
            target = field.id_for_label or field.auto_id
            for error in field.errors.as_data():
                yield "" if field.is_hidden else target, _name_field(field, error)
    elif isinstance(source, BaseFormSet):
        yield from (("", str(message)) for message in source.non_form_errors())
        for form in source:
            yield from _problems_of(form)
    else:
        for one in source:
            yield from _problems_of(one) if isinstance(one, BaseForm) else [(str(one[0]), str(one[1]))]


def _name_field(field: BoundField, error: ValidationError) -> str:
    """Our own messages stand as the field has them. Django's do not name the field: a list of "required" helps nobody."""
    message = str(error.messages[0])
    if error.code not in SPEECHLESS_CODES:
        return message
    return _("%(field)s: %(message)s") % {"field": str(field.label).rstrip("?"), "message": message}


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | None]:
    """The pages worth a link around this one; None stands for a gap."""
    last = page.paginator.num_pages
    near = sorted({1, last, *range(max(1, page.number - 1), min(last, page.number + 1) + 1)})
    numbers: list[int | None] = []
    for number in near:
        previous = numbers[-1] if numbers else None
        if previous is not None and number == previous + 2:
            numbers.append(previous + 1)
        elif previous is not None and number > previous + 1:
            numbers.append(None)
        numbers.append(number)
    return numbers


@register.simple_tag(takes_context=True)
def url_in_language(context: template.Context, code: str) -> str:
    """This page in another language; the language's home where this page's address is the same in all."""
    request: HttpRequest | None = context.get("request")
    path = request.get_full_path() if request else "/"
    translated = translate_url(path, code)
    return translated if translated != path or code == get_language() else _home_in(code)


def _home_in(code: str) -> str:
    with override(settings.LANGUAGE_CODE):
        return translate_url("/", code)
