"""Logs hold no keys to people's accounts."""

import pytest

from marketplace.settings.logs import hide_secret_paths


@pytest.mark.parametrize(
    ("line", "logged"),
    [
        ("GET /account/password/reset/key/1-abc-def/", "GET /account/password/reset/key/[hidden]/"),
        ("Gone: /ar/account/confirm-email/MQ:1abc:x_y/", "Gone: /ar/account/confirm-email/[hidden]/"),
        ("POST /sell/invitations/s3cret/?next=/", "POST /sell/invitations/[hidden]/?next=/"),
        ("POST /ar/inquiries/open/Im:1v:Zt_-/again/", "POST /ar/inquiries/open/[hidden]/again/"),
        ("POST /notifications/unsubscribe/Ix:1v:Zt_-/", "POST /notifications/unsubscribe/[hidden]/"),
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
