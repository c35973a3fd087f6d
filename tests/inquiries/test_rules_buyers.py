"""What an address says, and from when on a buyer is known."""

from datetime import UTC, datetime, timedelta

import pytest

from inquiries.rules.buyers import (
    FREE_MAIL,
    MailKind,
    classify_mail,
    is_known,
    list_hosts,
    may_ask_another,
    name_mailbox,
)

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("email", "website", "kind"),
    [
        ("lena@hanse.example", "https://www.hanse.example/de", MailKind.OWN),
        ("lena@mail.hanse.example", "https://hanse.example", MailKind.OWN),
        ("lena@hanse.example", "https://other.example", MailKind.WORK),
        ("lena@hanse.example", "", MailKind.WORK),
        ("lena@GMAIL.com", "https://gmail.com", MailKind.FREE),
        ("lena@yahoo.co.uk", "", MailKind.FREE),
        ("lena@hotmail.fr", "", MailKind.FREE),
        ("lena@vip.163.com", "", MailKind.FREE),
        ("lena@live.example.org.uk", "", MailKind.WORK),
        ("lena@mygmail.com", "", MailKind.WORK),
        ("lena", "", MailKind.FREE),
        ("", "", MailKind.FREE),
    ],
)
def test_an_address_is_of_the_website_of_work_or_free(email, website, kind):
    assert classify_mail(email, website=website) == kind


def test_the_list_holds_domains_in_lower_case():
    assert {host for host in FREE_MAIL if host != host.lower() or "@" in host or "." not in host} == set()


@pytest.mark.parametrize(("days", "known"), [(6, False), (7, True), (400, True)])
def test_a_buyer_is_known_after_a_week(days, known):
    assert is_known(NOW - timedelta(days=days), now=NOW) is known
    assert is_known(None, now=NOW) is False


def test_a_new_buyer_asks_ten_exporters_a_day_and_a_known_one_as_many_as_they_like():
    assert [may_ask_another(asked, since=NOW, now=NOW) for asked in (0, 9, 10)] == [True, True, False]
    assert may_ask_another(500, since=NOW - timedelta(days=8), now=NOW)


@pytest.mark.parametrize(
    ("email", "mailbox"),
    [
        (" Jana@Kontor.example ", "jana@kontor.example"),
        ("jana+2@kontor.example", "jana@kontor.example"),
        ("jana.p@kontor.example", "jana.p@kontor.example"),
        ("Jana.P+x@GoogleMail.com", "janap@gmail.com"),
        ("j.a.n.a@gmail.com", "jana@gmail.com"),
        ("+@kontor.example", "+@kontor.example"),
        ("", ""),
    ],
)
def test_addresses_that_arrive_in_one_place_are_one_mailbox(email, mailbox):
    assert name_mailbox(email) == mailbox


def test_a_mailbox_may_be_written_behind_several_domains():
    assert list_hosts("jana@gmail.com") == ("gmail.com", "googlemail.com")
    assert (list_hosts("jana@kontor.example"), list_hosts("")) == (("kontor.example",), ())
