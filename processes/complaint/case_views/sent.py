"""What went to and came from people outside: notices and messages, for the timeline."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engine.errors import Erased
from processes.complaint import codes, masking
from processes.complaint.case_views.labels import group_name
from processes.complaint.letters import CONSUMER, OWNER, PORTAL, REGULATOR
from processes.complaint.messages import messages_of
from processes.complaint.record import ComplaintRecord


@dataclass(frozen=True)
class Sent:
    """A notice or message in the timeline; of a notice its text is left out, for one holds the access code."""

    id: str
    #: `notice` or `message`
    kind: str
    at: datetime
    #: what the notice is called; the kind of the message
    name: str
    #: to whom a notice goes, and how
    receiver: str
    channel: str
    #: `prepared`, `waiting` or `sent`; of messages empty
    state: str
    sent_at: datetime | None
    #: user name, `consumer` or `system`
    author: str
    text: str


def sent(session: Session, record: ComplaintRecord, language: str) -> list[Sent]:
    """The notices and messages of a complaint; texts are empty once the person was erased."""
    found = [
        Sent(
            id=row.id,
            kind="notice",
            at=row.sent_at or row.created_at,
            name=codes.label("notice", row.template, language),
            receiver=_receiver(row.recipient, language),
            channel=codes.label("notice_channel", _channel(row.channel, row.recipient), language),
            state=row.state,
            sent_at=row.sent_at,
            author="system",
            text="",
        )
        for row in record.complaint.notices
    ]
    try:
        written = messages_of(session, record)
    except Erased:
        return found
    return found + [
        Sent(
            id=message.id,
            kind="message",
            at=message.at,
            name=codes.label("message_kind", message.kind, language),
            receiver="",
            channel="",
            state="",
            sent_at=message.at,
            author=message.author,
            text=masking.scrub(message.text),
        )
        for message in written
    ]


def _channel(channel: str, recipient: str) -> str:
    """Staff read a notice with the case, not on the consumer's page."""
    return "case" if channel == PORTAL and recipient != CONSUMER else channel


def _receiver(recipient: str, language: str) -> str:
    """Who a notice is for: a group by its name, a person by the user name, the rest by what they are."""
    kind, _, key = recipient.partition(":")
    if kind == "group":
        return group_name(key, language)
    return key if kind == "person" else {CONSUMER: "consumer", OWNER: "owner", REGULATOR: "regulator"}.get(kind, kind)
