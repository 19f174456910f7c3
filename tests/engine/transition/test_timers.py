"""Timers: each fires once at its time, a failed one stands still, clocks pause and resume them."""

from datetime import timedelta

import pytest

from engine import commands
from engine.models import Incident, Timer
from engine.transition import fire_due
from tests.applications import model, task, timer

CHASED = model(
    task("a") + timer("late", "a", "P1D", interrupting=False) + task("chase", "boss"),
    "start > a > end; late > chase > end2",
)
CLOCKED = model(
    task("a") + timer("due", "a", "=file.clock.due_at", kind="Date") + task("c", "boss"),
    "start > a > end; due > c > end2",
)


@pytest.mark.store
def test_a_timer_fires_once_and_not_before_it_is_due(office):
    office.deploy(CHASED)
    case = office.start()

    assert office.wait(hours=23).timers == 0
    assert office.wait(hours=1).timers == 1
    assert office.wait(days=9).timers == 0

    assert office.open(case) == ["a", "chase"]
    fired = next(entry for entry in office.history(case) if entry.kind == "timer_fired")
    assert (fired.actor, fired.at) == ("system", office.now - timedelta(days=9))


@pytest.mark.store
def test_a_clock_of_the_record_moves_pauses_and_resumes_the_timer_that_reads_it(office):
    office.deploy(CLOCKED)
    case = office.start(file__clock__due_at=office.now + timedelta(days=1))

    def set_clock(moment):
        office.do(commands.set_variables, case, {"file.clock.due_at": moment}, "clock")
        [row] = office.timers()
        return row.state, row.due_at

    assert set_clock(office.now + timedelta(days=3)) == ("armed", office.now + timedelta(days=3))
    assert set_clock(None) == ("paused", None)
    assert office.wait(days=5).timers == 0
    assert set_clock(office.now - timedelta(days=1))[0] == "armed"
    assert office.tick().timers == 1
    assert office.open(case) == ["c"]


@pytest.mark.store
def test_a_timer_that_cannot_fire_stands_still_and_holds_up_nobody(office):
    office.deploy(CHASED)
    case, other = office.start(), office.start()
    office.now += timedelta(days=1)
    with office.site.database.transaction() as session:  # as if the stored case were damaged
        damaged = session.get_one(type(office.instance(case)), case)
        whole, damaged.sealed_state = damaged.sealed_state, b"\x01" + bytes(40)

    assert office.tick().timers == 1

    [incident] = office.incidents()
    assert (incident.kind, incident.element_id, incident.instance_id) == ("timer", "late", case)
    assert sorted(row.state for row in office.timers()) == ["failed"]
    assert office.open(other) == ["a", "chase"]

    with office.site.database.transaction() as session:
        session.get_one(type(damaged), case).sealed_state = whole
    assert office.tick().timers == 0
    office.do(commands.retry_job, incident.id)
    assert office.tick().timers == 1
    assert office.open(case) == ["a", "chase"]
    assert office.incidents() == []


def test_completing_the_task_closes_the_incident_of_its_failed_timer(office):
    office.deploy(CHASED)
    office.start()
    with office.site.database.transaction() as session:
        row = session.query(Timer).one()
        row.state = "failed"
        session.add(_incident(row, office.now))

    office.complete("a")

    assert office.incidents() == []
    assert office.timers() == []


def test_a_path_that_fails_behind_a_timer_is_parked(office):
    step = '<scriptTask id="s" scriptFormat="feel" camunda:resultVariable="file.level"><script>x</script></scriptTask>'
    parts = task("a") + timer("late", "a", "P1D", interrupting=False) + step
    office.deploy(model(parts, "start > a > end; late > s > end2"))
    case = office.start()

    assert office.wait(days=1).timers == 1

    assert [(one.kind, one.element_id) for one in office.incidents()] == [("step", "s")]
    assert office.open(case) == ["a"]


def test_two_overdue_interrupting_timers_fire_one_at_a_time_in_due_order(office):
    parts = task("a") + timer("t1", "a", "P2D") + timer("t2", "a", "P1D") + task("b") + task("c")
    office.deploy(model(parts, "start > a > end; t1 > b > end2; t2 > c > end3"))
    case = office.start()

    assert office.wait(days=9).timers == 1
    assert office.open(case) == ["c"]


def test_a_call_fires_only_so_many_and_only_of_the_case_that_is_meant(office):
    office.deploy(CHASED)
    one, other = office.start(), office.start()
    office.now += timedelta(days=1)

    assert fire_due(office.site, office.now, one) == 1
    assert fire_due(office.site, office.now, most=0) == 0
    assert office.open(other) == ["a"]


def _incident(row, now):
    return Incident(
        instance_id=row.instance_id, element_id="late", kind="timer", timer_id=row.id, message="x", created_at=now
    )
