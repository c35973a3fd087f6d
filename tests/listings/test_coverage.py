"""Which certificates cover a product: chosen by the exporter, judged by the rules, confirmed or refused by an officer."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from certifications.exceptions import TiedOfficer
from certifications.registry import (
    confirm_covered_products,
    list_covered_products,
    list_product_facts,
    tell_certificate_change,
)
from core.errors import NotAllowed, NotFound
from core.models import AuditEntry
from listings.choices import ListingState, RevisionState
from listings.exceptions import ListingArchived, ListingNotFound
from listings.models import CertificateCoverage, SearchChange
from listings.selectors.coverage import list_open_claims
from listings.services.coverage import confirm_claim, cover_listing, refuse_claim
from listings.services.decisions import decide_revision, undo_revision_decision
from listings.services.submission import submit_revision
from moderation.models import Case
from moderation.rules import Ruling
from storefronts.choices import CompanyState, Role
from storefronts.exceptions import CompanyIsSuspended
from tests.listings.certified import cover, make_certificate, make_scheme
from tests.listings.factories import make_listing, make_member, make_officer, make_revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing(member):
    return make_listing(company=member.company)


@pytest.fixture
def certificate(member):
    return make_certificate(member.company)


def choose(member, listing, *certificates):
    return cover_listing(
        member=member, listing_id=listing.pk, certificate_public_ids=[one.public_id for one in certificates]
    )


def approve(listing, officer):
    case = Case.objects.get(kind="listing", subject_id=str(listing.pk))
    return decide_revision(case=case, officer=officer, ruling=Ruling("approve"))


def test_a_chosen_certificate_is_judged_and_counts_when_the_rules_agree(member, listing, certificate):
    choose(member, listing, certificate)
    row = listing.coverages.get()

    assert (row.result, row.counts, row.claimed_by) == ("pass", True, member.user)
    assert row.reason == "HS code 090111 is among those that it covers."
    assert SearchChange.objects.filter(listing_id=listing.pk).count() == 1


@pytest.mark.parametrize(
    ("scope", "result"),
    [
        ({"hs_prefixes": ["0902"]}, "fail"),
        ({"hs_prefixes": [], "words": []}, "unknown"),
        ({"hs_prefixes": [], "words": ["green coffee"]}, "pass"),
        ({"hs_prefixes": [], "words": ["honey"]}, "fail"),
    ],
)
def test_only_a_pass_counts_by_itself(member, listing, scope, result):
    choose(member, listing, make_certificate(member.company, **scope))
    row = listing.coverages.get()

    assert (row.result, row.counts) == (result, result == "pass")


def test_the_open_revision_is_judged_where_none_is_live(member, certificate):
    draft = make_listing(company=member.company, state=ListingState.DRAFT, hs_code="080131")
    choose(member, draft, certificate)

    assert draft.coverages.get().result == "fail"


def test_the_choice_is_exactly_what_was_sent(member, listing, certificate):
    other = make_certificate(member.company)
    choose(member, listing, certificate)
    choose(member, listing, other)

    assert [row.certificate for row in listing.coverages.all()] == [other]


def test_the_same_choice_again_changes_nothing(member, listing, certificate):
    choose(member, listing, certificate)
    before = listing.coverages.get().pk
    choose(member, listing, certificate)

    assert listing.coverages.get().pk == before
    assert SearchChange.objects.filter(listing_id=listing.pk).count() == 1


def test_a_strangers_certificate_is_not_found_and_nothing_changes(member, listing, certificate):
    strange = make_certificate(make_member().company)
    with pytest.raises(NotFound):
        choose(member, listing, certificate, strange)

    assert not CertificateCoverage.objects.exists()


def test_a_strangers_listing_is_not_found(member, certificate):
    strange = make_listing()
    with pytest.raises(ListingNotFound):
        choose(member, strange, certificate)

    assert not CertificateCoverage.objects.exists()


@pytest.mark.parametrize("state", ["rejected", "withdrawn"])
def test_what_was_refused_or_taken_back_covers_nothing(member, listing, state):
    with pytest.raises(NotFound):
        choose(member, listing, make_certificate(member.company, state=state))


def test_a_document_of_one_shipment_covers_nothing(member, listing):
    scheme = make_scheme("test-shipment", kind="transaction_document", paper="transaction")
    with pytest.raises(NotFound):
        choose(member, listing, make_certificate(member.company, scheme=scheme))


def test_a_viewer_cannot_choose(member, listing, certificate):
    viewer = make_member(company=member.company, role=Role.VIEWER)
    with pytest.raises(NotAllowed):
        choose(viewer, listing, certificate)

    assert not CertificateCoverage.objects.exists()


def test_a_suspended_company_cannot_choose(member, listing, certificate):
    member.company.state = CompanyState.SUSPENDED
    with pytest.raises(CompanyIsSuspended):
        choose(member, listing, certificate)


def test_a_product_in_the_archive_keeps_its_choice(member, certificate):
    archived = make_listing(company=member.company, state=ListingState.ARCHIVED)
    with pytest.raises(ListingArchived):
        choose(member, archived, certificate)


def test_an_officer_makes_exactly_the_named_products_count(member, officer, certificate):
    first, second = make_listing(company=member.company, hs_code="080131"), make_listing(company=member.company)
    choose(member, first, certificate)
    choose(member, second, certificate)
    confirm_covered_products(officer=officer, certificate_id=certificate.pk, product_ids=[first.pk])
    counts = {row.id: (row.counts, row.is_confirmed) for row in list_covered_products(certificate_id=certificate.pk)}

    assert counts == {first.pk: (True, True), second.pk: (False, False)}
    assert second.coverages.get().refused_by == officer


def test_a_refused_claim_cannot_be_made_anew(member, officer, listing, certificate):
    choose(member, listing, certificate)
    confirm_covered_products(officer=officer, certificate_id=certificate.pk, product_ids=[])
    choose(member, listing)
    choose(member, listing, certificate)

    assert listing.coverages.get().counts is False


def test_a_refused_product_is_no_longer_among_what_the_scope_must_cover(member, officer, listing, certificate):
    choose(member, listing, certificate)
    before = [title for title, _facts in list_product_facts(certificate_id=certificate.pk)]
    confirm_covered_products(officer=officer, certificate_id=certificate.pk, product_ids=[])

    assert (before, list_product_facts(certificate_id=certificate.pk)) == (["Washed Arabica green coffee"], [])


def test_another_live_revision_is_judged_anew(member, officer, listing, certificate):
    choose(member, listing, certificate)
    make_revision(listing, hs_code="080131")
    submit_revision(member=member, listing_id=listing.pk)
    assert listing.coverages.get().result == "pass"
    approve(listing, officer)

    assert listing.coverages.get().result == "fail"


def test_an_officers_yes_rests_while_the_product_is_another_and_comes_back_with_it(member, officer, certificate):
    listing = make_listing(company=member.company, hs_code="080131")
    choose(member, listing, certificate)
    confirm_covered_products(officer=officer, certificate_id=certificate.pk, product_ids=[listing.pk])
    make_revision(listing, hs_code="610910")
    submit_revision(member=member, listing_id=listing.pk)
    decision = approve(listing, officer)
    assert (listing.coverages.get().counts, CertificateCoverage.objects.counting().count()) == (False, 0)
    undo_revision_decision(decision=decision, officer=officer)

    assert (listing.coverages.get().counts, CertificateCoverage.objects.counting().count()) == (True, 1)


def test_a_changed_certificate_is_judged_anew_and_its_products_are_indexed(member, listing, certificate):
    choose(member, listing, certificate)
    certificate.hs_prefixes = ["0902"]
    certificate.save()
    SearchChange.objects.all().delete()
    tell_certificate_change(certificate_id=certificate.pk)

    assert listing.coverages.get().result == "fail"
    assert SearchChange.objects.get().listing_id == listing.pk


def test_an_officer_decides_about_a_claim_that_the_rules_leave_open(member, officer, listing):
    certificate = make_certificate(member.company, hs_prefixes=[])
    choose(member, listing, certificate)
    row = listing.coverages.get()
    assert list(list_open_claims(claims=CertificateCoverage.objects.all())) == [row]
    confirmed = confirm_claim(officer=officer, claim_id=row.pk)
    refused = refuse_claim(officer=officer, claim_id=row.pk)

    assert (confirmed.counts, refused.counts) == (True, False)
    assert list(list_open_claims(claims=CertificateCoverage.objects.all())) == []
    assert AuditEntry.objects.filter(action="listings.coverage_decided", actor_id=officer.pk).count() == 2


def test_only_officers_without_a_tie_decide_about_a_claim(member, officer, listing, certificate):
    choose(member, listing, certificate)
    row = listing.coverages.get()
    make_member(company=member.company, user=officer)
    with pytest.raises(NotAllowed):
        confirm_claim(officer=member.user, claim_id=row.pk)
    with pytest.raises(TiedOfficer):
        confirm_claim(officer=officer, claim_id=row.pk)
    with pytest.raises(NotFound):
        confirm_claim(officer=make_officer(), claim_id=row.pk + 1)
    row.refresh_from_db()

    assert (row.confirmed_at, row.refused_at) == (None, None)


def test_the_record_confirms_what_is_chosen(client, member, officer, listing):
    choose(member, listing, make_certificate(member.company, hs_prefixes=[]))
    client.force_login(officer)
    address = reverse("admin:listings_certificatecoverage_changelist")
    row = listing.coverages.get()
    page = client.get(f"{address}?word=needed").content.decode()
    client.post(address, {"action": "confirm", "_selected_action": [row.pk]})
    row.refresh_from_db()

    assert "It names no HS code and no product" in page
    assert row.confirmed_by == officer


def test_products_of_a_certificate_cost_the_same_queries_for_one_and_for_ten(
    member, certificate, django_assert_num_queries
):
    for number in range(10):
        state = ListingState.DRAFT if number % 2 else ListingState.LIVE
        cover(make_listing(company=member.company, state=state), certificate)
    with django_assert_num_queries(2):
        assert len(list_covered_products(certificate_id=certificate.pk)) == 10


def test_the_database_keeps_one_claim_and_who_decided(member, officer, listing, certificate):
    row = cover(listing, certificate)
    with pytest.raises(IntegrityError), transaction.atomic():
        cover(listing, certificate)
    row.confirmed_at = row.claimed_at
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    row.confirmed_by = row.refused_by = officer
    row.refused_at = row.claimed_at
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_drafts_that_were_superseded_are_not_what_a_certificate_must_cover(member, certificate):
    draft = make_listing(company=member.company, state=ListingState.DRAFT, hs_code="090111")
    draft.revisions.update(state=RevisionState.SUPERSEDED)
    make_revision(draft, hs_code="080131")
    choose(member, draft, certificate)

    assert draft.coverages.get().result == "fail"
