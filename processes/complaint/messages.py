"""Messages on a case: what the consumer and the staff write to each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import search
from engine.errors import InvalidInput
from processes.complaint import codes
from processes.complaint.message_tables import ComplaintMessage
from processes.complaint.record import ComplaintRecord
from processes.complaint.register import REGISTER

CONSUMER = "consumer"
LONGEST = 5_000


@dataclass(frozen=True)
class Message:
    """One message as people read it."""

    id: str
    #: `consumer` or a username
    author: str
    kind: str
    text: str
    attachments: Sequence[str]
    at: datetime


def write_message(session: Session, instance_id: str, message: Message) -> None:
    """Store `message` in the case, once per id. Raises InvalidInput for an empty or too long text or another kind."""
    text = message.text.strip()
    if not text or len(text) > LONGEST:
        raise InvalidInput(why=f"a message has 1 to {LONGEST} characters")
    codes.require(("message_kind",), message.kind)
    if session.get(ComplaintMessage, message.id) is not None:
        return
    record = REGISTER.open(session, instance_id)
    session.add(
        ComplaintMessage(
            id=message.id,
            instance_id=instance_id,
            author=message.author,
            kind=message.kind,
            sealed_text=record.papers.sealing.seal(text, _place(message.id)),
            attachments=" ".join(message.attachments),
            at=message.at,
        )
    )
    search.mark(session, instance_id)


def messages(session: Session, instance_id: str) -> list[Message]:
    """All messages of a case, oldest first; raises NotFound or Erased."""
    return messages_of(session, REGISTER.open(session, instance_id))


def messages_of(session: Session, record: ComplaintRecord) -> list[Message]:
    """All messages of an open record's case, oldest first; raises Erased."""
    instance_id = record.complaint.instance_id
    query = select(ComplaintMessage).where(ComplaintMessage.instance_id == instance_id)
    return [
        Message(
            id=row.id,
            author=row.author,
            kind=row.kind,
            text=str(record.papers.sealing.open(row.sealed_text, _place(row.id))),
            attachments=tuple(row.attachments.split()),
            at=row.at,
        )
        for row in session.scalars(query.order_by(ComplaintMessage.at, ComplaintMessage.id))
    ]


def _place(message_id: str) -> str:
    return f"complaint_message.text:{message_id}"
