"""Time travel: everything at its own time, and only where it harms nobody."""

from datetime import datetime, timedelta

import pytest

from engine import clock, travel
from engine.errors import Conflict, InvalidInput, NotADemo
from engine.models import Mark
from tests.applications import model, task, timer, work
from tests.models import element


@pytest.fixture
def demo(office):
    travel.mark(office.site, travel.DEMO)
    office.now = clock.real_now()
    yield office
    clock.set_offset(timedelta())


def held_until(demo):
    """The moment in the mark that keeps schedulers still."""
    (held,) = demo.rows(Mark, Mark.name == travel.HELD)
    return datetime.fromisoformat(held.value)


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


def test_the_clock_is_set_without_doing_what_is_due(demo):
    demo.deploy(model(task("a") + timer("late", "a", "P1D"), "start > a > end; late > end2"))
    demo.start()
    later = demo.now + timedelta(days=5)

    travel.set_clock(demo.site, later)

    assert timedelta() <= clock.now() - later < timedelta(minutes=1)
    assert demo.open() == ["a"]


def test_the_clock_may_be_set_back(demo):
    travel.set_clock(demo.site, clock.real_now() + timedelta(days=5))
    earlier = clock.real_now() - timedelta(days=1)
    travel.set_clock(demo.site, earlier)

    assert timedelta() <= clock.now() - earlier < timedelta(minutes=1)


def test_the_clock_of_a_real_database_is_neither_set_nor_held(office):
    with pytest.raises(NotADemo):
        travel.set_clock(office.site, office.now)
    with pytest.raises(NotADemo):
        travel.hold(office.site)

    assert office.rows(Mark) == []


def test_who_follows_a_database_whose_clock_was_never_set_comes_back_to_real_time(demo):
    clock.set_offset(timedelta(days=3))

    travel.follow(demo.site)

    assert clock.now() - clock.real_now() < timedelta(seconds=5)


def test_one_holds_the_time_until_it_is_let_go(demo):
    assert not travel.is_held(demo.site)

    travel.hold(demo.site)
    assert travel.is_held(demo.site)
    with pytest.raises(Conflict, match="Somebody else is playing"):
        travel.hold(demo.site)

    travel.let_go(demo.site)
    assert not travel.is_held(demo.site)
    travel.hold(demo.site)


def test_who_died_holds_the_time_no_longer_than_two_minutes(demo):
    travel.hold(demo.site)
    assert timedelta(minutes=1) < held_until(demo) - clock.real_now() <= timedelta(minutes=2)
    travel.mark(demo.site, travel.HELD, clock.real_now().isoformat())

    assert not travel.is_held(demo.site)
    travel.hold(demo.site)


def test_who_holds_the_time_holds_it_on(demo):
    soon = clock.real_now() + timedelta(seconds=30)
    travel.mark(demo.site, travel.HELD, soon.isoformat())

    travel.hold(demo.site, again=True)

    assert held_until(demo) > soon + timedelta(minutes=1)


def test_the_time_is_held_by_the_wall_clock_wherever_the_database_travels(demo):
    travel.hold(demo.site)

    travel.set_clock(demo.site, clock.real_now() + timedelta(days=30))

    assert travel.is_held(demo.site)


def test_what_begins_by_time_is_told_apart_from_what_is_due_in_cases(demo):
    begins = element("startEvent", "daily", "<timerEventDefinition><timeCycle>R/P1D</timeCycle></timerEventDefinition>")
    demo.deploy(model(begins + task("a"), "daily > a > end", key="daily_one"))
    _, beginning = travel.next_moments(demo.site)

    assert beginning is not None
    assert travel.next_in_cases(demo.site) is None
    assert travel.next_due(demo.site) == beginning
