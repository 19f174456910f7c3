"""The record: creating, reading, writing, and what it refuses."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text

from engine import clock
from engine.applications import Record, RecordFactory
from engine.errors import InvalidInput, NotFound
from processes.complaint import codes
from processes.complaint.paths import COLUMN, DEED, FACTS, LOG, PATHS
from processes.complaint.record import ALL_DEEDS, ALL_READINGS
from processes.complaint.register import REGISTER, ComplaintRegister
from processes.complaint.tables import Complaint
from tests.processes.complaint.filing import SUBMITTED, local


def test_it_is_what_the_engine_calls_a_record_factory(site):
    factory: RecordFactory = REGISTER
    record: Record = factory.blank({})
    assert factory.name == "complaint"
    assert record.changed == set()
    assert site.applications["complaint"].record is REGISTER


def test_a_complaint_is_created_from_the_form_with_its_clocks(file_complaint, record_of):
    file_complaint()
    assert record_of(lambda record: record.get("number")) == "TS-20260310-HQ-00001"
    assert record_of(lambda record: record.get("person.full_name")) == "张小三"
    assert record_of(lambda record: record.get("amount_claimed")) == Decimal(360)
    assert record_of(lambda record: record.get("clock.due_at")) == local("2026-03-25", "23:59:59")
    assert record_of(lambda record: record.get("contact_known"))
    assert record_of(lambda record: record.get("identity_known"))


def test_values_may_come_with_the_records_name_or_nested_and_others_are_left_to_the_process():
    values = {"complaint.channel": "CH.PHONE", "person": {"mobile": "13800008000"}, "wish": "call me"}
    record = ComplaintRegister().blank(values)
    assert record.get("channel") == "CH.PHONE"
    assert record.get("person.mobile") == "13800008000"


def test_a_handover_by_the_central_bank_starts_its_own_clock_on_the_day_of_the_handover():
    with clock.at(local("2026-03-13")):
        record = ComplaintRegister().blank(
            {"channel": "CH.REG.PBOC", "regulator.handover_at": local("2026-03-12"), "received_at": local("2026-03-13")}
        )
    assert record.get("clock.start") == ["INT-DEFAULT-ACK", "CN-NFRA-DEC-1", "CN-PBOC-DEC-1"]
    assert record.get("clock.due_at") == local("2026-03-27", "23:59:59")
    assert record.get("regulator_forwarded")


def test_a_start_may_name_its_clocks():
    record = ComplaintRegister().blank({"clock.start": ["US-CFPB-RESP"]})
    assert record.get("clock.start") == ["US-CFPB-RESP"]


def test_no_personal_value_stands_in_clear_in_the_database(file_complaint, record_of, site):
    file_complaint()
    record_of(lambda record: record.set("texts.conclusion", "张小三被多收年费"))
    record_of(lambda record: record.set("summary", "客户称被多收年费"))
    stored = ""
    with site.database.reading() as session:
        for table in ("complaint", "complaint_clock", "process_instance"):
            stored += str(session.execute(text(f"SELECT * FROM {table}")).all())
    for personal in ("张小三", "13800008000", "zhang@example.test", "信用卡", "多收年费", "0000 8000"):
        assert personal not in stored
        assert personal.encode().decode("latin-1") not in stored


def test_moments_come_back_from_the_database_and_changes_are_told_by_path(file_complaint, record_of):
    file_complaint()

    def change(record):
        record.set("material.reply_by", date(2026, 3, 20))
        record.set("clock.new_facts_at", local("2026-03-20"))
        record.set("demands", ["D.COMP"])
        return record.changed

    changed = record_of(change)
    assert {"material.reply_by", "clock.due_at", "clock.warnings", "clock.new_facts_at"} <= changed
    assert "demands" not in changed
    assert record_of(lambda record: record.get("clock.due_at")) == local("2026-04-04", "23:59:59")
    assert record_of(lambda record: record.get("demands")) == ["D.COMP"]


def test_a_value_that_changes_no_clock_touches_no_clock(file_complaint, record_of):
    file_complaint()

    def change(record):
        record.set("level", "COMPLEX")
        return record.changed

    assert record_of(change) == set()


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        ("channel", "CH.PIGEON", "not in the list channel"),
        ("demands", ["D.MONEY"], "not in the list demand"),
        ("amount_claimed", -1, "between 0 and"),
        ("amount_claimed", Decimal("1.005"), "two decimals"),
        ("amount_claimed", True, "a number is needed"),
        ("followup.score_result", 6, "between 1 and 5"),
        ("event_on", local("2026-03-01"), "a date is needed"),
        ("summary", "x" * 301, "300 are possible"),
        ("summary", "客户电话13800008000", "does not belong into the summary"),
        ("accused_staff", ["王五"], "no staff number"),
        ("number", "TS-1", "computed"),
        ("clock.due_at", None, "computed"),
        ("no.such", 1, "has no complaint.no.such"),
        ("decided", "yes", "yes or no"),
        ("person.representatives", [1, 2, 3, 4, 5, 6], "five representatives"),
        ("measures", [{"type": "M.GOLD"}], "not in the list measure"),
        ("measures", ["refund"], "each measure is a context"),
        ("measures", [{"id": "9", "result": "done"}], "no measure 9"),
    ],
)
def test_what_it_does_not_take_is_refused_with_a_reason(path, value, why):
    with pytest.raises(InvalidInput, match=why):
        ComplaintRegister().blank({}).set(path, value)


def test_the_consumers_own_words_are_frozen(file_complaint, record_of):
    file_complaint()
    record_of(lambda record: record.set("narrative", SUBMITTED["narrative"]))
    with pytest.raises(InvalidInput, match="kept as they came"):
        record_of(lambda record: record.set("narrative", "我很满意。"))


def test_none_clears_and_the_code_none_is_the_empty_list():
    record = ComplaintRegister().blank({"flags": ["legal"], "product": "card"})
    record.set("flags", ["none"])
    record.set("product", None)
    assert record.get("flags") == []
    assert record.get("product") is None


def test_measures_are_planned_carried_out_and_added_up():
    record = ComplaintRegister().blank({})
    plan = [
        {"type": "M.REFUND", "description": "退还年费", "group": "dept", "due_on": date(2026, 3, 30), "amount": 360},
        {"type": "M.APOLOGY", "group": "handler"},
    ]
    record.set("measures", plan)
    assert [measure["id"] for measure in record.get("measures")] == ["1", "2"]
    assert not record.get("measures_done")
    record.set("measures", [{"id": "1", "result": "done", "paid_amount": Decimal(360), "done_on": date(2026, 3, 20)}])
    assert record.get("measure_started")
    assert record.get("amount_paid") == 360
    record.set("measures", [{"id": "2", "result": "impossible"}])
    assert record.get("measures_done")
    with pytest.raises(InvalidInput, match="can no longer be withdrawn"):
        record.set("withdrawn_at", local("2026-03-21"))


def test_the_measures_of_a_new_draft_take_the_place_of_the_planned_ones(file_complaint, record_of):
    file_complaint()
    record_of(lambda record: record.set("measures", [{"type": "M.REFUND"}, {"type": "M.APOLOGY"}]))
    record_of(lambda record: record.set("measures", [{"type": "M.WAIVE", "description": "免年费"}]))
    assert record_of(lambda record: [measure["type"] for measure in record.get("measures")]) == ["M.WAIVE"]
    assert record_of(lambda record: record.measures.describe(record.complaint.measures[0])) == "免年费"


def test_deciding_takes_the_moment_and_cannot_be_taken_back(file_complaint, record_of):
    file_complaint()
    record_of(lambda record: record.set("decided", True), at=local("2026-03-18"))
    assert record_of(lambda record: record.get("decided_at")) == local("2026-03-18")
    with pytest.raises(InvalidInput, match="cannot be taken back"):
        record_of(lambda record: record.set("decided", False))


def test_the_diagram_sets_phase_status_and_the_end_of_a_case():
    record = ComplaintRegister().blank({})
    record.follow("entered", {"phase": "investigation", "consumer_status": "investigating"}, local("2026-03-11"))
    assert (record.get("phase"), record.get("status")) == ("investigation", "investigating")
    record.follow("left", {"phase": "solution"}, local("2026-03-11"))
    assert record.get("phase") == "investigation"
    record.follow("entered", {"outcome": "merged"}, local("2026-03-12"))
    assert record.get("close_reason") == "merged"
    assert record.get("closed_at") == local("2026-03-12")
    assert record.get("clock.due_at") is None


def test_material_asked_for_again_after_an_answer_is_awaited_again():
    record = ComplaintRegister().blank({})
    awaited = [record.get("material.awaited")]
    for path, day in [("asked_at", 12), ("answered_at", 13), ("asked_at", 16), ("answered_at", 17)]:
        record.set(f"material.{path}", local(f"2026-03-{day}"))
        awaited.append(record.get("material.awaited"))
    assert awaited == [False, True, False, True, False]


def test_a_withdrawn_case_is_closed_on_the_day_the_withdrawal_came():
    record = ComplaintRegister().blank({})
    record.set("withdrawn_at", local("2026-03-16"))
    record.follow("entered", {"outcome": "withdrawn"}, local("2026-03-17"))
    assert record.get("closed_at") == local("2026-03-16")


def test_a_case_that_does_not_exist_is_not_found(transaction):
    with transaction() as session, pytest.raises(NotFound):
        REGISTER.open(session, "nobody")


def test_every_path_has_its_place():
    columns = set(Complaint.__table__.columns.keys())
    for path, field in PATHS.items():
        assert field.place in {COLUMN, FACTS, DEED, LOG} or field.place in columns, path
        if field.place == COLUMN:
            assert path.replace(".", "_") in columns, path
        for name in field.codes:
            assert name in codes.lists(), path
    deeds = {path for path, field in PATHS.items() if field.place == DEED} - {"measures"}
    assert set(ALL_READINGS) == deeds - {"delivery.awaiting", "archive_missing"}
    assert set(ALL_DEEDS) == {path for path in deeds if PATHS[path].writable} - {"delivery.delivered_at"}


def test_no_path_is_the_beginning_of_another():
    assert not [one for one in PATHS for other in PATHS if other.startswith(one + ".")]


def test_every_path_of_a_blank_record_can_be_read():
    record = ComplaintRegister().blank({})
    for path, field in PATHS.items():
        value = record.get(path)
        if field.type == "list":
            assert isinstance(value, list), path
        if field.type == "boolean" and field.place == COLUMN:
            assert value is False, path


def test_personal_paths_cannot_be_read_by_feel():
    paths = REGISTER.paths()
    assert not paths["person.mobile"].readable
    assert paths["person.mobile"].personal
    assert paths["clock.due_at"].type == "date and time"
    assert paths["clock.due_at"].readable
