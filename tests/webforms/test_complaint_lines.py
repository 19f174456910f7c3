"""Lines of a complaint's history in words: no code and no name of a field where there is a word for it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask_babel import force_locale

from engine.queries import Happening
from processes.complaint import noting
from tests.office.installation import NOW
from webforms import complaint_lines

DUE = datetime(2026, 3, 17, 15, 59, tzinfo=UTC)
LATER = datetime(2026, 3, 20, 15, 59, tzinfo=UTC)
CLOCK = {"clock": 1, "deadline": "CN-NFRA-DEC-1", "regime": "CN-NFRA-2020-3", "purpose": "decision"}


@pytest.fixture(params=["en", "zh"])
def told(app, request):
    """(kind, detail) → the line in a language."""
    with app.test_request_context(), force_locale(request.param):
        yield lambda kind, **detail: complaint_lines.told(
            Happening(1, NOW, kind, "Ann", "ann", "", "", detail, is_fine=False), request.param
        )


def test_every_watched_path_has_a_name():
    assert set(complaint_lines.FIELDS) >= noting.WATCHED


def test_changes_are_told_in_words_before_and_after(told):
    line = told(noting.CHANGED, changes={"level": ["NORMAL", "MAJOR"], "amount_claimed": [None, Decimal("1234.5")]})

    assert line.kind == "change"
    assert line.changes[0].name in {"Level", "级别"}
    assert {"NORMAL", "MAJOR", ""}.isdisjoint({line.changes[0].before, line.changes[0].after})
    assert (line.changes[1].before, line.changes[1].after) == ("", "1,234.50")


@pytest.mark.parametrize("kind", [noting.STARTED, noting.RESTARTED, noting.MOVED, noting.RESUMED, noting.EXTENDED])
def test_a_clock_that_moves_tells_its_name_and_the_day(told, kind):
    line = told(kind, **CLOCK, **{"from": DUE, "to": LATER, "since": DUE, "why": []})

    assert line.kind == "clock"
    assert "3" in line.title
    assert "CN-NFRA" not in line.title + "".join(line.notes)
    assert "{" not in line.title


def test_a_clock_that_stands_still_says_why(told):
    line = told(noting.PAUSED, **CLOCK, **{"from": DUE, "to": None, "why": ["MEDIATION"]})

    assert "MEDIATION" not in line.title
    assert any(word in line.title for word in ("Mediation", "调解"))


@pytest.mark.parametrize("kind", ["extension_asked", "extension_approved", "extension_granted", "extension_refused"])
def test_an_extension_tells_reason_and_dates(told, kind):
    line = told(kind, number=1, reason="", approver="t1", **{"from": DUE, "to": None, "to_on": date(2026, 3, 30)})

    assert line.changes[0].before
    assert line.changes[0].after
    assert "t1" not in line.notes


def test_a_measure_tells_what_was_planned_and_done(told):
    detail = {"measure": 1, "type": "M.REFUND", "group": "dept", "due_on": date(2026, 3, 20), "amount": Decimal(100)}
    planned = told(noting.PLANNED_LINE, **detail, result="planned", done_on=None, paid=None)
    reported = told(noting.REPORTED, **detail, result="done", done_on=date(2026, 3, 20), paid=Decimal(100))

    assert "M.REFUND" not in planned.title + reported.title
    assert any("100.00" in note for note in planned.notes)
    assert len(reported.notes) > len(planned.notes)


def test_what_every_case_knows_is_left_to_others(told):
    assert told("task_claimed", task="1") is None
