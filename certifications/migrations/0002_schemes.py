"""Plant the schemes, issuers and accreditations of data/*.csv; the agency keeps them from then on."""

import csv
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).parent.parent / "data"
NUMBERS = {"usual_months"}
LISTS = {"hs_prefixes": ";", "aliases": ";"}


def read(name):
    with (DATA / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for field, sign in LISTS.items():
                if field in row:
                    row[field] = [part.strip() for part in row[field].split(sign) if part.strip()]
            for field in NUMBERS & set(row):
                row[field] = int(row[field]) if row[field] else None
            yield row


def plant(apps, schema_editor):
    scheme, issuer, accreditation = (
        apps.get_model("certifications", name) for name in ("Scheme", "Issuer", "Accreditation")
    )
    for row in read("schemes"):
        scheme.objects.get_or_create(code=row.pop("code"), defaults=row)
    for row in read("issuers"):
        issuer.objects.get_or_create(name=row.pop("name"), defaults=row)
    for row in read("accreditations"):
        row["issuer"] = issuer.objects.get(name=row["issuer"])
        row["scheme"] = scheme.objects.get(code=row["scheme"])
        accreditation.objects.get_or_create(
            issuer=row["issuer"], scheme=row["scheme"], accreditor=row["accreditor"],
            defaults={"source_url": row["source_url"], "read_on": row["read_on"]},
        )


class Migration(migrations.Migration):

    dependencies = [("certifications", "0001_initial")]

    # Backwards keeps the rows: certificates may refer to them, and plant meets them again without harm.
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
