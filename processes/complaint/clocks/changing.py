"""What happens to the clocks of one complaint: they start, stop, begin anew, give way and end."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NoReturn

from engine import clock
from engine.errors import InvalidInput
from processes.complaint import counting
from processes.complaint.clocks.face import DECISION, ClockFace, local_day, period_of
from processes.complaint.clocks.triggers import TRIGGERS, receipt
from processes.complaint.clocks.watching import Watched
from processes.complaint.counting import Period
from processes.complaint.deadlines import MANUAL, Deadline
from processes.complaint.refusals import (
    NoAgreedDate,
    NotHappenedYet,
    PauseNotLawful,
    PauseTurnedRound,
    ReceivedAfterRegistered,
)
from processes.complaint.tables import ComplaintClock, ComplaintPause

#: What an answer at once is measured by: over when it was decided, in time or not.
EARLY = "early"

#: Our own rules, which give way to any statutory regime.
OWN = "GENERIC"

#: A pause longer than this is a slip of the pen.
LONGEST_PAUSE = timedelta(days=3 * 366)


@dataclass
class Clocks(ClockFace):
    """The clocks of a complaint; changes go to its rows."""

    #: whether any clock changed
    changed: bool = field(default=False, init=False)

    def begin(self, deadline_ids: Collection[str]) -> None:
        """Start the clocks that a decision lists; one that it does not list gives way to another of its own regime.

        Our own period gives way to any statutory one. A clock that ran already, or was extended, is left alone, and no
        trigger moves. Raises what `start` raises.
        """
        for deadline_id in deadline_ids:
            self.start(deadline_id)
        listed = [row for row in self.running(DECISION) if row.deadline_id in deadline_ids]
        kept = {row.deadline_id for row in listed} | {row.to_id for row in self.complaint.extensions}
        for row in self.running(DECISION):
            if row.deadline_id not in kept and any(row.regime in {each.regime, OWN} for each in listed):
                row.ended_at = clock.now()
                self._raise(row)

    def start(self, deadline_id: str, trigger_at: datetime | None = None) -> None:
        """Start the clock `deadline_id`, by default when its trigger happened; one that ran already is left alone.

        Raises InvalidInput when the table has no such deadline, or what triggers it has not happened in this case.
        """
        if deadline_id == MANUAL:
            if self.complaint.regulator_reply_due_at is None:
                raise InvalidInput(why="the date for the reply that the hand-over states is missing")
            return self.start_fixed(self.complaint.regulator_reply_due_at)
        ran = {row.deadline_id for row in self.complaint.clocks}
        if deadline_id in ran | {row.from_id for row in self.complaint.extensions if row.state == "valid"}:
            return None
        deadline = self.law.find(deadline_id, local_day(trigger_at or receipt(self.complaint)))
        moment = TRIGGERS.get(deadline.trigger)
        at = trigger_at or (moment(self.complaint) if moment else None)
        if at is None:
            raise NotHappenedYet(deadline=deadline.id, trigger=deadline.trigger)
        return self._append(deadline, at)

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

    # --- changing

    def agree(self, due_at: datetime) -> None:
        """The parties agreed on another date (order No. 3 Art. 21): it replaces the date it was agreed for.

        Raises NoAgreedDate where no regime of the running clocks knows that, InvalidInput for a date before the start.
        """
        running = self.running(DECISION)
        rows = [row for row in running if (regime := self.regime(row)) and regime.agreed_date]
        if not rows:
            self._refuse_agreed_date()
        if any(due_at <= row.trigger_at for row in rows):
            raise InvalidInput(why="the agreed date lies before the beginning of the period")
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
                self.switch(row, deadline, deadline.period)
            elif not any(other.trigger_at >= at for other in self.complaint.clocks):
                self._append(deadline, at)

    def switch(self, row: ComplaintClock, deadline: Deadline, period: Period) -> None:
        """Measure `row` by `deadline` and its `period`, or a shorter one, from now on."""
        row.deadline_id, row.step = deadline.id, deadline.step
        row.limit, row.unit, row.roll = period.limit, period.unit, period.roll
        row.due_at = None  # another period is a change even when it ends on the same day
        self.recount(row)

    def pause(self, reason: str, **days: date | None) -> None:
        """Put `from_on`, `to_on` or `told_on` of the pause for `reason` on record, and count again.

        A `from_on` after a finished pause opens another. Raises PauseNotLawful where `reason` stops no running clock,
        InvalidInput for a pause that ends before it begins.
        """
        if days.get("from_on"):
            self._refuse_unlawful(reason)
        self.wait(reason, **days)

    def wait(self, reason: str, **days: date | None) -> None:
        """As `pause`, for any reason: a clock that it does not stop ignores it."""
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
            raise PauseTurnedRound(from_on=row.from_on, to_on=row.to_on)
        for clock_row in self.unfinished():
            self.recount(clock_row)

    def received(self, at: datetime) -> None:
        """The moment of receipt was corrected to `at`: the clocks that began with it begin there.

        Raises ReceivedAfterRegistered.
        """
        if at > self.complaint.registered_at:
            registered_at = self.complaint.registered_at.astimezone(clock.zone())
            raise ReceivedAfterRegistered(registered=f"{registered_at:%Y-%m-%d %H:%M}")
        before = receipt(self.complaint)
        self.complaint.received_at = at
        for row in self.unfinished():
            deadline = self.deadline(row)
            if deadline and TRIGGERS.get(deadline.trigger) is receipt and row.trigger_at == before:
                row.trigger_at = receipt(self.complaint)
                self.recount(row)

    # --- ending

    def meet(self, purpose: str, at: datetime) -> None:
        """What the clocks of `purpose` measure was done at `at`."""
        for row in self.running(purpose):
            row.met_at = at
            self._raise(row)

    def decide(self, at: datetime) -> None:
        """The complaint was decided at `at`: decision clocks are met; an early answer was in time, or is over."""
        self.meet(DECISION, at)
        for row in self.running(EARLY):
            in_time = row.due_at is not None and at <= row.due_at
            row.met_at, row.ended_at = (at, None) if in_time else (None, at)
            self._raise(row)

    def end(self, at: datetime) -> None:
        """The clocks that are left have nothing to measure any more from `at` on."""
        for row in self.unfinished():
            row.ended_at = at
            self._raise(row)

    def recount(self, row: ComplaintClock) -> None:
        """Compute the due moment of `row` from the records; a different one raises its revision."""
        due_at, provisional = self._computed(row)
        differs = due_at != row.due_at
        row.due_at, row.provisional = due_at, provisional
        if differs:
            self._raise(row)

    def is_stale(self) -> bool:
        """Whether a clock shows another moment than it should, as when the calendar has changed."""
        return any((row.due_at, row.provisional) != self._computed(row) for row in self.unfinished())

    # --- inside

    def _computed(self, row: ComplaintClock) -> tuple[datetime | None, bool]:
        """The due moment of `row`, and whether it is provisional."""
        if row.fixed_due_at:
            return row.fixed_due_at, False
        days = Watched(self.days(row))
        stops = self.stops(row, days)
        if stops.endless(self.complaint.pauses):
            return None, days.guessed
        pauses = stops.not_counted(self.complaint.pauses)
        return counting.due(row.trigger_at, period_of(row), days, pauses), days.guessed

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

    def _first_stage(self, row: ComplaintClock) -> Deadline | None:
        """The deadline with which `row` began, before any extension."""
        deadline = self.deadline(row)
        while deadline and deadline.extension_of:
            deadline = self.law.find(deadline.extension_of, local_day(row.trigger_at))
        return deadline

    def _refuse_agreed_date(self) -> NoReturn:
        row = self.effective()
        if row is None:
            raise InvalidInput(why="no period is running for which the law lets the parties agree on another date")
        regime = self.regime(row)
        raise NoAgreedDate(deadline=row.deadline_id, source=regime.source if regime else row.regime)

    def _refuse_unlawful(self, reason: str) -> None:
        """Raise PauseNotLawful where `reason` stops none of the decision clocks that run."""
        row = self.effective()
        if row is None or any(self.stops(each).allows(reason) for each in self.running(DECISION)):
            return
        rule = self.stops(row).rule(reason)
        raise PauseNotLawful(deadline=row.deadline_id, reason=reason, source=rule.source if rule else row.regime)
