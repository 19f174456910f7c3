"""When the consumer is to hear from us again."""

from datetime import date, timedelta

import pytest

from engine import clock, reference
from engine.errors import InvalidInput
from processes.complaint import progress
from processes.complaint.register import REGISTER
from tests.processes.complaint.filing import local


@pytest.fixture
def record():
    with clock.at(local("2026-03-10")):
        return REGISTER.blank({"received_at": local("2026-03-10")})


def test_a_week_after_receipt_and_five_days_for_urgent_ones(record):
    assert record.get("progress.due_at") == local("2026-03-17")
    for priority, day in ((1, "2026-03-15"), (2, "2026-03-15"), (3, "2026-03-17"), (4, "2026-03-17")):
        record.set("priority", priority)
        assert record.get("progress.due_at") == local(day)


def test_each_notice_moves_the_moment_and_tells_the_timers(record):
    record.changed.clear()
    record.set("progress.told_at", local("2026-03-12", "09:30"))
    assert record.get("progress.due_at") == local("2026-03-19", "09:30")
    assert {"progress.due_at", "progress.moments"} <= record.changed

    record.set("progress.told_at", local("2026-03-11"))  # recorded late
    assert record.get("progress.told_at") == local("2026-03-12", "09:30")


def test_the_moment_is_a_list_for_a_timer_that_fires_once_for_each(record):
    [before] = record.get("progress.moments")
    record.set("progress.told_at", local("2026-03-12"))
    [after] = record.get("progress.moments")
    assert before["at"] == local("2026-03-17")
    assert after["at"] == local("2026-03-19")
    assert before["key"] != after["key"]


def test_silence_is_a_whole_interval_without_a_notice(record):
    with clock.at(local("2026-03-17", "13:59")):
        assert record.get("progress.silent") is False
    with clock.at(local("2026-03-17", "14:00")):
        assert record.get("progress.silent") is True


@pytest.mark.parametrize("path", ["closed_at", "withdrawn_at"])
def test_a_case_that_has_ended_owes_no_progress(record, path):
    record.changed.clear()
    record.set(path, local("2026-03-12"))
    assert record.get("progress.due_at") is None
    assert record.get("progress.moments") == []
    assert record.get("progress.silent") is False
    assert "progress.moments" in record.changed


def test_days_come_from_the_rows_that_hold_on_the_day():
    always = {"priority": "4", "source": ""}
    first = {**always, "days": "7", "effective_from": "", "effective_to": "2026-06-30"}
    second = {**always, "days": "3", "effective_from": "2026-07-01", "effective_to": ""}
    with reference.instead("progress_intervals", (first, second)):
        assert progress.interval(None, date(2026, 6, 30)) == timedelta(days=7)
        assert progress.interval(4, date(2026, 7, 1)) == timedelta(days=3)
        with pytest.raises(InvalidInput, match="no row for priority 1 on 2026-07-01"):
            progress.interval(1, date(2026, 7, 1))
