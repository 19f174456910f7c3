"""The tables of the law."""

from datetime import date

import pytest

from engine import reference
from engine.errors import InvalidInput
from processes.complaint.deadlines import law

TODAY = date(2026, 3, 10)


def test_a_deadline_is_found_only_while_it_is_in_force():
    assert law().find("CN-NFRA-DEC-1", TODAY).period.limit == 15
    with pytest.raises(InvalidInput, match="in force on 2020-02-29"):
        law().find("CN-NFRA-DEC-1", date(2020, 2, 29))


def test_every_extension_leads_to_a_longer_deadline_that_lengthens_its_own():
    for row in reference.rows("extensions"):
        shorter, longer = law().find(row["from_id"], TODAY), law().find(row["to_id"], TODAY)
        assert longer.extension_of == shorter.id
        assert longer.period.limit > shorter.period.limit
        assert longer.regime == shorter.regime


def test_the_row_for_the_level_goes_before_the_row_for_any():
    assert "t1" in law().extension("CN-NFRA-DEC-1", "NORMAL").approvers
    assert "t1" not in law().extension("CN-NFRA-DEC-1", "MAJOR").approvers
    assert law().extension("CN-NFRA-DEC-3", "NORMAL") is None


def test_a_row_that_cannot_be_read_is_named_by_table_and_row():
    first, *others = reference.rows("deadlines")
    wrong = ({**first, "unit": "XX"}, *others)

    with reference.instead("deadlines", wrong), pytest.raises(InvalidInput) as refusal:
        law()
    assert "row 2 of the table deadlines cannot be read: “XX” is no unit" in refusal.value.message


def test_the_law_follows_the_table():
    rows = tuple({**row, "limit": "10"} if row["id"] == "CN-NFRA-DEC-1" else row for row in reference.rows("deadlines"))

    with reference.instead("deadlines", rows):
        assert law().find("CN-NFRA-DEC-1", TODAY).period.limit == 10
    assert law().find("CN-NFRA-DEC-1", TODAY).period.limit == 15
