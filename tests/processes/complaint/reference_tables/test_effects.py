"""What a change of a table means for a case."""

from decimal import Decimal

import pytest

from engine import reference
from processes.complaint.tables import Complaint
from tests.processes.complaint.reference_tables.rows import APPLICATION, TABLES, changed


@pytest.fixture
def meaning(transaction, file_complaint):
    """Label → text of what a table says for a case, which is filed with these columns set."""

    def ask(name, language="en", **columns):
        with transaction() as session:
            complaint = session.get(Complaint, "case-1")
            for column, value in columns.items():
                setattr(complaint, column, value)
            session.flush()
            return TABLES[name].effects(session, "case-1", APPLICATION.functions, language)

    file_complaint()
    return ask


def test_the_deadlines_of_a_case_tell_due_dates_and_who_may_extend(meaning):
    told = meaning("deadlines")

    assert told["2. CN-NFRA-DEC-1"] == "25 March 2026 23:59"
    assert told["Extension CN-NFRA-DEC-1 → CN-NFRA-DEC-2"].startswith("9 April 2026 23:59 (Team lead")
    rows = tuple(changed("deadlines", "CN-NFRA-DEC-1", limit="10"))
    with reference.instead("deadlines", rows):
        assert meaning("deadlines", "zh")["2. CN-NFRA-DEC-1"] == "2026年3月20日 23:59"


def test_a_deadline_without_a_row_has_no_due_date(meaning):
    rows = tuple(changed("deadlines", "INT-DEFAULT-ACK", effective_from="2027-01-01"))

    with reference.instead("deadlines", rows):
        assert meaning("deadlines")["1. INT-DEFAULT-ACK"] == "–"


def test_the_limits_of_a_case_tell_the_amount_and_who_must_approve(bank):
    filed = bank.file()
    bank.change(filed.case_id, amount_proposed=Decimal(600), nature="goodwill", level="NORMAL", currency="CNY")

    with bank.reading() as session:
        told = TABLES["authority_limits"].effects(session, filed.case_id, APPLICATION.functions, "en")

    assert (told["Amount proposed"], told["Team lead"]) == ("600", "500")
    assert (told["Senior executive at head office"], told["Must approve"]) == ("∞", "Team lead, Outlet head")


def test_the_notices_of_a_case_hide_what_is_personal(meaning):
    told = meaning("notices")

    assert told["N01 (zh)"].count("▒▒▒") == 2  # the excerpt and the access code
    assert "张*三" in told["N01 (zh)"]
    assert not any("张小三" in text or "年费" in text for text in told.values())
