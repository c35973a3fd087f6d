"""The officers' pages: who gets in, what the queue and a case show, deciding, undo, keys."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from moderation.models import Case, Decision
from moderation.rules import DiffRow
from moderation.services import claim_case

QUEUE = "/admin/moderation/queue/"


def page_of(case):
    return reverse("admin:moderation_case", args=[case.pk])


@pytest.fixture
def desk(client, officer):
    """The officer's browser."""
    client.force_login(officer)
    return client


@pytest.mark.parametrize(
    "name", ["moderation_queue", "moderation_case", "moderation_claim", "moderation_release", "moderation_undo"]
)
def test_a_stranger_and_an_exporter_are_sent_to_sign_in(client, case, exporter, name):
    url = reverse(f"admin:{name}", args=[] if name == "moderation_queue" else [case.pk])

    stranger = client.post(url)
    client.force_login(exporter)
    known = client.post(url)

    assert (stranger.status_code, known.status_code) == (302, 302)
    assert stranger["Location"].startswith("/admin/login/")
    assert known["Location"].startswith("/admin/login/")
    case.refresh_from_db()
    assert case.claimed_by is None


def test_the_queue_shows_the_oldest_first(desk, open_stall):
    first, second = open_stall(1), open_stall(2)

    page = desk.get(QUEUE)

    assert [case.pk for case in page.context["page"]] == [first.pk, second.pk]
    assert page.status_code == 200


def test_the_queue_says_what_is_overdue(desk, case):
    Case.objects.update(due_at=timezone.now() - timedelta(hours=1))

    html = desk.get(QUEUE).content.decode()

    assert html.count('<span class="pill bad">') == 2
    assert "One overdue" in html


def test_the_queue_says_who_looks_at_a_case(desk, case, other_officer):
    claim_case(case_id=case.pk, officer=other_officer)

    assert "<bdi>Kofi Asante</bdi> is looking at this" in desk.get(QUEUE).content.decode()
    assert list(desk.get(QUEUE, {"show": "free"}).context["page"]) == []
    assert list(desk.get(QUEUE, {"show": "mine"}).context["page"]) == []


def test_the_queue_is_narrowed_by_kind(desk, case):
    Case.objects.create(
        kind="boat", subject_id="1", title="Boat", company_name="B", opened_at=timezone.now(), due_at=timezone.now()
    )

    assert [found.pk for found in desk.get(QUEUE, {"kind": "stall"}).context["page"]] == [case.pk]


def test_an_empty_queue_says_so(desk, stall):
    assert "Nothing waits here" in desk.get(QUEUE).content.decode()


@pytest.mark.parametrize("number", [5, 50])
def test_the_queue_costs_the_same_with_5_and_50_cases(
    desk, open_stall, other_officer, number, django_assert_num_queries
):
    cases = [open_stall(index) for index in range(number)]
    claim_case(case_id=cases[0].pk, officer=other_officer)
    desk.get(QUEUE)

    with django_assert_num_queries(15):  # 10 of them are the frame's
        desk.get(QUEUE)


def test_opening_a_case_claims_it(desk, case, officer):
    page = desk.get(page_of(case))

    case.refresh_from_db()
    assert (page.status_code, case.claimed_by) == (200, officer)


def test_a_browser_that_loads_ahead_claims_nothing(desk, case):
    desk.get(page_of(case), headers={"Sec-Purpose": "prefetch"})

    case.refresh_from_db()
    assert case.claimed_by is None


def test_asking_only_for_the_head_of_a_case_claims_nothing(desk, case):
    assert desk.head(page_of(case)).status_code == 200
    case.refresh_from_db()
    assert case.claimed_by is None


def test_a_case_shows_what_changed_and_escapes_it(desk, case):
    html = desk.get(page_of(case)).content.decode()

    assert "Review 1 of 1" in html
    assert "Roasted <del>coffee</del>, 1 kg" in html
    assert "<ins>robusta &lt;b&gt;blend&lt;/b&gt;</ins>" in html
    assert "<b>blend" not in html
    assert "One field unchanged: show it" in html
    assert "Banned words" in html
    assert 'href="/sell/x/preview/"' in html


@pytest.mark.parametrize("key", ["a", "c", "x"])
def test_buttons_carry_their_keys(desk, case, key):
    assert f'data-key="{key}"' in desk.get(page_of(case)).content.decode()


def test_next_and_previous_skip_cases_in_other_hands(desk, open_stall, other_officer):
    first, second, third = open_stall(1), open_stall(2), open_stall(3)
    claim_case(case_id=second.pk, officer=other_officer)

    html = desk.get(page_of(first)).content.decode()
    back = desk.get(page_of(third)).content.decode()

    assert f'data-key="j" href="{page_of(third)}"' in html
    assert 'data-key="k"' not in html
    assert f'data-key="k" href="{page_of(first)}"' in back
    assert "Review 2 of 2" in back


def test_a_case_in_other_hands_can_only_be_read(desk, case, other_officer):
    claim_case(case_id=case.pk, officer=other_officer)

    html = desk.get(page_of(case)).content.decode()

    assert "Kofi Asante is looking at this" in html
    assert 'value="approve"' not in html


def test_a_member_of_the_company_can_only_read(desk, case, officer, stall):
    stall.members = [officer]

    html = desk.get(page_of(case)).content.decode()

    assert "You are a member of this company" in html
    assert 'value="approve"' not in html


def test_an_approval_takes_its_details_and_leads_to_the_next_case(desk, open_stall, stall):
    first, second = open_stall(1), open_stall(2)

    answer = desk.post(page_of(first), {"outcome": "approve", "level": "2"}, follow=True)

    decision = Decision.objects.get()
    assert (stall.state, stall.details) == ("approve", {"level": 2})
    assert answer.redirect_chain == [(f"{page_of(second)}?decided={decision.pk}", 302)]
    html = answer.content.decode()
    assert "Approved: Stall 1" in html
    assert f'action="/admin/moderation/decision/{decision.pk}/undo/"' in html


def test_the_last_decision_leads_to_the_queue(desk, case):
    answer = desk.post(page_of(case), {"outcome": "reject", "note": "No."}, follow=True)

    assert answer.redirect_chain[0][0] == f"{QUEUE}?decided={Decision.objects.get().pk}"
    assert "Rejected: Stall 1" in answer.content.decode()


def test_an_approval_without_its_details_is_a_form_error(desk, case, stall):
    answer = desk.post(page_of(case), {"outcome": "approve", "note": "Fine <sign>"})

    html = answer.content.decode()
    assert (answer.status_code, stall.state) == (422, "waiting")
    assert "<title>Error: " in html
    assert "Fine &lt;sign&gt;</textarea>" in html
    assert 'href="#id_level"' in html


def test_a_refusal_needs_no_details_of_an_approval(desk, case, stall):
    assert desk.post(page_of(case), {"outcome": "changes", "note": "Sign."}).status_code == 302
    assert stall.state == "changes"


def test_a_refusal_without_a_reason_is_a_form_error(desk, case, stall):
    answer = desk.post(page_of(case), {"outcome": "changes"})

    assert (answer.status_code, stall.state) == (422, "waiting")
    assert "Choose a reason or write a note" in answer.content.decode()


def test_an_unknown_outcome_is_a_form_error(desk, case, stall):
    assert desk.post(page_of(case), {"outcome": "burn"}).status_code == 422
    assert stall.state == "waiting"


def test_the_second_decision_is_a_clear_409(client, decided, other_officer, stall):
    client.force_login(other_officer)

    answer = client.post(page_of(decided.case), {"outcome": "reject", "note": "My <long> note"})

    html = answer.content.decode()
    assert (answer.status_code, stall.state, Decision.objects.count()) == (409, "approve", 1)
    assert "This case is already decided. Nothing that you sent was changed or mailed." in html
    assert "Ama Kumi</bdi> decided this" in html
    assert "My &lt;long&gt; note</textarea>" in html
    assert 'value="approve"' not in html


def test_a_decision_on_a_case_in_other_hands_is_a_409(desk, case, other_officer, stall):
    claim_case(case_id=case.pk, officer=other_officer)

    answer = desk.post(page_of(case), {"outcome": "reject", "note": "No."})

    assert (answer.status_code, stall.state) == (409, "waiting")
    assert "Kofi Asante is looking at this" in answer.content.decode()


def test_undo_opens_the_case_again(desk, decided, stall):
    answer = desk.post(f"/admin/moderation/decision/{decided.pk}/undo/", follow=True)

    assert (answer.redirect_chain[0][0], stall.state) == (page_of(decided.case), "waiting")
    assert "Undone. Nothing was mailed" in answer.content.decode()


def test_undo_too_late_is_a_409(desk, decided, stall):
    Decision.objects.update(undo_until=timezone.now() - timedelta(seconds=1))

    answer = desk.post(f"/admin/moderation/decision/{decided.pk}/undo/")

    assert (answer.status_code, stall.state) == (409, "approve")
    assert "This can no longer be undone" in answer.content.decode()


def test_undo_is_offered_for_ten_minutes(desk, decided):
    page = page_of(decided.case)
    undo = f'action="/admin/moderation/decision/{decided.pk}/undo/"'
    assert undo in desk.get(page).content.decode()
    assert undo in desk.get(QUEUE, {"show": "decided"}).content.decode()

    Decision.objects.update(undo_until=timezone.now() - timedelta(seconds=1))

    assert undo not in desk.get(page).content.decode()
    assert undo not in desk.get(QUEUE, {"show": "decided", "decided": decided.pk}).content.decode()


def test_another_officer_is_not_offered_undo(client, decided, other_officer):
    client.force_login(other_officer)

    assert "/undo/" not in client.get(page_of(decided.case)).content.decode()


def test_a_page_that_stays_open_renews_its_claim(desk, case, officer):
    claim_case(case_id=case.pk, officer=officer)
    Case.objects.update(claimed_until=timezone.now() + timedelta(minutes=1))

    answer = desk.post(reverse("admin:moderation_claim", args=[case.pk]))

    case.refresh_from_db()
    assert case.claimed_until > timezone.now() + timedelta(minutes=14)
    assert "You are looking at this" in answer.content.decode()


def test_a_page_that_lost_its_claim_learns_who_has_it(desk, case, other_officer):
    claim_case(case_id=case.pk, officer=other_officer)

    assert (
        "<bdi>Kofi Asante</bdi> is looking at this"
        in desk.post(reverse("admin:moderation_claim", args=[case.pk])).content.decode()
    )


def test_a_case_is_given_back(desk, case, officer):
    claim_case(case_id=case.pk, officer=officer)

    assert desk.post(reverse("admin:moderation_release", args=[case.pk]))["Location"] == QUEUE
    case.refresh_from_db()
    assert case.claimed_by is None


def test_keys_can_be_switched_off(desk, case, officer):
    assert 'data-shortcuts="on"' in desk.get(page_of(case)).content.decode()

    answer = desk.post("/admin/moderation/keys/", {"next": page_of(case)}, follow=True)

    assert answer.redirect_chain == [(page_of(case), 302)]
    assert 'data-shortcuts="off"' in answer.content.decode()


def test_the_way_back_stays_on_this_site(desk, stall):
    assert desk.post("/admin/moderation/keys/", {"next": "https://evil.example/"})["Location"] == QUEUE


@pytest.mark.parametrize("number", ["x", "9" * 40, "0"])
def test_a_nonsense_decision_in_the_address_is_harmless(desk, case, number):
    assert desk.get(QUEUE, {"decided": number}).status_code == 200


def test_an_unknown_case_is_a_404(desk, stall):
    assert desk.get("/admin/moderation/case/999/").status_code == 404


def test_pages_obey_the_strict_policy(desk, case):
    html = desk.get(page_of(case)).content.decode() + desk.get(QUEUE).content.decode()

    assert "style=" not in html.replace('rel="stylesheet"', "")
    assert "onclick" not in html
    assert html.count("<h1") == 2


@pytest.mark.parametrize("number", [1, 9])
def test_a_case_costs_the_same_with_many_decisions(desk, case, officer, reason, number, django_assert_num_queries):
    for _ in range(number):
        made = Decision.objects.create(
            case=case,
            officer=officer,
            outcome="reject",
            undo_until=timezone.now(),
            undone_at=timezone.now(),
            decided_at=timezone.now(),
        )
        made.reasons.add(reason)
    desk.get(page_of(case))

    with django_assert_num_queries(24):  # 10 of them are the frame's
        desk.get(page_of(case))


def test_pictures_stand_side_by_side(desk, case, stall):
    class Picture:
        def __init__(self, src, alt):
            self.src, self.alt = src, alt

    stall.rows = (
        DiffRow(
            "Pictures",
            (Picture("/media/1.webp", "Bags"),),
            (Picture("/media/2.webp", 'B"eans'), Picture("/media/3.webp", "")),
            "picture",
        ),
    )

    html = desk.get(page_of(case)).content.decode()

    assert "Pictures 2" in html
    assert '<img src="/media/2.webp" alt="B&quot;eans" width="160" height="120">' in html
