"""The figures of a period equal a count by hand, their rows, and the sum of their parts."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from core.errors import NotFound
from inquiries.models import Inquiry
from reference.selectors import list_categories
from reporting.choices import Measure
from reporting.rules import Period
from reporting.selectors.rows import Question, list_rows, sum_support
from reporting.selectors.summary import get_summary
from storefronts.models import AgencyFacts, Company, Invitation, Member
from tests.listings.factories import make_company, make_listing, make_user
from tests.reporting.world import PERIOD, throw

SEEDS = (1, 2, 3)
NOW = Period(timezone.localdate() - timedelta(days=2), timezone.localdate() + timedelta(days=2))


def parts_of(summary):
    """Each part with its figures: (division, key) to Figures."""
    return {(table.division.value, line.key): line.figures for table in summary.tables for line in table.lines}


def count_rows(officer, division, key, measure):
    return list_rows(officer=officer, question=Question(measure, PERIOD, division, key)).count()


def written(counter):
    """A counter without its zeros."""
    return {name: number for name, number in counter.items() if number}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_the_figures_equal_a_count_by_hand(seed):
    world = throw(seed)
    summary = get_summary(officer=world.officer, period=PERIOD)
    by_hand = {part: counts for part, counts in world.counts.items() if part != ("", "")}
    found = {
        part: written({**{str(name): number for name, number in figures.counts.items()}, "minutes": figures.minutes})
        for part, figures in parts_of(summary).items()
    }
    assert {part: counts for part, counts in found.items() if counts} == {
        part: written(counts) for part, counts in by_hand.items() if written(counts)
    }
    assert summary.total.counts == Counter({m: world.counts["", ""][m] for m in Measure})


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_equals_its_rows(seed):
    world = throw(seed)
    summary = get_summary(officer=world.officer, period=PERIOD)
    figures = {**parts_of(summary), ("", ""): summary.total}
    told = {(*part, measure): figures[part].counts[measure] for part in figures for measure in Measure}
    assert told == {(*part, m): count_rows(world.officer, *part, m) for part in figures for m in Measure}
    assert len([number for number in told.values() if number]) > 40


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_minutes_and_costs_equal_those_of_their_rows(seed):
    world = throw(seed)
    for (division, key), figures in parts_of(get_summary(officer=world.officer, period=PERIOD)).items():
        rows = list_rows(officer=world.officer, question=Question("support", PERIOD, division, key))
        assert sum_support(acts=rows) == (figures.minutes, figures.prices)
        by_hand = {currency: sum_ for currency, sum_ in world.costs[division, key].items() if currency}
        assert figures.costs == by_hand


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_the_parts_add_up_to_all_firms(seed):
    world = throw(seed)
    summary = get_summary(officer=world.officer, period=PERIOD)
    for table in summary.tables:
        assert sum((line.figures.counts for line in table.lines), Counter()) == +summary.total.counts
        assert sum(line.figures.minutes for line in table.lines) == summary.total.minutes
        costs = [Counter(line.figures.costs) for line in table.lines]
        assert sum(costs, Counter()) == +Counter(summary.total.costs)


@pytest.mark.django_db
@pytest.mark.parametrize("firms", [2, 20])
def test_the_figures_cost_the_same_queries_whatever_their_number(firms, django_assert_num_queries):
    world = throw(5, firms=firms)
    list_categories()
    with django_assert_num_queries(12):
        get_summary(officer=world.officer, period=PERIOD)


def test_those_of_whom_nothing_is_known_stand_last_and_are_not_dropped(people):
    make_company(region=" ", verified=False)
    summary = get_summary(officer=people.officer, period=NOW)
    last = [table.lines[-1] for table in summary.tables]
    assert [(line.key, line.label, line.figures.counts["joined"]) for line in last] == [("", "Not told", 1)] * 3


def test_a_region_is_named_by_its_commonest_spelling_and_with_its_country_where_there_are_several(people):
    for region in ("Volta", "Volta", "VOLTA"):
        make_company(region=region)
    regions = get_summary(officer=people.officer, period=NOW).tables[0]
    assert [line.label for line in regions.lines] == ["Volta", "Not told"]
    make_company(region="Volta", country="BF")
    regions = get_summary(officer=people.officer, period=NOW).tables[0]
    assert [line.label for line in regions.lines] == ["Volta, Burkina Faso", "Volta, Ghana", "Not told"]


def test_what_the_agency_wrote_down_goes_before_what_the_firm_offers(people):
    company = make_listing().company
    sectors = get_summary(officer=people.officer, period=NOW).tables[1]
    assert [line.key for line in sectors.lines] == ["coffee-tea-and-cocoa", ""]
    AgencyFacts.objects.create(company=company, sector="leather")
    sectors = get_summary(officer=people.officer, period=NOW).tables[1]
    assert [line.key for line in sectors.lines] == ["leather", ""]


def test_a_firm_that_the_agency_entered_joins_with_its_first_person_and_not_again_when_they_leave(people, firm):
    AgencyFacts.objects.create(company=firm, entered_by=people.officer)
    long_ago = timezone.now() - timedelta(days=400)
    invitation = {"company": firm, "invited_by": people.officer, "expires_at": long_ago}
    Invitation.objects.create(email="first@adanu.example", token_hash="a", accepted_at=long_ago, **invitation)
    Invitation.objects.create(email="never@adanu.example", token_hash="b", **invitation)
    Member.objects.filter(company=firm).delete()
    Member.objects.create(company=firm, user=make_user(), role="owner")
    rows = list_rows(officer=people.officer, question=Question("joined", NOW))
    assert list(rows) == []
    day = timezone.localtime(long_ago).date()
    assert list(list_rows(officer=people.officer, question=Question("joined", Period(day, day)))) == [firm]


def test_a_firm_that_nobody_has_taken_over_has_not_joined(people):
    company = make_company(verified=False)
    AgencyFacts.objects.create(company=company, entered_by=people.officer)
    assert list_rows(officer=people.officer, question=Question("joined", NOW)).count() == 0


@pytest.mark.parametrize(("late_by", "in_time"), [(-1, True), (0, True), (1, False)])
def test_in_time_is_where_the_response_clock_draws_its_line(late_by, in_time, firm):
    due = timezone.now()
    answered = due + timedelta(seconds=late_by)
    told = {"asked_at": due, "confirmed_at": due, "last_message_at": due, "answer_due_at": due}
    inquiry = Inquiry(
        company=firm, key="1", buyer_email="j@k.example", buyer_name="J", subject="S", state="new", **told
    )
    assert inquiry.is_overdue_at(answered) is not in_time
    inquiry.state, inquiry.first_answered_at = "answered", answered
    inquiry.save()
    assert Inquiry.objects.answered_in_time().exists() is in_time


def test_rows_of_a_currency_are_those_acts_alone(people, make_act):
    act = make_act(cost="5.00", currency="EUR")
    make_act(cost="7.00", currency="GHS")
    make_act()
    rows = list_rows(officer=people.officer, question=Question("support", NOW, currency="EUR"))
    assert list(rows) == [act]
    assert [money.amount for money in sum_support(acts=rows)[1]] == [Decimal("5.00")]


@pytest.mark.parametrize(("division", "key"), [("region", "gh-nowhere"), ("sector", "green-coffee"), ("sex", "robots")])
def test_a_key_that_no_part_has_has_no_rows(division, key, people, firm):
    question = Question("public", NOW, division, key)
    assert list_rows(officer=people.officer, question=question).count() == 0
    assert Company.objects.public().count() == 1


def test_only_officers_read_figures_and_rows(people, firm):
    with pytest.raises(NotFound):
        get_summary(officer=people.exporter, period=NOW)
    with pytest.raises(NotFound):
        list_rows(officer=people.exporter, question=Question("public", NOW))
