"""What is kept of visits once their week is over: no country that is too rare, and the same totals."""

from datetime import date

import pytest

from core.jobs import plan_night, run_due_jobs
from core.models import Job
from listings.models import WeeklyCount
from listings.rules.traffic import OTHER, Sum, fold_countries
from listings.services import traffic
from listings.services.traffic import add_counts
from tests.listings.factories import make_company, make_live_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing():
    return make_live_listing(title="Washed Arabica green coffee")


def fold_now(day):
    Job.objects.all().delete()
    plan_night(day=day)
    Job.objects.exclude(name=traffic.FORGET_JOB).delete()
    run_due_jobs()


def kept_of(company):
    found = WeeklyCount.objects.filter(company=company).values_list("week", "kind", "listing", "country", "count")
    return {tuple(cell): count for *cell, count in found}


def test_a_night_puts_rare_countries_of_weeks_that_are_over_with_the_others(listing):
    company, other = listing.company, make_company()
    second = make_live_listing(company=company)
    over, last = date(2026, 11, 9), date(2026, 11, 16)
    first_of, second_of = (over, "product", listing.pk), (over, "product", second.pk)
    planted = {
        (*first_of, "DE"): 2, (*second_of, "DE"): 1, (*first_of, "NO"): 1, (*second_of, "NO"): 1, (*first_of, "FI"): 1,
        (*first_of, ""): 1, (over, "storefront", None, "NO"): 2, (over, "storefront", None, "DE"): 2,
        (over, "email", None, "NO"): 1, (last, "product", listing.pk, "NO"): 1,
    }  # fmt: skip
    add_counts(sums={Sum(kind, company.pk, week, pk, country): n for (week, kind, pk, country), n in planted.items()})
    add_counts(sums={Sum("storefront", other.pk, over, country="NO"): 1})
    folded = {
        (*first_of, "DE"): 2, (*second_of, "DE"): 1, (*first_of, OTHER): 2, (*second_of, OTHER): 1, (*first_of, ""): 1,
        (over, "storefront", None, OTHER): 4, (over, "email", None, OTHER): 1, (last, "product", listing.pk, "NO"): 1,
    }  # fmt: skip
    for _ in range(2):
        fold_now(date(2026, 11, 26))
        assert kept_of(company) == folded
        assert kept_of(other) == {(over, "storefront", None, OTHER): 1}
    add_counts(sums={Sum("product", company.pk, over, listing.pk, "NO"): 1})  # a batch that comes late
    fold_now(date(2026, 11, 27))
    assert kept_of(company) == folded | {(*first_of, OTHER): 3}


def test_a_country_with_few_views_in_a_week_is_one_of_the_others():
    first, second = date(2026, 11, 16), date(2026, 11, 23)
    counts = [(first, "DE", 3), (second, "DE", 2), (first, "FR", 2), (first, "", 1), (second, "", 5)]
    assert fold_countries(counts) == {"DE": 3, OTHER: 4, "": 6}
