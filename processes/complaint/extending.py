"""Extending a period (order No. 3 Art. 18, PBOC order No. 5 Art. 43): asked for, approved by who may, in time, told.

Where the law makes telling the consumer a condition, an approved extension holds only once the notice went out before
the old due moment.
"""

from datetime import datetime

from engine import clock
from engine.errors import InvalidInput, NotAllowed, TooLate
from processes.complaint.clocks import DECISION, Clocks
from processes.complaint.deadlines import Deadline, Extension
from processes.complaint.tables import ComplaintClock, ComplaintExtension

ASKED, APPROVED, VALID, REFUSED = "asked", "approved", "valid", "refused"


def latest(clocks: Clocks) -> ComplaintExtension | None:
    """The extension asked for last."""
    return clocks.complaint.extensions[-1] if clocks.complaint.extensions else None


def ask(clocks: Clocks, **values: str | None) -> None:
    """Put `reason_code`, `approver` or `from_id` (the clock, by its deadline) on the open request, or on a new one."""
    request = latest(clocks)
    if request is None or request.state != ASKED:
        request = ComplaintExtension(number=len(clocks.complaint.extensions) + 1, state=ASKED, from_id="", to_id="")
        clocks.complaint.extensions.append(request)
    for name, value in values.items():
        setattr(request, name, value)


def next_stage(clocks: Clocks) -> tuple[ComplaintClock, Extension, Deadline] | None:
    """The clock that can be extended, by which rule and to which period; None when the law allows no extension."""
    request = latest(clocks)
    wanted = request.from_id if request and request.state == ASKED else ""
    running = clocks.running(DECISION)
    row = next((row for row in running if row.deadline_id == wanted), None) if wanted else clocks.effective()
    rule = clocks.law.extension(row.deadline_id, clocks.complaint.level or "") if row else None
    if row is None or rule is None:
        return None
    return row, rule, clocks.law.find(rule.to_id, row.trigger_at.astimezone(clock.zone()).date())


def refuse(clocks: Clocks, at: datetime) -> None:
    """The request is turned down; the clock stays as it is. Where none is open any more, there is nothing to do."""
    request = latest(clocks)
    if request is not None and request.state == ASKED:
        request.state, request.approved_at = REFUSED, at


def approve(clocks: Clocks, at: datetime) -> None:
    """The request is granted at `at` by `approver`.

    Raises NotAllowed when that tier may not grant it, TooLate after the due moment, InvalidInput when no (further)
    extension is lawful.
    """
    request = _open(clocks)
    found = next_stage(clocks)
    if found is None:
        raise InvalidInput(why="the law allows no further extension of this period")
    row, rule, deadline = found
    if request.approver not in rule.approvers:
        raise NotAllowed(
            "An extension to {limit} days can be approved only by: {approvers}.",
            limit=deadline.period.limit,
            approvers=", ".join(rule.approvers),
        )
    if not request.reason_code:
        raise InvalidInput(why="the reason of the extension is missing")
    if row.due_at and at > row.due_at:
        raise TooLate(why="the period is over; an extension must be approved before its end")
    request.clock_number, request.from_id, request.to_id = row.number, rule.from_id, rule.to_id
    request.from_due_at, request.to_due_at = row.due_at, clocks.due_after(row, deadline)
    request.state, request.approved_at = APPROVED, at
    if rule.notice != "mandatory":
        _apply(clocks, request, row, deadline)


def notified(clocks: Clocks, at: datetime) -> None:
    """The consumer was told at `at`; an extension that hung on it holds now, if that was before the old due moment."""
    request = latest(clocks)
    if request is None or request.notified_at:
        return
    request.notified_at = at
    row = next((row for row in clocks.running(DECISION) if row.number == request.clock_number), None)
    if request.state == APPROVED and row and (row.due_at is None or at <= row.due_at):
        _apply(clocks, request, row, clocks.law.find(request.to_id, row.trigger_at.astimezone(clock.zone()).date()))


def _apply(clocks: Clocks, request: ComplaintExtension, row: ComplaintClock, deadline: Deadline) -> None:
    request.state = VALID
    clocks.switch(row, deadline)
    request.to_due_at = row.due_at


def _open(clocks: Clocks) -> ComplaintExtension:
    request = latest(clocks)
    if request is None or request.state != ASKED:
        raise InvalidInput(why="no extension was asked for")
    return request
