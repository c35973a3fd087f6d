from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

guards = import_module("inquiries.migrations.0003_quotations")


def lift_for_rebuilding(apps, schema_editor):
    """SQLite builds a table anew to alter it, and drops its triggers with the old one (ADR 0032)."""
    if schema_editor.connection.vendor == "sqlite":
        guards.lift_protection(apps, schema_editor)


def protect_again(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        guards.protect_what_was_sent(apps, schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('inquiries', '0005_blocks'),
    ]

    operations = [
        migrations.RunPython(lift_for_rebuilding, protect_again),
        migrations.AddField(
            model_name='quotationline',
            name='request_line',
            field=models.ForeignKey(blank=True, help_text='The line of the request that it answers, whatever its words.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inquiries.requestline'),
        ),
        migrations.AddField(
            model_name='quotationline',
            name='hs_code',
            field=models.CharField(blank=True, default='', help_text='Of the product when it was sent, as its origin (ISO 3166).', max_length=6),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='quotationline',
            name='origin',
            field=models.CharField(blank=True, default='', max_length=2),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='quotationversion',
            name='parties',
            field=models.JSONField(blank=True, default=dict, help_text='Seller and buyer as they were when it was sent; empty on versions of before 0006.'),
        ),
        migrations.RunPython(protect_again, lift_for_rebuilding),
    ]
