"""Bodies that no page needs are refused, and rules that say no become pages."""

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.utils import translation
from rest_framework.exceptions import MethodNotAllowed, ParseError, ValidationError

from core import slots
from core.errors import DomainError, NotFound
from core.middleware import DomainErrorMiddleware, body_limit
from core.problems import problem_json

pytestmark = pytest.mark.django_db


class HarvestOver(DomainError):
    message = "There are %(tonnes)s t left."
    status = 409


@pytest.fixture
def rf() -> RequestFactory:
    return RequestFactory()


def test_a_two_gigabyte_body_is_refused_before_it_is_read(rf):
    request = rf.post("/", CONTENT_LENGTH=str(2 * 1024**3))
    response = body_limit(lambda request: pytest.fail("the view was reached"))(request)
    assert (response.status_code, response["Connection"]) == (413, "close")
    assert "Nothing was saved. Send fewer or smaller files" in response.content.decode()


def test_a_body_that_is_too_large_is_refused_in_the_language_of_the_page(client):
    with translation.override("en"):  # the language that a request sets would stay for the next test
        response = client.generic("POST", "/ar/account/login/", CONTENT_LENGTH=str(2 * 1024**3))
    assert response.status_code == 413
    assert '<html lang="ar" dir="rtl">' in response.content.decode()
    assert "Content-Security-Policy" in response


def test_a_domain_error_becomes_a_page_with_its_status(client, rf):
    request = rf.get("/", headers={"referer": "http://testserver/search/"})
    request.user = None
    response = DomainErrorMiddleware(lambda request: None).process_exception(request, HarvestOver(tonnes=3))
    assert response.status_code == 409
    assert "There are 3 t left." in response.content.decode()
    assert 'href="http://testserver/search/"' in response.content.decode()


def test_the_way_back_never_leaves_the_site(rf):
    request = rf.get("/", headers={"referer": "https://evil.example/"})
    request.user = None
    response = DomainErrorMiddleware(lambda request: None).process_exception(request, HarvestOver(tonnes=3))
    assert "evil.example" not in response.content.decode()


def test_what_may_not_be_known_looks_like_what_does_not_exist(client, rf):
    request = rf.get("/")
    request.user = None
    hidden = DomainErrorMiddleware(lambda request: None).process_exception(request, NotFound())
    assert hidden.status_code == 404


def test_a_domain_error_of_the_api_is_problem_json():
    answer = problem_json(HarvestOver(tonnes=3), {})
    assert answer.status_code == 409
    assert answer.content_type == "application/problem+json"
    assert answer.data == {"type": "about:blank", "title": "There are 3 t left.", "status": 409, "code": "HarvestOver"}


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (MethodNotAllowed("POST"), 'Method "POST" not allowed.'),
        (ParseError("The page must be a number."), "The page must be a number."),
        (ValidationError({"page": ["Too far."]}), "Invalid input."),
        (Http404(), "Not found"),
    ],
)
def test_the_title_of_a_problem_says_what_happened(error, title):
    assert problem_json(error, {}).data["title"] == title


def test_other_exceptions_stay_errors(rf):
    assert DomainErrorMiddleware(lambda request: None).process_exception(rf.get("/"), ValueError()) is None


def test_a_slot_is_filled_in_order_by_those_who_have_something_to_say(monkeypatch):
    monkeypatch.setattr(slots, "_fillings", {})
    slots.register("p", template="late.html", select=lambda *, word: {"word": word}, queries=0, order=90)
    slots.register("p", template="early.html", select=lambda *, word: {}, queries=0, order=10)
    slots.register("p", template="silent.html", select=lambda *, word: None, queries=0)
    parts = slots.fill("p", word="sail")
    assert [(part.template, part.context) for part in parts] == [("early.html", {}), ("late.html", {"word": "sail"})]


def test_pages_carry_a_strict_content_security_policy(client):
    policy = client.get("/help/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_an_unknown_operation_of_the_api_is_problem_json(client):
    answer = client.get("/api/v1/cargo/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json() == {"type": "about:blank", "title": "Not found", "status": 404}
