"""Opening an ended complaint again under a number of its own: `TS-…-00001` goes on as `TS-…-00001-2`, then `-3`.

A review that sends the decision back does so with the message `reopen`, which begins a case and names the old number
as `reopens`. Person, story and classification are the old ones; periods begin anew.
"""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from engine.applications import Start
from engine.models import ProcessInstance
from processes.complaint.links.chains import REOPENED, leads_to
from processes.complaint.links.joining import case_called, join
from processes.complaint.links.refusals import StillOpen
from processes.complaint.paths import PATHS
from processes.complaint.tables import Complaint

#: The value of a start that names the ended case.
REOPENS = "reopens"

#: What a reopened complaint has from the old one besides the person.
COPIED = (
    *("channel", "capacity", "authority_proof", "identity_verified", "language", "preferred_channel", "special_needs"),
    *("received_by_unit", "publish_consent", "narrative", "summary", "demands", "demand_text", "product"),
    *("institution_unit", "event_on", "amount_claimed", "currency", "nature", "matter_type", "has_civil_claim"),
    *("respondent_scope", "event_cause", "joint_persons", "affected_persons", "other_forum", "touchpoint"),
    *("sales_channel", "sales_staff", "cat_a", "cat_b", "cat_c", "tags", "flags", "accused_unit", "accused_staff"),
    *("level", "owner_unit", "regulator.authority", "regulator.number"),
    *(path for path in PATHS if path.startswith("person.")),
)

_NUMBERED = re.compile(r"(?P<first>.*-\d{5,})(?:-(?P<issue>\d+))?")


def reopened_number(session: Session, number: str) -> str:
    """The number of the case that goes on after the complaint `number`.

    Raises NoSuchComplaint, and StillOpen while it, or the case in which it goes on, has not ended.
    """
    old = _ended(session, number)
    found = _NUMBERED.fullmatch(old.number)
    if found is None:
        return f"{old.number}-2"
    return f"{found['first']}-{int(found['issue'] or 1) + 1}"


def reopened(session: Session, start: Start) -> Complaint | None:
    """The ended complaint that `start` opens again, None for a new one; the case then belongs to the same person."""
    number = start.values.get(REOPENS) or _predecessor(start.business_key)
    if not number:
        return None
    old = _ended(session, str(number))
    session.get_one(ProcessInstance, start.instance_id).subject_id = old.subject_id
    return old


def copied(record: Any) -> Mapping[str, Any]:
    """Path → value of what a complaint opened again has from `record`, the old one. Raises Erased."""
    found = {path: record.get(path) for path in COPIED}
    return {path: value for path, value in found.items() if value not in (None, [], "")}


def note(session: Session, start: Start, old: Complaint) -> None:
    """Link the case that `start` begins with the one it opens again."""
    join(session, start.instance_id, old.instance_id, REOPENED, by=start.actor, at=start.at)


def _ended(session: Session, number: str) -> Complaint:
    last = leads_to(session, case_called(session, number))
    old = session.get_one(Complaint, last)
    if session.get_one(ProcessInstance, last).status == "active":
        raise StillOpen(number=old.number)
    return old


def _predecessor(number: str) -> str:
    """The first number of the series that `number` belongs to; empty for a first number."""
    found = _NUMBERED.fullmatch(number)
    return found["first"] if found is not None and found["issue"] else ""
