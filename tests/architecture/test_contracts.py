"""The import contracts hold, and they really catch what they forbid."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = (
    "marketplace", "demo", "reporting", "inquiries", "shipping", "listings", "certifications", "storefronts", "moderation", "notifications", "uploads", "accounts", "reference",
    "core",
)  # fmt: skip


@pytest.fixture
def copy_of_the_house(tmp_path):
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("*.jpg", "*.json", "__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint_imports(folder):
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run([program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


def test_the_house_keeps_its_contracts(copy_of_the_house):
    answer = lint_imports(copy_of_the_house)
    assert answer.returncode == 0, answer.stdout
    assert "5 kept, 0 broken" in answer.stdout


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("storefronts/services/planted.py", "import listings.models", "The tower"),
        ("accounts/helpers.py", '"""A stray helper."""', "Every room"),
        ("listings/rules/planted.py", "import django.utils.timezone", "Rules and exceptions are plain Python"),
        ("uploads/models/planted.py", "import celery", "know no DRF and no Celery"),
        ("reference/selectors.py", "import marketplace.settings.site", "Settings are read"),
    ],
)
def test_a_planted_breach_is_caught(copy_of_the_house, file, line, contract):
    planted = copy_of_the_house / file
    if planted.parent.name in {"services", "rules", "models"} and not planted.parent.exists():
        module = planted.parent.with_suffix(".py")
        planted = module
    planted.write_text((planted.read_text() if planted.exists() else '"""Planted."""\n') + "\n" + line + "\n")
    answer = lint_imports(copy_of_the_house)
    assert answer.returncode == 1
    assert any(contract in row and "BROKEN" in row for row in answer.stdout.splitlines()), answer.stdout
