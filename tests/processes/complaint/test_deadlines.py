"""The tables of the law."""

from datetime import date

import pytest

from engine.errors import InvalidInput
from processes.complaint.deadlines import DATA, law
from processes.complaint.sheets import read

TODAY = date(2026, 3, 10)


def test_a_deadline_is_found_only_while_it_is_in_force():
    assert law().find("CN-NFRA-DEC-1", TODAY).period.limit == 15
    with pytest.raises(InvalidInput, match="in force on 2020-02-29"):
        law().find("CN-NFRA-DEC-1", date(2020, 2, 29))


def test_every_extension_leads_to_a_longer_deadline_that_lengthens_its_own():
    for row in read(DATA / "extensions.csv", lambda cells: cells):
        shorter, longer = law().find(row["from_id"], TODAY), law().find(row["to_id"], TODAY)
        assert longer.extension_of == shorter.id
        assert longer.period.limit > shorter.period.limit
        assert longer.regime == shorter.regime


def test_the_row_for_the_level_goes_before_the_row_for_any():
    assert "t1" in law().extension("CN-NFRA-DEC-1", "NORMAL").approvers
    assert "t1" not in law().extension("CN-NFRA-DEC-1", "MAJOR").approvers
    assert law().extension("CN-NFRA-DEC-3", "NORMAL") is None


def test_a_row_that_cannot_be_read_is_named_by_file_and_line(tmp_path):
    for name in ("deadlines.csv", "extensions.csv"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    table = tmp_path / "deadlines.csv"
    table.write_text(table.read_text("utf-8").replace(",15,CD,simple", ",15,XX,simple", 1), "utf-8")
    with pytest.raises(InvalidInput, match=r"line 2 of deadlines\.csv cannot be read: “XX” is no unit"):
        law(tmp_path)


def test_a_missing_column_is_named(tmp_path):
    (tmp_path / "deadlines.csv").write_text("id,limit\nA,1\n", "utf-8")
    with pytest.raises(InvalidInput, match=r"deadlines\.csv has no column"):
        law(tmp_path)
