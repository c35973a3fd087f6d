"""Plant what pages say of small consignments and of taxes; officers keep the rules from then on."""

from datetime import date
from decimal import Decimal

from django.db import migrations
from django.utils import timezone

from shipping.adapters.border_seeds import list_vat_rates, read_seed
from shipping.rules.duties.keys import write_key

NUMBERS = ("value_from", "value_until", "percent", "per_subheading")
DAYS = ("valid_from", "valid_until", "read_on")


def clean(row):
    values = dict(row)
    for name in NUMBERS:
        if name in values:
            values[name] = Decimal(values[name]) if values[name] else None
    for name in DAYS:
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    if "is_recoverable" in values:
        values["is_recoverable"] = values["is_recoverable"] == "yes"
    return values


def list_vat():
    for rate in list_vat_rates():
        yield {
            "destination": rate.country, "kind": "vat", "percent": rate.percent, "formula": rate.formula, "is_recoverable": True,
            "valid_from": rate.as_of, "source": rate.source, "read_on": rate.as_of,
        }


def plant(apps, schema_editor):
    rule_set, duty_rule, tax_rule = (apps.get_model("shipping", name) for name in ("RuleSet", "DutyRule", "TaxRule"))
    if rule_set.objects.filter(form__in=["planted", "vat"]).exists():
        return
    at = timezone.now()
    planted, vat = (
        rule_set.objects.create(form=form, state="standing", file_name=name, decided_at=at)
        for form, name in (("planted", "shipping/data"), ("vat", "eu-vat-rates-data"))
    )
    duties = [(planted, clean(row)) for row in read_seed("duty_rules")]
    taxes = [*((planted, clean(row)) for row in read_seed("tax_rules")), *((vat, row) for row in list_vat())]
    for model, rows in ((duty_rule, duties), (tax_rule, taxes)):
        model.objects.bulk_create(
            model(rule_set=owner, is_standing=True, match_key=write_key(row), **row) for owner, row in rows
        )


class Migration(migrations.Migration):

    dependencies = [("shipping", "0002_duty_and_tax_rules")]

    # Backwards keeps the rows: the tables go with the migration before.
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
