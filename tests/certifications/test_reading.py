"""Number, dates and issuer as they stand in the text of documents."""

from datetime import date

import pytest

from certifications.rules.reading import Reading, find_days, find_number, read_certificate

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
        ("Date of first issue: 1 May 2020\nExpiry date 2027-08-13", date(2020, 5, 1), date(2027, 8, 13)),
        ("Gültig ab 14.08.2025 bis 13.08.2027", date(2025, 8, 14), date(2027, 8, 13)),
        ("Valable du 14/08/2025 au 13/08/2027", date(2025, 8, 14), date(2027, 8, 13)),
        ("发证日期：2025年8月14日\n有效期至：2027年8月13日", date(2025, 8, 14), date(2027, 8, 13)),
        ("تاريخ الإصدار: ١٤/٠٨/٢٠٢٥\nتاريخ الانتهاء: ١٣/٠٨/٢٠٢٧", date(2025, 8, 14), date(2027, 8, 13)),
        ("Valid until: 13 Aug 2027", None, date(2027, 8, 13)),
        ("Printed on 14 Aug 2025", None, None),
        ("Valid from 13 Aug 2027\nValid until 14 Aug 2025", None, None),
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
