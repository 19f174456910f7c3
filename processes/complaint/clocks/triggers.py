"""When a period of the table of deadlines begins: the event that its row names, in one case."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from engine import clock
from processes.complaint.facts import fact
from processes.complaint.tables import Complaint

Moment = Callable[[Complaint], datetime | None]


#: Channels of what a regulator forwards.
REGULATOR_CHANNEL = "CH.REG."


def is_forwarded(complaint: Complaint) -> bool:
    """Whether a regulator or hotline forwarded the complaint, at first or later."""
    return (complaint.channel or "").startswith(REGULATOR_CHANNEL) or complaint.regulator_authority is not None


def receipt(complaint: Complaint) -> datetime:
    """The earliest moment at which any unit of the institution had the complaint, a hand-over included (D3)."""
    handover_at = complaint.regulator_handover_at if is_forwarded(complaint) else None
    return min(complaint.received_at, handover_at) if handover_at else complaint.received_at


def _handover(complaint: Complaint) -> datetime:
    return complaint.regulator_handover_at or complaint.received_at


def _decision_received(complaint: Complaint) -> datetime | None:
    day: date | None = fact(complaint, "review.decision_received_on")
    return datetime.combine(day, time(12), clock.zone()) if day else None


def _review_asked(complaint: Complaint) -> datetime | None:
    at: datetime | None = fact(complaint, "review.applied_at")
    return at


#: trigger of the table → its moment in a case, None while it has not happened; events of authorities are not here
TRIGGERS: Mapping[str, Moment] = {
    "complaint_received": receipt,
    "complaint_created": receipt,
    "day_after_received": receipt,
    "sent_to_company": _handover,
    "handover_received": _handover,
    "branch_decision_received": _decision_received,
    "review_application_received": _review_asked,
    "final_response_sent": lambda complaint: complaint.decided_at,
    "response_received": lambda complaint: complaint.decided_at,
    "withdrawal_received": lambda complaint: complaint.withdrawn_at,
    "case_closed": lambda complaint: complaint.closed_at,
}
