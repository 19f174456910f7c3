"""When timers are due, and what is left of them after firing or after a clock changed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.applications import PathType
from engine.errors import ModelFault
from engine.execution import StepFailed, TimerSet
from engine.execution.timers import armed, evaluated_again, fired
from engine.feel import YearsMonths
from tests.models import NOW, Case, boundary, bpmn, element, timer

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("kind", "value", "due"),
    [
        ("duration", "PT1H", NOW + HOUR),
        ("duration", timedelta(days=2), NOW + timedelta(days=2)),
        ("duration", "P1M", datetime(2026, 4, 2, 1, tzinfo=UTC)),
        ("duration", YearsMonths(12), datetime(2027, 3, 2, 1, tzinfo=UTC)),
        ("duration", "-PT1H", NOW - HOUR),
        ("date", "2026-03-05T10:00:00+08:00", datetime(2026, 3, 5, 2, tzinfo=UTC)),
        ("date", "2026-03-05T10:00:00", datetime(2026, 3, 5, 2, tzinfo=UTC)),
        ("date", date(2026, 3, 5), datetime(2026, 3, 4, 16, tzinfo=UTC)),
        ("date", None, None),
        ("cycle", "R3/PT1H", NOW + HOUR),
        ("cycle", "R/P1D", NOW + timedelta(days=1)),
        ("cycle", "PT1H", NOW + HOUR),
        ("cycle", timedelta(hours=1), NOW + HOUR),
        ("cycle", "R2/2026-03-05T10:00:00Z/PT1H", datetime(2026, 3, 5, 10, tzinfo=UTC)),
        ("cycle", [], None),
        ("cycle", None, None),
    ],
)
def test_a_timer_is_due(kind, value, due):
    assert armed(kind, value, NOW)["due"] == due


def test_a_cron_text_fires_at_its_moments_until_none_comes():
    timer = armed("cycle", "0 0 9 ? * MON-FRI 2026", datetime(2026, 12, 30, 12, tzinfo=UTC))
    assert timer["due"] == datetime(2026, 12, 31, 1, tzinfo=UTC)

    own, after = fired(timer)

    assert (own, after) == ({"fired": {"at": timer["due"]}}, None)


def test_a_month_is_one_of_the_business_time_zone():
    late = datetime(2026, 1, 30, 17, tzinfo=UTC)  # January 31, 1 o'clock in Shanghai

    assert armed("duration", "P1M", late)["due"] == datetime(2026, 2, 27, 17, tzinfo=UTC)
    assert armed("cycle", "R/P1M", late)["due"] == datetime(2026, 2, 27, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("duration", "soon"),
        ("duration", 5),
        ("date", "2026-13-45"),
        ("cycle", "R3/soon"),
        ("cycle", "R0/PT1H"),
        ("cycle", "R/PT0S"),
        ("cycle", "R3/PT1H/2026-03-05T10:00:00Z"),
        ("cycle", 5),
        ("cycle", ["soon"]),
        ("cycle", [{"key": "a"}]),
    ],
)
def test_what_is_no_time_is_refused_by_its_value(kind, value):
    with pytest.raises(ModelFault, match="The timer's value"):
        armed(kind, value, NOW)


@given(st.integers(1, 6), st.integers(1, 500))
def test_a_repetition_fires_so_many_times_in_an_even_rhythm(count, minutes):
    state, moments = armed("cycle", f"R{count}/PT{minutes}M", NOW), []
    while state is not None:
        own, state = fired(state)
        moments.append(own["fired"]["at"])

    assert moments == [NOW + n * timedelta(minutes=minutes) for n in range(1, count + 1)]


def marks(*hours, revision=1):
    return [{"key": f"{revision}:{hour}", "at": NOW + hour * HOUR, "mark": hour} for hour in hours]


def test_a_list_of_moments_fires_each_in_order_with_what_it_says():
    own, after = fired(armed("cycle", marks(3, 1, 2), NOW))

    assert own == {"fired": {"key": "1:1", "at": NOW + HOUR, "mark": 1}}
    assert [item["mark"] for item in after["moments"]] == [2, 3]
    assert after["due"] == NOW + 2 * HOUR


def test_after_a_change_only_moments_ahead_that_did_not_fire_are_armed():
    _, state = fired(armed("cycle", marks(1, 5, 9), NOW))
    moved = evaluated_again(state, "cycle", [*marks(1, 9), *marks(2, 4, 8, revision=2)], NOW + 3 * HOUR)

    assert [item["key"] for item in moved["moments"]] == ["2:4", "2:8", "1:9"]
    assert evaluated_again(moved, "cycle", [], NOW)["due"] is None
    assert evaluated_again(moved, "cycle", marks(1, 6), NOW)["due"] == NOW + 6 * HOUR, "what fired stays fired"


def test_a_duration_is_counted_from_when_it_was_armed_also_after_a_change():
    state = armed("duration", "PT2H", NOW)

    assert evaluated_again(state, "duration", "PT5H", NOW + HOUR)["due"] == NOW + 5 * HOUR
    assert evaluated_again(state, "duration", None, NOW + HOUR)["due"] is None


def test_a_repetition_keeps_its_rhythm_unless_it_was_paused_or_changed():
    _, state = fired(armed("cycle", "R3/PT2H", NOW))
    later = NOW + 3 * HOUR

    assert evaluated_again(state, "cycle", "R3/PT2H", later) == state
    paused = evaluated_again(state, "cycle", None, later)
    assert paused["due"] is None
    resumed = evaluated_again(paused, "cycle", "R3/PT2H", later)
    assert (resumed["due"], resumed["left"]) == (later + 2 * HOUR, 2)
    assert evaluated_again(state, "cycle", "R3/PT1H", later)["due"] == later + HOUR


def test_a_repetition_that_was_null_when_armed_begins_when_it_is_not():
    resumed = evaluated_again(armed("cycle", None, NOW), "cycle", "R2/PT1H", NOW + HOUR)

    assert (resumed["due"], resumed["left"]) == (NOW + 2 * HOUR, 2)


# --- in a case


PATHS = {path: PathType("Any") for path in ("clock.due", "clock.warnings", "level")}


class Clock:
    """A record with a clock, as an application has one."""

    def __init__(self, **kept):
        self.kept = kept
        self.changed = set()

    def get(self, path):
        return self.kept.get(path.partition(".")[2] or path)

    def set(self, path, value):
        self.kept[path] = value


def clocked(text, kind="Date", **kept):
    record = Clock(**kept)
    late = boundary("late", "a", timer(text, kind), interrupting=False)
    options = {"record": record, "record_name": "case", "paths": PATHS}
    return Case(bpmn(late, "start > a > end; late > b > end2"), options=options), record


def change(case, *names):
    case.do(lambda execution: execution.clocks_changed(set(names)))


def test_a_timer_follows_the_clock_it_reads_pauses_and_goes_on():
    case, record = clocked("${case.clock.due}", due=NOW + HOUR)
    (told,) = case.execution.timers_set.values()
    assert told == TimerSet(case.token("late"), "late", NOW + HOUR, ("case.clock.due",))

    record.kept["due"] = None
    change(case, "case.clock.due")
    assert case.wait(hours=5) == []
    assert [told.due_at for told in case.execution.timers_set.values()] == [None]

    record.kept["due"] = NOW + 6 * HOUR
    change(case, "case.clock.due")
    assert case.wait(hours=1) == ["late"]
    assert case.open == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "is_read"),
    [
        ("case.clock.due", True),
        ("case.clock", True),
        ("case", True),
        ("case.clock.due.x", True),
        ("case.clo", False),
        ("case.level", False),
    ],
)
def test_only_timers_that_read_what_changed_are_evaluated_again(name, is_read):
    case, record = clocked("${case.clock.due}", due=NOW + HOUR)
    record.kept["due"] = NOW + 2 * HOUR
    change(case, name)

    assert case.execution.due_timers()[0][0] == NOW + (2 if is_read else 1) * HOUR


def test_warnings_of_a_clock_fire_once_each_and_move_with_an_extension():
    case, record = clocked("${case.clock.warnings}", "Cycle", warnings=marks(1, 4, 8))
    assert case.wait(hours=5) == ["late", "late"]

    record.kept["warnings"] = marks(1, 4, 10, 20, revision=2)
    change(case, "case.clock.warnings")

    assert case.wait(hours=4) == []
    assert case.wait(hours=2) == ["late"]
    assert case.execution.context(case.token("b", 2))["fired"]["key"] == "2:10"
    assert [fact.detail["key"] for fact in case.facts if getattr(fact, "kind", "") == "timer_fired"] == [
        "1:1",
        "1:4",
        "2:10",
    ]
    case.complete("a")
    assert case.wait(days=9) == []


def test_a_timer_whose_clock_makes_no_sense_is_parked_and_armed_again_when_repaired():
    case, record = clocked("${case.clock.due}", due=NOW + HOUR)
    record.kept["due"] = 5
    change(case, "case.clock.due")
    assert case.states == {"a": "task", "late": "parked"}
    token = case.token("late")
    assert case.execution.parked[token][0] == "late"

    record.kept["due"] = NOW + 2 * HOUR
    case.do(lambda execution: execution.unpark(token))

    assert case.wait(hours=2) == ["late"]


def test_a_literal_is_not_read_as_feel_and_reads_no_names():
    case, _ = clocked("PT1H", "Duration")

    assert [told.names for told in case.execution.timers_set.values()] == [()]


def test_a_timer_that_cannot_be_armed_fails_at_its_activity():
    with pytest.raises(StepFailed, match=r"The timer's value .a Decimal."):
        clocked("${5}")


@pytest.mark.parametrize(("text", "times"), [("R3/PT1H", 3), ("R/PT1H", 24), ("R1/PT1H", 1)])
def test_a_cycle_catches_up_with_every_firing_it_missed(text, times):
    remind = boundary("remind", "a", timer(text, "Cycle"), interrupting=False)
    case = Case(bpmn(remind, "start > a > end; remind > end2"))

    assert case.wait(days=1) == ["remind"] * times
    assert case.passed.count("remind") == times


def test_an_interrupting_cycle_fires_once():
    late = boundary("late", "a", timer("R3/PT1H", "Cycle"))
    case = Case(bpmn(late, "start > a > end; late > b > end2"))

    assert case.wait(days=1) == ["late"]
    assert case.open == ["b"]


def test_a_timer_that_is_parked_behind_its_event_is_not_due_again():
    broken = element("scriptTask", "broken", "<script>missing()</script>")
    case = Case(bpmn(broken + boundary("late", "a", timer("PT1H")), "start > a > end; late > broken > end2"))
    case.now += HOUR
    token = case.token("late")
    case.do_parking(lambda execution: execution.fire(token))

    assert case.states == {"broken": "parked"}
    assert case.execution.timers_set == {token: None}
    assert case.execution.due_timers() == []
