"""A draft beside its document: what is typed, read, refused and sent; two tabs, buttons without JavaScript, who may do what."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from certifications.models import Certificate, Issuer
from core import jobs
from moderation.models import Case
from storefronts.choices import CompanyState, Role
from storefronts.models import Site
from tests.certifications.seller_input import (
    add_file,
    make_certificate,
    make_scheme,
    pdf_file,
    photo,
    text,
    typed,
    url,
)
from tests.listings.factories import make_member, make_user

pytestmark = pytest.mark.django_db
WORDS = "Certificate No: GH-BIO-140.2025\nValid from: 14 Aug 2025\nValid until: 13 Aug 2027\nControl Body Ltd"
READ = "Read from the document, please check."


@pytest.fixture
def member():
    return make_member()


@pytest.fixture
def client(client, member):
    client.force_login(member.user)
    return client


@pytest.fixture
def draft(member):
    return make_certificate(member)


@pytest.fixture
def fresh(member):
    """Nothing typed yet; its document says number and dates."""
    blank = {"number": "", "valid_from": None, "valid_until": None, "issuer_name": "", "edit_count": 0}
    certificate = make_certificate(member, files=0, **blank)
    add_file(certificate, text=WORDS)
    return certificate


def test_empty_fields_hold_what_was_read_and_say_so(client, fresh):
    Issuer.objects.create(name="Control Body Ltd")
    body = text(client.get(url(fresh)))
    assert 'value="GH-BIO-140.2025"' in body
    assert 'value="2025-08-14"' in body
    assert 'value="2027-08-13"' in body
    assert 'value="Control Body Ltd"' in body
    assert body.count(READ) == 4


def test_what_was_typed_is_never_overwritten(client, fresh):
    Certificate.objects.update(number="OTHER-77")
    body = text(client.get(url(fresh)))
    assert 'value="OTHER-77"' in body
    assert "GH-BIO-140.2025" not in body


def test_after_the_first_save_nothing_is_suggested_by_itself(client, fresh):
    client.post(url(fresh), typed(fresh, then="stay"))
    body = text(client.get(url(fresh)))
    assert READ not in body
    assert "Fill empty fields from the document" in body


def test_a_button_fills_empty_fields_and_keeps_what_was_typed(client, draft):
    add_file(draft, text=WORDS)
    body = text(client.post(url(draft), typed(draft, number="", holder="Somebody else", fill="1")))
    assert 'value="GH-BIO-140.2025"' in body
    assert 'value="Somebody else"' in body
    draft.refresh_from_db()
    assert draft.number != "GH-BIO-140.2025"


def test_a_pdf_is_read_by_the_worker_and_shown_page_by_page(client, member):
    certificate = make_certificate(member, files=0)
    client.post(url(certificate), typed(certificate, send_files="1", files=[pdf_file()]))
    assert "Sent, waiting its turn" in text(client.get(url(certificate, "files")))
    jobs.run_due_jobs()
    body = text(client.get(url(certificate, "files")))
    assert 'alt="Page 1 of 1"' in body
    assert "data-poll" not in body


def test_the_document_is_watched_while_it_is_read(client, draft):
    add_file(draft, state="processing")
    body = text(client.get(url(draft)))
    assert f'data-poll="{url(draft, "files")}"' in body
    assert "Look again whether it has been read" in body


def test_a_failed_file_says_why_and_can_be_sent_again(client, draft):
    upload = add_file(draft, state="failed", quarantine="quarantine/x")
    body = text(client.get(url(draft)))
    assert "The file is cut short. Send it again." in body
    response = client.post(url(draft), typed(draft, file_action=f"again:{upload.pk}"))
    upload.refresh_from_db()
    assert (response.url, upload.state) == (f"{url(draft)}#files", "sent")


def test_two_files_come_along_with_a_save_without_javascript(client, draft):
    response = client.post(url(draft), typed(draft, then="stay", files=[pdf_file(), photo()], scope="Honey and wax"))
    draft.refresh_from_db()
    assert response.url == url(draft)
    assert (draft.files.count(), draft.scope) == (3, "Honey and wax")


def test_a_file_is_removed_and_what_was_typed_is_kept(client, draft):
    upload = draft.files.get().upload
    client.post(url(draft), typed(draft, file_action=f"remove:{upload.pk}", scope="Honey and wax"))
    draft.refresh_from_db()
    assert (draft.files.count(), draft.scope) == (0, "Honey and wax")


def test_a_file_of_somebody_else_cannot_be_removed(client, draft):
    foreign = make_certificate()
    upload = foreign.files.get().upload
    response = client.post(url(draft), typed(draft, file_action=f"remove:{upload.pk}"))
    assert response.status_code == 422
    assert foreign.files.count() == 1


def test_a_refused_file_costs_nothing_that_was_typed(client, draft):
    response = client.post(url(draft), typed(draft, then="stay", scope="Wax alone", files=[photo() for _ in range(5)]))
    body = text(response)
    assert response.status_code == 422
    assert "At most 5 files belong to one certificate." in body
    assert "Wax alone" in body


def test_everything_typed_is_kept(client, draft, member):
    site = Site.objects.create(company=member.company, name="Washing station", kind="factory", city="Ho", country="GH")
    values = typed(
        draft, then="stay", issuer_name="New Body", number="X 1-2", hs_prefixes="0409, 07-08, 0901.11", words="honey, wax",
        site_ids=[site.pk], is_group="on", valid_from="2026-01-02", valid_until="2027-01-01",
        **{"members-TOTAL_FORMS": 1, "members-0-name": "Abena Farms", "members-0-place": "Ho"},
    )  # fmt: skip
    assert client.post(url(draft), values).url == url(draft)
    draft.refresh_from_db()
    assert (draft.issuer_name, draft.number, draft.number_key) == ("New Body", "X 1-2", "X12")
    assert (draft.hs_prefixes, draft.words) == (["0409", "07-08", "090111"], ["honey", "wax"])
    assert (draft.valid_from, draft.valid_until, draft.is_group) == (date(2026, 1, 2), date(2027, 1, 1), True)
    assert list(draft.sites.all()) == [site]
    assert list(draft.group_members.values_list("name", "place", "number")) == [("Abena Farms", "Ho", "")]


def test_arabic_is_kept_letter_by_letter(client, draft):
    words = {"holder": "شركة العسل الذهبي ذ.م.م", "scope": "عسل طبيعي", "words": "عسل، شمع"}
    client.post(url(draft), typed(draft, then="stay", **words))
    draft.refresh_from_db()
    assert (draft.holder, draft.scope) == (words["holder"], words["scope"])
    assert draft.words == ["عسل", "شمع"]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("hs_prefixes", "9", "“9” is no HS code."),
        ("hs_prefixes", "honey", "“honey” is no HS code."),
        ("hs_prefixes", "9901", "“9901” is no HS code."),
        ("hs_prefixes", "040999", "There is no HS code 0409.99 in the edition of 2022."),
        ("valid_from", "31.31.2026", "Write the day like 2027-08-14."),
        ("scheme", "0", "Choose a scheme from the list."),
        ("number", "1" * 61, "at most 60 characters"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(client, draft, field, value, message):
    response = client.post(url(draft), typed(draft, then="stay", scope="Typed with care", **{field: value}))
    body = text(response)
    assert response.status_code == 422
    assert message in body
    assert "<title>Error:" in body
    assert f'href="#id_{field}"' in body
    assert "Typed with care" in body


def test_reversed_dates_are_refused_beside_the_last_day(client, draft):
    values = typed(draft, then="stay", valid_from="2026-05-01", valid_until="2026-04-30", scope="Typed with care")
    response = client.post(url(draft), values)
    assert response.status_code == 422
    assert "The last day must not be before the first." in text(response)
    assert "Typed with care" in text(response)


def test_rows_of_members_come_and_go_without_javascript(client, draft):
    rows = {"members-TOTAL_FORMS": 1, "members-0-name": "Abena Farms"}
    body = text(client.post(url(draft), typed(draft, add_member="1", scope="Not saved yet", **rows)))
    assert 'name="members-1-name"' in body
    assert 'value="Abena Farms"' in body
    assert "Not saved yet" in body
    rows = {"members-TOTAL_FORMS": 2, "members-0-name": "Abena Farms", "members-1-name": "Yaw Farms"}
    body = text(client.post(url(draft), typed(draft, remove_member="0", **rows)))
    assert 'value="Abena Farms"' not in body
    assert 'value="Yaw Farms"' in body


def test_a_member_without_a_name_is_asked_for_it(client, draft):
    rows = {"members-TOTAL_FORMS": 1, "members-0-place": "Ho"}
    response = client.post(url(draft), typed(draft, then="stay", **rows))
    assert response.status_code == 422
    assert "Give the name of the member, or empty the row." in text(response)


def test_the_second_tab_keeps_its_text_and_can_save_again(client, draft):
    second = typed(draft, then="stay", scope="Of the second tab")
    client.post(url(draft), typed(draft, then="stay", scope="Of the first tab"))
    response = client.post(url(draft), second)
    body = text(response)
    draft.refresh_from_db()
    assert (response.status_code, draft.scope) == (409, "Of the first tab")
    assert "Of the second tab" in body
    client.post(url(draft), {**second, "version": f"{draft.pk}.{draft.edit_count}"})
    draft.refresh_from_db()
    assert draft.scope == "Of the second tab"


def test_save_and_send_opens_a_case_for_officers(client, draft):
    response = client.post(url(draft), typed(draft, then="next", scope="All honey"))
    draft.refresh_from_db()
    assert (response.url, draft.state, draft.scope) == (url(draft), "submitted", "All honey")
    assert Case.objects.get().subject_id == str(draft.pk)
    assert "An officer is checking it" in text(client.get(url(draft)))


def test_what_is_missing_is_named_field_by_field_and_the_rest_is_saved(client, member):
    certificate = make_certificate(member, files=0)
    response = client.post(url(certificate), typed(certificate, then="next", number="", scope="", holder="Our holder"))
    body = text(response)
    certificate.refresh_from_db()
    assert (response.status_code, certificate.state, certificate.holder) == (422, "draft", "Our holder")
    assert '<a href="#id_number">Give its number.</a>' in body
    assert '<a href="#id_scope">Copy its scope, word for word.</a>' in body
    assert '<a href="#id_files">Add the document: a PDF, or a photo of each page.</a>' in body


def test_after_a_refused_sending_the_same_page_can_be_sent(client, member):
    certificate = make_certificate(member, number="")
    client.post(url(certificate), typed(certificate, then="next", number=""))
    certificate.refresh_from_db()
    client.post(url(certificate), typed(certificate, then="next", number="GH-1"))
    certificate.refresh_from_db()
    assert certificate.state == "submitted"


def test_one_that_has_ended_is_not_sent_and_says_when(client, draft):
    ended = timezone.localdate() - timedelta(days=3)
    response = client.post(url(draft), typed(draft, then="next", valid_until=ended))
    assert response.status_code == 422
    assert f"This ended on {ended.day} {ended:%b %Y}." in text(response)


def test_one_that_has_not_begun_is_not_sent(client, draft):
    tomorrow = timezone.localdate() + timedelta(days=1)
    response = client.post(url(draft), typed(draft, then="next", valid_from=tomorrow))
    assert response.status_code == 422
    assert "Send it once it is valid." in text(response)


def test_a_file_that_is_not_ready_holds_the_sending_back(client, draft):
    add_file(draft, state="processing")
    response = client.post(url(draft), typed(draft, then="next"))
    assert response.status_code == 422
    assert "A file is not ready yet." in text(response)


def test_the_same_certificate_is_not_sent_twice(client, member, draft):
    sent = make_certificate(
        member, scheme=draft.scheme, state="submitted", number=draft.number, number_key=draft.number_key
    )
    sent.refresh_from_db()
    response = client.post(url(draft), typed(draft, then="next"))
    assert response.status_code == 409
    assert "You have sent this certificate already." in text(response)


def test_a_suspended_company_keeps_what_it_typed(client, draft, member):
    member.company.state = CompanyState.SUSPENDED
    member.company.save()
    response = client.post(url(draft), typed(draft, then="stay", scope="Typed with care"))
    assert response.status_code == 403
    assert "The agency has suspended this company." in text(response)
    assert "Typed with care" in text(response)


def test_a_save_after_the_other_tab_has_sent_loses_no_text(client, draft):
    second = typed(draft, then="stay", scope="Of the second tab")
    client.post(url(draft), typed(draft, then="next"))
    response = client.post(url(draft), second)
    assert response.status_code == 409
    assert "Of the second tab" in text(response)
    assert "This can no longer be changed." in text(response)


def test_advice_compares_with_the_profile_and_never_speaks_of_others(client, member):
    scheme = make_scheme()
    foreign = make_certificate(scheme=scheme, state="submitted", number="SAME-1", number_key="SAME1")
    draft = make_certificate(member, scheme=scheme, holder="Another Firm Ltd", number="SAME-1", number_key="SAME1")
    body = text(client.get(url(draft)))
    assert "We compared your document with your profile" in body
    assert "Does not fit" in body
    assert "Another company" not in body
    assert foreign.company.legal_name not in body


def test_a_draft_that_was_never_saved_gets_no_advice(client, fresh):
    assert "We compared your document" not in text(client.get(url(fresh)))


def test_a_viewer_reads_and_changes_nothing(client, draft, member):
    client.force_login(make_member(company=member.company, role=Role.VIEWER).user)
    body = text(client.get(url(draft)))
    assert "You can read this certificate" in body
    assert "<textarea" not in body
    assert client.post(url(draft), typed(draft, then="stay", scope="Changed")).status_code == 403
    assert client.post(url(draft, "delete")).status_code == 403
    draft.refresh_from_db()
    assert draft.scope == "Honey"


@pytest.mark.parametrize("name", ["edit", "files", "withdraw", "delete"])
def test_strangers_and_other_companies_find_nothing(client, draft, name):
    client.force_login(make_user())
    assert client.get(url(draft, name)).status_code == 404
    other = make_member()
    client.force_login(other.user)
    assert client.get(url(draft, name)).status_code == 404
    foreign_address = url(draft, name).replace(draft.company.slug, other.company.slug)
    assert client.get(foreign_address).status_code == 404
    client.logout()
    assert client.get(url(draft, name)).url.startswith("/account/login/")


def test_an_unknown_file_is_not_there(client, draft):
    assert client.get(url(draft, "file", uuid4())).status_code == 404
