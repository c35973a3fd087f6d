"""Every measurement ends with one JSON object, printed last and kept, and an exit code that says whether the goals are met."""

import json

import pytest

from bench import report


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    monkeypatch.setattr(report, "FOLDER", tmp_path / "bench")
    return tmp_path / "bench"


def test_the_object_is_the_last_line_and_is_kept(folder, capsys):
    assert report.finish("trial", {"lost": 0, "ok": True}) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {"lost": 0, "ok": True}
    assert json.loads((folder / "trial.json").read_text()) == {"lost": 0, "ok": True}


def test_a_missed_goal_is_an_exit_code():
    assert report.finish("trial", {"lost": 1, "ok": False}) == 1
