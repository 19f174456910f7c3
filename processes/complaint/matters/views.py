"""What people see of companion cases: those of a complaint, and one case with its complaint. Frozen values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.models import DataSubject
from processes.complaint import codes
from processes.complaint.matters.kinds import KINDS
from processes.complaint.matters.tables import ComplaintMatter, ComplaintMatterNotice
from processes.complaint.tables import Complaint


@dataclass(frozen=True)
class MatterLine:
    """One companion case in the panel of its complaint."""

    instance_id: str
    number: str
    #: its name in the reader's language
    kind: str
    #: the `outcome` of its end, in words; empty while it is open
    outcome: str
    due_at: datetime | None
    closed_at: datetime | None
    is_late: bool


@dataclass(frozen=True)
class MatterNotice:
    """A notice of the case, without its text; `name` is what its template is called."""

    name: str
    recipient: str
    sent_at: datetime | None


@dataclass(frozen=True)
class MatterSheet:
    """A companion case beside its tasks."""

    line: MatterLine
    opened_at: datetime
    #: number and case of the complaint that it is about; empty where it is about none
    complaint_number: str
    complaint_id: str
    #: numbers of other complaints
    complaints: Sequence[str]
    notices: Sequence[MatterNotice]
    is_erased: bool


def of_complaint(session: Session, complaint_id: str, language: str, now: datetime) -> list[MatterLine]:
    """The companion cases of a complaint, oldest first."""
    rows = select(ComplaintMatter).where(ComplaintMatter.complaint_id == complaint_id)
    ordered = rows.order_by(ComplaintMatter.opened_at, ComplaintMatter.number)
    return [_line(row, language, now) for row in session.scalars(ordered)]


def sheet(session: Session, instance_id: str, language: str, now: datetime) -> MatterSheet:
    """One companion case; raises NotFound."""
    row = session.get(ComplaintMatter, instance_id)
    if row is None:
        raise NotFound
    complaint = session.get(Complaint, row.complaint_id) if row.complaint_id else None
    return MatterSheet(
        line=_line(row, language, now),
        opened_at=row.opened_at,
        complaint_number=complaint.number if complaint else "",
        complaint_id=row.complaint_id or "",
        complaints=tuple(row.complaints),
        notices=_notices(session, row, language),
        is_erased=session.get_one(DataSubject, row.subject_id).erased_at is not None,
    )


def _line(row: ComplaintMatter, language: str, now: datetime) -> MatterLine:
    return MatterLine(
        instance_id=row.instance_id,
        number=row.number,
        kind=KINDS[row.kind].label(language),
        outcome=codes.label("matter_outcome", row.outcome, language) if row.outcome else "",
        due_at=row.due_at,
        closed_at=row.closed_at,
        is_late=row.due_at is not None and (row.closed_at or now) > row.due_at,
    )


def _notices(session: Session, row: ComplaintMatter, language: str) -> list[MatterNotice]:
    sent = select(ComplaintMatterNotice).where(ComplaintMatterNotice.instance_id == row.instance_id)
    return [
        MatterNotice(
            name=codes.label("notice", each.template, language),
            recipient=each.recipient,
            sent_at=each.sent_at,
        )
        for each in session.scalars(sent.order_by(ComplaintMatterNotice.created_at))
    ]
