"""What running cases need of the tables."""

from datetime import UTC, datetime

import pytest

from engine import reference
from processes.complaint.matters.tables import ComplaintMatter
from tests.processes.complaint.reference_tables.rows import TABLES, changed
from tests.rows import add_instance


@pytest.fixture
def objected(site):
    """What the database says against the rows in force being `after`: English texts."""

    def ask(name, after):
        with site.database.reading() as session:
            found = TABLES[name].objections(session, reference.rows(name), after)
            return [flaw.en for flaw in found]

    return ask


def test_a_code_that_a_running_case_has_is_ended_and_not_taken_away(objected, file_complaint):
    file_complaint()
    without = [row for row in reference.rows("code_lists") if row["code"] not in {"D.REFUND", "D.CANCEL"}]
    ended = changed("code_lists", "demand", effective_to="2026-12-31")

    assert objected("code_lists", without) == [
        "The code demand D.REFUND is used by a complaint under way and cannot go; give it a last day."
    ]
    assert objected("code_lists", ended) == []


def test_codes_among_the_plain_facts_of_a_case_count_too(objected, file_complaint, record_of):
    file_complaint()
    record_of(lambda record: record.set("withdrawal_reason", "solved"))
    without = [row for row in reference.rows("form_lists") if row["dimension"] != "withdrawal_reason"]

    [text] = objected("form_lists", without)
    assert text.startswith("The code withdrawal_reason solved is used")


def test_the_row_by_which_a_clock_runs_stays(objected, file_complaint):
    file_complaint()
    without = [row for row in reference.rows("deadlines") if row["id"] != "INT-DEFAULT-ACK"]
    late = changed("deadlines", "INT-DEFAULT-ACK", effective_from="2026-03-11")

    for rows in (without, late):
        assert objected("deadlines", rows) == [
            "Clocks run by INT-DEFAULT-ACK since 2026-03-10; keep the row that was in force on that day."
        ]
    assert objected("deadlines", changed("deadlines", "INT-DEFAULT-ACK", effective_from="2026-03-10")) == []


def test_points_that_the_decision_table_asks_for_stay(objected):
    without = [row for row in reference.rows("duplicate_scores") if row["code"] != "same_text"]

    assert objected("duplicate_scores", without) == [
        "The table duplicates asks for same_text; give it 0 points instead of removing it."
    ]


def test_a_partner_whose_answer_is_awaited_stays(objected, transaction, site):
    now = datetime(2026, 3, 2, tzinfo=UTC)
    with transaction() as session:
        subject_id = site.vault.create_subject(session, now)
        add_instance(session, "asked", application="complaint", number="XC-1", subject_id=subject_id, at=now)
        row = {"kind": "partner_enquiry", "number": "XC-1", "unit": "P.PAY", "started_by": "system", "opened_at": now}
        session.add(ComplaintMatter(instance_id="asked", subject_id=subject_id, **row))

    assert objected("partners", []) == [
        "An answer of the partner P.PAY is awaited; do not remove it, give it a last day."
    ]
    assert objected("partners", changed("partners", "P.PAY", effective_to="2026-12-31")) == []
