"""What the computed paths of the record answer."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engine import clock
from processes.complaint import counting, extending, retention
from processes.complaint.clocks import DECISION, Clocks, is_forwarded
from processes.complaint.facts import fact
from processes.complaint.paths import PATHS
from processes.complaint.tables import ComplaintClock, ComplaintPause
from processes.complaint.tenant import tenant

#: name in the path → code of pause_reason
PAUSES = {"appraisal": "EXTERNAL_APPRAISAL", "mediation": "MEDIATION", "consumer": "AWAITING_CONSUMER"}

#: Categories of payment services.
PAYMENTS = "B.PAY"

#: Per cent of the period after which the findings should stand.
FINDINGS_MARK = 45

DONE = frozenset({"done", "partly"})


def last_day_for_review(clocks: Clocks) -> date | None:
    """The last day on which the consumer may ask for a review (order No. 3 Art. 20)."""
    received_on = fact(clocks.complaint, "review.decision_received_on")
    if received_on is None:
        return None
    deadline = clocks.law.find("CN-NFRA-REV-APPLY", received_on)
    noon = datetime.combine(received_on, datetime.min.time(), clock.zone()).replace(hour=12)
    return counting.due(noon, deadline.period, clocks.calendar(deadline.jurisdiction)).astimezone(clock.zone()).date()


def pause_of(clocks: Clocks, reason: str) -> ComplaintPause | None:
    """The last pause for `reason`."""
    return next((row for row in reversed(clocks.complaint.pauses) if row.reason == reason), None)


def _review_in_time(clocks: Clocks) -> bool | None:
    last_day, applied_at = last_day_for_review(clocks), fact(clocks.complaint, "review.applied_at")
    if last_day is None or applied_at is None:
        return None
    return bool(applied_at.astimezone(clock.zone()).date() <= last_day)


def _acknowledged_at(clocks: Clocks) -> datetime | None:
    return max(
        (row.met_at for row in clocks.complaint.clocks if row.purpose == "acknowledge" and row.met_at), default=None
    )


def _earliest(clocks: Clocks, purpose: str) -> datetime | None:
    return min((row.due_at for row in clocks.running(purpose) if row.due_at), default=None)


def _overdue(clocks: Clocks) -> bool:
    due_at = clocks.due_at()
    return due_at is not None and clock.now() > due_at


def _used_percent(clocks: Clocks) -> Decimal | None:
    row = clocks.effective()
    return None if row is None else Decimal(clocks.used_percent(row, clock.now()))


def _paused(clocks: Clocks) -> bool:
    row = clocks.effective()
    return row is not None and row.due_at is None


def _extension(clocks: Clocks, name: str) -> Any:
    request = extending.latest(clocks)
    return getattr(request, name) if request else None


def _of_request(name: str) -> Callable[[Clocks], Any]:
    return lambda clocks: _extension(clocks, name)


def _extension_to(clocks: Clocks) -> date | None:
    due_at = extending.due_after(clocks)
    return due_at.astimezone(clock.zone()).date() if due_at else None


def _next(clocks: Clocks) -> str | None:
    found = extending.next_stage(clocks)
    return found[1].to_id if found else None


def _notice(clocks: Clocks) -> str:
    found = extending.rule_for(clocks)
    return found[1].notice if found else "none"


def _approvers(clocks: Clocks) -> list[str]:
    found = extending.next_stage(clocks)
    return list(found[1].approvers) if found else []


def _effective(clocks: Clocks, name: str) -> Any:
    row = clocks.effective()
    return getattr(row, name) if row else None


def _stopped_by(clocks: Clocks) -> list[str]:
    """The reasons that stop a period for the decision which runs now (D12)."""
    running = clocks.running(DECISION)
    return [reason for reason in PAUSES.values() if any(clocks.stops(row).allows(reason) for row in running)]


def _answered_late(clocks: Clocks) -> bool:
    """Whether any period for the decision was missed, or is being missed."""
    rows = [row for row in clocks.complaint.clocks if row.purpose == DECISION]
    return any(row.due_at is not None and (row.met_at or row.ended_at or clock.now()) > row.due_at for row in rows)


def _measures_done(clocks: Clocks) -> bool:
    measures = clocks.complaint.measures
    return bool(measures) and all(row.state != "planned" for row in measures)


def _material_awaited(clocks: Clocks) -> bool:
    """Whether the consumer was asked for material after the last answer, if there was one."""
    asked_at, answered_at = (fact(clocks.complaint, f"material.{name}") for name in ("asked_at", "answered_at"))
    return asked_at is not None and (answered_at is None or answered_at < asked_at)


def _shown(clocks: Clocks, row: ComplaintClock) -> dict[str, Any]:
    """One clock as FEEL sees it."""
    names = "number deadline_id regime purpose step trigger_at due_at met_at ended_at provisional"
    shown = {name: getattr(row, name) for name in names.split()}
    shown["paused"] = row in clocks.unfinished() and row.due_at is None
    return shown | {"number": Decimal(row.number), "agreed": row.fixed_due_at is not None}


def _findings_by(clocks: Clocks) -> datetime | None:
    """By when the findings stand at the latest (F4): what is left then is for the answer and its approval."""
    row = clocks.effective()
    return clocks.reached(row, FINDINGS_MARK) if row and row.due_at else None


def _is_registered_late(clocks: Clocks) -> bool:
    """Whether more than one working day went by between receipt and registration (D3)."""
    complaint, days = clocks.complaint, clocks.calendar(clocks.home())
    last_moment = counting.due(complaint.received_at, counting.Period(1, "BD"), days)
    return complaint.registered_at > last_moment


def _product_line(clocks: Clocks) -> str:
    """What was said, else what the category says: some regimes measure payments otherwise."""
    is_payment = (clocks.complaint.cat_b or "").startswith(PAYMENTS)
    return fact(clocks.complaint, "product_line") or ("payment" if is_payment else "general")


def _of_tenant(name: str) -> Callable[[Clocks], str]:
    return lambda clocks: fact(clocks.complaint, f"tenant.{name}") or tenant().get(name) or "none"


def _of_waiting(name: str) -> Callable[[Clocks], date | None]:
    return lambda clocks: getattr(pause_of(clocks, fact(clocks.complaint, "waiting.reason")), name, None)


def _column(name: str) -> Callable[[Clocks], Any]:
    return lambda clocks: getattr(clocks.complaint, name)


def _is_set(name: str) -> Callable[[Clocks], bool]:
    return lambda clocks: bool(getattr(clocks.complaint, name))


def _pause_day(reason: str, name: str) -> Callable[[Clocks], date | None]:
    return lambda clocks: getattr(pause_of(clocks, reason), name, None)


#: path → what it answers
READINGS: Mapping[str, Callable[[Clocks], Any]] = {
    **{path: _column(path) for path in ("received_at", "decided_at", "withdrawn_at", "closed_at")},
    "answered_late": _answered_late,
    "regulator.reply_due_at": _column("regulator_reply_due_at"),
    "truth_statement": _is_set("truth_version"),
    "privacy_notice_read": _is_set("privacy_version"),
    "identity_known": _is_set("name_index"),
    "decided": _is_set("decided_at"),
    "withdrawn": _is_set("withdrawn_at"),
    "measure_started": _is_set("measure_started_at"),
    "measures_done": _measures_done,
    "material.awaited": _material_awaited,
    "regulator_forwarded": lambda clocks: is_forwarded(clocks.complaint),
    "regime": lambda clocks: _effective(clocks, "regime"),
    "clock.due_at": lambda clocks: clocks.due_at(),
    "clock.warnings": lambda clocks: clocks.warnings(clocks.effective()),
    "clock.revision": lambda clocks: Decimal(clocks.revision()),
    "clock.acknowledge_by": lambda clocks: _earliest(clocks, "acknowledge"),
    "clock.acknowledged_at": _acknowledged_at,
    "clock.deadline_id": lambda clocks: _effective(clocks, "deadline_id"),
    "clock.agreed_due_at": lambda clocks: _effective(clocks, "fixed_due_at"),
    "clock.new_facts_at": lambda clocks: fact(clocks.complaint, "clock.new_facts_at"),
    "clock.start": lambda clocks: [row.deadline_id for row in clocks.complaint.clocks],
    "clock.paused": _paused,
    "clock.overdue": _overdue,
    "clock.met": lambda clocks: not clocks.running(DECISION) and bool(clocks.complaint.decided_at),
    "clock.used_percent": _used_percent,
    "clock.provisional": lambda clocks: bool(_effective(clocks, "provisional")),
    "clock.list": lambda clocks: [_shown(clocks, row) for row in clocks.complaint.clocks],
    "clock.findings_by": _findings_by,
    "clock.stopped_by": _stopped_by,
    "late_registration": _is_registered_late,
    "retention_until": retention.retained_until,
    "product_line": _product_line,
    **{f"tenant.{name}": _of_tenant(name) for name in ("jurisdiction", "sector")},
    **{f"waiting.{name}": _of_waiting(name) for name in ("from_on", "to_on")},
    "waiting.appraisal_on": _pause_day(PAUSES["appraisal"], "from_on"),
    "waiting.mediation_on": _pause_day(PAUSES["mediation"], "from_on"),
    "review.applied_at": lambda clocks: fact(clocks.complaint, "review.applied_at"),
    "review.apply_by": last_day_for_review,
    "review.in_time": _review_in_time,
    "review.due_at": lambda clocks: _earliest(clocks, "review"),
    "extension.next": _next,
    "extension.notice": _notice,
    "extension.approvers": _approvers,
    "extension.to_due_at": extending.due_after,
    "extension.to_due": _extension_to,
    "extension.state": lambda clocks: _extension(clocks, "state") or "none",
    "extension.deadline_id": lambda clocks: _extension(clocks, "from_id"),
    "extension.decision": lambda clocks: {"approved": "approve", "valid": "approve", "refused": "refuse"}.get(
        _extension(clocks, "state") or ""
    ),
    **{f"extension.{name}": _of_request(name) for name in ("reason_code", "approver", "notified_at")},
    **{
        f"pause.{name}.{day}": _pause_day(reason, day)
        for name, reason in PAUSES.items()
        for day in ("from_on", "to_on", "told_on")
        if f"pause.{name}.{day}" in PATHS
    },
}
