"""The catalogue of problems: complete, in both languages, and written down in docs/problems.md."""

from pathlib import Path
from string import Formatter

import pytest

from engine.bpmn.checks import CODES
from engine.bpmn.checks.reference import reference
from engine.problems import CATALOGUE, Problem, Severity, describe, errors_in

DOCUMENT = Path(__file__).parents[2] / "docs" / "problems.md"
REWRITE = "write it anew with: python -m engine.bpmn.checks > docs/problems.md"


@pytest.fixture
def described(monkeypatch):
    """A problem of a catalogue of its own."""
    monkeypatch.setattr("engine.problems.CATALOGUE", {})
    return describe("test.one", "{name} fails.", "Mend {name}.", "{name_zh}失败。", "修复{name}。")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_a_code_cannot_be_described_twice(described):
    with pytest.raises(ValueError, match=r"test\.one"):
        describe(described, "", "", "", "")


def test_a_problem_is_told_in_the_language_asked_for(described):
    problem = Problem(described, "a.bpmn", "x", params={"name": "It", "name_zh": "它"})

    assert (problem.what(), problem.remedy("en")) == ("It fails.", "Mend It.")
    assert (problem.what("zh"), problem.remedy("zh_CN")) == ("它失败。", "修复It。")


def test_a_problem_can_be_sent_as_plain_values(described):
    problem = Problem(described, "a.bpmn", "x", "X", params={"name": "It", "name_zh": "它"})

    assert problem.as_dict("zh") == {
        "code": "test.one",
        "file": "a.bpmn",
        "element_id": "x",
        "element_name": "X",
        "severity": "error",
        "params": {"name": "It", "name_zh": "它"},
        "what": "它失败。",
        "remedy": "修复It。",
    }


def test_only_errors_refuse_a_deployment():
    problems = [Problem("c", severity=severity) for severity in Severity]

    assert errors_in(problems) == [problems[0]]
    assert problems[0].severity is Severity.ERROR


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_told_in_both_languages(code):
    texts = CATALOGUE[code]

    for chinese in (texts.what_zh, texts.remedy_zh):
        assert any("\u4e00" <= character <= "\u9fff" for character in chinese)
    for english in (texts.what, texts.remedy):
        assert english.strip()
        assert not any("\u4e00" <= character <= "\u9fff" for character in english)


@pytest.mark.parametrize("code", CODES)
def test_the_chinese_text_needs_no_parameter_that_the_english_has_not(code):
    texts = CATALOGUE[code]

    english = fields(texts.what) | fields(texts.remedy)
    chinese = {name.removesuffix("_zh") for name in fields(texts.what_zh) | fields(texts.remedy_zh)}
    assert chinese <= english


def test_the_document_tells_every_code_as_the_program_does():
    assert DOCUMENT.read_text("utf-8") == reference(), REWRITE
