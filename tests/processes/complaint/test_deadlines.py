"""The tables of the law."""

from datetime import date

import pytest

from engine import reference
from engine.errors import InvalidInput
from processes.complaint.codes import lists
from processes.complaint.deadlines import law

TODAY = date(2026, 3, 10)


def test_a_deadline_is_found_only_while_it_is_in_force():
    assert law().find("CN-NFRA-DEC-1", TODAY).period.limit == 15
    with pytest.raises(InvalidInput, match="in force on 2020-02-29"):
        law().find("CN-NFRA-DEC-1", date(2020, 2, 29))


def test_every_extension_leads_to_a_longer_deadline_that_lengthens_its_own():
    rows = [cells for cells in reference.rows("extensions") if cells["to_id"]]
    assert rows
    for row in rows:
        shorter, longer = law().find(row["from_id"], TODAY), law().find(row["to_id"], TODAY)
        assert longer.extension_of == shorter.id
        assert longer.period.limit > shorter.period.limit
        assert longer.regime == shorter.regime
        assert codes(row["approvers"]) <= set(lists()["approver"])


def test_every_decision_period_says_how_it_is_extended_or_that_it_is_not():
    decisions = [row for row in reference.rows("deadlines") if row["purpose"] == "decision" and row["limit"]]
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
    ours = [row for row in reference.rows("deadlines") if row["purpose"] in {"decision", "review"} and row["limit"]]
    for row in ours:
        for reason in codes(row["pause"]) - {"none"}:
            rule = law().pause_rule(row["regime"], reason, TODAY)
            assert rule.stops, (row["id"], reason)
            assert rule.reason == reason


def test_every_regime_of_a_decision_has_a_name_and_says_what_does_not_stop_it():
    for name in {row["regime"] for row in reference.rows("deadlines") if row["purpose"] == "decision" and row["limit"]}:
        regime, rule = law().regime(name, TODAY), law().pause_rule(name, "PARTNER", TODAY)
        assert regime.label("zh") != regime.label("en")
        assert not rule.stops
        assert rule.source


def codes(text):
    return set(text.split("|"))


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
