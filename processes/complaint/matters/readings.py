"""What the computed paths of a companion case answer, and which moments hang on which others."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Protocol

from engine import clock
from engine.calendars import end_of_day
from processes.complaint import counting
from processes.complaint.deadlines import law
from processes.complaint.matters.partners import name_of, score_of
from processes.complaint.matters.tables import ComplaintMatter, ComplaintWarning
from processes.complaint.step_times import step_due
from processes.complaint.workdays import calendar_of

#: Days of a review on which somebody is warned, as steps of the table of times.
REVIEW_WARNINGS = ("review_warn_1", "review_warn_2", "review_warn_3")

#: Warnings that fall on a day come when the day's work begins.
MORNING = time(9)

#: A leak that endangers person or property is reported at once (order No. 5 Art. 34).
AT_ONCE = "person_property"


class Matter(Protocol):
    """What a reading asks of the record."""

    row: ComplaintMatter

    def get(self, path: str) -> Any:
        """The value at a path."""

    def warning(self) -> ComplaintWarning | None:
        """The open warning that an early warning is about."""

    def points(self, partner: str) -> list[int]:
        """What earlier enquiries did to the score of `partner`."""


def due_at(matter: Matter) -> datetime | None:
    """The moment by which the whole case must be done, where a rule says one."""
    match matter.row.kind:
        case "review":
            applied_at = matter.get("review.applied_at")
            return _period("CN-NFRA-REV-DEC", applied_at) if applied_at else None
        case "privacy_incident":
            return report_due_at(matter)
        case "partner_enquiry":
            due: datetime | None = matter.get("partner.due_at")
            return due
        case "rectification":
            day = matter.get("rectification.due_on")
            return end_of_day(day, clock.zone()) if day else None
    return None


def report_due_at(matter: Matter) -> datetime | None:
    """When the authority must know of a leak (order No. 5 Art. 34): at once, or within the hours of the table."""
    confirmed_at: datetime | None = matter.get("leak.confirmed_at")
    if confirmed_at is None or matter.get("leak.risk") == AT_ONCE:
        return confirmed_at
    return _period("CN-PBOC-LEAK", confirmed_at)


def _period(deadline_id: str, trigger_at: datetime) -> datetime:
    deadline = law().find(deadline_id, trigger_at.astimezone(clock.zone()).date())
    return counting.due(trigger_at, deadline.period, calendar_of(deadline.jurisdiction))


def review_apply_by(received_on: date) -> date:
    """The last day to ask for a review of a decision that was received on `received_on` (order No. 3 Art. 20)."""
    noon = datetime.combine(received_on, time(12), clock.zone())
    return _period("CN-NFRA-REV-APPLY", noon).astimezone(clock.zone()).date()


def _apply_by(matter: Matter) -> date | None:
    received_on = matter.get("review.decision_received_on")
    return review_apply_by(received_on) if received_on else None


def _in_time(matter: Matter) -> bool | None:
    last, applied_at = _apply_by(matter), matter.get("review.applied_at")
    return None if last is None or applied_at is None else bool(applied_at.astimezone(clock.zone()).date() <= last)


def _review_warnings(matter: Matter) -> list[datetime]:
    applied_at = matter.get("review.applied_at")
    if applied_at is None:
        return []
    days = [step_due(step, None, applied_at).astimezone(clock.zone()).date() for step in REVIEW_WARNINGS]
    return [datetime.combine(day, MORNING, clock.zone()) for day in days]


def _steps(matter: Matter) -> list[dict[str, Any]]:
    """What a diagram may know of the measures: all but their texts."""
    found = matter.get("rectification.measures")
    return [
        {"number": Decimal(number), "owner": each.get("owner"), "due_on": each.get("due_on")}
        for number, each in enumerate(found, 1)
    ]


def _evidence(matter: Matter) -> list[str]:
    warning = matter.warning()
    return list(warning.evidence) if warning else list(matter.row.complaints)


def _hits(matter: Matter) -> Decimal:
    warning = matter.warning()
    return Decimal(warning.hits if warning else 1)


def _partner_score(matter: Matter) -> Decimal:
    return Decimal(score_of(matter.points(matter.get("partner.key") or "")))


def _late(matter: Matter) -> bool:
    due, answered_at = matter.get("partner.due_at"), matter.get("partner.answered_at")
    return due is not None and (answered_at or clock.now()) > due


#: path → what it answers
READINGS: Mapping[str, Callable[[Matter], Any]] = {
    "review.apply_by": _apply_by,
    "review.in_time": _in_time,
    "review.warnings": _review_warnings,
    "rectification.steps": _steps,
    "warning.evidence": _evidence,
    "warning.hits": _hits,
    "partner.name": lambda matter: name_of(matter.get("partner.key"), "zh"),
    "partner.score": _partner_score,
    "partner.late": _late,
    "leak.report_due_at": report_due_at,
}

#: path → computed moments that change with it
MOVES: Mapping[str, frozenset[str]] = {
    "review.applied_at": frozenset({"due_at", "review.warnings"}),
    "rectification.due_on": frozenset({"due_at"}),
    "partner.due_at": frozenset({"due_at"}),
    "leak.confirmed_at": frozenset({"due_at", "leak.report_due_at"}),
    "leak.risk": frozenset({"due_at", "leak.report_due_at"}),
}
