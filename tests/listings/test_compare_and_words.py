"""Comparing, suggestions, how we rank, and the words of buyers that officers explain."""

import pytest
from django.urls import reverse

from listings.models import SearchSynonym, ZeroSearch
from listings.rules.searching import Query
from listings.search.indexer import rebuild
from listings.search.query import search
from listings.selectors.standing import list_standing
from tests.listings.factories import make_listing, make_officer, make_user

pytestmark = pytest.mark.django_db


def test_products_are_compared_with_what_differs_first(client):
    first = make_listing(title="Washed coffee", lead_time_days=10)
    second = make_listing(title="Natural coffee", lead_time_days=40)
    page = client.get(f"/compare/?p={first.pk}&p={second.pk}")
    lines = page.context["comparison"].lines

    assert [line.differs for line in lines] == sorted((line.differs for line in lines), reverse=True)
    assert next(line for line in lines if "10 days" in line.values).differs
    assert "noindex" in page.text


def test_at_most_four_are_compared_and_gone_ones_are_told(client):
    ids = [make_listing(title=f"Coffee {number}").pk for number in range(5)]
    address = "&".join(f"p={pk}" for pk in [*ids, 987654])
    comparison = client.get(f"/compare/?{address}").context["comparison"]

    assert len(comparison.columns) == 4
    assert comparison.left_out
    assert client.get(f"/compare/?p={ids[0]}&p=987654").context["comparison"].gone == 1


@pytest.mark.parametrize("address", ["", "p=x", "p=-1", "p=" + "9" * 400, "p=٣", "p=%00", "p=1&" * 300])
def test_nonsense_compares_nothing(client, address):
    assert client.get(f"/compare/?{address}").status_code == 200


def test_suggestions_complete_lay_words_and_names(client):
    make_listing(title="Saffron threads")
    rebuild()

    assert "honey" in client.get("/search/suggest/?q=hon").text
    assert "saffron" in client.get("/search/suggest/?q=saff").text.lower()
    assert client.get("/search/suggest/?q=").text.strip() == ""
    assert client.get("/search/suggest/?q=%3Cscript%3E").status_code == 200


def test_how_we_rank_says_that_nobody_pays(client):
    assert "No exporter can pay" in client.get("/search/how-we-rank/").text


def test_officers_see_the_parts_that_lift_a_product(client):
    listing = make_listing(title="Acacia honey")
    client.force_login(make_officer())
    page = client.get(reverse("admin:listings_listing_change", args=[listing.pk])).text

    assert [part.share for part in list_standing(listing=listing)] == [35, 30, 20, 15]
    assert "Renewed recently: 100 % (counts 15 %)" in page
    assert "Answers to inquiries: 50 % (counts 20 %)" in page


def test_words_that_find_nothing_are_counted_without_a_person(client):
    make_listing(title="Honey")
    rebuild()
    for _ in range(3):
        client.get("/search/?q=zzyzx")
    client.get("/search/?q=kofi%40example.org")
    client.get("/search/?q=%2B233244123456")

    assert list(ZeroSearch.objects.values_list("text", "count")) == [("zzyzx", 3)]


def test_an_officer_explains_a_word_with_one_click(client, django_capture_on_commit_callbacks):
    listing = make_listing(title="Honey")
    rebuild()
    client.get("/search/?q=madhu")
    officer = make_officer()
    client.force_login(officer)
    page = client.get("/admin/catalogue/words/")
    assert "madhu" in page.text
    row = ZeroSearch.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/admin/catalogue/words/", {"word": row.text, "means": "honey", "add": ""})
    assert answer.status_code == 302

    assert search(query=Query(text="madhu")).ids == (listing.pk,)
    assert "madhu" not in [word.row.text for word in client.get("/admin/catalogue/words/").context["words"]]
    client.post("/admin/catalogue/words/", {"pk": SearchSynonym.objects.get().pk, "remove": ""})
    assert not SearchSynonym.objects.exists()


def test_nothing_meant_is_refused_and_words_can_be_left(client):
    make_listing(title="Honey")
    rebuild()
    client.get("/search/?q=zzyzx")
    client.force_login(make_officer())

    assert client.post("/admin/catalogue/words/", {"word": "zzyzx", "means": "zzyzx"}).status_code == 422
    assert client.post("/admin/catalogue/words/", {"word": "", "means": ""}).status_code == 422
    client.post("/admin/catalogue/words/", {"pk": ZeroSearch.objects.get().pk, "settle": ""})
    assert ZeroSearch.objects.get().settled_at is not None


def test_a_buyer_has_no_say_over_words(client):
    client.force_login(make_user())
    client.post("/admin/catalogue/words/", {"word": "madhu", "means": "honey"})
    assert not SearchSynonym.objects.exists()


HOSTILE = [
    "", " ", "%00", "%01%02%1b", "AND OR NOT", "+-!(){}[]^%22~*?:%5C/", "title:honey", "merit:[0 TO 9]", "%22", "((((", "*" * 300,
    "-" * 300, "%F0%9F%8D%AF", "%E2%80%AE", "%D8%B9%D8%B3%D9%84", "%E8%9C%82%E8%9C%9C", "a" * 10_000, "%25" * 3000, "%CC%81" * 500,
    "a-b-" * 2000, "%22a%22 " * 1000,
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_is_typed_is_only_words(client, words):
    make_listing(title="Honey")
    rebuild()

    assert client.get(f"/search/?q={words}").status_code in {200, 422}
    assert client.get(f"/api/v1/listings/?q={words}").status_code in {200, 400}
    assert client.get(f"/search/suggest/?q={words}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "page=-1", "page=0", "page=99999999999999999999", "page=x", "sort=nonsense", "&".join(f"country={n}" for n in range(500)),
        "&".join(f"category=c{n}" for n in range(500)), "moq=kg-9", "price=1-5&price=7-9", "price_min=-1", "price_min=1e999",
        "price_max=NaN", "lead=-5", "certificate=%00", "currency=%00", "evidence=9", "verified=" + "y" * 5000,
    ],
)  # fmt: skip
def test_whatever_is_asked_for_is_answered(client, address):
    make_listing(title="Honey")
    rebuild()

    assert client.get(f"/search/?{address}").status_code in {200, 422}
    assert client.get(f"/api/v1/listings/?{address}").status_code in {200, 400}


def test_every_block_of_unicode_is_answered(client):
    make_listing(title="Honey")
    rebuild()
    for start in range(0, 0x20000, 0x80):
        text = "".join(chr(code) for code in range(start, start + 0x80, 5) if not 0xD800 <= code < 0xE000)
        if text:
            search(query=Query(text=text))
