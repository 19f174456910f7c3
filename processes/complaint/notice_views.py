"""What people see of the notices of a case: how they went, why so, and the copy that is kept. Frozen values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.models import ProcessInstance
from engine.queries.labels import one_side
from processes.complaint import channels, codes, letters, wording
from processes.complaint.letters import CONSUMER, PORTAL, WAITING, Attempt
from processes.complaint.record import ComplaintRecord
from processes.complaint.register import REGISTER
from processes.complaint.sealed import Encrypted
from processes.complaint.tables import Complaint, ComplaintNotice

#: Notices that hold the consumer's access code, which is nobody else's business.
SECRET = frozenset({"N01", "N23"})


@dataclass(frozen=True)
class NoticeLine:
    """A notice with its proof, without its text: what staff see, for one letter holds the consumer's access code."""

    id: str
    template: str
    #: what the template is called, and the channel, in words
    name: str
    channel_name: str
    subject: str
    #: as in `ComplaintNotice`
    recipient: str
    channel: str
    state: str
    sent_at: datetime | None
    sha256: str


@dataclass(frozen=True)
class OwnNotice(NoticeLine):
    """A notice as the consumer reads it."""

    text: str


@dataclass(frozen=True)
class NoticeDetail:
    """One notice with everything that proves it, its text left out."""

    line: NoticeLine
    version: str
    language: str
    written_at: datetime
    #: the order in which channels were to be tried, in words
    channels: Sequence[str]
    #: the rules of the table that said so, in words
    reasons: Sequence[str]
    #: each attempt with its channel in words
    attempts: Sequence[tuple[str, Attempt]]
    large_print: bool
    corrects: str | None
    approved_by: str | None
    #: a person records its handing over here: no task of the case does
    may_be_recorded: bool


@dataclass(frozen=True)
class Printed:
    """A notice as a letter on paper."""

    subject: str
    text: str
    language: str
    #: lines in the window of the envelope
    address: Sequence[str]
    return_address: str
    large_print: bool


def lines(record: ComplaintRecord, language: str) -> list[NoticeLine]:
    """All notices of a complaint; raises Erased."""
    return [NoticeLine(**_proof(record.papers.sealing, row, language)) for row in record.complaint.notices]


def own_notices(record: ComplaintRecord, language: str) -> list[OwnNotice]:
    """What the consumer was sent; raises Erased."""
    sealing = record.papers.sealing
    sent = [row for row in record.complaint.notices if row.recipient == CONSUMER and row.sent_at]
    return [OwnNotice(**_proof(sealing, row, language), text=letters.stored(sealing, row).content.text) for row in sent]


def detail(session: Session, instance_id: str, notice_id: str, language: str) -> NoticeDetail:
    """One notice of a case; raises NotFound, Erased."""
    row, sealing = _row(session, instance_id, notice_id)
    names = [codes.label("notice_channel", channel, language) for channel in row.channels or [row.channel]]
    return NoticeDetail(
        line=NoticeLine(**_proof(sealing, row, language)),
        version=row.version,
        language=row.language,
        written_at=row.created_at,
        channels=names,
        reasons=_reasons(session, row, language),
        attempts=[
            (codes.label("notice_channel", each.channel, language), each) for each in letters.attempts(sealing, row)
        ],
        large_print=row.large_print,
        corrects=row.corrects,
        approved_by=row.approved_by,
        may_be_recorded=row.state == WAITING and _is_recorded_here(session, row),
    )


def printed(session: Session, instance_id: str, notice_id: str) -> Printed:
    """The copy of a notice as a letter; raises NotFound, Erased.

    The access code stays covered once the notice is out: who prints it again needs the letter, not the code.
    """
    row, sealing = _row(session, instance_id, notice_id)
    letter = letters.stored(sealing, row)
    text, address = letter.content.text, []
    if session.get(Complaint, instance_id) is not None and row.recipient == CONSUMER:
        record = REGISTER.open(session, instance_id)
        name, place = record.get("person.full_name"), record.get("person.postal_address")
        address = [str(part) for part in (name, place) if part]
        if row.template in SECRET and row.state != WAITING:
            code = str(wording.variables(session, record, row.language, at=row.created_at)["access_code"])
            text = text.replace(code, "*" * len(code))
    institution = wording.institution("zh" if row.language.startswith("zh") else "en")
    return Printed(letter.content.subject, text, row.language, address, institution["return_address"], row.large_print)


def _row(session: Session, instance_id: str, notice_id: str) -> tuple[ComplaintNotice, Encrypted]:
    row = session.get(ComplaintNotice, notice_id)
    if row is None or row.instance_id != instance_id:
        raise NotFound
    subject_id = session.get_one(ProcessInstance, instance_id).subject_id
    return row, Encrypted(session, session.info["vault"], subject_id)


def _is_recorded_here(session: Session, row: ComplaintNotice) -> bool:
    """Whether no task asks for it: a paper to a regulator, or a case that has ended."""
    return row.recipient != CONSUMER or session.get_one(ProcessInstance, row.instance_id).status != "active"


def _reasons(session: Session, row: ComplaintNotice, language: str) -> list[str]:
    """The matched rules in words: their annotation in the table that was asked, which has both languages."""
    if not row.why:
        return []
    table = channels.deployed(session, row.why["definition"]).get(row.why["decision"])
    told = {rule.id: rule.annotation for rule in table.rules}
    return [one_side(told.get(rule) or rule, language) for rule in row.why["rules"]]


def _proof(sealing: Any, row: ComplaintNotice, language: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "template": row.template,
        "name": codes.label("notice", row.template, language),
        "channel_name": _channel_name(row, language),
        "subject": letters.stored(sealing, row).content.subject,
        "recipient": row.recipient,
        "channel": row.channel,
        "state": row.state,
        "sent_at": row.sent_at,
        "sha256": row.sha256,
    }


def _channel_name(row: ComplaintNotice, language: str) -> str:
    """The channel in words; staff read a notice with the case, not on the consumer's page."""
    code = "case" if row.channel == PORTAL and row.recipient != CONSUMER else row.channel
    return codes.label("notice_channel", code, language)
