"""The judgement over a trial: what was acknowledged must be there once, what was only sent at most once."""

from stand.chaos.ledger import Attempt, Judgement, Ledger, judge

ONCE = {"row": 1, "mail": 1}


def make_ledger(*attempts):
    ledger = Ledger()
    ledger.attempts += [Attempt(token, began, began + 1, error) for token, began, error in attempts]
    return ledger


def test_everything_once_is_neither_lost_nor_doubled():
    found = judge(acknowledged={"a"}, tried={"a"}, counts={"a": ONCE})
    assert found == Judgement(lost=[], doubled=[])


def test_an_acknowledged_act_without_its_effect_is_lost():
    found = judge(acknowledged={"a", "b"}, tried={"a", "b"}, counts={"a": {"row": 1, "mail": 0}, "b": ONCE})
    assert found == Judgement(lost=["a mail"], doubled=[])


def test_an_acknowledged_act_that_nobody_counted_is_lost():
    assert judge(acknowledged={"a"}, tried={"a"}, counts={}).lost == ["a all"]


def test_an_effect_that_came_twice_is_doubled_also_without_an_acknowledgement():
    found = judge(acknowledged=set(), tried={"a"}, counts={"a": {"row": 1, "mail": 2}})
    assert found == Judgement(lost=[], doubled=["a mail"])


def test_an_act_without_an_answer_may_have_been_taken_or_not():
    found = judge(acknowledged=set(), tried={"a", "b"}, counts={"a": ONCE, "b": {"row": 0, "mail": 0}})
    assert found == Judgement(lost=[], doubled=[])


def test_a_repeated_act_counts_as_acknowledged_once_any_try_was():
    ledger = make_ledger(("a", 1, "502"), ("a", 3, ""), ("b", 5, "502"))
    assert ledger.list_acknowledged() == {"a"}
    assert ledger.list_tried() == {"a", "b"}
    assert ledger.list_errors() == ["502", "502"]


def test_work_is_back_with_the_first_success_that_no_error_follows():
    ledger = make_ledger(("a", 1, ""), ("b", 3, ""), ("c", 5, "502"), ("d", 7, ""), ("e", 9, ""))
    assert ledger.find_lasting_success(2) == 8


def test_a_success_that_began_before_the_fault_ended_does_not_count():
    ledger = make_ledger(("a", 1, ""))
    assert ledger.find_lasting_success(1.5) is None


def test_work_is_not_back_while_the_last_answer_is_an_error():
    ledger = make_ledger(("a", 3, ""), ("b", 5, "502"))
    assert ledger.find_lasting_success(2) is None
