"""Lines of the audit stream in words."""

import ast
from pathlib import Path

import pytest

from engine.queries.audit import AuditRow
from tests.office.installation import NOW
from webforms.auditing import TITLES, facts, title

ROOT = Path(__file__).parents[2]

#: What calls that write a line are named.
WRITING = {"Line", "_line", "audit", "_audit"}


def row(kind, **detail):
    return AuditRow(NOW, "ann", "Ann", kind, "web", detail)


@pytest.fixture(autouse=True)
def reader(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


def kinds_in(text):
    """The kinds of lines that a module writes into the audit stream: what its calls name, one of two included."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in WRITING:
            named = [
                each for arg in node.args for each in ([arg.body, arg.orelse] if isinstance(arg, ast.IfExp) else [arg])
            ]
            yield from (each.value for each in named if isinstance(each, ast.Constant) and each.value)


def test_every_kind_of_line_that_the_engine_writes_has_words():
    paths = [*(ROOT / "engine/commands").glob("*.py"), *(ROOT / "processes").rglob("*.py")]
    written = {kind for path in paths if "audit(" in (text := path.read_text("utf-8")) for kind in kinds_in(text)}
    of_cases = {"person_erased"}

    assert len(written) > 8
    assert written - of_cases == set(TITLES)


def test_a_line_of_an_application_is_shown_by_its_kind():
    assert title(row("stamped")) == "stamped"
    assert title(row("logged_out")) == "logged out"


def test_details_are_told_in_words_and_what_is_not_known_is_left_out():
    told = dict(facts(row("personal_shown", purpose="other", fields=["person.email", "x"], instance="1", secret="s")))

    assert told == {"Purpose": "Another reason", "Fields": "E-mail, x"}
    assert dict(facts(row("locked_out", what="address"))) == {"Locked": "the address"}
    assert dict(facts(row("person_added", groups=[]))) == {"Groups": "none"}
