"""Plant the category tree from data/categories.csv."""

import csv
from pathlib import Path

from django.db import migrations


def plant(apps, schema_editor):
    category = apps.get_model("reference", "Category")
    with (Path(__file__).parent.parent / "data" / "categories.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    made = {}
    for position, row in enumerate(rows):
        made[row["slug"]] = category.objects.create(
            slug=row["slug"], name=row["name"], parent=made.get(row["parent"]), position=position
        )


def uproot(apps, schema_editor):
    category = apps.get_model("reference", "Category")
    category.objects.exclude(parent=None).delete()
    category.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("reference", "0001_initial")]
    operations = [migrations.RunPython(plant, uproot)]
