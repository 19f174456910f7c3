"""What the computed paths of the record answer that hang on other complaints."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import object_session

from engine import clock
from processes.complaint import counting
from processes.complaint.clocks import Clocks
from processes.complaint.facts import fact
from processes.complaint.links.candidates import candidates
from processes.complaint.links.related import NOTHING, Member, Related, related

#: Until when the consumer may ask for a review (order No. 3 Art. 20): a row of the table of deadlines.
REVIEW = "CN-NFRA-REV-APPLY"

#: The number of earlier complaints of the same matter as a person corrected it.
REPEAT_COUNT = "repeat_count"

_KEPT = "complaint.dup_candidates"


def computed_repeats(clocks: Clocks) -> int:
    """How often this person complained of this matter before, counted from links; never, if so it was registered."""
    if clocks.complaint.dup_state == "none":
        return 0
    return _related(clocks).repeats(clocks.complaint)


def _related(clocks: Clocks) -> Related:
    session = object_session(clocks.complaint)
    return NOTHING if session is None else related(session, clocks.complaint)


def _repeat_count(clocks: Clocks) -> Decimal:
    corrected = fact(clocks.complaint, REPEAT_COUNT)
    return Decimal(computed_repeats(clocks) if corrected is None else corrected)


def _dup_state(clocks: Clocks) -> str:
    """What a person said; before that, what the links say."""
    if clocks.complaint.dup_state is not None:
        return clocks.complaint.dup_state
    earlier = _related(clocks).repeated(clocks.complaint)
    if earlier is None:
        return "none"
    if earlier.closed_at is None:
        return "same_open"
    in_time = clocks.complaint.received_at <= _review_until(clocks, earlier)
    return "same_closed_within_review" if in_time else "same_closed_after_review"


def _review_until(clocks: Clocks, earlier: Member) -> datetime:
    """The last moment at which a review of the earlier decision could be asked for."""
    received_on = earlier.facts.get("review.decision_received_on")
    if received_on is None:
        decided_at = earlier.decided_at or earlier.closed_at or earlier.received_at
        received_on = decided_at.astimezone(clock.zone()).date()
    deadline = clocks.law.find(REVIEW, received_on)
    noon = datetime.combine(received_on, datetime.min.time(), clock.zone()).replace(hour=12)
    return counting.due(noon, deadline.period, clocks.calendar(deadline.jurisdiction))


def _dup_candidates(clocks: Clocks) -> list[dict[str, Any]]:
    """The candidates as they were when somebody in this transaction asked first: forms read them many times."""
    session = object_session(clocks.complaint)
    if session is None:
        return []
    kept: dict[str, list[dict[str, Any]]] = session.info.setdefault(_KEPT, {})
    instance_id = clocks.complaint.instance_id
    if instance_id not in kept:
        kept[instance_id] = [
            {"number": each.number, "score": Decimal(each.score), "band": each.band}
            for each in candidates(session, clocks.complaint)
        ]
    return kept[instance_id]


#: path → what it answers
LINK_READINGS: Mapping[str, Callable[[Clocks], Any]] = {
    "amount_total": lambda clocks: _related(clocks).total(clocks.complaint),
    "dup_candidates": _dup_candidates,
    "dup_state": _dup_state,
    "repeat_count": _repeat_count,
    "root_case": lambda clocks: clocks.complaint.root_case,
}
