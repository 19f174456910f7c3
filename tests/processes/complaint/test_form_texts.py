"""What the forms say: English to English readers, Chinese to Chinese ones, words instead of codes."""

import json
import re

import pytest

from engine import clock
from engine.forms.view import TableNode
from processes.complaint import application, codes
from tests.processes.complaint.filing import local
from tests.processes.complaint.filling import FOLDER, NAMES, form, reading

CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: A text that FEEL gives to Chinese readers only.
FOR_CHINESE = re.compile(r'zh: "[^"]*"')


def texts(node):
    """(entry, text) of everything that stands in a form."""
    if isinstance(node, dict):
        for entry, below in node.items():
            if isinstance(below, str):
                yield entry, below
            else:
                yield from texts(below)
    elif isinstance(node, list):
        for below in node:
            yield from texts(below)


@pytest.mark.parametrize("name", NAMES)
def test_english_readers_meet_no_chinese_words(name):
    found = texts(json.loads((FOLDER / f"{name}.form").read_text("utf-8")))

    mixed = [
        text
        for entry, text in found
        if (entry.endswith(":en") or text.startswith("=")) and CHINESE.search(FOR_CHINESE.sub("", text))
    ]
    assert mixed == []


def test_every_code_has_words_in_both_languages():
    mixed = [
        (name, code.code, code.en)
        for name, known in codes.lists().items()
        for code in known.values()
        if CHINESE.search(code.en) or not code.zh or not code.en
    ]
    assert mixed == []


@pytest.mark.parametrize(("language", "department"), [("zh", "信息科技部门"), ("en", "IT department")])
@pytest.mark.parametrize("kind", ["enquiry_answers", "staff_statements", "measures_suggested"])
def test_what_departments_wrote_is_shown_by_kind_and_in_words(language, department, kind):
    answers = [{"department": "dept_it", "kind": kind, "text": "…"}]
    context = reading({})
    context["complaint"]["enquiries"] = answers
    with clock.at(local("2026-03-11")):
        view = form("findings").view(context, {}, language, application.functions)

    (table,) = [node for node in view.nodes if isinstance(node, TableNode)]
    assert table.rows == ((department, "…"),)


@pytest.mark.parametrize(("language", "paper"), [("zh", "身份核验"), ("en", "identity check")])
def test_missing_papers_are_named_in_the_readers_language_only(language, paper):
    with clock.at(local("2026-03-11")):
        view = form("archive").view(reading({}), {}, language, application.functions)

    table = next(node for node in view.nodes if isinstance(node, TableNode))
    cells = " ".join(cell for row in table.rows for cell in row)
    assert len(table.headings) == 1
    assert bool(CHINESE.search(cells)) is (language == "zh")
    assert paper in cells.lower()
