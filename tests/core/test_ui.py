"""The words that templates say: figures, sizes, states, errors and page numbers."""

from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils.translation import override

from core.icons import ICONS, svg
from core.money import Money
from core.templatetags import ui


class Order(forms.Form):
    title = forms.CharField(label="Name", help_text="What it is.")
    amount = forms.IntegerField(label="Amount", required=False)
    fast = forms.BooleanField(label="Fast", required=False)


def render(text, **context):
    return Template(text).render(Context(context))


@pytest.mark.parametrize(
    ("value", "written"), [("1000.000", "1,000"), ("2.50", "2.5"), ("0.125", "0.125"), ("1E+3", "1,000"), ("0", "0")]
)
def test_a_quantity_is_grouped_and_has_no_trailing_zeros(value, written):
    assert ui.quantity(Decimal(value)) == written


@pytest.mark.parametrize(
    ("grams", "written"), [(450, "450 g"), (1000, "1 kg"), (60500, "60.5 kg"), (1200000, "1,200 kg")]
)
def test_a_weight_is_said_in_grams_below_a_kilogram(grams, written):
    assert ui.weight(grams) == written


def test_a_length_is_said_in_centimetres():
    assert [ui.size_mm(700), ui.size_mm(75)] == ["70 cm", "7.5 cm"]


def test_missing_figures_are_written_as_nothing():
    assert [ui.quantity(None), ui.weight(None), ui.size_mm(None), ui.money(None)] == ["", "", "", ""]


def test_money_is_written_for_the_reader():
    with override("en"):
        assert ui.money(Money(Decimal("1234.5"), "USD")) == "$1,234.50"


@pytest.mark.parametrize(
    ("name", "letters"), [("Adanu Growers Union", "AG"), ("3 Sisters", "S"), ("42", "·"), ("عدانو", "ع")]
)
def test_initials_come_from_the_first_two_words(name, letters):
    assert ui.initials(name) == letters


@pytest.mark.parametrize(("state", "kind"), [("live", "ok"), ("changes", "warn"), ("rejected", "bad"), ("draft", "")])
def test_a_state_has_its_colour(state, kind):
    assert ui.state_kind(state) == kind


@pytest.mark.parametrize("name", sorted(ICONS))
def test_an_icon_stays_small_without_the_stylesheet(name):
    assert 'width="20" height="20" fill="none" stroke="currentColor"' in svg(name)


def test_page_numbers_leave_gaps_but_never_of_one_page():
    pages = [Paginator(range(214), 24).page(number) for number in (1, 4, 9)]
    assert [ui.page_numbers(page) for page in pages] == [[1, 2, None, 9], [1, 2, 3, 4, 5, None, 9], [1, None, 8, 9]]


def test_an_error_in_the_summary_names_its_field_and_leads_to_it():
    assert ui.problems(Order({"amount": "2"})) == [("id_title", "Name: This field is required.")]


def test_errors_given_as_pairs_are_kept_as_they_are():
    assert ui.problems(None, [("shot-4", "The file is cut short.")]) == [("shot-4", "The file is cut short.")]


def test_our_own_messages_stand_in_the_summary_as_at_the_field():
    order = Order({"title": "Coffee", "amount": "2"})
    order.add_error("amount", "Give at least 3.")
    assert ui.problems(order) == [("id_amount", "Give at least 3.")]


def test_a_wrong_field_is_marked_and_described_by_its_hint_and_its_error():
    html = render('{% include "components/field.html" %}', field=Order({})["title"])
    assert 'class="input"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_error"' in html


def test_the_error_summary_counts_and_takes_the_focus():
    html = render('{% include "components/error_summary.html" %}', form=Order({"amount": "x"}))
    assert "2 things to fix" in html
    assert '<a href="#id_amount">Amount: Enter a whole number.</a>' in html


def test_a_form_without_errors_has_no_summary():
    assert "error-summary" not in render('{% include "components/error_summary.html" %}', form=Order())


def test_what_a_company_wrote_cannot_become_markup():
    html = render(
        '{% include "components/card.html" %}', card={"title": "<script>x</script>", "url": "/p/", "company": "A & B"}
    )
    assert "<script>" not in html
    assert "A &amp; B" in html


def test_parts_stand_one_after_another_without_the_empty_ones():
    assert ui.listed(["Ho", "", "Ghana"]) == "Ho, Ghana"
    assert ui.listed([]) == ""


def test_parts_take_the_comma_and_the_direction_of_arabic():
    with override("ar"):
        assert ui.listed(["Ho", "مصر"]) == "\u200fHo، \u2068مصر\u2069"


def test_arabic_writes_one_decimal_sign_for_quantities_and_prices():
    with override("ar"):
        assert ui.quantity(Decimal("1250.50")) == "1,250.5"
