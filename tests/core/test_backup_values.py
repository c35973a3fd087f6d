"""Values stay what they are on their way through a backup."""

import json
from datetime import UTC, timedelta

import pytest
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.backup.tables import list_tables
from core.backup.values import read_line, write_line, write_value
from core.models import AuditEntry, AuditValue, Job
from tests.listings.factories import make_user

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
JSONS = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
PAIRS = {
    "text": (models.TextField(), TEXTS),
    "number": (models.BigIntegerField(), st.integers(-(2**63), 2**63 - 1)),
    "float": (models.FloatField(), st.floats(allow_nan=False, allow_infinity=False)),
    "decimal": (
        models.DecimalField(max_digits=14, decimal_places=4),
        st.decimals(-(10**9), 10**9, places=4, allow_nan=False),
    ),
    "moment": (models.DateTimeField(), st.datetimes(timezones=st.just(UTC))),
    "day": (models.DateField(), st.dates()),
    "clock": (models.TimeField(), st.times()),
    "span": (models.DurationField(), st.timedeltas(-timedelta(days=9999), timedelta(days=9999))),
    "uuid": (models.UUIDField(), st.uuids()),
    "bytes": (models.BinaryField(), st.binary(max_size=40)),
    "yes": (models.BooleanField(), st.booleans()),
    "json": (models.JSONField(null=True), JSONS),
}


@pytest.mark.parametrize("kind", PAIRS)
@given(st.data())
def test_a_value_comes_back_equal(kind, data):
    field, values = PAIRS[kind]
    value = data.draw(values)
    line = write_line([value, None])
    assert read_line(line, [field, models.TextField()]) == [value, None]
    assert line.count(b"\n") == 1
    assert write_line(read_line(line, [field, models.TextField()])) == line


@given(st.datetimes(timezones=st.timezones()))
def test_one_moment_is_written_alike_from_every_zone(moment):
    assert write_value(moment) == write_value(moment.astimezone(UTC))


@given(JSONS)
def test_the_order_of_keys_and_the_engine_of_floats_do_not_show(value):
    turned = json.loads(json.dumps(value, sort_keys=True), parse_float=float)
    assert write_line([turned]) == write_line([value])


def test_what_json_cannot_say_is_refused():
    with pytest.raises(ValueError, match="JSON compliant"):
        write_line([float("nan")])
    with pytest.raises(TypeError, match="knows no object"):
        write_line([object()])


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=JSONS, text=TEXTS)
def test_rows_come_back_into_the_database_as_they_were(value, text):
    AuditValue.objects.all().delete()
    AuditEntry.objects.all().delete()
    entry = AuditEntry.objects.create(at="1970-01-01T00:00:00.000001Z", action=text, fields=["b", "a"])
    AuditValue.objects.create(entry=entry, values={"told": value})
    tables = {table.name: table for table in list_tables()}
    names = ["core_auditentry", "core_auditvalue"]
    before = {name: list(tables[name].read_lines()) for name in names}
    AuditValue.objects.all().delete()
    AuditEntry.objects.all().delete()
    assert [tables[name].write_lines(before[name]) for name in names] == [1, 1]
    assert {name: list(tables[name].read_lines()) for name in names} == before


@pytest.mark.django_db
def test_a_row_of_json_null_comes_back():
    (table,) = [table for table in list_tables() if table.model is Job]
    made = Job.objects.create(
        name="a",
        key="b",
        queue="c",
        max_attempts=1,
        due_at="2026-01-01T00:00Z",
        arguments=models.Value(None, models.JSONField()),
    )
    lines = list(table.read_lines())
    made.delete()
    table.write_lines(lines)
    assert Job.objects.get().arguments is None


@pytest.mark.django_db
def test_clocks_and_defaults_do_not_touch_a_row_that_comes_back():
    user = make_user()
    (table,) = [table for table in list_tables() if table.model is type(user)]
    lines = list(table.read_lines())
    user.delete()
    table.write_lines(lines)
    assert list(table.read_lines()) == lines


def test_every_key_sorts_alike_on_every_engine():
    odd = [t.name for t in list_tables() if not isinstance(t.model._meta.pk, models.AutoField | models.UUIDField)]
    assert odd == []


def test_no_decimal_is_longer_than_sqlite_keeps():
    fields = [field for table in list_tables() for field in table.fields if isinstance(field, models.DecimalField)]
    assert [str(field) for field in fields if field.max_digits > 15] == []
