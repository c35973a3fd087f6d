"""Officers log support beside a case, on a firm's record and on the firm's own page; nobody else gets there."""

import pytest
from django.urls import reverse
from django.utils import timezone

from core import slots
from moderation.models import Case
from reporting.models import SupportAct
from storefronts.models import Company
from tests.listings.factories import make_listing

FRAME = 11
"""Queries of every officers' page: who asks, what they may, what waits."""


@pytest.fixture
def url(firm):
    return reverse("admin:reporting_support", args=[firm.pk])


def fill_in(**changed):
    told = {
        "kind": "content",
        "day": timezone.localdate().isoformat(),
        "minutes": "45",
        "cost": "",
        "currency": "",
        "note": "",
    }
    return told | changed


def open_case(firm, kind="company", subject_id=None):
    now = timezone.now()
    return Case.objects.create(
        kind=kind,
        subject_id=str(subject_id or firm.pk),
        title="Adanu",
        company_name=firm.legal_name,
        opened_at=now,
        due_at=now,
    )


def test_support_is_logged_on_the_firms_own_page(as_officer, url, people):
    answer = as_officer.post(url, fill_in(cost="1,250.50", currency="GHS", note="Texts into French"), follow=True)
    act = SupportAct.objects.get()
    assert (act.kind, act.minutes, str(act.cost), act.currency, act.officer) == (
        "content",
        45,
        "1250.50",
        "GHS",
        people.officer,
    )
    page = answer.content.decode()
    assert "Logged for Adanu Growers Union: Translation or content" in page
    assert "Texts into French" in page


def test_the_form_starts_with_today(as_officer, url):
    page = as_officer.get(url).content.decode()
    assert f'value="{timezone.localdate().isoformat()}"' in page
    assert "Nothing is logged yet." in page


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"minutes": ""}, "Write how many minutes it took."),
        ({"minutes": "a while"}, "Write minutes in digits, such as 90."),
        ({"minutes": "1441"}, "Write minutes from 0 to 1440: a day has no more."),
        ({"minutes": "-5"}, "Write minutes from 0 to 1440: a day has no more."),
        ({"day": "2999-01-01"}, "This day is still to come. Log support once it was given."),
        ({"day": "0202-01-01"}, "This day lies before 2000. Check the year."),
        ({"day": "yesterday"}, "Write the day as 2027-01-31."),
        ({"day": ""}, "Say on which day."),
        ({"cost": "12"}, "Say in which currency it cost that much."),
        ({"currency": "GHS"}, "Write what it cost, or choose “No cost”."),
        ({"cost": "12.3456", "currency": "GHS"}, "Write at most 2 decimals."),
        ({"kind": "magic"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_meant_is_said_and_nothing_typed_is_lost(changed, sentence, as_officer, url):
    answer = as_officer.post(url, fill_in(**{"note": "Keep these words", **changed}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error:" in " ".join(page.split())
    assert sentence in page
    assert "Keep these words" in page
    assert not SupportAct.objects.exists()


def test_a_second_press_logs_nothing_more(as_officer, url):
    as_officer.post(url, fill_in())
    assert as_officer.post(url, fill_in()).status_code == 302
    assert SupportAct.objects.count() == 1


def test_who_came_from_a_case_goes_back_to_it(as_officer, url, firm):
    case = reverse("admin:moderation_case", args=[open_case(firm).pk])
    assert as_officer.post(url, fill_in(next=case)).url == case
    assert as_officer.post(url, fill_in(minutes="46", next="https://evil.example/")).url == url
    assert as_officer.post(url, fill_in(minutes="47", next="//evil.example/")).url == url


def test_an_error_keeps_the_way_back(as_officer, url, firm):
    case = reverse("admin:moderation_case", args=[open_case(firm).pk])
    page = as_officer.post(url, fill_in(minutes="", next=case)).content.decode()
    assert f'name="next" value="{case}"' in page


@pytest.mark.parametrize("kind", ["company", "listing", "report"])
def test_a_case_shows_what_was_done_for_its_firm(kind, as_officer, firm, make_act):
    make_act(note="Told them about palletts")
    listing = make_listing(company=firm)
    subject = {"company": firm.pk, "listing": listing.pk, "report": f"product:{listing.pk}"}[kind]
    page = as_officer.get(reverse("admin:moderation_case", args=[open_case(firm, kind, subject).pk])).content.decode()
    assert "Told them about palletts" in page
    assert f'action="/admin/reporting/firms/{firm.pk}/support/"' in page


def test_the_last_three_stand_beside_a_case(as_officer, firm, make_act):
    for number in range(5):
        make_act(days_ago=number, note=f"Act {number}")
    page = as_officer.get(reverse("admin:moderation_case", args=[open_case(firm).pk])).content.decode()
    assert [number for number in range(5) if f"Act {number}" in page] == [0, 1, 2]
    assert "All acts of support" in page


def test_a_firms_record_shows_what_was_done(as_officer, firm, make_act):
    make_act(note="Showed them the form")
    page = as_officer.get(reverse("admin:storefronts_company_change", args=[firm.pk])).content.decode()
    assert "Showed them the form" in page
    assert f'name="next" value="/admin/storefronts/company/{firm.pk}/change/"' in page


@pytest.mark.parametrize("slot", ["case.side", "company.record"])
def test_the_panels_keep_to_their_queries(slot, people, firm, make_act, django_assert_max_num_queries):
    make_act(voided=True)
    (filling,) = [one for one in slots.list_fillings() if one.slot == slot]
    case = open_case(firm, "report", f"product:{make_listing(company=firm).pk}")
    given = {"case": case} if slot == "case.side" else {"company": firm}
    with django_assert_max_num_queries(filling.queries):
        shown = filling.select(user=people.officer, **given)
    assert len(shown["acts"]) == 1


def test_an_exporter_is_told_nothing_by_the_panels(people, firm):
    fillings = {one.slot: one for one in slots.list_fillings()}
    assert fillings["case.side"].select(user=people.exporter, case=open_case(firm)) is None
    assert fillings["company.record"].select(user=people.exporter, company=firm) is None


def test_an_exporter_reads_nothing_of_it_anywhere(client, people, firm, make_act):
    make_act(note="Not for the firm")
    client.force_login(people.exporter)
    for address in (f"/sell/{firm.slug}/", firm.get_absolute_url(), f"/admin/reporting/firms/{firm.pk}/support/"):
        assert b"Not for the firm" not in client.get(address, follow=True).content


def test_a_firm_that_is_not_there_is_404(as_officer):
    assert as_officer.get("/admin/reporting/firms/987654321/support/").status_code == 404
    assert as_officer.post("/admin/reporting/firms/987654321/support/", fill_in()).status_code == 404
    assert as_officer.get("/admin/reporting/support/987654321/strike-out/").status_code == 404


def test_an_act_is_struck_out_with_a_reason_and_stays_readable(as_officer, make_act, url):
    act = make_act(note="For another firm")
    address = reverse("admin:reporting_void", args=[act.pk])
    assert "For another firm" in as_officer.get(address).content.decode()
    page = as_officer.post(address, {"reason": "It was for Keta"}, follow=True).content.decode()
    assert "Struck out. It no longer counts." in page
    assert "It was for Keta" in page
    assert "For another firm" in page
    assert address not in page


def test_striking_out_without_a_reason_is_refused(as_officer, make_act):
    act = make_act()
    answer = as_officer.post(reverse("admin:reporting_void", args=[act.pk]), {"reason": " "})
    assert answer.status_code == 422
    assert "Say why this no longer counts. Colleagues read it." in answer.content.decode()
    assert SupportAct.objects.standing().count() == 1


def test_striking_out_twice_says_so(as_officer, make_act):
    act = make_act(voided=True)
    answer = as_officer.post(reverse("admin:reporting_void", args=[act.pk]), {"reason": "Again"})
    assert answer.status_code == 409
    assert "This was struck out already. It stays as it is." in answer.content.decode()


def test_a_record_of_support_can_be_read_but_neither_changed_nor_deleted(as_officer, make_act):
    act = make_act()
    assert as_officer.get(reverse("admin:reporting_supportact_change", args=[act.pk])).status_code == 200
    assert (
        as_officer.post(reverse("admin:reporting_supportact_delete", args=[act.pk]), {"post": "yes"}).status_code == 403
    )
    assert SupportAct.objects.filter(pk=act.pk).exists()


def test_a_firms_page_costs_the_same_however_much_was_done(as_officer, url, make_act, django_assert_num_queries):
    make_act()
    as_officer.get(url)
    with django_assert_num_queries(FRAME + 3):
        as_officer.get(url)
    for number in range(6):
        make_act(days_ago=number, voided=bool(number % 2))
    with django_assert_num_queries(FRAME + 3):
        as_officer.get(url)
    assert Company.objects.count() == 1
