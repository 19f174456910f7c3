"""What a process folder brings."""

import pytest

from engine.applications import Application, Applications
from engine.errors import NotFound


def test_the_models_of_a_folder_are_its_diagrams_decisions_and_forms(tmp_path):
    (tmp_path / "forms").mkdir()
    for name in ("b.bpmn", "a.dmn", "forms/c.form", "notes.md", "forms/d.txt"):
        (tmp_path / name).write_text(name)

    files = Application("x", "某", "X", tmp_path).model_files()

    assert files == {"a.dmn": b"a.dmn", "b.bpmn": b"b.bpmn", "forms/c.form": b"forms/c.form"}


def test_applications_are_found_by_key_and_a_missing_one_is_said(tmp_path):
    one = Application("x", "某", "X", tmp_path)
    applications = Applications([one])

    assert (applications["x"], list(applications), len(applications)) == (one, ["x"], 1)
    with pytest.raises(NotFound, match="no application “y”"):
        applications["y"]
