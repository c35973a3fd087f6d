"""The last number that each table gave away: ids of deleted rows stay spent after a restore."""

from django.db import connection, models

from core.backup.tables import Table


def read_last_id(table: Table) -> int | None:
    """The highest id ever given; None when none was, or the key is no running number."""
    if not isinstance(table.model._meta.pk, models.AutoField):
        return None
    column = table.model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [connection.ops.quote_name(table.name), column])
            (sequence,) = cursor.fetchone()
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value END FROM {sequence}")  # noqa: S608
        else:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
        row = cursor.fetchone()
    return int(row[0]) if row and row[0] is not None else None


def restore_last_ids(last_ids: dict[Table, int | None]) -> None:
    """Let every table count on from its recorded number, or from its highest id where that is higher."""
    for table, last_id in last_ids.items():
        if isinstance(table.model._meta.pk, models.AutoField):
            highest = table.model._base_manager.aggregate(highest=models.Max("pk"))["highest"]
            _set_last_id(table, max(last_id or 0, highest or 0))


def _set_last_id(table: Table, last_id: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = [connection.ops.quote_name(table.name), table.model._meta.pk.column]
            sql = "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)"
            cursor.execute(sql, [*names, max(last_id, 1), last_id > 0])
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, last_id])
