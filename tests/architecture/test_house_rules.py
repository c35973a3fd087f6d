"""Rules of the house that no linter knows."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from core.jobs import handlers

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = sorted(
    Path(config.path).relative_to(ROOT)
    for config in apps.get_app_configs()
    if Path(config.path).is_relative_to(ROOT) and ".venv" not in config.path and config.name not in {"core", "demo"}
)
DOORS = ("views", "admin", "tasks", "forms", "urls", "api", "management", "templatetags", "middleware", "filters")
FURNITURE = (
    "models",
    "selectors",
    "services",
    "choices",
    "rules",
    "exceptions",
    "search",
    "adapters",
    "media",
    "providers",
    "registry",
)
WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete", "update"}
HOUSE = [path for path in ROOT.rglob("*.py") if not {".venv", "migrations", "var"} & set(path.relative_to(ROOT).parts)]


def sources(*names: str) -> Iterator[tuple[Path, Path, ast.Module]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            top = path.relative_to(ROOT / room).parts[0].removesuffix(".py")
            if top in names and "migrations" not in path.parts:
                yield room, path, ast.parse(path.read_text())


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_there_are_rooms_to_look_at():
    assert [str(room) for room in ROOMS] == [
        "accounts",
        "certifications",
        "inquiries",
        "listings",
        "moderation",
        "notifications",
        "reference",
        "reporting",
        "shipping",
        "storefronts",
        "uploads",
    ]


def test_doors_never_write_to_the_database():
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno} .{call.func.attr}()"
        for _, path, tree in sources("views", "tasks", "forms", "api", "admin", "middleware", "filters")
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in WRITES
        and "objects" in ast.unparse(call.func.value)
    ]
    assert found == []


def test_doors_are_private_to_their_room():
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} imports {node.module}"
        for room, path, tree in sources(*DOORS, *FURNITURE, "apps")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for other in ROOMS
        if other != room and re.match(rf"{'.'.join(other.parts)}\.({'|'.join(DOORS)})\b", node.module or "")
    ]
    assert found == []


def test_services_and_selectors_take_keywords_and_say_what_they_do():
    found = []
    for _, path, tree in sources("services", "selectors"):
        for f in tree.body:
            if isinstance(f, ast.FunctionDef) and not f.name.startswith("_"):
                if f.args.args:
                    found.append(f"{path.relative_to(ROOT)}:{f.lineno} {f.name} takes positional arguments")
                if not ast.get_docstring(f):
                    found.append(f"{path.relative_to(ROOT)}:{f.lineno} {f.name} has no docstring")
        found += [
            f"{path.relative_to(ROOT)} imports django.http"
            for n in ast.walk(tree)
            if isinstance(n, ast.ImportFrom) and (n.module or "").startswith("django.http")
        ]
    assert found == []


def test_nothing_is_imported_inside_a_function():
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in HOUSE
        for function in functions(ast.parse(path.read_text()))
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert found == []


def job_named_by(path: Path, word: ast.expr) -> str:
    """The job's name, whether it is written out or stands in a constant of the module."""
    module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    return str(ast.literal_eval(word)) if isinstance(word, ast.Constant) else str(getattr(module, ast.unparse(word)))


def test_every_job_that_is_enqueued_exists():
    named = {
        job_named_by(path, call.args[0])
        for path in HOUSE
        if "tests" not in path.parts and path != ROOT / "core/jobs.py"
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"enqueue", "cancel"}
    }
    assert {"core.send_mail", "uploads.make_renditions", "uploads.tidy_upload"} <= named
    assert named <= set(handlers)


def test_no_module_grows_beyond_400_lines():
    assert [str(path.relative_to(ROOT)) for path in HOUSE if path.read_text().count("\n") > 400] == []


def test_no_function_grows_beyond_40_lines():
    found = [
        f"{path.relative_to(ROOT)}:{f.lineno} {f.name}"
        for path in HOUSE
        for f in functions(ast.parse(path.read_text()))
        if (f.end_lineno or 0) - f.lineno >= 40
    ]
    assert found == []


def test_every_room_stands_in_the_tower():
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    floors = {app.strip() for floor in linter["contracts"][0]["layers"] for app in floor.split("|")}
    assert floors == set(linter["root_packages"])
    assert {room.parts[0] for room in ROOMS} <= floors


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a style attribute", re.compile(r"<[^>]*\sstyle=")),
        ("an inline handler", re.compile(r"<[^>]*\son[a-z]+=")),
        ("an inline script", re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)[^>]*>")),
        ("a style element", re.compile(r"<style\b")),
    ],
)
def test_no_template_breaks_the_content_security_policy(what, pattern):
    found = [
        f"{path.relative_to(ROOT)}: {what}"
        for path in (ROOT / "templates").rglob("*.html")
        if pattern.search(path.read_text()) and "mail" not in path.parts
    ]
    assert found == []


def test_pages_have_at_most_80_lines_and_components_30():
    found = []
    for path in (ROOT / "templates").rglob("*.html"):
        limit = 30 if "components" in path.parts else 80
        if path.read_text().count("\n") > limit:
            found.append(f"{path.relative_to(ROOT)}: over {limit} lines")
    assert found == []
