"""The record of a companion case: its complaint, its dates, what it takes and what it keeps sealed."""

from datetime import date

import pytest

from engine import clock
from engine.errors import InvalidInput
from processes.complaint.matters import RECORDS
from processes.complaint.matters.tables import ComplaintMatter
from tests.processes.complaint.filing import end_of, local


def blank(kind, at="2026-04-20", **values):
    with clock.at(local(at)):
        return RECORDS[kind].blank({path.replace("__", "."): value for path, value in values.items()})


@pytest.mark.parametrize(("asked_on", "in_time"), [("2026-04-20", True), ("2026-04-24", True), ("2026-04-25", False)])
def test_a_review_is_asked_for_within_thirty_days_of_receipt(asked_on, in_time):
    record = blank("review", asked_on, review__decision_received_on=date(2026, 3, 25))

    assert record.get("review.apply_by") == date(2026, 4, 24)
    assert record.get("review.in_time") is in_time


def test_a_review_is_answered_within_thirty_days_and_warns_before():
    record = blank("review")

    assert record.get("due_at") == end_of("2026-05-20")
    assert [each.date().isoformat() for each in record.get("review.warnings")] == [
        "2026-05-05",
        "2026-05-13",
        "2026-05-18",
    ]


@pytest.mark.parametrize(
    ("risk", "due"), [("other", local("2026-03-13", "12:00")), ("person_property", local("2026-03-10", "12:00"))]
)
def test_a_leak_is_reported_at_once_or_within_seventy_two_hours(risk, due):
    record = blank("privacy_incident", "2026-03-10")

    record.set("leak.risk", risk)
    record.set("leak.confirmed_at", local("2026-03-10", "12:00"))

    assert record.get("leak.report_due_at") == record.get("due_at") == due
    assert {"due_at", "leak.report_due_at"} <= record.changed


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        ("review.apply_by", date(2026, 1, 1), "computed"),
        ("complaint.level", "MAJOR", "computed"),
        ("review.outcome", "perhaps", "not in the list"),
        ("leak.risk", "other", "has no matter.leak.risk"),
        ("review.wish", "x" * 2_001, "2001 characters"),
    ],
)
def test_what_a_path_does_not_take_is_refused_with_its_name(path, value, why):
    with pytest.raises(InvalidInput, match=f"matter.{path}|{why}") as caught:
        blank("review").set(path, value)

    assert why in caught.value.message


def test_the_steps_of_a_rectification_tell_a_diagram_no_texts():
    record = blank("rectification")
    record.set("rectification.measures", [{"what": "改流程", "owner": "dept_it", "due_on": date(2026, 5, 1)}])

    assert record.get("rectification.steps") == [{"number": 1, "owner": "dept_it", "due_on": date(2026, 5, 1)}]
    assert RECORDS["rectification"].paths()["rectification.measures"].readable is False


def test_a_case_begun_by_a_message_is_about_the_complaint_it_was_for_and_numbered_by_its_kind(bank, desk):
    filed = bank.file()
    desk.send("rectification", filed.number, **{"matter.rectification.problem": "收费前没有提示。"})

    [case] = desk.cases("rectification")

    assert desk.read(case, "complaint.number", "number", "complaint.owner_unit") == [
        filed.number, "ZG-20260302-00001", "handler",
    ]  # fmt: skip
    with bank.database.reading() as session:
        row = session.get(ComplaintMatter, case)
        assert (row.complaint_id, row.started_by) == (filed.case_id, "system")
        assert "收费".encode() not in row.sealed_texts


def test_a_number_that_is_no_complaint_is_refused(bank, desk):
    desk.send("rectification")
    with bank.reading() as session:
        record = RECORDS["rectification"].open(session, desk.cases("rectification")[0])
        with pytest.raises(InvalidInput, match="no complaint TS-1"):
            record.set("complaint.number", "ts-1")
