"""An officer's table of rules, row by row."""

from shipping.models import RuleSet
from shipping.rules.duties.table import COLUMNS
from shipping.services.duties import import_rule_table, let_rules_in

DUTY = {
    "rule": "duty",
    "destination": "GB",
    "hs_prefix": "090121",
    "percent": "7.5",
    "source": "https://example.org/tariff",
    "read_on": "2026-11-20",
}
TAX = {"rule": "tax", "destination": "DE", "hs_prefix": "0901", "percent": "7", "tax": "vat", "formula": "EU", "source": "https://example.org/law", "read_on": "2026-11-20"}  # fmt: skip


def write_table(*rows, columns=COLUMNS):
    """The table as an officer sends it."""
    lines = [",".join(columns), *(",".join(f'"{row.get(name, "")}"' for name in columns) for row in rows)]
    return "\n".join(lines).encode()


def bring_in(officer, *rows) -> RuleSet:
    """A set that waits."""
    return import_rule_table(officer=officer, content=write_table(*rows), file_name="rules.csv")


def put_in_force(officer, *rows) -> RuleSet:
    """A set that an officer has let in."""
    return let_rules_in(officer=officer, set_id=bring_in(officer, *rows).pk)
