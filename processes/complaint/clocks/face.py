"""What the clocks of one complaint show: which runs, by when, how far; nothing is changed here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from engine import clock
from processes.complaint import counting
from processes.complaint.clocks.pausing import Stops
from processes.complaint.clocks.watching import Announced
from processes.complaint.counting import Pause, Period, WorkingDays
from processes.complaint.deadlines import MANUAL, Deadline, Deadlines, Regime
from processes.complaint.facts import fact
from processes.complaint.tables import Complaint, ComplaintClock, ComplaintPause
from processes.complaint.tenant import home

#: What measures the answer to the consumer; of these the effective clock is taken.
DECISION = "decision"


@dataclass
class ClockFace:
    """The clocks of `complaint`, measured by `law`."""

    complaint: Complaint
    law: Deadlines
    #: jurisdiction → its calendar
    calendar: Callable[[str], Announced]

    def running(self, purpose: str) -> list[ComplaintClock]:
        """The clocks of `purpose` that are neither met nor ended."""
        return [row for row in self.complaint.clocks if row.purpose == purpose and not row.met_at and not row.ended_at]

    def effective(self) -> ComplaintClock | None:
        """The decision clock due first, of several the one begun last; a paused one only when none else runs."""
        return min(self.running(DECISION), key=_urgency, default=None)

    def due_at(self) -> datetime | None:
        """The effective due moment; None while nothing runs or everything is paused."""
        row = self.effective()
        return row.due_at if row else None

    def revision(self) -> int:
        """Grows with every change of any clock."""
        return sum(row.revision for row in self.complaint.clocks)

    def warnings(self, row: ComplaintClock | None) -> list[dict[str, Any]]:
        """The moments at which `row` warns: `key` (clock, revision and mark), `at` (aware), `mark` in per cent."""
        if row is None or row.due_at is None or row.met_at or row.ended_at:
            return []
        return [
            {"key": f"{row.number}:{row.revision}:{mark}", "at": self.reached(row, mark), "mark": mark}
            for mark in counting.MARKS
        ]

    def reached(self, row: ComplaintClock, mark: int) -> datetime:
        """The moment at which `mark` per cent of `row` are used; pauses without end are not looked at."""
        if row.fixed_due_at:
            return row.trigger_at + (row.fixed_due_at - row.trigger_at) * mark / 100
        return counting.reached(row.trigger_at, period_of(row), mark, self.days(row), self.not_counted(row))

    def used_percent(self, row: ComplaintClock, at: datetime) -> int:
        """How much of the time of `row` is used at `at`, in per cent."""
        if row.fixed_due_at:
            return _share(row.trigger_at, row.fixed_due_at, at)
        ends = [pause.from_on for pause in self.stops(row).endless(self.complaint.pauses)]
        if ends:  # time stands still from the first open pause on
            at = min(at, datetime.combine(min(ends), time(), clock.zone()))
        return counting.used(row.trigger_at, period_of(row), at, self.days(row), self.not_counted(row))

    def due_by(self, row: ComplaintClock, period: Period) -> datetime:
        """The due moment that `row` would have with `period`."""
        return counting.due(row.trigger_at, period, self.days(row), self.not_counted(row))

    def counted(self, row: ComplaintClock, day: date, period: Period) -> int:
        """How many days of `period` `row` counts up to and including `day`."""
        return counting.counted(row.trigger_at, day, period, self.days(row), self.not_counted(row))

    def lawful_pauses(self, row: ComplaintClock) -> list[ComplaintPause]:
        """The pauses on record that stop `row`."""
        return self.stops(row).lawful(self.complaint.pauses)

    def days(self, row: ComplaintClock) -> Announced:
        """The calendar by which `row` counts."""
        deadline = self.deadline(row)
        named = deadline.jurisdiction if deadline else ""
        return self.calendar(named if named not in {"", "any"} else self.home())

    def home(self) -> str:
        """The jurisdiction in which the institution of this case is at home."""
        return fact(self.complaint, "tenant.jurisdiction") or home()

    def unfinished(self) -> list[ComplaintClock]:
        """The clocks that are neither met nor ended."""
        return [row for row in self.complaint.clocks if not row.met_at and not row.ended_at]

    def deadline(self, row: ComplaintClock) -> Deadline | None:
        """The row of the table by which `row` is measured; None for a date that somebody else stated."""
        return None if row.deadline_id == MANUAL else self.law.find(row.deadline_id, local_day(row.trigger_at))

    def regime(self, row: ComplaintClock) -> Regime | None:
        """The regime of `row` as it held when it began."""
        return self.law.regime(row.regime, local_day(row.trigger_at))

    def stops(self, row: ComplaintClock, days: WorkingDays | None = None) -> Stops:
        """What stops `row`; working days as `days` say, by default by its own calendar."""
        return Stops(row.regime, self.deadline(row), self.law, local_day(row.trigger_at), days or self.days(row))

    def not_counted(self, row: ComplaintClock) -> list[Pause]:
        """The days that do not count for `row`."""
        return self.stops(row).not_counted(self.complaint.pauses)


def period_of(row: ComplaintClock) -> Period:
    """The period that `row` measures."""
    return Period(row.limit, row.unit, row.roll)


def local_day(moment: datetime) -> date:
    """The day of `moment` in the business time zone."""
    return moment.astimezone(clock.zone()).date()


def _urgency(row: ComplaintClock) -> tuple[bool, datetime, int]:
    return row.due_at is None, row.due_at or row.trigger_at, -row.number


def _share(start: datetime, end: datetime, at: datetime) -> int:
    return int((at - start) / (end - start) * 100) if end > start else 100
