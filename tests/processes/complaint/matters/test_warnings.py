"""Early warnings: what is counted, and that one rule about one thing is one open warning (S22)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine import clock
from engine.applications import Work
from processes.complaint.links.related import REPEAT
from processes.complaint.links.tables import ComplaintLink
from processes.complaint.matters.figures import figures
from processes.complaint.matters.tables import ComplaintWarning
from processes.complaint.matters.warnings import raise_warnings
from processes.complaint.tables import Complaint
from tests.bank import NOW

CARD = {"cat_b": "B.CARD.CREDIT.USE", "cat_c": "C.PRICE"}
KEY = "B.CARD.CREDIT.USE|C.PRICE"
RULE = {"rule": "W01", "severity": "orange", "to": "cp_manager"}


@pytest.fixture
def six(bank):
    """Six complaints of one product and reason, and somebody to handle them."""
    bank.person("chen", "handler")
    filed = [bank.file() for _ in range(6)]
    for each in filed:
        bank.change(each.case_id, **CARD)
    return [each.number for each in filed]


def counted(bank, measure, at=NOW, number=None):
    with clock.at(at), bank.database.reading() as session:
        return {each.key: each for each in figures(session, at, number) if each.measure == measure}


def cases(desk, rule="W01"):
    """The cases of the warnings of one rule."""
    return [case for case in desk.cases("early_warning") if desk.read(case, "warning.rule") == [rule]]


def repeat(bank, case_id, earlier):
    """Link a complaint with those of these numbers, as somebody who saw that it repeats them."""
    with bank.database.transaction() as session:
        for row in session.scalars(select(Complaint).where(Complaint.number.in_(earlier))):
            link = ComplaintLink(from_id=case_id, to_id=row.instance_id, kind=REPEAT, by="chen", at=NOW)
            session.add(link)


def warnings(bank, rule="W01"):
    """(is it open, how often was it hit) of the warnings of one rule."""
    with bank.database.reading() as session:
        rows = session.query(ComplaintWarning).filter_by(rule=rule)
        return [(row.is_open, row.hits) for row in rows]


def test_six_cases_in_a_day_are_one_warning_with_all_of_them(bank, desk, six):
    desk.wait(hours=17)  # over two in the morning
    desk.wait(minutes=1)

    told = [desk.read(case, *(f"warning.{name}" for name in ("rule", "key", "to", "evidence"))) for case in cases(desk)]
    assert told == [["W01", KEY, "cp_manager", six]]
    assert len(cases(desk, "W02")) == 1  # six in a week where none were usual


def test_a_later_hit_adds_evidence_and_never_a_second_warning(bank, desk, six):
    desk.wait(hours=17)
    desk.wait(minutes=1)
    with clock.at(desk.now):
        seventh = bank.file()
        bank.change(seventh.case_id, **CARD)
    desk.send("complaint_registered", seventh.number, complaint_number=seventh.number)
    desk.wait(minutes=1)

    [case] = cases(desk)
    evidence, hits = desk.read(case, "warning.evidence", "warning.hits")
    assert (evidence, hits) == ([*six, seventh.number], 2)


def test_a_warning_that_was_disposed_of_opens_again_with_the_next_hit(bank, desk, six):
    desk.wait(hours=17)
    desk.wait(minutes=1)
    [case] = cases(desk)
    manager = bank.person("shi", "cp_manager")
    desk.complete(
        case,
        manager,
        matter__warning__judgement="false_alarm",
        matter__warning__reason="与年费调整公告有关，属正常波动。",
    )
    assert warnings(bank) == [(False, 1)]
    assert desk.read(case, "outcome", "complaints") == ["false_alarm", six]

    hit = {"figure": {"key": KEY, "evidence": six[:1]}, "rules": [RULE]}
    with clock.at(desk.now):
        raised = [
            raise_warnings(bank.site, Work(f"j{n}", "t", "", "", "e", {"hits": [hit]}, {}, 1, desk.now)) for n in "12"
        ]

    assert raised == [{"raised": 1}, {"raised": 0}]
    assert warnings(bank) == [(True, 2)]


def test_counts_are_of_their_window_and_compared_with_the_weeks_before(bank, six):
    later = NOW + timedelta(days=2)

    assert counted(bank, "product_reason_day")[KEY].count == 6
    assert counted(bank, "product_reason_day", later) == {}
    week = counted(bank, "product_reason_week", NOW + timedelta(days=8))
    assert week == {}
    assert counted(bank, "product_reason_week", later)[KEY].mean == 0


def test_a_quick_look_counts_only_what_the_new_complaint_adds_to(bank, six):
    other = bank.file()
    bank.change(other.case_id, cat_b="B.LOAN", cat_c="C.ATT", level="MAJOR")

    assert list(counted(bank, "product_reason_day", number=other.number)) == ["B.LOAN|C.ATT"]
    assert list(counted(bank, "grave_case", number=six[0])) == []
    assert counted(bank, "grave_case")[other.number].evidence == [other.number]


def test_staff_people_and_events_are_counted_by_what_names_them(bank, six):
    first, second = (bank.file() for _ in range(2))
    named = {"accused_staff": ["wang"], "accused_unit": "OUTLET", "id_index": "same", "tags": ["app"]}
    for each in (first, second):
        bank.change(each.case_id, finding="upheld", event_cause="accident", joint_persons=6, **named)
    repeat(bank, second.case_id, six[:3])

    assert counted(bank, "staff_upheld_month")["wang"].count == 2
    assert counted(bank, "event_day")["accident|OUTLET"].largest == 6
    assert [(each.count, each.largest) for each in counted(bank, "person_open").values()] == [(2, 3)]
    assert counted(bank, "term_day")["app"].count == 2
    assert counted(bank, "capacity_week")["capacity"].count == 10


def test_complaints_that_are_still_to_come_count_nowhere(bank, six):
    with bank.database.reading() as session:
        first = session.scalars(select(Complaint.instance_id)).first()
    bank.change(first, finding="upheld", accused_staff=["wang"], level="MAJOR", tags=["app"], event_cause="accident")
    before = NOW - timedelta(days=1)

    with clock.at(before), bank.database.reading() as session:
        found = {each.measure: each.count for each in figures(session, before)}

    assert found == {"capacity_week": 0}
