"""What the computed paths of the record answer."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engine import clock, values
from processes.complaint import counting, extending, figures
from processes.complaint.clocks import DECISION, Clocks
from processes.complaint.paths import PATHS
from processes.complaint.tables import Complaint, ComplaintPause

#: name in the path → code of pause_reason
PAUSES = {"appraisal": "EXTERNAL_APPRAISAL", "mediation": "MEDIATION", "consumer": "AWAITING_CONSUMER"}

REGULATOR_CHANNEL = "CH.REG."

DONE = frozenset({"done", "partly"})


def fact(complaint: Complaint, path: str) -> Any:
    """A plain value that has no column of its own."""
    return values.loads(complaint.facts).get(path)


def set_fact(complaint: Complaint, path: str, value: Any) -> None:
    """Keep a plain value that has no column of its own."""
    complaint.facts = values.dumps({**values.loads(complaint.facts), path: value})


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


def _extension_due(clocks: Clocks) -> datetime | None:
    found = extending.next_stage(clocks)
    return clocks.due_after(found[0], found[2]) if found else _extension(clocks, "to_due_at")


def _next(clocks: Clocks) -> str | None:
    found = extending.next_stage(clocks)
    return found[1].to_id if found else None


def _notice(clocks: Clocks) -> str:
    found = extending.next_stage(clocks)
    return found[1].notice if found else "none"


def _approvers(clocks: Clocks) -> list[str]:
    found = extending.next_stage(clocks)
    return list(found[1].approvers) if found else []


def _effective(clocks: Clocks, name: str) -> Any:
    row = clocks.effective()
    return getattr(row, name) if row else None


def _measures_done(clocks: Clocks) -> bool:
    measures = clocks.complaint.measures
    return bool(measures) and all(row.state != "planned" for row in measures)


def _material_awaited(clocks: Clocks) -> bool:
    """Whether the consumer was asked for material after the last answer, if there was one."""
    asked_at, answered_at = (fact(clocks.complaint, f"material.{name}") for name in ("asked_at", "answered_at"))
    return asked_at is not None and (answered_at is None or answered_at < asked_at)


def _is_forwarded(clocks: Clocks) -> bool:
    complaint = clocks.complaint
    return (complaint.channel or "").startswith(REGULATOR_CHANNEL) or complaint.regulator_authority is not None


def _column(name: str) -> Callable[[Clocks], Any]:
    return lambda clocks: getattr(clocks.complaint, name)


def _is_set(name: str) -> Callable[[Clocks], bool]:
    return lambda clocks: bool(getattr(clocks.complaint, name))


def _pause_day(reason: str, name: str) -> Callable[[Clocks], date | None]:
    return lambda clocks: getattr(pause_of(clocks, reason), name, None)


#: path → what it answers
READINGS: Mapping[str, Callable[[Clocks], Any]] = {
    **{path: _column(path) for path in ("received_at", "decided_at", "withdrawn_at", "closed_at")},
    **figures.READINGS,
    "regulator.reply_due_at": _column("regulator_reply_due_at"),
    "truth_statement": _is_set("truth_version"),
    "privacy_notice_read": _is_set("privacy_version"),
    "identity_known": _is_set("name_index"),
    "decided": _is_set("decided_at"),
    "withdrawn": _is_set("withdrawn_at"),
    "measure_started": _is_set("measure_started_at"),
    "measures_done": _measures_done,
    "material.awaited": _material_awaited,
    "regulator_forwarded": _is_forwarded,
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
    "review.applied_at": lambda clocks: fact(clocks.complaint, "review.applied_at"),
    "review.apply_by": last_day_for_review,
    "review.in_time": _review_in_time,
    "review.due_at": lambda clocks: _earliest(clocks, "review"),
    "extension.next": _next,
    "extension.notice": _notice,
    "extension.approvers": _approvers,
    "extension.to_due_at": _extension_due,
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
