"""What no regime allows its clocks: refused with the rule and its source; what of it may be recorded all the same."""

from datetime import date, timedelta

import pytest

from engine import clock
from engine.errors import InvalidInput
from processes.complaint.refusals import (
    ExtensionTooLate,
    ExtensionTooLong,
    NoAgreedDate,
    NoExtension,
    NoLongerPeriod,
    NotACountedDay,
    PauseNotLawful,
    ReceivedAfterRegistered,
    WrongTier,
)
from processes.complaint.register import ComplaintRegister
from tests.processes.complaint.filing import end_of, local

PBOC = ["CN-PBOC-DEC-1"]


def received(**values):
    """A complaint in memory, received on 10 March 2026."""
    with clock.at(local("2026-03-10")):
        return ComplaintRegister().blank({path.replace("__", "."): value for path, value in values.items()})


def ask(complaint, approver="t1", to_due=None, on="2026-03-20", told=None):
    """Ask for an extension and let `approver` approve it."""
    with clock.at(local(on)):
        complaint.set("extension.reason_code", "EXT-EVIDENCE")
        complaint.set("extension.to_due", to_due)
        complaint.set("extension.approver", approver)
        complaint.set("extension.decision", "approve")
        if told:
            complaint.set("extension.notified_at", local(told))


# --- pauses


@pytest.mark.parametrize(
    ("started", "path", "source"),
    [
        (["CN-NFRA-DEC-1"], "pause.consumer.from_on", r"CN-NFRA-DEC-1 .* AWAITING_CONSUMER: D12; 令2020-3 Art\.18, 23"),
        (PBOC, "pause.appraisal.from_on", r"CN-PBOC-DEC-1 .* EXTERNAL_APPRAISAL: D12; 令2020-5 Art\.43"),
        (PBOC, "pause.mediation.from_on", r"令2020-5 Art\.43"),
        (["UK-DISP-FINAL"], "pause.mediation.from_on", r"DISP 1\.6"),
        (["AU-RG271-IDR"], "pause.consumer.from_on", "RG 271"),
        (["EU-PSD2-1"], "pause.appraisal.from_on", r"PSD2 Art\.101"),
        (["US-CFPB-RESP"], "pause.mediation.from_on", "CFPB process"),
        (["CN-WXPAY-DONE"], "pause.consumer.from_on", "WeChat Pay"),
        (["INT-DEFAULT-DEC"], "pause.mediation.from_on", "our default"),
    ],
)
def test_a_pause_that_the_regime_does_not_know_is_refused_with_its_source(started, path, source):
    complaint = received(clock__start=started)
    with pytest.raises(PauseNotLawful, match=source):
        complaint.set(path, date(2026, 3, 12))
    assert complaint.get(path) is None


def test_a_pause_lawful_in_one_of_two_regimes_stops_that_one_only():
    complaint = received(clock__start=["CN-NFRA-DEC-1", *PBOC])
    complaint.set("pause.mediation.from_on", date(2026, 3, 12))
    shown = {each["deadline_id"]: each["paused"] for each in complaint.get("clock.list")}
    assert shown == {"CN-NFRA-DEC-1": True, "CN-PBOC-DEC-1": False}
    assert complaint.get("clock.due_at") == end_of("2026-03-25")


@pytest.mark.parametrize("reason", ["AWAITING_CONSUMER", "LEGAL", "PARTNER", "HOLIDAY", "COURT"])
def test_any_reason_of_waiting_may_be_recorded_and_the_date_ignores_it(reason):
    complaint = received()
    complaint.set("waiting.reason", reason)
    complaint.set("waiting.from_on", date(2026, 3, 12))
    complaint.set("waiting.to_on", date(2026, 3, 19))
    assert (complaint.get("waiting.from_on"), complaint.get("waiting.to_on")) == (date(2026, 3, 12), date(2026, 3, 19))
    assert complaint.get("clock.due_at") == end_of("2026-03-25")


def test_waiting_without_a_reason_is_refused():
    with pytest.raises(InvalidInput, match="reason of waiting is missing"):
        received().set("waiting.from_on", date(2026, 3, 12))


# --- extensions


@pytest.mark.parametrize(
    ("started", "source"),
    [
        ("UK-DISP-FINAL", r"D7-6; DISP 1\.6\.2R"),
        ("AU-RG271-IDR", "D7-7; RG 271"),
        ("CN-WXPAY-DONE", "WeChat Pay"),
        ("CN-PBOC-DEC-2", r"D7-4; 令2020-5 Art\.43"),
        ("US-CFPB-FINAL", "CFPB process"),
    ],
)
def test_a_period_that_cannot_be_extended_says_by_which_rule(started, source):
    complaint = received(clock__start=[started])
    assert complaint.get("extension.next") is None
    with pytest.raises(NoExtension, match=f"{started} cannot be extended any further: {source}"):
        ask(complaint, "t5")


def test_where_a_notice_of_delay_takes_the_place_of_an_extension_the_case_says_so():
    assert received(clock__start=["UK-DISP-FINAL"]).get("extension.notice") == "delay"
    assert received(clock__start=["AU-RG271-HARD"]).get("extension.notice") == "delay"
    assert received(clock__start=["CN-NFRA-DEC-1"]).get("extension.notice") == "default"


def test_the_wrong_tier_and_the_source_are_named():
    with pytest.raises(WrongTier, match=r"60 days .* t4 \(D7-4; 令2020-5 Art\.43\)"):
        ask(received(clock__start=PBOC), "t5")


def test_an_extension_after_the_last_day_names_the_day_and_the_source():
    with pytest.raises(ExtensionTooLate, match=r"CN-NFRA-DEC-1 ended on 2026-03-25.* D7-1"):
        ask(received(), on="2026-03-26")


def test_an_extension_may_end_on_any_day_up_to_the_limit():
    complaint = received()
    ask(complaint, to_due=date(2026, 4, 2))
    assert complaint.get("clock.due_at") == end_of("2026-04-02")
    complaint.set("pause.mediation.from_on", date(2026, 3, 26))
    complaint.set("pause.mediation.to_on", date(2026, 3, 28))
    assert complaint.get("clock.due_at") == end_of("2026-04-04")


def test_an_extension_to_a_day_holds_that_day_once_the_consumer_was_told():
    complaint = received(clock__start=PBOC)
    ask(complaint, "t4", to_due=date(2026, 4, 20), told="2026-03-22")
    assert complaint.get("clock.due_at") == end_of("2026-04-20")
    assert complaint.get("extension.state") == "valid"


def test_a_day_beyond_the_limit_or_before_the_end_is_refused():
    with pytest.raises(ExtensionTooLong, match=r"CN-NFRA-DEC-1 ends on 2026-04-09 at the latest: D7-1"):
        ask(received(), to_due=date(2026, 4, 10))
    with pytest.raises(ExtensionTooLong, match=r"2026-05-09.*Art\.43"):
        ask(received(clock__start=PBOC), "t4", to_due=date(2026, 5, 10))
    with pytest.raises(NoLongerPeriod, match="2026-03-25"):
        ask(received(), to_due=date(2026, 3, 25))


def test_a_period_of_working_days_ends_on_one():
    complaint = received(clock__start=["UK-DISP-PSD-1"])
    with pytest.raises(NotACountedDay, match="2026-04-06"):  # Easter Monday
        ask(complaint, "t2", to_due=date(2026, 4, 6))
    ask(complaint, "t2", to_due=date(2026, 4, 7), told="2026-03-25")
    assert complaint.get("clock.due_at") == end_of("2026-04-07")


def test_the_day_asked_for_belongs_to_its_request_alone():
    complaint = received()
    ask(complaint, to_due=date(2026, 4, 2))
    assert complaint.get("extension.to_due_at") == end_of("2026-05-09")
    ask(complaint, "t5", on="2026-03-30", told="2026-03-31")
    assert complaint.get("clock.due_at") == end_of("2026-05-09")


# --- other dates


def test_an_agreed_date_holds_only_where_the_regime_knows_it():
    with pytest.raises(NoAgreedDate, match=r"CN-PBOC-DEC-1 .*令2020-5 Art\.43"):
        received(clock__start=PBOC).set("clock.agreed_due_at", end_of("2026-04-30"))
    complaint = received(clock__start=["CN-NFRA-DEC-1", *PBOC])
    complaint.set("clock.agreed_due_at", end_of("2026-04-30"))
    assert complaint.get("clock.due_at") == end_of("2026-03-25")
    assert [each["agreed"] for each in complaint.get("clock.list")] == [True, False]


def test_an_agreed_date_before_the_complaint_is_refused():
    with pytest.raises(InvalidInput, match="before the beginning"):
        received().set("clock.agreed_due_at", end_of("2026-03-01"))


def test_nothing_is_received_after_it_was_registered():
    complaint = received()
    with pytest.raises(ReceivedAfterRegistered, match="2026-03-10 14:00"):
        complaint.set("received_at", local("2026-03-10") + timedelta(minutes=1))


@pytest.mark.parametrize(("at", "late"), [("2026-03-06", True), ("2026-03-09", False), ("2026-03-10", False)])
def test_a_registration_more_than_a_working_day_after_receipt_is_late(at, late):
    complaint = received(received_at=local(at))
    assert complaint.get("late_registration") is late
