"""The environment is documented, checked, and refused by name."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from marketplace.settings.environment import DEVELOPMENT_SECRET, Environment, read_environment

PRODUCTION = {
    "LATEEN_MODE": "production",
    "SECRET_KEY": "x9" * 30,
    "SITE_URL": "https://market.example.org",
    "MAIL_URL": "smtp://mail.example.org",
}


@pytest.fixture
def environment(monkeypatch):
    def read(**values):
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        return read_environment()

    return read


def test_the_example_file_lists_every_variable_and_no_other():
    example = Path(settings.BASE_DIR, ".env.example").read_text()
    assert re.findall(r"(?m)^([A-Z_]+)=", example) == [field.name for field in fields(Environment)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LATEEN_MODE", "staging"),
        ("DEBUG", "maybe"),
        ("SITE_URL", "market.example.org"),
        ("DATABASE_URL", "mysql://x/y"),
        ("BROKER_URL", "amqp://x"),
        ("MAIL_URL", "pop3://x"),
        ("MAIL_FROM", "nobody"),
        ("TIME_ZONE", "Ghana/Accra"),
        ("LOG_LEVEL", "LOUD"),
        ("BEHIND_PROXY", "2"),
    ],
)
def test_nonsense_is_refused_by_name(environment, name, value):
    with pytest.raises(ImproperlyConfigured, match=name):
        environment(**{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", DEVELOPMENT_SECRET),
        ("SECRET_KEY", "short"),
        ("DEBUG", "true"),
        ("SITE_URL", "http://market.example.org"),
        ("MAIL_URL", "file://"),
    ],
)
def test_production_refuses_development_values(environment, name, value):
    with pytest.raises(ImproperlyConfigured, match=name):
        environment(**{**PRODUCTION, name: value})


def test_production_accepts_values_of_production(environment):
    assert environment(**PRODUCTION).production is True
