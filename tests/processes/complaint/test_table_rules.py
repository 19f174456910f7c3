"""What a process owner cannot take out of a decision table."""

import re

import pytest

from engine.bpmn.checks import Known, check
from engine.problems import errors_in
from processes.complaint import application
from processes.complaint.table_rules import DEFAULTS, NO_DEFAULT_ROW, UNLAWFUL_DECLINE, keep_tables_sound

FILES = application.model_files()


def changed(name, pattern, replacement):
    """The shipped files with the first match of `pattern` in one of them replaced."""
    text, found = re.subn(pattern, replacement, FILES[name].decode(), count=1, flags=re.DOTALL)
    assert found == 1
    return {name: text.encode()}


def test_the_shipped_tables_are_sound():
    assert keep_tables_sound(FILES) == []


@pytest.mark.parametrize("name", sorted(DEFAULTS))
def test_the_default_row_cannot_be_deleted(name):
    rules = re.findall(r"\n      <rule .*?</rule>", FILES[f"{name}.dmn"].decode(), re.DOTALL)

    problems = keep_tables_sound(changed(f"{name}.dmn", re.escape(rules[-1]), ""))

    assert [(problem.code, problem.element_id) for problem in problems] == [(NO_DEFAULT_ROW, name)]


def test_the_default_takes_complaints_up():
    files = changed("admissibility.dmn", r'(<outputEntry id="accept_outcome">\s*<text>)"accept"', r'\1"refer"')

    (problem,) = keep_tables_sound(files)

    assert "(outcome = accept)" in problem.what()
    assert "默认行" in problem.remedy("zh")


def test_a_row_cannot_decline_for_a_reason_of_its_own():
    files = changed("admissibility.dmn", "DEC-NOT-ENTITLED", "DEC-TOO-LATE")

    (problem,) = keep_tables_sound(files)

    assert (problem.code, problem.element_id) == (UNLAWFUL_DECLINE, "not_entitled")
    assert "DEC-TOO-LATE" in problem.what("zh")


def test_the_check_before_a_deployment_tells_it():
    files = changed("admissibility.dmn", "DEC-NOT-ENTITLED", "DEC-TOO-LATE")
    known = Known(rules=tuple(application.model_rules), is_open=True)

    assert UNLAWFUL_DECLINE in {problem.code for problem in errors_in(check(files, known))}


def test_what_is_no_table_is_left_to_the_other_checks():
    assert keep_tables_sound({"broken.dmn": b"<definitions", "other.bpmn": b""}) == []
