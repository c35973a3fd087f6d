"""Logs hold no keys to people's accounts."""

import pytest

from core.routes import list_routes
from marketplace.settings.logs import hide_secret_paths

KEYS = sorted({path for route in list_routes() if "<str:token>" in (path := route.path)})


@pytest.mark.parametrize(
    ("line", "logged"),
    [
        ("GET /account/password/reset/key/1-abc-def/", "GET /account/password/reset/key/[hidden]/"),
        ("Gone: /ar/account/confirm-email/MQ:1abc:x_y/", "Gone: /ar/account/confirm-email/[hidden]/"),
        ("POST /sell/invitations/s3cret/?next=/", "POST /sell/invitations/[hidden]/?next=/"),
        ("POST /ar/inquiries/open/Im:1v:Zt_-/again/", "POST /ar/inquiries/open/[hidden]/again/"),
        ("POST /notifications/unsubscribe/Ix:1v:Zt_-/", "POST /notifications/unsubscribe/[hidden]/"),
        ("POST /fr/freight/12.kE-y_:Zt_-/", "POST /fr/freight/[hidden]/"),
        ("POST /products/7/freight/", "POST /products/7/freight/"),
        ("GET /account/confirm-email/", "GET /account/confirm-email/"),
        ("GET /products/honey/1/", "GET /products/honey/1/"),
    ],
)
def test_a_link_that_opens_an_account_is_not_logged(line, logged):
    assert hide_secret_paths(None, "info", {"request": line, "event": line, "code": 200}) == {
        "request": logged,
        "event": logged,
        "code": 200,
    }


@pytest.mark.parametrize("path", KEYS)
def test_no_route_with_a_key_is_logged_with_it(path):
    logged = hide_secret_paths(None, "info", {"event": f"POST /ar{path.replace('<str:token>', 'MQ:1v-Zt_')}?next=/"})
    assert ("Zt_" in logged["event"], "[hidden]" in logged["event"]) == (False, True)


def test_many_routes_have_a_key():
    assert len(KEYS) > 10
