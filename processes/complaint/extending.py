"""Extending a period (order No. 3 Art. 18, PBOC order No. 5 Art. 43): asked for, approved by who may, in time, told.

Where the law makes telling the consumer a condition, an approved extension holds only once the notice went out before
the old due moment. It may end on any day up to the limit of the table.
"""

from datetime import date, datetime

from engine import clock
from engine.calendars import end_of_day
from engine.errors import InvalidInput
from processes.complaint.clocks import DECISION, Clocks
from processes.complaint.counting import Period
from processes.complaint.deadlines import Deadline, Extension
from processes.complaint.refusals import (
    ExtensionTooLate,
    ExtensionTooLong,
    NoExtension,
    NoLongerPeriod,
    NotACountedDay,
    WrongTier,
)
from processes.complaint.tables import ComplaintClock, ComplaintExtension

ASKED, APPROVED, VALID, REFUSED = "asked", "approved", "valid", "refused"

#: The consumer must be told, or the extension does not hold.
MANDATORY = "mandatory"


def latest(clocks: Clocks) -> ComplaintExtension | None:
    """The extension asked for last."""
    return clocks.complaint.extensions[-1] if clocks.complaint.extensions else None


def ask(clocks: Clocks, **values: str | date | None) -> None:
    """Put `reason_code`, `approver`, `from_id` (the clock, by its deadline) or `to_on` on the open or a new request.

    Raises ExtensionTooLong, NoLongerPeriod or NotACountedDay for a last day that cannot be, NoExtension where the
    period cannot be extended.
    """
    request = latest(clocks)
    if request is None or request.state != ASKED:
        request = ComplaintExtension(number=len(clocks.complaint.extensions) + 1, state=ASKED, from_id="", to_id="")
        clocks.complaint.extensions.append(request)
    if isinstance(day := values.get("to_on"), date):
        _check_day(clocks, day, *_stage(clocks))
    for name, value in values.items():
        setattr(request, name, value)


def rule_for(clocks: Clocks) -> tuple[ComplaintClock, Extension] | None:
    """The clock that a request is about, the effective one unless it names another, and what the table says of it."""
    request = latest(clocks)
    wanted = request.from_id if request and request.state == ASKED else ""
    running = clocks.running(DECISION)
    row = next((row for row in running if row.deadline_id == wanted), None) if wanted else clocks.effective()
    rule = clocks.law.extension(row.deadline_id, clocks.complaint.level or "", _day(row.trigger_at)) if row else None
    return (row, rule) if row and rule else None


def next_stage(clocks: Clocks) -> tuple[ComplaintClock, Extension, Deadline] | None:
    """The clock that can be extended, by which rule and to which period; None when the law allows no extension."""
    found = rule_for(clocks)
    if found is None or not found[1].to_id:
        return None
    return *found, clocks.law.find(found[1].to_id, _day(found[0].trigger_at))


def due_after(clocks: Clocks) -> datetime | None:
    """When the clock that can be extended would be due then: on the day asked for, or at the limit."""
    found = next_stage(clocks)
    request = latest(clocks)
    if found is None:
        return request.to_due_at if request else None
    return clocks.due_by(found[0], _period(clocks, request, found[0], found[2]))


def refuse(clocks: Clocks, at: datetime) -> None:
    """The request is turned down; the clock stays as it is. Where none is open any more, there is nothing to do."""
    request = latest(clocks)
    if request is not None and request.state == ASKED:
        request.state, request.approved_at = REFUSED, at


def approve(clocks: Clocks, at: datetime) -> None:
    """The request is granted at `at` by `approver`.

    Raises WrongTier when that tier may not grant it, ExtensionTooLate after the due moment, NoExtension when no
    (further) one is lawful, what `ask` raises for its last day, and InvalidInput without a request or a reason.
    """
    request = latest(clocks)
    if request is None or request.state != ASKED:
        raise InvalidInput(why="no extension was asked for")
    row, rule, deadline = _stage(clocks)
    if request.approver not in rule.approvers:
        approvers = ", ".join(rule.approvers)
        raise WrongTier(limit=deadline.period.limit, approvers=approvers, source=rule.source)
    if not request.reason_code:
        raise InvalidInput(why="the reason of the extension is missing")
    if row.due_at and at > row.due_at:
        raise ExtensionTooLate(deadline=row.deadline_id, due=_day(row.due_at), source=rule.source)
    if request.to_on is not None:
        _check_day(clocks, request.to_on, row, rule, deadline)
    request.clock_number, request.from_id, request.to_id = row.number, rule.from_id, rule.to_id
    request.from_due_at = row.due_at
    request.to_due_at = clocks.due_by(row, _period(clocks, request, row, deadline))
    request.state, request.approved_at = APPROVED, at
    if rule.notice != MANDATORY or (request.notified_at and _is_before(request.notified_at, row)):
        _apply(clocks, request, row, deadline)


def notified(clocks: Clocks, at: datetime) -> None:
    """The consumer was told at `at`; an extension that hung on it holds now, if that was before the old due moment."""
    request = latest(clocks)
    if request is None or request.notified_at:
        return
    request.notified_at = at
    row = next((row for row in clocks.running(DECISION) if row.number == request.clock_number), None)
    if request.state == APPROVED and row and _is_before(at, row):
        _apply(clocks, request, row, clocks.law.find(request.to_id, _day(row.trigger_at)))


def _apply(clocks: Clocks, request: ComplaintExtension, row: ComplaintClock, deadline: Deadline) -> None:
    clocks.switch(row, deadline, _period(clocks, request, row, deadline))
    request.state, request.to_due_at = VALID, row.due_at


def _stage(clocks: Clocks) -> tuple[ComplaintClock, Extension, Deadline]:
    """As `next_stage`, or NoExtension with the source of the rule."""
    found = next_stage(clocks)
    if found is not None:
        return found
    known, row = rule_for(clocks), clocks.effective()
    if row is None:
        raise InvalidInput(why="no period is running that could be extended")
    raise NoExtension(deadline=row.deadline_id, source=known[1].source if known else row.regime)


def _period(clocks: Clocks, request: ComplaintExtension | None, row: ComplaintClock, deadline: Deadline) -> Period:
    """The period of `deadline`, or as many of its days as lead to the day that the open request asks for."""
    period = deadline.period
    if request is None or request.to_on is None or request.state not in {ASKED, APPROVED}:
        return period
    days = Period(period.limit, "BD" if period.unit == "BD" else "CD", period.roll)
    return Period(clocks.counted(row, request.to_on, days), days.unit, days.roll)


def _check_day(clocks: Clocks, day: date, row: ComplaintClock, rule: Extension, deadline: Deadline) -> None:
    latest_on = _day(clocks.due_by(row, deadline.period))
    if day > latest_on:
        raise ExtensionTooLong(deadline=row.deadline_id, latest=latest_on, source=rule.source)
    if row.due_at and day <= _day(row.due_at):
        raise NoLongerPeriod(deadline=row.deadline_id, due=_day(row.due_at))
    days = Period(0, "BD" if deadline.period.unit == "BD" else "CD")
    reached = Period(clocks.counted(row, day, days), days.unit)
    if clocks.due_by(row, reached) != end_of_day(day, clock.zone()):
        raise NotACountedDay(deadline=row.deadline_id, day=day)


def _is_before(at: datetime, row: ComplaintClock) -> bool:
    return row.due_at is None or at <= row.due_at


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.zone()).date()
