"""The tables of the law."""

from datetime import date

import pytest

from engine.errors import InvalidInput
from processes.complaint.codes import lists
from processes.complaint.deadlines import DATA, law
from processes.complaint.sheets import read

TODAY = date(2026, 3, 10)


def test_a_deadline_is_found_only_while_it_is_in_force():
    assert law().find("CN-NFRA-DEC-1", TODAY).period.limit == 15
    with pytest.raises(InvalidInput, match="in force on 2020-02-29"):
        law().find("CN-NFRA-DEC-1", date(2020, 2, 29))


def test_every_extension_leads_to_a_longer_deadline_that_lengthens_its_own():
    rows = [cells for cells in read(DATA / "extensions.csv", lambda cells: cells) if cells["to_id"]]
    assert rows
    for row in rows:
        shorter, longer = law().find(row["from_id"], TODAY), law().find(row["to_id"], TODAY)
        assert longer.extension_of == shorter.id
        assert longer.period.limit > shorter.period.limit
        assert longer.regime == shorter.regime
        assert codes(row["approvers"]) <= set(lists()["approver"])


def test_every_decision_period_says_how_it_is_extended_or_that_it_is_not():
    decisions = [row for row in table("deadlines") if row["purpose"] == "decision" and row["limit"]]
    for row in decisions:
        found = law().extension(row["id"], "NORMAL", TODAY)
        assert found is not None, row["id"]
        assert found.source
        assert bool(found.to_id) == bool(found.approvers)


def test_a_rule_holds_only_in_its_time():
    assert law().extension("CN-PBOC-DEC-1", "NORMAL", TODAY) is not None
    assert law().extension("CN-PBOC-DEC-1", "NORMAL", date(2020, 10, 31)) is None
    assert law().pause_rule("CN-NFRA-2020-3", "MEDIATION", date(2020, 2, 29)) is None
    assert law().regime("AU-RG271", date(2021, 10, 4)) is None


def test_the_row_for_the_level_goes_before_the_row_for_any():
    assert "t1" in law().extension("CN-NFRA-DEC-1", "NORMAL", TODAY).approvers
    assert "t1" not in law().extension("CN-NFRA-DEC-1", "MAJOR", TODAY).approvers
    assert law().extension("CN-NFRA-DEC-3", "NORMAL", TODAY).to_id == ""


def test_a_reason_that_stops_a_period_has_a_row_in_its_regime_that_says_so():
    ours = [row for row in table("deadlines") if row["purpose"] in {"decision", "review"} and row["limit"]]
    for row in ours:
        for reason in codes(row["pause"]) - {"none"}:
            rule = law().pause_rule(row["regime"], reason, TODAY)
            assert rule.stops, (row["id"], reason)
            assert rule.reason == reason


def test_every_regime_of_a_decision_has_a_name_and_says_what_does_not_stop_it():
    for name in {row["regime"] for row in table("deadlines") if row["purpose"] == "decision" and row["limit"]}:
        regime, rule = law().regime(name, TODAY), law().pause_rule(name, "PARTNER", TODAY)
        assert regime.label("zh") != regime.label("en")
        assert not rule.stops
        assert rule.source


def table(name):
    return read(DATA / f"{name}.csv", lambda cells: cells)


def codes(text):
    return set(text.split("|"))


def test_a_row_that_cannot_be_read_is_named_by_file_and_line(tmp_path):
    for name in ("deadlines.csv", "extensions.csv", "pauses.csv", "regimes.csv"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    table = tmp_path / "deadlines.csv"
    table.write_text(table.read_text("utf-8").replace(",15,CD,simple", ",15,XX,simple", 1), "utf-8")
    with pytest.raises(InvalidInput, match=r"line 2 of deadlines\.csv cannot be read: “XX” is no unit"):
        law(tmp_path)


def test_a_missing_column_is_named(tmp_path):
    (tmp_path / "deadlines.csv").write_text("id,limit\nA,1\n", "utf-8")
    with pytest.raises(InvalidInput, match=r"deadlines\.csv has no column"):
        law(tmp_path)
