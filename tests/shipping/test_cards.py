"""Cards come in whole or not at all, officers publish them, and published ones price loads."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.errors import NotAllowed
from core.models import AuditEntry
from core.money import Money
from demo.seed.rate_cards import plant_rate_cards
from shipping.exceptions import (
    CardRowsFaulty,
    CompanyUnknown,
    TariffIsOthers,
    ValidityOverlaps,
    VersionAlreadyPublished,
    VersionGone,
)
from shipping.models import Area, CardPrice, Tariff, TariffVersion
from shipping.rules.loads import Package
from shipping.rules.zones import Place
from shipping.selectors.card_offers import list_card_offers
from shipping.selectors.card_plans import get_version, list_price_changes, list_term_changes, list_versions
from shipping.services.cards import discard_version, import_card, publish_version
from storefronts.choices import Role
from tests.listings.factories import make_company, make_member, make_officer, make_user
from tests.shipping.cards import PRICES, SURCHARGES, ZONES, card, sheets, write_csv, write_xlsx

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 26)
ACCRA, BERLIN = Place("GH"), Place("DE", "10115")
CARTONS = [Package("carton", 4, 12_000, 400, 300, 250)]


def bring_in(*, user=None, publish=False, **changed):
    user = user or make_officer()
    version = import_card(user=user, content=write_csv(sheets(**changed)), file_name="card.csv").version
    return publish_version(officer=make_officer(), version_id=version.pk) if publish else version


def offers(destination=BERLIN, *, packages=CARTONS, day=DAY, **options):
    return list_card_offers(packages=packages, origin=ACCRA, destination=destination, day=day, **options)


def lines(offer):
    return [(line.code, str(line.amount)) for line in offer.price.lines]


def test_a_card_becomes_a_draft_that_prices_nothing_until_it_is_published():
    officer = make_officer()
    version = bring_in(user=officer)
    assert (str(version.tariff), version.number, version.is_draft, version.imported_by) == (
        "Air from Accra",
        1,
        True,
        officer,
    )
    assert (Area.objects.count(), CardPrice.objects.count(), version.surcharges.count()) == (4, 3, 2)
    assert offers() == []
    publish_version(officer=officer, version_id=version.pk)
    assert len(offers()) == 1
    assert list(AuditEntry.objects.values_list("action", flat=True)) == [
        "shipping.card_imported",
        "shipping.card_published",
    ]


def test_a_faulty_card_writes_nothing():
    content = write_csv(sheets(card=card(currency="XYZ")))
    with pytest.raises(CardRowsFaulty, match="Faults in the card: 1"):
        import_card(user=make_officer(), content=content, file_name="card.csv")
    assert not Tariff.objects.exists()
    tried = import_card(user=make_officer(), content=content, file_name="card.csv", dry_run=True)
    assert (len(tried.plan.problems), tried.version) == (1, None)


def test_a_dry_run_writes_nothing():
    import_card(user=make_officer(), content=write_xlsx(), file_name="card.xlsx", dry_run=True)
    assert not Tariff.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_load_is_priced_by_the_most_specific_zone_with_the_surcharges_of_the_day():
    bring_in(publish=True)
    [offer] = offers()
    # Four cartons of 12 kg; by volume 20 kg.
    assert (offer.price.basis, offer.price.billed, offer.transit_days) == ("per_kg", Decimal("48.0"), 4)
    assert lines(offer) == [("freight", "240.00"), ("fuel", "24.00")]
    assert offer.price.total == Money(Decimal("264.00"), "EUR")
    assert lines(offers(Place("DE", "20095"))[0])[0] == ("freight", "168.00")
    assert lines(offers(Place("DE", "27498"))[0]) == [("freight", "240.00"), ("island", "33.60"), ("fuel", "27.36")]


def test_a_surcharge_of_an_area_ends_with_its_range():
    bring_in(publish=True)
    assert [lines(offer)[1:] for offer in offers(Place("DE", "80331"))] == [[("fuel", "24.00")]]


def test_a_surcharge_of_an_area_is_for_where_goods_go():
    zones = [*ZONES[:4], ["Islands", "area", "country", "GH", "", ""]]
    bring_in(publish=True, zones=zones)
    assert [lines(offer)[1:] for offer in offers()] == [[("fuel", "24.00")]]


HAMBURG = Place("DE", "20457", "Hamburg", "DEHAM")


@pytest.mark.parametrize(
    ("kind", "values", "elsewhere"),
    [
        ("postcode", ("DE", "20457", ""), Place("DE", "20459", "Hamburg", "DEHAM")),
        ("prefix", ("DE", "204", ""), Place("DE", "20000", "Hamburg", "DEHAM")),
        ("range", ("DE", "204", "205"), Place("DE", "20600", "Hamburg", "DEHAM")),
        ("locode", ("DE", "DEHAM", ""), Place("DE", "20457", "Hamburg", "DEBRE")),
        ("city", ("DE", "hamburg", ""), Place("DE", "20457", "Harburg", "DEHAM")),
        ("country", ("DE", "", ""), Place("FR", "20457", "Hamburg", "DEHAM")),
        ("group", ("", "EU", ""), Place("GB", "20457", "Hamburg", "DEHAM")),
        ("world", ("", "", ""), None),
    ],
)
def test_the_database_finds_a_member_of_each_kind(kind, values, elsewhere):
    prices = [PRICES[0], ["Accra", "There", "per_kg", "0", "", "5.00", "4"]]
    bring_in(publish=True, zones=[*ZONES[:2], ["There", "destination", kind, *values]], prices=prices, surcharges=None)
    assert len(offers(HAMBURG)) == 1
    assert elsewhere is None or not offers(elsewhere)


def test_by_road_goods_stand_on_pallets():
    bring_in(publish=True, card=card(mode="road", divisor=None, kg_per_m3="333"))
    [offer] = offers()
    # One pallet of 1200 × 800 × 394 mm and 73 kg; by volume 125.95 kg.
    assert (offer.price.billed, offer.load.units[0].on_pallet) == (Decimal("126.0"), True)


@pytest.mark.parametrize(
    ("count", "billed", "freight"),
    [(7, "84.0", "400.00"), (6, "72.0", "360.00"), (9, "108.0", "432.00"), (1, "12.0", "80.00")],
)
def test_a_break_may_be_cheaper_than_the_own_weight_and_the_least_freight_holds(count, billed, freight):
    bring_in(publish=True)
    [offer] = offers(packages=[Package("carton", count, 12_000, 400, 300, 250)])
    assert lines(offer)[0] == ("freight", freight)
    assert offer.price.billed == max(Decimal(billed), Decimal(100) if freight == "400.00" else Decimal(0))


def test_couriers_take_cartons_without_a_pallet():
    bring_in(publish=True, card=card(tariff="courier-accra", mode="courier"))
    assert offers()[0].price.billed == Decimal("48.0")


def test_groupage_is_billed_by_weight_or_measure():
    head = ["origin", "destination", "basis", "price"]
    bring_in(
        publish=True,
        card=card(mode="lcl", divisor=None, kg_per_m3="1000"),
        prices=[head, ["Accra", "Europe", "per_wm", "120"]],
        surcharges=None,
    )
    [offer] = offers(packages=[Package("carton", 80, 12_000, 400, 300, 220)])
    assert (offer.price.basis, offer.price.billed, lines(offer)) == (
        "per_wm",
        Decimal("2.38848"),
        [("freight", "286.62")],
    )


def test_whole_containers_are_counted_and_the_cheapest_type_is_taken():
    head = ["origin", "destination", "basis", "container", "price"]
    rows = [["Accra", "Europe", "per_container", code, price] for code, price in (("20", "1500"), ("40", "2100"))]
    bring_in(publish=True, card=card(mode="fcl", divisor=None), prices=[head, *rows], surcharges=None)
    [offer] = offers(packages=[Package("carton", 1500, 12_000, 400, 300, 220)])
    assert (offer.price.containers, lines(offer)) == ({"40": 1}, [("freight", "2100.00")])


@pytest.mark.parametrize("day", [date(2026, 10, 31), date(2027, 2, 1)])
def test_a_card_prices_nothing_before_and_after_its_days(day):
    bring_in(publish=True)
    assert offers(day=day) == []
    assert len(offers(day=date(2027, 1, 31))) == 1


def test_a_card_without_a_zone_for_the_place_is_left_out():
    bring_in(publish=True)
    assert offers(Place("US")) == []


def test_a_card_that_ends_below_the_weight_is_left_out():
    bring_in(publish=True, prices=[PRICES[0], ["Accra", "Europe", "flat", "0", "30", "60", ""]])
    assert offers() == []


def test_an_exporters_card_prices_only_their_own_goods():
    company = make_company()
    bring_in(publish=True, card=card(owner="company", forwarder=None, company=company.slug))
    assert offers() == []
    assert len(offers(company_id=company.pk)) == 1
    assert offers(company_id=make_company().pk) == []


def test_pricing_takes_four_queries_however_many_cards_there_are(django_assert_num_queries):
    for number in range(5):
        bring_in(publish=True, card=card(tariff=f"air-{number}"))
    with django_assert_num_queries(4):
        assert len(offers()) == 5


def test_versions_of_one_tariff_do_not_overlap():
    first = bring_in(publish=True)
    draft = import_card(
        user=make_officer(),
        content=write_csv(sheets(card=card(valid_from="2027-02-01", valid_until="2027-03-31"))),
        file_name="b.csv",
    ).version
    assert draft.number == 2
    with pytest.raises(ValidityOverlaps, match="Version 1 is published for 2026-11-01 to 2027-01-31"):
        bring_in(card=card(valid_from="2027-01-31", valid_until="2027-06-30"))
    again = write_csv(sheets(card=card(valid_from="2027-01-31", valid_until="2027-06-30")))
    [fault] = import_card(user=make_officer(), content=again, file_name="c.csv", dry_run=True).plan.problems
    assert (fault.sheet, fault.row, fault.column) == ("card", 9, "B")
    TariffVersion.objects.filter(pk=draft.pk).update(valid_from=first.valid_until)
    with pytest.raises(ValidityOverlaps):
        publish_version(officer=make_officer(), version_id=draft.pk)
    draft.refresh_from_db()
    assert draft.is_draft


def test_an_officer_sees_what_a_new_version_changes():
    bring_in(publish=True)
    prices = [
        PRICES[0],
        ["Accra", "Europe", "per_kg", "0", "", "5.50", "4"],
        ["Accra", "Hamburg", "per_kg", "0", "", "3.50", "3"],
        ["Accra", "Hamburg", "per_kg", "50", "", "3", ""],
    ]
    draft = bring_in(card=card(valid_from="2027-02-01", valid_until="2027-03-31", minimum_charge="90"), prices=prices)
    changes = [
        (one.destination, str(one.starts_at), one.before, one.after, one.percent)
        for one in list_price_changes(version=draft)
    ]
    assert changes == [
        ("Europe", "0.000", 5, Decimal("5.50"), Decimal("10.0")), ("Europe", "100.000", 4, None, None), ("Hamburg", "50.000", None, 3, None),
    ]  # fmt: skip
    assert [name for name, _before, _after in list_term_changes(version=draft)] == [
        "valid_from",
        "valid_until",
        "minimum_charge",
    ]


def test_only_officers_publish_and_discard_and_bring_in_the_cards_of_forwarders():
    person = make_member(company=make_company()).user
    with pytest.raises(NotAllowed):
        bring_in(user=person)
    version = bring_in()
    with pytest.raises(NotAllowed):
        publish_version(officer=person, version_id=version.pk)
    with pytest.raises(VersionGone):
        discard_version(user=person, version_id=version.pk)
    assert TariffVersion.objects.get().is_draft


def test_a_firm_brings_in_its_own_cards_alone_and_sees_them_alone():
    company, other = make_company(), make_company()
    person, viewer = make_member(company=company).user, make_member(company=company, role=Role.VIEWER).user
    bring_in()
    own = bring_in(user=person, card=card(tariff="own", owner="company", forwarder=None, company=company.slug))
    with pytest.raises(CompanyUnknown):
        bring_in(user=person, card=card(tariff="theirs", owner="company", forwarder=None, company=other.slug))
    with pytest.raises(CompanyUnknown):
        bring_in(user=viewer, card=card(tariff="own", owner="company", forwarder=None, company=company.slug))
    assert list(list_versions(user=person)) == [own]
    with pytest.raises(VersionGone):
        get_version(user=make_user(), pk=own.pk)


def test_a_code_that_belongs_to_another_owner_is_refused():
    bring_in()
    with pytest.raises(TariffIsOthers):
        bring_in(card=card(forwarder="Another"))
    assert TariffVersion.objects.count() == 1


def test_a_published_version_is_neither_published_again_nor_discarded():
    version = bring_in(publish=True)
    with pytest.raises(VersionAlreadyPublished):
        publish_version(officer=make_officer(), version_id=version.pk)
    with pytest.raises(VersionAlreadyPublished):
        discard_version(user=make_officer(), version_id=version.pk)
    draft = bring_in(card=card(tariff="other"))
    discard_version(user=make_officer(), version_id=draft.pk)
    assert list(TariffVersion.objects.all()) == [version]


def test_the_command_tells_faults_and_writes_drafts(tmp_path, capsys):
    officer = make_officer("officer@example.org")
    (tmp_path / "bad.csv").write_bytes(write_csv(sheets(zones=[*ZONES, ["X", "origin", "country", "XX", "", ""]])))
    with pytest.raises(CommandError, match="Faults: 1; nothing was written"):
        call_command("import_rates", str(tmp_path / "bad.csv"), officer=officer.email)
    assert "sheet zones, row 21, column D: “XX” is no country" in capsys.readouterr().err
    (tmp_path / "good.xlsx").write_bytes(write_xlsx())
    call_command("import_rates", str(tmp_path / "good.xlsx"), officer=officer.email, dry_run=True)
    assert capsys.readouterr().out == "3 prices, 4 areas, 2 surcharges would be written.\n"
    assert not TariffVersion.objects.exists()
    call_command("import_rates", str(tmp_path / "good.xlsx"), officer=officer.email, publish=True)
    assert not TariffVersion.objects.get().is_draft


def test_surcharges_of_a_card_may_be_left_out():
    assert SURCHARGES
    bring_in(publish=True, surcharges=None)
    assert lines(offers()[0]) == [("freight", "240.00")]


@pytest.mark.parametrize("country", ["GH", "BF", "BJ", "CI", "TG"])
def test_the_demos_cards_price_goods_to_two_markets(country):
    assert plant_rate_cards(officer=make_officer()) == 3
    day = timezone.localdate()
    found = {
        market: len(list_card_offers(packages=CARTONS, origin=Place(country), destination=Place(market), day=day))
        for market in ("DE", "US")
    }
    assert found == {"DE": 2, "US": 1}
