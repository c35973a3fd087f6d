"""The child for documents: what it refuses and in which words, and which real sellers' files it must let pass."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, ObjectStreamMode

from tests.uploads import documents, hostile
from tests.uploads.documents import count_pages, pdf
from uploads.adapters import child
from uploads.exceptions import FileUnreadable, ReadingStopped
from uploads.rules.documents import FAILURES

ROOT = Path(__file__).resolve().parents[2]


def refuse(content: bytes) -> str:
    """The code of the refusal."""
    with pytest.raises(FileUnreadable) as reason:
        count_pages(content)
    return reason.value.code


@pytest.mark.parametrize(
    "content",
    [
        pdf(),
        pdf(linearize=True),
        pdf(object_stream_mode=ObjectStreamMode.generate),
        b"\xef\xbb\xbf\r\n" + pdf(),
        documents.locked(user=""),
        pdf(documents.cmyk_picture),
        pdf(documents.filled_form),
        pdf(documents.oddly_named_fonts),
        pdf(documents.web_link("https://cocoa.example/terms?x=1")),
        pdf(documents.web_link("mailto:ama@cocoa.example")),
        pdf(documents.web_link("www.cocoa.example")),
        pdf(documents.web_link("http://[no address")),
        pdf(documents.link(Dictionary(S=Name.GoTo, D="chapter"))),
        pdf(documents.on_opening(Array([0, Name.Fit]))),
        pdf(documents.on_opening(Dictionary(S=Name.Named, N=Name.Print))),
        hostile.stream_bomb(5_000_000),
        hostile.object_stream_bomb(5_000_000),
    ],
)
def test_real_sellers_documents_pass(content):
    assert count_pages(content) == 1


def test_as_many_pages_as_the_limit_says_pass_and_one_more_does_not():
    assert count_pages(pdf(pages=200)) == 200
    assert refuse(pdf(pages=201)) == "too_many_pages"


@pytest.mark.parametrize("name", hostile.ACTIVE)
def test_a_document_that_does_more_than_show_pages_is_refused(name):
    assert refuse(hostile.ACTIVE[name]) == "active"


@pytest.mark.parametrize("name", hostile.FILES_INSIDE)
def test_a_document_with_files_inside_is_refused(name):
    assert refuse(hostile.FILES_INSIDE[name]) == "files_inside"


@pytest.mark.parametrize("name", hostile.MEDIA_INSIDE)
def test_a_document_that_plays_something_is_refused(name):
    assert refuse(hostile.MEDIA_INSIDE[name]) == "media_inside"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (pdf(hostile.program_form), "program_form"),
        (documents.locked(user="secret"), "locked"),
        (pdf(pages=0), "no_pages"),
        (hostile.many_claimed_pages(), "too_many_pages"),
        (pdf(hostile.one_page_a_hundred_thousand_times), "too_many_pages"),
        (b"", "broken"),
        (b"%PDF-1.7", "broken"),
        (pdf(pages=3)[:-200], "broken"),
        (pdf() + hostile.zip_archive() * 20, "broken"),
        (pdf(hostile.page_tree_loop), "broken"),
        (hostile.table_that_points_back_to_itself(), "broken"),
        (hostile.table_of_a_billion_entries(), "broken"),
        (hostile.deep_nesting(), "broken"),
    ],
)
def test_the_child_tells_why_a_document_is_no_good(content, code):
    assert refuse(content) == code


@pytest.mark.once
@pytest.mark.parametrize("bomb", [hostile.stream_bomb, hostile.bomb_before_a_picture, hostile.object_stream_bomb])
def test_a_bomb_costs_seconds_and_no_more(bomb):
    content, before = bomb(), time.monotonic()
    assert refuse(content) == "too_heavy"
    assert time.monotonic() - before < 25


@pytest.mark.parametrize("code", FAILURES)
def test_every_refusal_tells_what_to_do(code):
    assert FAILURES[code].startswith("The PDF ")
    assert re.search(r"(Print .* to a new PDF.*, then send that|Send it again)\.$", FAILURES[code])


def puppet(monkeypatch, said: str) -> None:
    made = subprocess.Popen([sys.executable, "-c", said], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    monkeypatch.setattr(child, "_start", lambda *how: made)


@pytest.mark.parametrize(
    "said",
    [
        "print(1)",
        """print('{"event": "done"}')""",
        """print('{"event": "facts", "pages": -1}')""",
        """print('{"event": "facts", "pages": "many"}')""",
        """print('{"event": "rendition", "bytes": 1}')""",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    ],
)
def test_a_child_that_died_or_was_taken_over_is_not_believed(monkeypatch, said):
    puppet(monkeypatch, said)
    with pytest.raises(ReadingStopped):
        count_pages(b"")


def test_a_document_that_eats_its_cpu_time_is_too_heavy(monkeypatch):
    puppet(monkeypatch, f"import os; os.kill(os.getpid(), {int(signal.SIGXCPU)})")
    assert refuse(b"") == "too_heavy"


def test_a_child_that_takes_too_long_is_killed_and_leaves_nobody_behind(monkeypatch):
    started, start = [], child._start
    monkeypatch.setattr(child, "_start", lambda *how: started.append(start(*how)) or started[0])
    monkeypatch.setattr(child, "DEADLINE_SECONDS", 0.3)
    with pytest.raises(ReadingStopped):
        count_pages(hostile.stream_bomb(300_000_000))
    with pytest.raises(ProcessLookupError):
        os.kill(started[0].pid, 0)


LOADED_BY_A_PROCESS_THAT_DOES_ALL = """
import sys
import django
django.setup()
from django.urls import get_resolver
import marketplace.celery
from uploads.adapters.child import read_document
len(get_resolver().url_patterns)
assert read_document(sys.stdin.buffer.read(), max_pages=9).pages == 1
print("uploads.tasks" in sys.modules, "uploads.views" in sys.modules, "pikepdf" in sys.modules)
"""


def test_neither_web_nor_worker_loads_the_reader_of_documents():
    answer = subprocess.run(
        [sys.executable, "-c", LOADED_BY_A_PROCESS_THAT_DOES_ALL],
        input=pdf(), capture_output=True, check=True, cwd=ROOT, env=dict(os.environ),
    )  # fmt: skip
    assert answer.stdout.split() == [b"True", b"True", b"False"]


def test_only_the_child_names_the_reader_of_documents():
    house = [path for path in ROOT.rglob("*.py") if not {".venv", "var", "tests"} & set(path.relative_to(ROOT).parts)]
    naming = [str(path.relative_to(ROOT)) for path in house if "import pikepdf" in path.read_text()]
    assert naming == ["uploads/media/documents.py"]
