"""Plant the requirements of data/requirements.csv; the agency keeps them from then on."""

import csv
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).parent.parent / "data"


def plant(apps, schema_editor):
    requirement, scheme = (apps.get_model("certifications", name) for name in ("Requirement", "Scheme"))
    schemes = {row.code: row for row in scheme.objects.all()}
    with (DATA / "requirements.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            row["hs_prefixes"] = [part for part in row["hs_prefixes"].split(";") if part]
            row["blocks"] = row["blocks"] == "yes"
            row["scheme"] = schemes.get(row["scheme"])
            requirement.objects.get_or_create(key=row.pop("key"), defaults=row)


class Migration(migrations.Migration):

    dependencies = [("certifications", "0002_schemes")]

    # Backwards keeps the rows: companies' answers refer to them, and plant meets them again without harm.
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
