"""Write invented listings into an empty PostgreSQL by COPY, a batch at a time in one transaction each."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import NOT_PROVIDED, JSONField, Max, Model
from django.utils import timezone

from accounts.models import User
from certifications.models import Certificate, Issuer, Scheme
from demo.scale.generate import PLACES, Facts, make_facts
from listings.models import CertificateCoverage, Listing, ListingRevision, PriceBreak
from reference.models import Category
from storefronts.models import Company

PER_COMPANY = 60
COVERED_EVERY = 12
BATCH = 20_000
LANGUAGES = (["en"], ["en", "fr"], ["en", "es"], ["ar", "en"])
KINDS = ("maker", "maker", "trader", "maker", "service")


@dataclass(frozen=True)
class Base:
    """The rows that stand before the first listing, and where ids begin."""

    officer: User
    companies: Sequence[int]
    certificates: Sequence[int]
    categories: dict[str, int]
    listing: int
    revision: int


def plant_listings(number: int, *, seed: int, tell: Callable[[int], None], per_company: int = PER_COMPANY) -> None:
    """Plant companies, certificates and `number` live listings with two prices each; `tell` hears after each batch."""
    base = _plant_base(-(-number // per_company))
    for start in range(0, number, BATCH):
        batch = [
            make_facts(one, seed=seed, per_company=per_company) for one in range(start, min(start + BATCH, number))
        ]
        with transaction.atomic():
            _plant_batch(batch, base)
        tell(start + len(batch))
    for model in (Listing, ListingRevision, PriceBreak, CertificateCoverage):
        _set_sequence(model)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _plant_base(companies: int) -> Base:
    now, today = timezone.now(), timezone.localdate()
    officer = User.objects.create_user("scale-officer@example.org", None, full_name="Scale Officer", is_staff=True)
    with transaction.atomic():
        firms = Company.objects.bulk_create(
            (_make_company(number, officer, now, today) for number in range(companies)), batch_size=1000
        )
        certificates = Certificate.objects.bulk_create(_make_certificates(firms, officer, now, today), batch_size=1000)
    newest = (
        Listing.objects.aggregate(last=Max("pk"))["last"] or 0,
        ListingRevision.objects.aggregate(last=Max("pk"))["last"] or 0,
    )
    slugs = dict(Category.objects.values_list("slug", "pk"))
    return Base(
        officer, [firm.pk for firm in firms], [one.pk for one in certificates], slugs, newest[0] + 1, newest[1] + 1
    )


def _make_company(number: int, officer: User, now: datetime, today: date) -> Company:
    country = sorted(PLACES)[number % len(PLACES)]
    return Company(
        slug=f"scale-{number}", state="verified", legal_name=f"Export House {number}", kind=KINDS[number % len(KINDS)], country=country,
        city=PLACES[country][0], registration_number=f"SC{number:08d}", languages=LANGUAGES[number % len(LANGUAGES)],
        women_led=number % 6 == 0, tagline="Invented to measure with", evidence_level=1 + number % 3, verified_by=officer,
        verified_at=now, verified_until=today + timedelta(days=200 - number % 240), created_at=now,
    )  # fmt: skip


def _make_certificates(firms: Iterable[Company], officer: User, now: datetime, today: date) -> Iterator[Certificate]:
    """One for each company; every tenth has ended."""
    schemes = list(Scheme.objects.active().badges().order_by("code")[:6])
    issuer, _ = Issuer.objects.get_or_create(name="Scale Certification")
    for number, firm in enumerate(firms):
        ends = today - timedelta(days=5) if number % 10 == 9 else today + timedelta(days=60 + number % 500)
        yield Certificate(
            company=firm, scheme=schemes[number % len(schemes)], issuer=issuer, number=f"S-{number}", number_key=f"S{number}",
            holder=firm.legal_name, scope="All products", state="verified", evidence_level=1 + number % 3, verified_by=officer,
            verified_at=now, submitted_at=now, valid_from=today - timedelta(days=300), valid_until=ends, created_at=now,
        )  # fmt: skip


def _plant_batch(batch: Sequence[Facts], base: Base) -> None:
    now = timezone.now()
    live = [
        (facts, base.listing + facts.number, base.revision + facts.number, now - timedelta(days=facts.age_days))
        for facts in batch
    ]
    _copy(Listing, [
        {"id": pk, "company_id": base.companies[facts.company], "state": "live", "live_revision_id": revision, "created_at": since, "first_live_at": since, "prices_confirmed_on": now.date()}
        for facts, pk, revision, since in live
    ])  # fmt: skip
    _copy(ListingRevision, [_describe(facts, pk, revision, since, base) for facts, pk, revision, since in live])
    _copy(PriceBreak, [
        {"revision_id": revision, "minimum_quantity": quantity, "unit_price": price}
        for facts, _pk, revision, _since in live for quantity, price in facts.breaks
    ])  # fmt: skip
    _copy(CertificateCoverage, [
        {"listing_id": pk, "certificate_id": base.certificates[facts.company], "claimed_at": now, "result": "pass", "sentence": "",
         "values": json.dumps({}), "basis": f"pass {facts.hs_code}", "confirmed_basis": ""}
        for facts, pk, _revision, _since in live if facts.number % COVERED_EVERY == 0
    ])  # fmt: skip


def _describe(facts: Facts, listing: int, revision: int, since: datetime, base: Base) -> dict[str, Any]:
    return {
        "id": revision, "listing_id": listing, "number": 1, "state": "approved", "edit_count": 1, "title": facts.title,
        "summary": facts.summary, "description": facts.description, "language": facts.language,
        "category_id": base.categories[facts.category], "unit": facts.unit, "currency": facts.currency,
        "price_visibility": facts.price_visibility, "minimum_order": facts.breaks[0][0], "incoterm": facts.incoterm,
        "incoterm_place": facts.place if facts.incoterm else "", "hs_code": facts.hs_code, "hs_ask_agency": False, "article_number": "",
        "gtin": "", "origin_country": facts.origin, "origin_region": "", "lead_time_days": facts.lead_time_days,
        "sample_offered": facts.sample_offered, "sample_size": "", "note": "", "created_at": since, "updated_at": since,
        "submitted_at": since, "decided_at": since,
    }  # fmt: skip


def _copy(model: type[Model], rows: Sequence[dict[str, Any]]) -> None:
    """COPY knows no defaults of Django: what a row does not name is filled in from the model."""
    if not rows:
        return
    rest = _list_defaults(model, rows[0].keys())
    columns = ", ".join(f'"{name}"' for name in [*rows[0], *rest])
    with connection.cursor() as cursor, cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([*row.values(), *rest.values()])


def _list_defaults(model: type[Model], named: Collection[str]) -> dict[str, Any]:
    """Columns that need a value and have none in the database, each with its default as COPY takes it."""
    fields = [
        (column, field)
        for field in model._meta.concrete_fields
        if (column := field.column)
        and column not in named
        and not field.primary_key
        and not field.null
        and field.db_default is NOT_PROVIDED
    ]
    return {
        column: json.dumps(field.get_default()) if isinstance(field, JSONField) else field.get_default()
        for column, field in fields
    }


def _set_sequence(model: type[Model]) -> None:
    """Ids that were given by hand are not given again."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT GREATEST(MAX(id), 1) FROM "{table}"')  # noqa: S608  a model's own table
        newest: Any = cursor.fetchone()
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, newest[0]])
