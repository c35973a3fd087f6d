"""Due times and marked words."""

from datetime import UTC, datetime

import pytest

from moderation.rules import Words, get_due_time, mark_words


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        pytest.param(
            datetime(2027, 8, 9, 10, tzinfo=UTC), datetime(2027, 8, 11, 10, tzinfo=UTC), id="monday to wednesday"
        ),
        pytest.param(
            datetime(2027, 8, 12, 10, tzinfo=UTC), datetime(2027, 8, 16, 10, tzinfo=UTC), id="thursday to monday"
        ),
        pytest.param(
            datetime(2027, 8, 13, 10, tzinfo=UTC), datetime(2027, 8, 17, 10, tzinfo=UTC), id="friday to tuesday"
        ),
        pytest.param(
            datetime(2027, 8, 14, 10, tzinfo=UTC), datetime(2027, 8, 17, 10, tzinfo=UTC), id="saturday to tuesday"
        ),
        pytest.param(
            datetime(2027, 8, 15, 10, tzinfo=UTC), datetime(2027, 8, 17, 10, tzinfo=UTC), id="sunday to tuesday"
        ),
    ],
)
def test_a_case_is_due_two_working_days_later(opened, due):
    assert get_due_time(opened) == due


def kept(text):
    return Words(text, changed=False)


def changed(text):
    return Words(text, changed=True)


def test_only_the_words_that_changed_are_marked():
    before, after = mark_words("Roasted coffee, 1 kg", "Roasted blend, 1 kg")

    assert before == (kept("Roasted "), changed("coffee"), kept(", 1 kg"))
    assert after == (kept("Roasted "), changed("blend"), kept(", 1 kg"))


def test_a_text_that_appears_is_marked_whole():
    assert mark_words("", "Organic") == ((), (changed("Organic"),))
