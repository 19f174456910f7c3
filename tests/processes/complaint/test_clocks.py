"""The clocks of a complaint: the date vectors of the acceptance scenarios S01 to S13 and S29."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine import clock
from engine.errors import InvalidInput, NotAllowed, TooLate
from processes.complaint.counting import Period
from processes.complaint.deadlines import Deadlines, law
from processes.complaint.refusals import NoExtension
from processes.complaint.register import ComplaintRegister
from tests.processes.complaint.filing import end_of, local


@pytest.fixture
def complaint():
    """A complaint received on 10 March 2026 at 14:00 in Shanghai, in memory."""
    with clock.at(local("2026-03-10")):
        return ComplaintRegister().blank({})


def extend(complaint, on, approver, told=None):
    with clock.at(on):
        complaint.set("extension.reason_code", "EXT-EVIDENCE")
        complaint.set("extension.approver", approver)
        complaint.set("extension.decision", "approve")
    if told:
        complaint.set("extension.notified_at", told)


def test_s01_a_complaint_is_due_at_the_end_of_the_fifteenth_day(complaint):
    assert complaint.get("clock.due_at") == end_of("2026-03-25")
    assert complaint.get("clock.acknowledge_by") == end_of("2026-03-11")


def test_s02_a_decision_sent_ten_minutes_before_midnight_is_in_time(complaint):
    with clock.at(local("2026-03-25", "23:50")):
        assert not complaint.get("clock.overdue")
    with clock.at(local("2026-03-26", "00:01")):
        assert complaint.get("clock.overdue")
    complaint.set("decided_at", local("2026-03-25", "23:50"))
    assert complaint.get("clock.met")
    assert complaint.get("clock.due_at") is None
    assert complaint.get("clock.warnings") == []


def test_s03_a_team_lead_extends_to_thirty_days(complaint):
    extend(complaint, local("2026-03-23"), "t1")
    assert complaint.get("clock.due_at") == end_of("2026-04-09")
    assert complaint.get("extension.state") == "valid"


def test_the_marks_of_an_extended_clock_lie_on_days_15_21_25_and_a_half_and_30(complaint):
    extend(complaint, local("2026-03-23"), "t1")
    warnings = complaint.get("clock.warnings")
    assert [warning["mark"] for warning in warnings] == [50, 70, 85, 100]
    assert [warning["at"] for warning in warnings] == [
        end_of("2026-03-25"),
        end_of("2026-03-31"),
        end_of("2026-04-04") + timedelta(hours=12),
        end_of("2026-04-09"),
    ]


def test_an_extension_gives_the_marks_new_keys(complaint):
    before = {warning["key"] for warning in complaint.get("clock.warnings")}
    extend(complaint, local("2026-03-23"), "t1")
    assert before.isdisjoint(warning["key"] for warning in complaint.get("clock.warnings"))


def test_s04_a_branch_executive_cannot_extend_to_sixty_days(complaint):
    extend(complaint, local("2026-03-23"), "t1")
    with pytest.raises(NotAllowed, match="60 days can be approved only by: t5, superior"):
        extend(complaint, local("2026-04-04"), "t3")
    assert complaint.get("clock.due_at") == end_of("2026-04-09")


def test_s05_sixty_days_hold_only_once_the_consumer_was_told_in_time(complaint):
    extend(complaint, local("2026-03-23"), "t1")
    extend(complaint, local("2026-04-04"), "t5")
    assert complaint.get("clock.due_at") == end_of("2026-04-09")
    assert complaint.get("extension.state") == "approved"
    complaint.set("extension.notified_at", local("2026-04-08"))
    assert complaint.get("clock.due_at") == end_of("2026-05-09")


def test_s05_a_notice_after_the_thirtieth_day_changes_nothing(complaint):
    extend(complaint, local("2026-03-23"), "t1")
    extend(complaint, local("2026-04-04"), "t5", told=local("2026-04-10"))
    assert complaint.get("clock.due_at") == end_of("2026-04-09")


def test_s05_a_notice_in_the_last_minutes_of_the_thirtieth_day_is_in_time(complaint):
    extend(complaint, local("2026-03-23"), "t1")
    extend(complaint, local("2026-04-04"), "t5", told=local("2026-04-09", "23:50"))
    assert complaint.get("clock.due_at") == end_of("2026-05-09")


def test_nothing_is_extended_beyond_sixty_days(complaint):
    extend(complaint, local("2026-03-23"), "t1")
    extend(complaint, local("2026-04-04"), "t5", told=local("2026-04-04"))
    assert complaint.get("extension.next") is None
    with pytest.raises(NoExtension, match=r"CN-NFRA-DEC-3 cannot be extended any further: D7-3; 令2020-3 Art\.18"):
        extend(complaint, local("2026-05-01"), "superior")


def test_an_extension_after_the_due_moment_is_too_late(complaint):
    with pytest.raises(TooLate):
        extend(complaint, local("2026-03-26"), "t1")


def test_a_major_complaint_needs_a_higher_tier(complaint):
    complaint.set("level", "MAJOR")
    with pytest.raises(NotAllowed):
        extend(complaint, local("2026-03-20"), "t1")
    assert "t2" in complaint.get("extension.approvers")


def test_a_refused_extension_leaves_the_clock_and_another_may_be_asked_for(complaint):
    complaint.set("extension.reason_code", "EXT-EXPERT")
    with clock.at(local("2026-03-20")):
        complaint.set("extension.decision", "refuse")
    assert complaint.get("extension.state") == "refused"
    assert complaint.get("clock.due_at") == end_of("2026-03-25")
    extend(complaint, local("2026-03-21"), "t1")
    assert complaint.get("clock.due_at") == end_of("2026-04-09")


def test_s06_an_appraisal_counts_out_only_when_the_consumer_was_told(complaint):
    complaint.set("pause.appraisal.from_on", date(2026, 3, 15))
    complaint.set("pause.appraisal.to_on", date(2026, 3, 22))
    assert complaint.get("clock.due_at") == end_of("2026-03-25")
    complaint.set("pause.appraisal.told_on", date(2026, 3, 15))
    assert complaint.get("clock.due_at") == end_of("2026-04-01")


def test_an_appraisal_told_late_does_not_count_out(complaint):
    complaint.set("pause.appraisal.from_on", date(2026, 3, 16))
    complaint.set("pause.appraisal.told_on", date(2026, 3, 18))
    complaint.set("pause.appraisal.to_on", date(2026, 3, 22))
    assert complaint.get("clock.due_at") == end_of("2026-03-25")


def test_s07_appraisal_and_mediation_at_once_count_once(complaint):
    for path, day in {
        "appraisal.from_on": date(2026, 3, 15),
        "appraisal.told_on": date(2026, 3, 15),
        "appraisal.to_on": date(2026, 3, 22),
        "mediation.from_on": date(2026, 3, 18),
        "mediation.to_on": date(2026, 3, 25),
    }.items():
        complaint.set(f"pause.{path}", day)
    assert complaint.get("clock.due_at") == end_of("2026-04-04")


def test_an_open_pause_parks_the_clock_until_it_ends(complaint):
    complaint.set("pause.mediation.from_on", date(2026, 3, 15))
    assert complaint.get("clock.due_at") is None
    assert complaint.get("clock.paused")
    assert complaint.get("clock.warnings") == []
    with clock.at(local("2026-03-30")):
        assert complaint.get("clock.used_percent") == 26  # the four days before it
        assert not complaint.get("clock.overdue")
    complaint.set("pause.mediation.to_on", date(2026, 3, 18))
    assert complaint.get("clock.due_at") == end_of("2026-03-28")


def test_a_second_pause_for_the_same_reason_is_another_one(complaint):
    for from_on, to_on in ((date(2026, 3, 12), date(2026, 3, 13)), (date(2026, 3, 16), date(2026, 3, 18))):
        complaint.set("pause.mediation.from_on", from_on)
        complaint.set("pause.mediation.to_on", to_on)
    assert complaint.get("clock.due_at") == end_of("2026-03-28")


def test_a_pause_that_ends_before_it_begins_is_refused(complaint):
    complaint.set("pause.mediation.from_on", date(2026, 3, 15))
    with pytest.raises(InvalidInput, match="cannot be"):
        complaint.set("pause.mediation.to_on", date(2026, 3, 14))


def test_s08_waiting_for_the_consumer_does_not_stop_the_clock(complaint):
    revision = complaint.get("clock.revision")
    complaint.set("waiting.reason", "AWAITING_CONSUMER")
    complaint.set("waiting.from_on", date(2026, 3, 12))
    complaint.set("waiting.to_on", date(2026, 3, 19))
    assert complaint.get("waiting.from_on") == date(2026, 3, 12)
    assert complaint.get("clock.due_at") == end_of("2026-03-25")
    assert complaint.get("clock.revision") == revision


def test_waiting_for_the_consumer_stops_our_own_clock_for_ten_working_days_at_most():
    with clock.at(local("2026-03-10")):
        complaint = ComplaintRegister().blank({"clock.start": ["INT-DEFAULT-DEC"]})
    complaint.set("pause.consumer.from_on", date(2026, 3, 16))  # a Monday; the tenth working day is Friday 27 March
    assert complaint.get("clock.due_at") == end_of("2026-04-06")
    complaint.set("pause.consumer.to_on", date(2026, 3, 19))
    assert complaint.get("clock.due_at") == end_of("2026-03-28")


def test_s09_new_facts_restart_the_period(complaint):
    complaint.set("clock.new_facts_at", local("2026-03-20"))
    assert complaint.get("clock.due_at") == end_of("2026-04-04")


def test_s10_the_clock_of_a_handover_stays_and_the_earliest_counts(complaint):
    complaint.set("regulator.authority", "PBOC")
    complaint.set("regulator.handover_at", local("2026-03-12"))
    complaint.set("clock.start", ["CN-PBOC-DEC-1"])
    complaint.set("clock.new_facts_at", local("2026-03-20"))
    assert complaint.get("clock.due_at") == end_of("2026-03-27")
    assert complaint.get("regime") == "CN-PBOC-2020-5"
    assert complaint.get("extension.to_due_at") == end_of("2026-05-11")
    assert complaint.get("extension.approvers") == ["t4"]


def test_a_clock_that_ran_is_not_started_again(complaint):
    revision = complaint.get("clock.revision")
    complaint.set("clock.start", ["CN-NFRA-DEC-1", "INT-DEFAULT-ACK"])
    assert complaint.get("clock.revision") == revision


def test_s12_a_withdrawal_ends_the_clocks_on_the_day_it_was_received(complaint):
    complaint.set("withdrawn_at", local("2026-03-16"))
    assert complaint.get("clock.due_at") is None
    assert not complaint.get("clock.met")


def test_s13_and_s14_a_review_is_asked_for_within_thirty_days(complaint):
    complaint.set("review.decision_received_on", date(2026, 3, 25))
    complaint.set("review.applied_at", local("2026-04-20"))
    assert complaint.get("review.apply_by") == date(2026, 4, 24)
    assert complaint.get("review.in_time")
    assert complaint.get("review.due_at") == end_of("2026-05-20")
    complaint.set("review.applied_at", local("2026-04-25"))
    assert not complaint.get("review.in_time")


def test_new_facts_after_the_decision_start_another_clock(complaint):
    complaint.set("decided_at", local("2026-03-20"))
    complaint.set("clock.new_facts_at", local("2026-04-01"))
    assert complaint.get("clock.due_at") == end_of("2026-04-16")
    assert not complaint.get("decided")
    complaint.set("clock.new_facts_at", local("2026-04-01"))
    assert len(complaint.get("clock.start")) == 3


def test_an_agreed_date_replaces_the_one_it_was_agreed_for(complaint):
    complaint.set("clock.agreed_due_at", end_of("2026-04-30"))
    assert complaint.get("clock.due_at") == end_of("2026-04-30")


def test_a_date_stated_in_a_handover_is_a_clock_of_its_own(complaint):
    complaint.set("regulator.reply_due_at", local("2026-03-18", "17:00"))
    assert complaint.get("clock.due_at") == local("2026-03-18", "17:00")
    complaint.set("regulator.reply_due_at", local("2026-03-20", "17:00"))
    assert complaint.get("clock.due_at") == local("2026-03-20", "17:00")


def test_a_corrected_receipt_moves_the_clocks_that_began_with_it(complaint):
    complaint.set("received_at", local("2026-03-06"))
    assert complaint.get("clock.due_at") == end_of("2026-03-21")


def test_a_deadline_that_no_complaint_triggers_cannot_be_started(complaint):
    with pytest.raises(InvalidInput, match="leak_confirmed"):
        complaint.set("clock.start", ["CN-PBOC-LEAK"])
    with pytest.raises(InvalidInput, match="no “NO-SUCH”"):
        complaint.set("clock.start", ["NO-SUCH"])


@pytest.mark.parametrize(("received", "days"), [("2026-06-30", 15), ("2026-07-01", 10)])
def test_s29_a_complaint_is_measured_by_the_row_in_force_when_it_came_in(received, days):
    old = law().find("CN-NFRA-DEC-1", date(2026, 1, 1))
    rows = [
        replace(old, effective_to=date(2026, 6, 30)),
        replace(old, effective_from=date(2026, 7, 1), period=Period(10, "CD")),
        law().find("INT-DEFAULT-ACK", date(2026, 1, 1)),
    ]
    with clock.at(local(received)):
        complaint = ComplaintRegister(lambda: Deadlines(rows)).blank({})
    assert complaint.get("clock.due_at") == end_of(received) + timedelta(days=days)
