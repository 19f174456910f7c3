"""The clocks of one complaint: started, paused, restarted, agreed otherwise and met, always computed anew from records.

A clock's due moment follows from its trigger, its period and the pauses on record; nothing is ever added up.
`due_at` is None while a pause without end stops the clock. Every change of a clock raises its `revision`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from engine import clock
from engine.errors import InvalidInput
from processes.complaint import counting
from processes.complaint.counting import Pause, Period, WorkingDays
from processes.complaint.deadlines import MANUAL, Deadline, Deadlines
from processes.complaint.tables import Complaint, ComplaintClock, ComplaintPause

#: What measures the answer to the consumer; of these the effective clock is taken.
DECISION = "decision"

#: Article 21 lets the parties agree another date for the periods of these regimes.
AGREED_REGIMES = frozenset({"CN-NFRA-2020-3", "GENERIC"})

#: Waiting for the consumer, which stops no statutory clock, and our own for so many working days at most.
WAITING = "AWAITING_CONSUMER"
LONGEST_WAIT = 10

#: A pause longer than this is a slip of the pen.
LONGEST_PAUSE = timedelta(days=3 * 366)


@dataclass
class Clocks:
    """The clocks of `complaint`; changes go to its rows."""

    complaint: Complaint
    law: Deadlines
    #: jurisdiction → its calendar
    calendar: Callable[[str], WorkingDays]
    #: whether any clock changed
    changed: bool = field(default=False, init=False)

    # --- reading

    def running(self, purpose: str) -> list[ComplaintClock]:
        """The clocks of `purpose` that are neither met nor ended."""
        return [row for row in self.complaint.clocks if row.purpose == purpose and not row.met_at and not row.ended_at]

    def effective(self) -> ComplaintClock | None:
        """The decision clock that is due first; a paused one only when none else runs."""
        return min(
            self.running(DECISION), key=lambda row: (row.due_at is None, row.due_at or row.trigger_at), default=None
        )

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
            {"key": f"{row.number}:{row.revision}:{mark}", "at": self._reached(row, mark), "mark": mark}
            for mark in counting.MARKS
        ]

    def used_percent(self, row: ComplaintClock, at: datetime) -> int:
        """How much of the time of `row` is used at `at`, in per cent."""
        if row.fixed_due_at:
            return _share(row.trigger_at, row.fixed_due_at, at)
        ends = [pause.from_on for pause in self._open_pauses(row)]
        if ends:  # time stands still from the first open pause on
            at = min(at, datetime.combine(min(ends), time(), clock.zone()))
        return counting.used(row.trigger_at, _period(row), at, self._days(row), self._pauses(row))

    def due_after(self, row: ComplaintClock, deadline: Deadline) -> datetime:
        """The due moment that `row` would have with the period of `deadline`."""
        return counting.due(row.trigger_at, deadline.period, self._days(row), self._pauses(row))

    # --- changing

    def start(self, deadline_id: str, trigger_at: datetime | None = None) -> None:
        """Start the clock `deadline_id`, by default when its trigger happened; one that ran already is left alone.

        Raises InvalidInput when the table has no such deadline, or no clock of a complaint starts with its trigger.
        """
        ran = {row.deadline_id for row in self.complaint.clocks}
        if deadline_id in ran | {
            extension.from_id for extension in self.complaint.extensions if extension.state == "valid"
        }:
            return
        on = (trigger_at or self.complaint.received_at).astimezone(clock.zone()).date()
        deadline = self.law.find(deadline_id, on)
        at = trigger_at or self._trigger(deadline)
        self._append(deadline, at)

    def start_fixed(self, due_at: datetime) -> None:
        """Start, or move, the clock of a date that a hand-over states."""
        row = next((row for row in self.complaint.clocks if row.deadline_id == MANUAL), None)
        if row is None:
            trigger_at = self.complaint.regulator_handover_at or self.complaint.received_at
            row = ComplaintClock(deadline_id=MANUAL, regime=MANUAL, step="reply_to_regulator", purpose=DECISION)
            row.trigger_at, row.limit, row.unit, row.roll, row.revision = trigger_at, 0, "CD", False, 0
            self._add(row)
        row.fixed_due_at = due_at
        self.recount(row)

    def agree(self, due_at: datetime) -> None:
        """The parties agreed on another date (order No. 3 Art. 21): it replaces the date it was agreed for."""
        rows = [row for row in self.running(DECISION) if row.regime in AGREED_REGIMES]
        if not rows:
            raise InvalidInput(why="no period is running for which the law lets the parties agree on another date")
        for row in rows:
            row.fixed_due_at = due_at
            self.recount(row)

    def restart(self, at: datetime) -> None:
        """New facts came in at `at`: the periods whose law says so begin anew (order No. 3 Art. 18 ¶3).

        They begin in their first stage: an extension belonged to the period that ended. After the decision a new
        clock begins, and the met one stays on record.
        """
        running = self.running(DECISION)
        rows = running or [row for row in self.complaint.clocks if row.purpose == DECISION and row.met_at]
        for row in rows:
            deadline = self._first_stage(row)
            if deadline is None or not deadline.restarts or at <= row.trigger_at:
                continue
            if running:
                row.trigger_at, row.fixed_due_at = at, None
                self.switch(row, deadline)
            elif not any(other.trigger_at >= at for other in self.complaint.clocks):
                self._append(deadline, at)

    def switch(self, row: ComplaintClock, deadline: Deadline) -> None:
        """Measure `row` by the period of `deadline` from now on."""
        row.deadline_id, row.step = deadline.id, deadline.step
        row.limit, row.unit, row.roll = deadline.period.limit, deadline.period.unit, deadline.period.roll
        row.due_at = None  # another period is a change even when it ends on the same day
        self.recount(row)

    def pause(self, reason: str, **days: date | None) -> None:
        """Put `from_on`, `to_on` or `told_on` of the pause for `reason` on record, and count again.

        A `from_on` after a finished pause opens another. Raises InvalidInput when it ends before it begins.
        """
        rows = [row for row in self.complaint.pauses if row.reason == reason]
        row = rows[-1] if rows else None
        if row is None or (days.get("from_on") and row.to_on and days["from_on"] != row.from_on):
            if not days.get("from_on"):
                raise InvalidInput(why="this pause has not begun: its first day is missing")
            row = ComplaintPause(number=len(self.complaint.pauses) + 1, reason=reason, from_on=days["from_on"])
            self.complaint.pauses.append(row)
        for name, day in days.items():
            setattr(row, name, day)
        if row.to_on and not timedelta() <= row.to_on - row.from_on <= LONGEST_PAUSE:
            raise InvalidInput(why=f"a pause from {row.from_on} to {row.to_on} cannot be")
        for clock_row in self._unfinished():
            self.recount(clock_row)

    def received(self, at: datetime) -> None:
        """The moment of receipt was corrected to `at`: the clocks that began with it begin there."""
        before = self.complaint.received_at
        self.complaint.received_at = at
        for row in self._unfinished():
            if row.trigger_at == before:
                row.trigger_at = at
                self.recount(row)

    def meet(self, purpose: str, at: datetime) -> None:
        """What the clocks of `purpose` measure was done at `at`."""
        for row in self.running(purpose):
            row.met_at = at
            self._raise(row)

    def end(self, at: datetime) -> None:
        """The clocks that are left have nothing to measure any more from `at` on."""
        for row in self._unfinished():
            row.ended_at = at
            self._raise(row)

    def recount(self, row: ComplaintClock) -> None:
        """Compute the due moment of `row` from the records; a different one raises its revision."""
        before = row.due_at
        paused = not row.fixed_due_at and self._open_pauses(row)
        row.due_at = None if paused else self._reached(row, 100)
        if row.due_at != before:
            self._raise(row)

    # --- inside

    def _trigger(self, deadline: Deadline) -> datetime:
        complaint = self.complaint
        moments = {
            "complaint_received": complaint.received_at,
            "complaint_created": complaint.received_at,
            "day_after_received": complaint.received_at,
            "sent_to_company": complaint.regulator_handover_at or complaint.received_at,
            "handover_received": complaint.regulator_handover_at or complaint.received_at,
        }
        if deadline.trigger not in moments:
            raise InvalidInput(
                why=f"the clock {deadline.id} begins with {deadline.trigger}, which this case does not know"
            )
        return moments[deadline.trigger]

    def _append(self, deadline: Deadline, trigger_at: datetime) -> None:
        row = ComplaintClock(
            deadline_id=deadline.id,
            regime=deadline.regime,
            step=deadline.step,
            purpose=deadline.purpose,
            trigger_at=trigger_at,
            limit=deadline.period.limit,
            unit=deadline.period.unit,
            roll=deadline.period.roll,
            revision=0,
        )
        self._add(row)
        self.recount(row)

    def _add(self, row: ComplaintClock) -> None:
        row.number = len(self.complaint.clocks) + 1
        self.complaint.clocks.append(row)

    def _raise(self, row: ComplaintClock) -> None:
        row.revision += 1
        self.changed = True

    def _unfinished(self) -> list[ComplaintClock]:
        return [row for row in self.complaint.clocks if not row.met_at and not row.ended_at]

    def _deadline(self, row: ComplaintClock) -> Deadline | None:
        if row.deadline_id == MANUAL:
            return None
        return self.law.find(row.deadline_id, row.trigger_at.astimezone(clock.zone()).date())

    def _first_stage(self, row: ComplaintClock) -> Deadline | None:
        """The deadline with which `row` began, before any extension."""
        deadline = self._deadline(row)
        while deadline and deadline.extension_of:
            deadline = self.law.find(deadline.extension_of, row.trigger_at.astimezone(clock.zone()).date())
        return deadline

    def _reached(self, row: ComplaintClock, mark: int) -> datetime:
        if row.fixed_due_at:
            return row.trigger_at + (row.fixed_due_at - row.trigger_at) * mark / 100
        return counting.reached(row.trigger_at, _period(row), mark, self._days(row), self._pauses(row))

    def _days(self, row: ComplaintClock) -> WorkingDays:
        deadline = self._deadline(row)
        return self.calendar(deadline.jurisdiction if deadline else "any")

    def _lawful_pauses(self, row: ComplaintClock) -> Iterable[ComplaintPause]:
        """The pauses on record that stop `row` (D12); an appraisal only once the consumer was told (Art. 18 ¶2)."""
        deadline = self._deadline(row)
        allowed = deadline.pauses if deadline else frozenset()
        return [pause for pause in self.complaint.pauses if pause.reason in allowed and self._is_told(pause)]

    def _is_told(self, pause: ComplaintPause) -> bool:
        if pause.reason != "EXTERNAL_APPRAISAL":
            return True
        if pause.told_on is None:
            return False
        day, days = pause.from_on + counting.ONE_DAY, self.calendar("CN")
        while not days.is_working(day):
            day += counting.ONE_DAY
        return pause.told_on <= day

    def _pauses(self, row: ComplaintClock) -> list[Pause]:
        """The days that do not count for `row`; of waiting for the consumer no more than the longest wait in all."""
        days, left, found = self._days(row), LONGEST_WAIT, []
        for pause in self._lawful_pauses(row):
            if pause.reason != WAITING:
                found += [Pause(pause.from_on, pause.to_on)] if pause.to_on else []
                continue
            day = pause.from_on
            while left and (pause.to_on is None or day < pause.to_on):
                left -= days.is_working(day)
                day += counting.ONE_DAY
            found.append(Pause(pause.from_on, day))
        return found

    def _open_pauses(self, row: ComplaintClock) -> list[ComplaintPause]:
        return [pause for pause in self._lawful_pauses(row) if pause.to_on is None and pause.reason != WAITING]


def _period(row: ComplaintClock) -> Period:
    return Period(row.limit, row.unit, row.roll)


def _share(start: datetime, end: datetime, at: datetime) -> int:
    return int((at - start) / (end - start) * 100) if end > start else 100
