"""Number, dates and issuer as they stand in the text of documents."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certifications.rules.days import FIRST_YEAR, LAST_YEAR, find_days
from certifications.rules.reading import Reading, find_number, read_certificate

BODIES = [("Control Body Ltd", ("CB Ltd",)), ("Control Body Ltd Ghana", ()), ("Kontroll GmbH", ())]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14 Aug 2027", date(2027, 8, 14)),
        ("14th of August 2027", date(2027, 8, 14)),
        ("August 14, 2027", date(2027, 8, 14)),
        ("Aug. 14th, 2027", date(2027, 8, 14)),
        ("14-Aug-2027", date(2027, 8, 14)),
        ("2027-08-14", date(2027, 8, 14)),
        ("14.08.2027", date(2027, 8, 14)),
        ("03.04.2027", date(2027, 4, 3)),
        ("14/08/2027", date(2027, 8, 14)),
        ("08/14/2027", date(2027, 8, 14)),
        ("14. August 2027", date(2027, 8, 14)),
        ("1er août 2027", date(2027, 8, 1)),
        ("14 de agosto de 2027", date(2027, 8, 14)),
        ("14 Ağustos 2027", date(2027, 8, 14)),
        ("2027年8月14日", date(2027, 8, 14)),
        ("14 أغسطس 2027", date(2027, 8, 14)),
    ],
)
def test_a_day_is_read_in_many_ways(text, day):
    assert [found.day for found in find_days(text)] == [day]


@given(
    day=st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)),
    form=st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%Y年%m月%d日"]),
)
def test_every_day_is_read_as_it_was_written(day, form):
    assert [found.day for found in find_days(f"x {day.strftime(form)} x")] == [day]


@given(day=st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)), sign=st.sampled_from("/-"))
def test_a_day_in_figures_is_read_rightly_or_not_at_all(day, sign):
    for_europe, for_america = (day.strftime(sign.join(form)) for form in (("%d", "%m", "%Y"), ("%m", "%d", "%Y")))
    assert {found.day for text in (for_europe, for_america) for found in find_days(text)} <= {day}


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    assert isinstance(read_certificate(f"Certificate No {text} valid until {text}"), Reading)


@pytest.mark.parametrize(
    "text", ["03/04/2027", "31/02/2027", "14 Foo 2027", "14.08.1850", "ISO 22000:2018", "99.99.2027"]
)
def test_what_is_no_day_or_two_is_left_out(text):
    assert list(find_days(text)) == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Valid from 14 Aug 2025 to 13 Aug 2027", date(2025, 8, 14), date(2027, 8, 13)),
        ("Valid from: 14.08.2025\nValid until: 13.08.2027", date(2025, 8, 14), date(2027, 8, 13)),
        ("Date of first issue: 1 May 2020\nExpiry date 2027-08-13", None, date(2027, 8, 13)),
        ("Gültig ab 14.08.2025 bis 13.08.2027", date(2025, 8, 14), date(2027, 8, 13)),
        ("Valable du 14/08/2025 au 13/08/2027", date(2025, 8, 14), date(2027, 8, 13)),
        ("发证日期：2025年8月14日\n有效期至：2027年8月13日", date(2025, 8, 14), date(2027, 8, 13)),
        ("تاريخ الإصدار: ١٤/٠٨/٢٠٢٥\nتاريخ الانتهاء: ١٣/٠٨/٢٠٢٧", date(2025, 8, 14), date(2027, 8, 13)),
        ("Valid until: 13 Aug 2027", None, date(2027, 8, 13)),
        ("Printed on 14 Aug 2025", None, None),
        ("Valid from 13 Aug 2027\nValid until 14 Aug 2025", None, None),
        (
            "Original issue date: 2015-05-01 Effective date: 2025-08-14 Expiration date: 2028-08-13",
            date(2025, 8, 14),
            date(2028, 8, 13),
        ),
        ("Date of issue: 1 Aug 2025\nValid from 14 Aug 2025 to 13 Aug 2027", date(2025, 8, 14), date(2027, 8, 13)),
        ("Issued on 14/08/2025. Valid until 03/04/2027", date(2025, 8, 14), date(2027, 4, 3)),
        ("Issued on 08/14/2025. Valid until 03/04/2027", date(2025, 8, 14), None),
        ("Période de validité : du 01/02/2025 au 31/01/2027", date(2025, 2, 1), date(2027, 1, 31)),
        (
            "Válido desde el 14 de agosto de 2025 hasta el 13 de agosto de 2027",
            date(2025, 8, 14),
            date(2027, 8, 13),
        ),
        ("Valid from       Valid until\n14 Aug 2025      13 Aug 2027", date(2025, 8, 14), date(2027, 8, 13)),
        ("Valid from | Valid until\n14 Aug 2025", None, None),
        ("Expiry date / Date d'expiration: 13/08/2027", None, date(2027, 8, 13)),
        ("Accreditation valid until 31 Dec 2029. Certificate expires on 13 Aug 2027", None, date(2027, 8, 13)),
        ("Accreditation valid until 31 Dec 2029.", None, None),
        ("Expiry date of last certification cycle: 1 May 2024\nExpiry date: 13 Aug 2027", None, date(2027, 8, 13)),
        ("Valid until 13 Aug 2027\nAnnex\nValid until 14 Aug 2027", None, None),
        ("Valid until 13 Aug 2027\nAnnex\nValid until 13.08.2027", None, date(2027, 8, 13)),
        ("Issue date 03/04/2025, printed 14 Aug 2025", None, None),
        ("Valable du 14 jui 2025 au 13 juil. 2027", None, None),
        ("Valid through August 13, 2027", None, date(2027, 8, 13)),
        ("Next audit before 1 May 2026. Valid until: see register", None, None),
        ("Va1id until 13 Aug 2O27", None, None),
        ("Valid until further notice. " + "x" * 90 + " 14 Aug 2027", None, None),
    ],
)
def test_the_term_is_read_beside_its_labels(text, first, last):
    reading = read_certificate(text)
    assert (reading.valid_from, reading.valid_until) == (first, last)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Certificate No.: GH-BIO-140.2025", "GH-BIO-140.2025"),
        ("Certificate Number 4052852123456", "4052852123456"),
        ("CERTIFICATE REGISTRATION NO: TUV 100 12345/22", "TUV 100 12345/22"),
        ("Certificate no\nFM 543210", "FM 543210"),
        ("Zertifikat-Nr.: 12 100 45678", "12 100 45678"),
        ("Certificado n.º: ES-ECO-019-CT", "ES-ECO-019-CT"),
        ("证书编号：CN-20250814-7", "CN-20250814-7"),
        ("رقم الشهادة: ١٢٣٤٥٦", "123456"),
        ("Certificate No: 14.08.2025", ""),
        ("Certificate No: 12345 14 Aug 2025", "12345"),
        ("Certificate No: 12345 Valid from", "12345"),
        ("Zertifikat Nr. DE-ÖKO-006-12345", "DE-ÖKO-006-12345"),
        ("Certificate No.   Issue date   Valid until\n12345   14 Aug 2025   13 Aug 2026", "12345"),
        ("Company Registration No. CS123456\nCertificate No. GH-77881", "GH-77881"),
        ("Company Registration No. CS123456", ""),
        ("Certificate No: see below. Company Registration No 12345", ""),
        ("CB accreditation certificate no. 04512. Certificate number: GH-77881", "GH-77881"),
        ("Certificate No / N° de certificat : 8123-A", "8123-A"),
        ("Certificate No. ISO 9001:2015", ""),
        ("Certificate No: FSSC 22000 - 77123", "77123"),
        ("This certificate number is given under ISO 22000", ""),
        ("Certificate No. PO Box 1234", ""),
        ("This certificate shows that the firm is no stranger", ""),
    ],
)
def test_the_number_stands_behind_its_label(text, number):
    assert read_certificate(text).number == number


def test_the_longest_known_body_that_stands_there_is_the_issuer():
    assert read_certificate("Issued by CONTROL BODY LTD, Ghana", issuers=BODIES).issuer_name == "Control Body Ltd Ghana"
    assert read_certificate("Issued by CB Ltd.", issuers=BODIES).issuer_name == "Control Body Ltd"
    assert read_certificate("Kontrollgmbhx", issuers=BODIES).issuer_name == ""


def test_nothing_is_read_in_nothing():
    assert read_certificate("") == Reading()


def test_a_long_text_is_read_in_no_time():
    assert read_certificate("Certificate valid from 1 " * 50_000) == Reading()


def test_a_label_without_a_number_is_passed_over():
    assert find_number("Certificate No.: see below\nIssued in Ho\nCertificate No. GH-1234") == "GH-1234"
    assert find_number("Certificate No.: see below") == ""
