"""The exporter's list of certificates, a new one, and what waits on the dashboard."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from certifications.models import Certificate, Requirement
from certifications.selectors.dashboard import list_certificate_todos, select_dashboard_certificates
from core import slots
from storefronts.choices import Role
from tests.certifications.seller_input import make_certificate, make_scheme, pdf_file, photo, text, url
from tests.listings.factories import make_member, make_user
from uploads.models import Upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make_member()


@pytest.fixture
def client(client, member):
    client.force_login(member.user)
    return client


def list_url(member):
    return reverse("certificates:list", args=[member.company.slug])


def new_url(member):
    return reverse("certificates:new", args=[member.company.slug])


def ask(scheme, market, key):
    Requirement.objects.create(
        key=key, family="any", market=market, side="destination", kind="buyers", scheme=scheme, document="A paper",
        summary="Asked.", next_step="Ask.", owner="EU", source_url="https://example.org", read_on=date(2026, 1, 2),
    )  # fmt: skip


def test_the_menu_leads_to_certificates(client, member):
    body = text(client.get(reverse("storefronts:dashboard", args=[member.company.slug])))
    assert f'href="{list_url(member)}"' in body


def test_an_empty_list_names_what_markets_ask_for_most(client, member):
    Requirement.objects.all().delete()
    organic, fair, unasked = make_scheme(name="Organic"), make_scheme(name="Fair"), make_scheme(name="Nobody’s")
    ask(organic, "EU", "a")
    ask(fair, "EU", "b")
    ask(fair, "UK", "c")
    body = text(client.get(list_url(member)))
    assert body.index(fair.name) < body.index(organic.name)
    assert unasked.name not in body
    assert "European Union · United Kingdom" in body
    assert f'href="{new_url(member)}"' in body


def test_what_ends_first_stands_on_top_and_closed_ones_last(client, member):
    later = make_certificate(member, state="verified", ends_in=300)
    rejected = make_certificate(member, state="rejected", ends_in=5)
    sooner = make_certificate(member, state="verified", ends_in=12)
    draft = make_certificate(member, valid_until=None)
    body = text(client.get(list_url(member)))
    places = [body.index(one.number) for one in (sooner, later, draft, rejected)]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("fields", "pill", "step"),
    [
        ({"state": "draft"}, "Draft", "Finish and send"),
        ({"state": "draft", "note": "A page is missing."}, "Changes asked for", "Read what to change"),
        ({"state": "submitted"}, "Being checked", "Look at it"),
        ({"state": "verified"}, "Valid", "Look at it"),
        ({"state": "verified", "ends_in": 30}, "30 days left", "Add the next one"),
        ({"state": "verified", "ends_in": 1}, "1 day left", "Add the next one"),
        ({"state": "verified", "ends_in": 0}, "Ends today", "Add the next one"),
        ({"state": "verified", "ends_in": -1}, "Expired", "Add the next one"),
        ({"state": "rejected"}, "Rejected", "Read why"),
        (
            {"state": "revoked", "revoked_at": timezone.now(), "revoked_because": "The issuer withdrew it"},
            "Revoked",
            "Read why",
        ),
        ({"state": "withdrawn"}, "Withdrawn", "Look at it"),
    ],
)
def test_each_row_says_where_it_stands_and_what_comes_next(client, member, fields, pill, step):
    make_certificate(member, **fields)
    body = text(client.get(list_url(member)))
    assert f">{pill}</span>" in body
    assert f">{step}<span" in body


def test_a_row_says_in_words_how_it_was_checked(client, member):
    make_certificate(member, state="verified", evidence_level=2)
    assert "Confirmed by the issuer or its register" in text(client.get(list_url(member)))


def test_an_audit_report_is_called_one(client, member):
    make_certificate(member, scheme=make_scheme(name="SMETA", kind="social_audit", paper="audit_report"))
    assert '<span class="tag">Audit report</span>' in text(client.get(list_url(member)))


def test_one_with_a_successor_on_its_way_asks_for_nothing(client, member):
    before = make_certificate(member, state="verified", ends_in=5)
    make_certificate(member, replaces=before, state="submitted")
    assert "Add the next one" not in text(client.get(list_url(member)))
    assert list_certificate_todos(member=member) == []


def test_the_list_costs_the_same_for_one_row_and_for_three(client, member, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("certifications.registry._coverage", [])
    make_certificate(member)
    make_certificate(member)
    make_certificate(member)
    with django_assert_max_num_queries(14):
        client.get(list_url(member))


def test_a_certificate_begins_with_scheme_and_files_in_one_post(client, member):
    scheme = make_scheme()
    response = client.post(new_url(member), {"scheme": scheme.pk, "files": [pdf_file(), photo()]})
    certificate = Certificate.objects.get()
    assert response.url == url(certificate)
    assert (certificate.state, certificate.scheme, certificate.company) == ("draft", scheme, member.company)
    assert [row.upload.name for row in certificate.files.all()] == ["organic.pdf", "page.jpg"]


def test_schemes_stand_in_groups_under_the_name_of_their_paper(client, member):
    make_scheme(name="SMETA", kind="social_audit", paper="audit_report")
    body = text(client.get(new_url(member)))
    assert '<optgroup label="Social audit">' in body
    assert "SMETA (Audit report)" in body


def test_without_a_scheme_or_a_file_nothing_is_begun(client, member):
    scheme = make_scheme()
    response = client.post(new_url(member), {"scheme": scheme.pk})
    body = text(response)
    assert response.status_code == 422
    assert "Choose the document: a PDF, or a photo of each page." in body
    assert "<title>Error:" in body
    assert f'<option value="{scheme.pk}" selected>' in body
    assert Certificate.objects.count() == 0


def test_a_file_that_is_none_is_refused_beside_the_field(client, member):
    wrong = SimpleUploadedFile("letter.docx", b"PK\x03\x04 no document")
    response = client.post(new_url(member), {"scheme": make_scheme().pk, "files": [pdf_file(), wrong]})
    assert response.status_code == 422
    assert "letter.docx is neither a picture" in text(response)
    assert (Certificate.objects.count(), Upload.objects.count()) == (0, 0)


def test_six_files_are_too_many(client, member):
    response = client.post(new_url(member), {"scheme": make_scheme().pk, "files": [photo() for _ in range(6)]})
    assert response.status_code == 422
    assert "At most 5 files belong to one certificate." in text(response)


def test_the_next_one_takes_over_what_stays_but_no_dates(client, member):
    before = make_certificate(member, state="verified", ends_in=5)
    assert "The next Organic" in text(client.get(f"{new_url(member)}?replaces={before.public_id}"))
    data = {"scheme": before.scheme_id, "replaces": before.public_id, "files": [pdf_file()]}
    client.post(new_url(member), data)
    after = Certificate.objects.get(replaces=before)
    assert (after.holder, after.scope, after.hs_prefixes) == (before.holder, before.scope, ["0409"])
    assert (after.valid_from, after.valid_until, after.number) == (None, None, "")


def test_a_successor_of_a_strangers_certificate_is_not_there(client, member):
    foreign = make_certificate()
    assert client.get(f"{new_url(member)}?replaces={foreign.public_id}").status_code == 404


def test_a_scheme_can_be_named_in_the_address(client, member):
    scheme = make_scheme("of-the-address")
    assert f'<option value="{scheme.pk}" selected>' in text(client.get(f"{new_url(member)}?scheme=of-the-address"))


def test_viewers_see_the_list_without_buttons_and_start_nothing(client, member):
    viewer = make_member(company=member.company, role=Role.VIEWER)
    make_certificate(member)
    client.force_login(viewer.user)
    body = text(client.get(list_url(member)))
    assert new_url(member) not in body
    assert "Finish and send" not in body
    assert client.get(new_url(member)).status_code == 403
    assert client.post(new_url(member), {"scheme": 1}).status_code == 403


def test_strangers_find_no_list_and_guests_sign_in(client, member):
    client.force_login(make_user())
    assert client.get(list_url(member)).status_code == 404
    assert client.get(new_url(member)).status_code == 404
    client.logout()
    assert client.get(list_url(member)).url.startswith("/account/login/")


@pytest.mark.parametrize(("left", "urgency"), [(7, 1), (8, 2), (30, 2), (60, 3), (90, 4)])
def test_the_dashboard_asks_for_the_next_one_more_urgently_towards_the_end(member, left, urgency):
    make_certificate(member, state="verified", ends_in=left)
    [todo] = list_certificate_todos(member=member)
    assert (todo.urgency, todo.kind, todo.title) == (urgency, "warn", f"Organic ends in {left} days")


def test_the_dashboard_is_silent_91_days_before(member):
    make_certificate(member, state="verified", ends_in=91)
    assert list_certificate_todos(member=member) == []


def test_the_dashboard_says_that_one_has_ended(member):
    certificate = make_certificate(member, state="verified", ends_in=-3)
    [todo] = list_certificate_todos(member=member)
    assert (todo.urgency, todo.kind) == (1, "bad")
    assert todo.url.endswith(f"?replaces={certificate.public_id}")


def test_the_dashboard_tells_the_officers_note_and_what_was_never_sent(member):
    asked = make_certificate(member, note="The second page is missing.")
    unsent = make_certificate(member)
    change, send = list_certificate_todos(member=member)
    assert (change.text, change.url) == ("The second page is missing.", url(asked))
    assert (send.title, send.url) == ("Finish “Organic”", url(unsent))


def test_the_panel_says_how_long_each_holds_and_leaves_out_what_is_closed(member):
    until = make_certificate(member, state="verified", ends_in=400).valid_until
    make_certificate(member, state="verified", ends_in=68)
    make_certificate(member, state="submitted")
    make_certificate(member, state="rejected")
    part = select_dashboard_certificates(member=member)
    labels = [pill.label for _certificate, pill in part["rows"]]
    assert labels == ["68 days left", "Being checked", f"Until {until:%b %Y}"]
    assert (part["total"], part["is_empty"]) == (4, False)


def test_the_panel_of_who_has_none_leads_to_the_first(member):
    part = select_dashboard_certificates(member=member)
    assert (part["is_empty"], part["new_url"]) == (True, new_url(member))


def test_the_panel_keeps_its_query_budget(member, django_assert_num_queries):
    (filling,) = [one for one in slots.list_fillings() if one.template == "certificates/slots/dashboard.html"]
    for number in range(8):
        make_certificate(member, state="verified", ends_in=100 + number)
    with django_assert_num_queries(filling.queries):
        part = filling.select(member=member)
        assert len([certificate.scheme.name for certificate, _pill in part["rows"]]) == 6


def test_nothing_waits_for_a_viewer(member):
    make_certificate(member)
    assert list_certificate_todos(member=make_member(company=member.company, role=Role.VIEWER)) == []
