"""Exchange rates: read as banks publish them, all or nothing, and joined through the euro or the dollar."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry
from reference.adapters.rate_files import read_rate_file
from reference.exceptions import RatesFaulty
from reference.models import FxRate
from reference.rules import Rate
from reference.selectors import get_rates, look_at_rates
from reference.services.rates import Imported, import_rates
from tests.listings.factories import make_officer

TODAY = date(2026, 11, 25)
DAILY = b"""<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject>
<Cube><Cube time="2026-11-24"><Cube currency="USD" rate="1.0705"/><Cube currency="JPY" rate="171.94"/></Cube>
<Cube time="2026-11-23"><Cube currency="USD" rate="1.0699"/></Cube></Cube></gesmes:Envelope>"""


def read(content):
    return read_rate_file(content if isinstance(content, bytes) else content.encode(), today=TODAY)


def test_the_european_central_banks_xml_is_read_with_all_its_days():
    assert read(DAILY) == [
        Rate(date(2026, 11, 24), "EUR", "USD", Decimal("1.0705")),
        Rate(date(2026, 11, 24), "EUR", "JPY", Decimal("171.94")),
        Rate(date(2026, 11, 23), "EUR", "USD", Decimal("1.0699")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Date,USD,CYP,GBP,\n2026-11-24,1.0705,N/A,0.84638,\n",
        "\ufeffDate, USD, GBP, \n24 November 2026, 1.0705, 0.84638, \n",
        "day,base,quote,rate\n2026-11-24,EUR,USD,1.0705\n\n2026-11-24,EUR,GBP,0.84638\n",
        "Rate,Quote,Base,Day\r\n1.0705,USD,EUR,2026-11-24\r\n0.84638,GBP,EUR,2026-11-24\r\n",
    ],
)
def test_tables_are_read_in_their_forms(text):
    assert read(text) == [
        Rate(date(2026, 11, 24), "EUR", "USD", Decimal("1.0705")),
        Rate(date(2026, 11, 24), "EUR", "GBP", Decimal("0.84638")),
    ]


@pytest.mark.parametrize(
    ("content", "line", "why"),
    [
        ("", 1, "column day"),
        ("day,base,quote\n", 1, "column rate"),
        ("day,base,quote,rate\n", 1, "no rate"),
        ("day,base,quote,rate\n2026-11-24,EUR,USD,1.07\n2026-11-24,EUR,GBP,abc\n", 3, "“abc” is no rate"),
        ("day,base,quote,rate\n2026-11-24,EUR,USD,-1\n", 2, "above 0"),
        ("day,base,quote,rate\n2026-11-24,EUR,USD,NaN\n", 2, "no rate"),
        ("day,base,quote,rate\n2026-11-26,EUR,USD,1\n", 2, "future"),
        ("day,base,quote,rate\n24.11.,EUR,USD,1\n", 2, "no day"),
        ("day,base,quote,rate\n2026-11-24,EUR,euro,1\n", 2, "no currency"),
        ("day,base,quote,rate\n2026-11-24,EUR,EUR,1\n", 2, "same currency"),
        ("day,base,quote,rate\n2026-11-24,IDR,EUR,0.0000571849\n", 2, "other way round"),
        ("day,base,quote,rate\n2026-11-24,EUR,USD\n", 2, "cell is missing"),
        ("day,base,quote,rate\n2026-11-24,EUR,USD,1\n2026-11-24,EUR,USD,2\n", 2, "two rates"),
        ('day,base,quote,rate\n2026-11-24,EUR,"US', 2, "unexpected end"),
        (b"day,base,quote,rate\n\xff\xfe", 1, "UTF-8"),
        (b"<Cube", 1, "no XML"),
        (b"<html/>", 1, "no rate"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 1, "document type"),
    ],
)
def test_a_faulty_file_is_refused_with_its_line(content, line, why):
    with pytest.raises(RatesFaulty) as refused:
        read(content)

    assert (refused.value.line, why in refused.value.why) == (line, True), refused.value.why


@pytest.mark.django_db
def test_a_file_comes_in_whole_and_again_without_change(tmp_path, capsys):
    today = timezone.localdate()
    file = tmp_path / "rates.csv"
    file.write_text(f"day,base,quote,rate\n{today},EUR,USD,1.0705\n{today},USD,GHS,15.2\n")
    call_command("fx", "import", str(file), "--dry-run")
    assert not FxRate.objects.exists()
    call_command("fx", "import", str(file), "--source", "Bank of Ghana")
    call_command("fx", "import", str(file))
    assert "2 would be new, 0 would be changed" in capsys.readouterr().out

    assert set(FxRate.objects.values_list("quote", "units", "source")) == {
        ("USD", Decimal("1.0705"), "Bank of Ghana"), ("GHS", Decimal("15.2"), "Bank of Ghana"),
    }  # fmt: skip
    file.write_text(f"day,base,quote,rate\n{today},EUR,USD,1.08\n{today},EUR,GBP,none\n")
    with pytest.raises(CommandError, match="Line 3"):
        call_command("fx", "import", str(file))
    assert FxRate.objects.get(quote="USD").units == Decimal("1.0705")


@pytest.mark.django_db
def test_a_corrected_rate_takes_the_place_of_the_old_one():
    day = timezone.localdate()
    import_rates(rates=[Rate(day, "EUR", "USD", Decimal("1.07")), Rate(day, "EUR", "GBP", Decimal("0.85"))], source="a")
    done = import_rates(
        rates=[Rate(day, "EUR", "USD", Decimal("1.08")), Rate(day, "EUR", "GBP", Decimal("0.85"))], source="b"
    )

    assert done == Imported(added=0, changed=1, same=1)
    assert FxRate.objects.get(quote="USD").units == Decimal("1.08")


@pytest.mark.django_db
def test_rates_are_joined_through_the_dollar_and_forgotten_after_two_weeks():
    day = timezone.localdate()
    import_rates(
        rates=[
            Rate(day - timedelta(2), "EUR", "USD", Decimal("1.25")), Rate(day, "USD", "GHS", Decimal(16)),
            Rate(day - timedelta(14), "EUR", "JPY", Decimal(170)),
        ],
        source="Bank",
    )  # fmt: skip
    rates = get_rates(day=day)

    assert rates.convert(Decimal(40), "GHS", "EUR") == Decimal(2)
    assert rates.convert(Decimal(1), "EUR", "JPY") is None
    assert rates.days["GHS"] == day - timedelta(2)


@pytest.fixture
def officer(client):
    made = make_officer()
    client.force_login(made)
    return made


def send(client, text, **values):
    file = SimpleUploadedFile("rates.csv", text.encode())
    return client.post(
        reverse("admin:rates_import"), {"file": file, "source": "Bank of Ghana", "then": "try", **values}
    )


@pytest.mark.django_db
def test_an_officer_sees_what_would_happen_and_then_brings_rates_in(client, officer):
    day = timezone.localdate()
    text = f"day,base,quote,rate\n{day},EUR,USD,1.0705\n{day},EUR,GBP,0.84638\n"
    tried = send(client, text)
    assert (tried.status_code, "2 new" in tried.text, FxRate.objects.count()) == (200, True, 0)

    sent = {"text": text, "source": "Bank of Ghana", "then": "import"}
    done = client.post(reverse("admin:rates_import"), sent, follow=True)
    assert "2 rates were written." in done.text
    assert set(FxRate.objects.values_list("quote", "source")) == {("USD", "Bank of Ghana"), ("GBP", "Bank of Ghana")}
    entry = AuditEntry.objects.get(action="reference.rates_imported")
    assert (entry.actor_id, entry.subject_id) == (officer.pk, str(FxRate.objects.get(quote="USD").pk))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "words"),
    [("day,base,quote,rate\nsoon,EUR,USD,1.07\n", "Line 2"), ("", "Choose a file."), ("no rates", "Line 1")],
)
def test_an_officer_is_told_what_is_wrong_with_a_file(client, officer, text, words):
    tried = send(client, text) if text else client.post(reverse("admin:rates_import"), {"then": "try"})
    assert (tried.status_code, words in tried.text) == (422, True)
    sent = {"text": text, "source": "Bank of Ghana", "then": "import"}
    assert client.post(reverse("admin:rates_import"), sent).status_code == 422
    assert not FxRate.objects.exists()


@pytest.mark.django_db
def test_the_doctor_says_when_prices_cannot_be_compared():
    (missing,) = look_at_rates()
    import_rates(rates=[Rate(timezone.localdate(), "EUR", "USD", Decimal("1.07"))], source="a")
    (known,) = look_at_rates()

    assert (missing.is_well, known.is_well) == (False, True)
