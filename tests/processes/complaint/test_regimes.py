"""Each regime of the table of deadlines: which clocks the decision D3 starts, and when they are due."""

from datetime import date

import pytest

from engine import clock
from processes.complaint.clocks import triggers
from processes.complaint.deadlines import DATA
from processes.complaint.register import ComplaintRegister
from processes.complaint.sheets import read
from tests.processes.complaint.filing import end_of, local

UK = {"tenant.jurisdiction": "GB"}
AU = {"tenant.jurisdiction": "AU"}
EU = {"tenant.jurisdiction": "EU", "cat_b": "B.PAY.TRANSFER"}
US = {"tenant.jurisdiction": "US"}
SHOP = {"tenant.sector": "merchant", "channel": "CH.WXPAY"}


def received(at="2026-03-10", clock_time="14:00", **values):
    """A complaint in memory, received then in Shanghai."""
    with clock.at(local(at, clock_time)):
        return ComplaintRegister().blank({path.replace("__", "."): value for path, value in values.items()})


def due(complaint):
    return {each["deadline_id"]: each["due_at"] for each in complaint.get("clock.list")}


@pytest.mark.parametrize(
    ("values", "clocks"),
    [
        ({}, "CN-NFRA-DEC-1"),
        ({"tenant.sector": "insurer"}, "CN-NFRA-DEC-1"),
        ({"outcome": "convert"}, ""),
        ({"channel": "CH.REG.NFRA", "tenant.sector": "other"}, "CN-NFRA-DEC-1"),
        ({"channel": "CH.REG.PBOC"}, "CN-NFRA-DEC-1 CN-PBOC-DEC-1"),
        ({"regulator.authority": "PBOC", "tenant.sector": "payment"}, "CN-PBOC-DEC-1"),
        ({"tenant.sector": "other"}, "INT-DEFAULT-DEC"),
        (SHOP, "CN-WXPAY-FIRST CN-WXPAY-DONE"),
        (UK, "UK-DISP-FINAL UK-DISP-3BD"),
        (UK | {"product_line": "e_money"}, "UK-DISP-PSD-1"),
        (AU, "AU-RG271-ACK AU-RG271-IDR"),
        (AU | {"product_line": "superannuation"}, "AU-RG271-ACK AU-RG271-SUPER"),
        (AU | {"product_line": "hardship"}, "AU-RG271-ACK AU-RG271-HARD"),
        (EU, "EU-PSD2-1"),
        (EU | {"cat_b": "B.SAV"}, "INT-DEFAULT-DEC"),
        (US, "INT-DEFAULT-DEC"),
        (US | {"regulator.authority": "CFPB"}, "US-CFPB-RESP"),
        ({"tenant.jurisdiction": "none"}, "INT-DEFAULT-DEC"),
    ],
)
def test_the_decision_gives_a_case_the_clocks_of_its_regimes(values, clocks):
    assert received(**values).get("clock.start") == ["INT-DEFAULT-ACK", *clocks.split()]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (UK, {"UK-DISP-3BD": "2026-03-13", "UK-DISP-FINAL": "2026-05-05"}),
        (UK | {"product_line": "payment"}, {"UK-DISP-PSD-1": "2026-03-31"}),
        (AU, {"AU-RG271-IDR": "2026-04-09"}),
        (AU | {"product_line": "superannuation"}, {"AU-RG271-SUPER": "2026-04-24"}),
        (AU | {"product_line": "hardship"}, {"AU-RG271-HARD": "2026-03-31"}),
        (EU, {"EU-PSD2-1": "2026-03-31"}),
        (US | {"regulator.authority": "CFPB"}, {"US-CFPB-RESP": "2026-03-25"}),
        ({"tenant.sector": "other"}, {"INT-DEFAULT-DEC": "2026-03-25", "INT-DEFAULT-ACK": "2026-03-11"}),
    ],
)
def test_periods_of_days_end_with_their_last_day(values, expected):
    assert due(received(**values)).items() >= {name: end_of(day) for name, day in expected.items()}.items()


def test_s27_payments_in_the_united_kingdom_go_to_thirty_five_business_days():
    complaint = received(tenant__jurisdiction="GB", product_line="payment")
    assert complaint.get("extension.to_due_at") == end_of("2026-04-30")
    assert complaint.get("extension.approvers")[0] == "t2"


def test_a_merchants_hours_run_through_day_and_night():
    complaint = received("2026-03-13", **SHOP)
    assert due(complaint)["CN-WXPAY-FIRST"] == local("2026-03-14")
    assert complaint.get("clock.due_at") == local("2026-03-16")


def test_an_acknowledgement_within_a_day_rolls_to_the_business_day():
    assert due(received("2026-03-12", **AU))["AU-RG271-ACK"] == local("2026-03-13")
    assert due(received("2026-03-13", **AU))["AU-RG271-ACK"] == local("2026-03-16")
    assert due(received("2026-04-02", **AU))["AU-RG271-ACK"] == local("2026-04-07")  # Easter


def test_each_regime_counts_by_its_own_calendar():
    # National Day week is no holiday in Brussels, the first of May is
    assert due(received("2026-09-28", **EU))["EU-PSD2-1"] == end_of("2026-10-19")
    assert due(received("2026-04-30", **EU))["EU-PSD2-1"] == end_of("2026-05-22")


def test_a_complaint_about_payments_changes_the_clock_at_triage_and_no_trigger_moves():
    complaint = received(tenant__jurisdiction="GB")
    with clock.at(local("2026-03-12")):
        complaint.set("cat_b", "B.PAY.E")
        complaint.set("clock.start", ["INT-DEFAULT-ACK", "UK-DISP-PSD-1"])
    shown = {each["deadline_id"]: each for each in complaint.get("clock.list")}
    assert shown["UK-DISP-FINAL"]["ended_at"] == local("2026-03-12")
    assert complaint.get("clock.due_at") == end_of("2026-03-31")
    assert shown["UK-DISP-PSD-1"]["trigger_at"] == local("2026-03-10")


def test_our_own_period_gives_way_to_a_statutory_one_and_a_second_regime_stands_beside_the_first():
    own = received(tenant__sector="payment")
    own.set("clock.start", ["CN-PBOC-DEC-1"])
    assert own.get("regime") == "CN-PBOC-2020-5"
    assert [each["deadline_id"] for each in own.get("clock.list") if each["ended_at"]] == ["INT-DEFAULT-DEC"]
    bank = received()
    bank.set("clock.start", ["INT-DEFAULT-ACK", "CN-NFRA-DEC-1", "CN-PBOC-DEC-1"])
    assert [each["deadline_id"] for each in bank.get("clock.list") if each["ended_at"]] == []


def test_a_decision_asked_again_leaves_an_extended_clock_alone():
    complaint = received()
    with clock.at(local("2026-03-20")):
        complaint.set("extension.reason_code", "EXT-EVIDENCE")
        complaint.set("extension.approver", "t1")
        complaint.set("extension.decision", "approve")
        complaint.set("clock.start", ["INT-DEFAULT-ACK", "CN-NFRA-DEC-1"])
    assert complaint.get("clock.deadline_id") == "CN-NFRA-DEC-2"
    assert len(complaint.get("clock.list")) == 2


def test_the_date_stated_by_a_hotline_is_a_clock_and_must_be_there():
    at = local("2026-03-18", "17:00")
    complaint = received(channel="CH.REG.12345", regulator__reply_due_at=at)
    assert complaint.get("clock.due_at") == at
    complaint.set("clock.start", ["MANUAL"])
    assert due(complaint)["MANUAL"] == at


def test_an_early_answer_is_in_time_or_over_when_the_complaint_is_decided():
    for decided, ended in (("2026-03-13", None), ("2026-03-16", local("2026-03-16"))):
        complaint = received(tenant__jurisdiction="GB")
        complaint.set("decided_at", local(decided))
        early = next(each for each in complaint.get("clock.list") if each["purpose"] == "early")
        assert early["ended_at"] == ended
        assert bool(early["met_at"]) is (ended is None)


def test_what_begins_with_receipt_begins_when_any_unit_had_it():
    with clock.at(local("2026-03-13")):
        values = {"received_at": local("2026-03-13"), "regulator.handover_at": local("2026-03-12")}
        complaint = ComplaintRegister().blank({"channel": "CH.REG.NFRA"} | values)
    assert complaint.get("clock.due_at") == end_of("2026-03-27")


def test_every_trigger_of_ours_is_an_event_of_the_case():
    ours = {"decision", "acknowledge", "early", "review", "consumer", "retention"}
    rows = [row for row in read(DATA / "deadlines.csv", lambda cells: cells) if row["purpose"] in ours and row["limit"]]
    assert {row["trigger"] for row in rows} <= set(triggers.TRIGGERS)


@pytest.mark.parametrize(
    ("deadline_id", "path", "value", "expected"),
    [
        ("UK-DISP-FOS", "decided_at", local("2026-03-20"), "2026-09-20"),
        ("US-CFPB-FEEDBACK", "decided_at", local("2026-03-20"), "2026-05-19"),
        ("CN-NFRA-REV-APPLY", "review.decision_received_on", date(2026, 3, 25), "2026-04-24"),
        ("CN-NFRA-WITHDRAW", "withdrawn_at", local("2026-03-16"), "2026-03-16"),
        ("CN-PBOC-RETAIN", "closed_at", local("2026-04-01"), "2029-04-01"),
        ("AU-RG271-5BD", "received_at", local("2026-03-09"), "2026-03-16"),
    ],
)
def test_periods_of_others_can_be_started_once_their_event_happened(deadline_id, path, value, expected):
    complaint = received()
    complaint.set(path, value)
    complaint.set("clock.start", [deadline_id])
    assert due(complaint)[deadline_id] == end_of(expected)
