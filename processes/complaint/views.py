"""What people see of a complaint: the panel beside a task, and the consumer's tracking page. Frozen values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from engine.errors import Erased
from processes.complaint import codes, masking, notice_views
from processes.complaint.clock_views import ClockLine, PauseLine, clock_lines, pause_lines
from processes.complaint.facts import fact
from processes.complaint.links.chains import earlier
from processes.complaint.messages import Message, messages
from processes.complaint.notice_views import NoticeLine, OwnNotice
from processes.complaint.record import ComplaintRecord
from processes.complaint.register import REGISTER

#: What the panel shows of the person, masked.
SHOWN = ("full_name", "mobile", "email", "id_no", "account_ref", "agent_name")


@dataclass(frozen=True)
class MeasureLine:
    """One thing that is, or was, done to put it right."""

    type: str
    description: str
    due_on: date | None
    amount: Decimal | None
    state: str


@dataclass(frozen=True)
class Essence:
    """A complaint at a glance, labels in one language, personal values masked."""

    number: str
    received_at: datetime
    channel: str
    phase: str
    status: str
    level: str
    priority: int | None
    flags: Sequence[str]
    category: str
    reason: str
    demands: Sequence[str]
    amount_claimed: Decimal | None
    amount_proposed: Decimal | None
    currency: str
    narrative: str
    summary: str
    who: Mapping[str, str]
    handler: str
    #: more than a working day went by between receipt and registration
    is_registered_late: bool
    registered_at: datetime
    clocks: Sequence[ClockLine]
    pauses: Sequence[PauseLine]
    measures: Sequence[MeasureLine]
    notices: Sequence[NoticeLine]
    messages: Sequence[Message]
    #: the personal data was destroyed; texts and names are empty
    is_erased: bool


@dataclass(frozen=True)
class Tracking:
    """What the consumer reads of the own complaint."""

    number: str
    #: code of public_status and its words
    status_code: str
    status: str
    received_at: datetime
    #: by when the answer is promised; None when answered, closed or while time stands still
    promised_at: datetime | None
    is_paused: bool
    decided_at: datetime | None
    closed_at: datetime | None
    notices: Sequence[OwnNotice]
    messages: Sequence[Message]
    #: what we ask for, and until when; empty when nothing is asked
    asked_for: str
    asked_until: date | None
    may_answer_survey: bool
    may_withdraw: bool


def essence(session: Session, instance_id: str, language: str) -> Essence:
    """The panel beside a task; raises NotFound."""
    record = REGISTER.open(session, instance_id)
    row = record.complaint
    readable = _is_readable(record)
    return Essence(
        number=row.number,
        received_at=row.received_at,
        channel=codes.label("channel", row.channel, language),
        phase=codes.label("phase", row.phase, language),
        status=codes.label("public_status", row.status, language),
        level=codes.label("level", row.level, language),
        priority=row.priority,
        flags=_labels("flag", row.flags, language),
        category=codes.label_in(codes.BUSINESS, row.cat_b, language),
        reason=codes.label("cat_c", row.cat_c, language),
        demands=_labels("demand", row.demands, language),
        amount_claimed=row.amount_claimed,
        amount_proposed=row.amount_proposed,
        currency=row.currency or "",
        narrative=masking.scrub(record.get("narrative") or "") if readable else "",
        summary=record.get("summary") or "" if readable else "",
        who=_who(record) if readable else {},
        handler=row.handler or "",
        is_registered_late=bool(record.get("late_registration")),
        registered_at=row.registered_at,
        clocks=clock_lines(record, language),
        pauses=pause_lines(record, language),
        measures=_measures(record, language) if readable else [],
        notices=notice_views.lines(record, language) if readable else [],
        messages=_scrubbed(messages(session, instance_id)) if readable else [],
        is_erased=not readable,
    )


def tracking(session: Session, instance_id: str, language: str) -> Tracking:
    """The consumer's page, with what was written before the complaint was opened again; raises NotFound, Erased."""
    record = REGISTER.open(session, instance_id)
    row = record.complaint
    whole = [*(REGISTER.open(session, each) for each in reversed(earlier(session, instance_id))), record]
    is_open = row.closed_at is None and row.withdrawn_at is None
    asks = is_open and bool(record.get("material.awaited"))
    return Tracking(
        number=row.number,
        status_code=row.status,
        status=codes.label("public_status", row.status, language),
        received_at=row.received_at,
        promised_at=record.clocks.due_at() if is_open else None,
        is_paused=bool(is_open and record.get("clock.paused")),
        decided_at=row.decided_at,
        closed_at=row.closed_at,
        notices=[notice for each in whole for notice in notice_views.own_notices(each, language)],
        messages=[message for each in whole for message in messages(session, each.complaint.instance_id)],
        asked_for=str(record.get("material.items") or "") if asks else "",
        asked_until=fact(row, "material.reply_by") if asks else None,
        may_answer_survey=is_open and row.phase == "followup" and row.followup_score_result is None,
        may_withdraw=is_open and row.measure_started_at is None,
    )


def _who(record: ComplaintRecord) -> dict[str, str]:
    """Masked personal values by their path under `person`."""
    values = {name: record.get(f"person.{name}") for name in SHOWN}
    return {name: masking.masked(f"person.{name}", value) for name, value in values.items() if value}


def _scrubbed(found: Sequence[Message]) -> list[Message]:
    return [replace(each, text=masking.scrub(each.text)) for each in found]


def _measures(record: ComplaintRecord, language: str) -> list[MeasureLine]:
    return [
        MeasureLine(
            type=codes.label("measure", row.type, language),
            description=record.measures.describe(row),
            due_on=row.due_on,
            amount=row.amount,
            state=row.state,
        )
        for row in record.complaint.measures
    ]


def _labels(name: str, found: Sequence[str], language: str) -> list[str]:
    return [codes.label(name, code, language) for code in found]


def _is_readable(record: ComplaintRecord) -> bool:
    """False once the personal data was erased."""
    try:
        record.papers.get("sealed_person")
    except Erased:
        return False
    return True
