"""What history is told of a complaint: values before and after, moves of clocks, measures."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from engine import clock, values
from processes.complaint import noting
from processes.complaint.register import REGISTER
from tests.processes.complaint.filing import local

RECEIVED = local("2026-03-10", "09:00")
FILED = {"tenant.jurisdiction": "CN", "tenant.sector": "bank", "clock.start": ["CN-NFRA-DEC-1"]}


@pytest.fixture
def record():
    with clock.at(RECEIVED):
        return REGISTER.blank(FILED)


def taken(record):
    """The lines, as the engine stores and empties them."""
    lines = [(kind, values.loads(values.dumps(detail))) for kind, detail in record.told]
    record.told.clear()
    return lines


def do(record, at, **paths):
    with clock.at(at):
        for path, value in paths.items():
            record.set(path.replace("__", "."), value)
    return taken(record)


def test_what_a_complaint_is_filed_with_is_no_change_but_its_clocks_start(record):
    kinds = [kind for kind, _ in taken(record)]

    assert noting.CHANGED not in kinds
    assert noting.STARTED in kinds


def test_changes_of_one_transaction_are_one_line_with_first_and_last_value(record):
    taken(record)
    lines = do(record, RECEIVED, level="NORMAL", priority=Decimal(3), summary="年费未告知即收取")
    assert lines == [(noting.CHANGED, {"changes": {"level": [None, "NORMAL"], "priority": [None, 3]}})]

    record.set("level", "COMPLEX")
    record.set("level", "MAJOR")
    assert taken(record) == [(noting.CHANGED, {"changes": {"level": ["NORMAL", "MAJOR"]}})]


def test_what_goes_back_to_what_it_was_is_no_change(record):
    taken(record)
    record.set("level", "COMPLEX")
    record.set("level", None)

    assert taken(record) == []


def test_nothing_personal_is_told(record):
    taken(record)

    assert do(record, RECEIVED, person__full_name="王小明", person__mobile="13800138000") == []
    assert not {path for path in noting.WATCHED if REGISTER.paths()[path].personal}


def test_a_clock_that_stands_still_and_goes_on_tells_why_and_from_when_to_when(record):
    due = record.clocks.due_at()
    taken(record)
    days = {"pause__appraisal__from_on": date(2026, 3, 12), "pause__appraisal__told_on": date(2026, 3, 12)}
    stopped = do(record, RECEIVED, **days)
    paused = dict(stopped)[noting.PAUSED]
    assert (paused["deadline"], paused["from"], paused["to"], paused["why"]) == (
        "CN-NFRA-DEC-1",
        due,
        None,
        ["EXTERNAL_APPRAISAL"],
    )

    resumed = dict(do(record, RECEIVED, pause__appraisal__to_on=date(2026, 3, 17)))[noting.RESUMED]
    assert resumed["to"] > due
    assert resumed["why"] == ["EXTERNAL_APPRAISAL"]


def test_new_facts_begin_the_period_anew(record):
    taken(record)
    at = RECEIVED + timedelta(days=3)
    restarted = dict(do(record, at, clock__new_facts_at=at))[noting.RESTARTED]

    assert restarted["since"] == at
    assert restarted["to"] > restarted["from"]


def test_a_decision_meets_its_clocks(record):
    taken(record)
    met = dict(do(record, RECEIVED + timedelta(days=2), decided=True))[noting.MET]

    assert met["deadline"] == "CN-NFRA-DEC-1"


def test_a_measure_is_planned_and_reported_on(record):
    taken(record)
    record.set("measures", [{"type": "M.REFUND", "group": "dept", "amount": Decimal(100), "description": "退年费"}])
    ((kind, planned),) = taken(record)
    assert (kind, planned["amount"]) == (noting.PLANNED_LINE, 100)
    assert "description" not in planned

    record.set("measures", [{"id": "1", "result": "done", "paid_amount": Decimal(100), "done_on": date(2026, 3, 20)}])
    reported = dict(taken(record))[noting.REPORTED]
    assert (reported["result"], reported["paid"]) == ("done", 100)
