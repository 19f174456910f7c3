"""Time travel: everything at its own time, and only where it harms nobody."""

from datetime import timedelta

import pytest

from engine import clock, travel
from engine.errors import InvalidInput, NotADemo
from engine.models import Mark
from tests.applications import model, task, timer, work


@pytest.fixture
def demo(office):
    travel.mark(office.site, travel.DEMO)
    office.now = clock.real_now()
    yield office
    clock.set_offset(timedelta())


def test_every_timer_fires_at_its_own_time_and_work_follows_at_once(demo):
    parts = task("a") + timer("t1", "a", "R3/P1D", interrupting=False, kind="Cycle") + work("w")
    demo.deploy(model(parts, "start > a > end; t1 > w > end2"))
    started = demo.now
    case = demo.start()

    done = travel.travel(demo.site, started + timedelta(days=10))

    assert (done.timers, done.jobs) == (3, 3)
    fired = [entry.at for entry in demo.history(case) if entry.kind == "timer_fired"]
    assert fired == [started + timedelta(days=days) for days in (1, 2, 3)]
    assert [call.at for call in demo.topics.calls] == fired
    assert clock.now() - started >= timedelta(days=10)
    assert clock.real_now() - started < timedelta(days=1)


def test_others_follow_the_clock_of_the_database(demo):
    travel.travel(demo.site, clock.now() + timedelta(days=3))
    clock.set_offset(timedelta())

    travel.follow(demo.site)

    assert timedelta(days=2) < clock.now() - clock.real_now() <= timedelta(days=3)


def test_a_real_database_does_not_travel(office):
    with pytest.raises(NotADemo):
        travel.travel(office.site, office.now + timedelta(days=1))

    travel.follow(office.site)
    assert office.rows(Mark) == []
    assert clock.now() - clock.real_now() < timedelta(seconds=5)


def test_time_goes_forward_only(demo):
    with pytest.raises(InvalidInput, match="forward"):
        travel.travel(demo.site, clock.now() - timedelta(days=1))


def test_travelling_ends_where_what_is_due_cannot_be_done(demo):
    demo.deploy(model(task("a") + timer("late", "a", "P1D"), "start > a > end; late > end2"))
    case = demo.start()
    with demo.site.database.transaction() as session:
        session.get_one(type(demo.instance(case)), case).status = "completed"  # a timer that was left behind

    assert travel.travel(demo.site, clock.now() + timedelta(days=2)).timers == 0
    with demo.site.database.transaction() as session:
        session.get_one(type(demo.instance(case)), case).status = "active"
