"""What is known of a buyer beside a thread, and how many exporters a new one may ask in a day."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import BuyerProfile
from inquiries.exceptions import BuyerIsBarred, TooManyExporters
from inquiries.models import Inquiry
from inquiries.rules.messages import BuyerWords, Question, Reader
from inquiries.selectors.buyers import get_buyer_facts
from inquiries.selectors.links import build_quotation_link
from inquiries.selectors.quotations import sign_by_link
from inquiries.services.answers import accept_quotation
from inquiries.services.asking import ask_inquiry
from inquiries.services.blocks import bar_buyer
from inquiries.services.own_buyers import OwnBuyer, quote_own_buyer
from storefronts.models import Member
from tests.inquiries.conftest import make_company, make_person
from tests.inquiries.quoting import accept, quote

pytestmark = pytest.mark.django_db
LENA = BuyerWords(email="", name="Lena")


@pytest.fixture
def eleven(people):
    return [make_company(f"firm{number}", people.officer) for number in range(11)]


@pytest.fixture
def newcomer(db):
    return make_person("new@import.example", "New Buyer")


def ask_all(who, firms):
    for firm in firms:
        ask_inquiry(
            reader=Reader(who),
            company_id=firm.pk,
            listing_id=None,
            question=Question("Prices?"),
            buyer=LENA,
            key=str(uuid4()),
        )


def test_a_new_buyer_asks_ten_exporters_a_day_and_one_of_them_again(eleven, newcomer):
    ask_all(newcomer, eleven[:10])
    with pytest.raises(TooManyExporters, match="at most 10"):
        ask_all(newcomer, eleven[10:])
    ask_all(newcomer, eleven[:1])
    Inquiry.objects.update(confirmed_at=timezone.now() - timedelta(days=1, minutes=1))
    ask_all(newcomer, eleven[10:])
    assert Inquiry.objects.values("company").distinct().count() == 11


def test_a_buyer_of_a_week_asks_as_many_as_they_like(eleven, newcomer):
    newcomer.date_joined = timezone.now() - timedelta(days=8)
    newcomer.save()
    ask_all(newcomer, eleven)
    assert Inquiry.objects.count() == 11


def test_an_exporters_own_entry_makes_no_buyer_known(eleven, newcomer):
    quoted = Inquiry.objects.create(
        company=eleven[0], origin="own_buyer", state="answered", first_answered_at=timezone.now(), key="own", buyer_email=newcomer.email, buyer_name="N", subject="x",
        asked_at=timezone.now() - timedelta(days=90), confirmed_at=timezone.now() - timedelta(days=90), last_message_at=timezone.now(),
    )  # fmt: skip
    ask_all(newcomer, eleven[1:])
    with pytest.raises(TooManyExporters):
        ask_all(newcomer, [quoted.company])


def words(thread):
    return {fact.label: fact.value for fact in get_buyer_facts(inquiry=thread).facts}


def test_the_facts_of_a_buyer_are_words(thread, people):
    sent = quote(thread, people.owner)
    told = words(thread)
    assert (told["Kind of mail"], told["Tax number"], told["Website"]) == ("Work mail", "", "")
    assert told["Known here"].startswith("New, since ")
    assert (told["Has asked"], told["Deals here"]) == ("1 exporter", "None yet")
    accept(sent, people.buyer)
    BuyerProfile.objects.update(website="https://www.hanse.example", tax_id="136695976")
    people.buyer.date_joined = timezone.now() - timedelta(days=30)
    people.buyer.save()
    told = words(Inquiry.objects.get(pk=thread.pk))
    assert told["Kind of mail"] == "Work mail of the domain of their website"
    assert (told["Website"], told["Tax number"]) == ("www.hanse.example", "Given, its check digits fit")
    assert told["Known here"].startswith("Since ")
    assert told["Deals here"] == "1 agreed, 0 confirmed"


def test_weak_facts_are_said_as_plainly(thread, guest_thread):
    BuyerProfile.objects.update(website="https://elsewhere.example", tax_id="136695977")
    told = words(thread)
    assert told["Kind of mail"] == "Work mail, of another domain than their website"
    assert told["Tax number"] == "Given, its check digits do not fit"
    BuyerProfile.objects.update(country="VU", tax_id="123")
    assert words(Inquiry.objects.get(pk=thread.pk))["Tax number"] == "Given, its check digits are not known here"
    Inquiry.objects.filter(pk=guest_thread.pk).update(buyer_email="jana@gmail.com")
    assert words(Inquiry.objects.get(pk=guest_thread.pk))["Kind of mail"] == "Free mail, which anybody can have"


def test_exporters_are_warned_of_a_barred_buyer(thread, people):
    bar_buyer(officer=people.officer, email="lena@hanse.example", reason="Three firms were cheated.")
    assert get_buyer_facts(inquiry=thread).is_barred
    lena = OwnBuyer("Lena", email="lena@hanse.example")
    with pytest.raises(BuyerIsBarred):
        quote_own_buyer(member=Member.objects.get(user=people.owner), buyer=lena, listing_id=None, key="k")


def test_deals_of_buyers_without_an_address_are_nobodys(company, other_company, people):
    def add(who, phone):
        member = Member.objects.get(user=who)
        return quote_own_buyer(member=member, buyer=OwnBuyer("P", phone=phone), listing_id=None, key=phone)

    sent = quote(add(people.stranger, "+49 111111").inquiry, people.stranger)
    token = build_quotation_link(quotation=sent).rstrip("/").rpartition("/")[2]
    accept_quotation(by=sign_by_link(token=token, name="P"), version=1, key="a")
    assert words(add(people.owner, "+33 222222").inquiry)["Deals here"] == "None yet"


def test_what_exporters_enter_themselves_is_no_deal_of_a_buyer(thread, company, people):
    lena = OwnBuyer("Lena", email="lena@hanse.example")
    own = quote_own_buyer(member=Member.objects.get(user=people.owner), buyer=lena, listing_id=None, key="k")
    sent = quote(own.inquiry, people.owner)
    token = build_quotation_link(quotation=sent).rstrip("/").rpartition("/")[2]
    accept_quotation(by=sign_by_link(token=token, name="Lena"), version=1, key="a")
    assert words(thread)["Deals here"] == "None yet"
