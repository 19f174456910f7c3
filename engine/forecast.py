"""When work will be done: how long each step takes, queued behind the work that comes earlier. Nothing but arithmetic.

`work` of a step is business time for which it keeps a person busy, `rest` business time from its end until what the
case's deadline asks for is done. Both are medians of what was measured; a target where too little was. More work
before a task, a longer step or fewer hands never make it earlier, and nothing is done before now.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from engine import clock
from engine.calendars import Calendar

NOTHING = timedelta()
#: What is measured counts from so many closed tasks on.
ENOUGH = 5
#: A target leaves room to wait: the part of it that keeps a person busy. Used until enough is measured.
WORK_OF_TARGET = 0.25
#: The same for all that follows on a step, waiting included.
REST_OF_TARGET = 0.5
#: Work of a step of which neither a measure nor a target is known.
UNKNOWN_WORK = timedelta(hours=1)
#: Nobody is told of days further off; what would be later counts as then.
HORIZON = timedelta(days=400)


@dataclass(frozen=True)
class Forecasting:
    """What an application knows that forecasts need."""

    #: the working days and business hours of its people
    calendar: Callable[[], Calendar]
    #: (element id, moment) → how long the step may take then, as business time; None: no target
    target: Callable[[str, datetime], timedelta | None]
    #: the same for what is left behind the step until the case's deadline is met; None: nothing there counts for it
    target_rest: Callable[[str, datetime], timedelta | None]
    #: column: the case's running deadline; of a table with one row per instance
    due: Any
    #: SELECT of instance id and the moment at which what the deadline asks for was done
    met: Any


@dataclass(frozen=True)
class Pace:
    """How long one step takes. `measured`: of how many closed tasks that is the median; 0: it follows from a target.

    `rest` is None where nothing behind the step counts for the deadline of the case, `is_rest_measured` tells whether
    it was measured too.
    """

    work: timedelta = UNKNOWN_WORK
    rest: timedelta | None = None
    measured: int = 0
    is_rest_measured: bool = False


@dataclass(frozen=True)
class Ahead:
    """What comes before a task: earlier tasks and their work together, shared by so many `hands`.

    `away_until`: nothing of it begins before, as the person is not there; `put_off_until`: this task does not.
    """

    tasks: int = 0
    work: timedelta = NOTHING
    hands: int = 1
    away_until: datetime | None = None
    put_off_until: datetime | None = None


@dataclass(frozen=True)
class Forecast:
    """When a task will be done, and what the deadline of its case asks for; both with their deadlines, and why."""

    done_at: datetime
    due_at: datetime | None
    pace: Pace
    ahead: Ahead
    case_done_at: datetime | None = None
    case_due_at: datetime | None = None

    @property
    def is_late(self) -> bool:
        """Whether the task will be late."""
        return self.due_at is not None and self.done_at > self.due_at

    @property
    def is_case_late(self) -> bool:
        """Whether the case will be late."""
        return self.case_done_at is not None and self.case_due_at is not None and self.case_done_at > self.case_due_at


class Timetable:
    """Business time counted from now: when so much of it will have passed, and how much passes until a moment."""

    def __init__(self, calendar: Calendar, now: datetime) -> None:
        self._calendar, self._now = calendar, now
        self._next, self._last = _day(now), _day(now + HORIZON)
        #: business days as far as somebody asked: opening, end, business time from now until the opening
        self._days: list[tuple[datetime, datetime, timedelta]] = []
        #: business time from now until the end of each of them
        self._ends: list[timedelta] = []

    def after(self, passed: timedelta) -> datetime:
        """The moment (UTC) at which `passed` business time will have passed; at the latest the end of the horizon."""
        while not self._ends or self._ends[-1] < passed:
            if not self._reach_on():
                return self._days[-1][1] if self._days else self._now + HORIZON
        opening, _, before = self._days[bisect_left(self._ends, passed)]
        return opening + max(passed - before, NOTHING)

    def until(self, moment: datetime) -> timedelta:
        """The business time from now until `moment`."""
        while not self._days or self._days[-1][1] < moment:
            if not self._reach_on():
                break
        place = bisect_right(self._days, moment, key=lambda each: each[0]) - 1
        if place < 0:
            return NOTHING
        opening, end, before = self._days[place]
        return before + min(moment, end) - opening

    def _reach_on(self) -> bool:
        """Add the next business day; false at the end of the horizon."""
        while self._next <= self._last:
            hours = self._calendar.business_day(self._next)
            self._next += timedelta(days=1)
            if hours is not None and hours[1] > self._now:
                opening, before = max(hours[0], self._now), self._ends[-1] if self._ends else NOTHING
                self._days.append((opening, hours[1], before))
                self._ends.append(before + (hours[1] - opening))
                return True
        return False


def forecast(
    timetable: Timetable,
    pace: Pace,
    ahead: Ahead,
    due_at: datetime | None,
    case_due_at: datetime | None = None,
) -> Forecast:
    """When a task with this `pace` will be done behind what is `ahead` of it."""
    away, put_off = (timetable.until(each) if each else NOTHING for each in (ahead.away_until, ahead.put_off_until))
    needed = max(away + ahead.work / max(ahead.hands, 1), put_off) + pace.work
    rest = None if pace.rest is None or case_due_at is None else timetable.after(needed + pace.rest)
    return Forecast(timetable.after(needed), due_at, pace, ahead, rest, case_due_at)


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.zone()).date()
