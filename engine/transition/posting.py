"""Messages as rows: every message is one before anything else happens with it."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.definitions import Library
from engine.execution import MessageThrown, SignalThrown
from engine.models import Message, ProcessInstance, Subscription
from engine.vault import Vault

MESSAGE_LIFE = timedelta(days=30)
#: An input mapping of this name at a throwing event names the case that the message is for.
RECEIVER = "businessKey"
#: Kinds of the rows of a signal: a case that waits hears it, or it begins one.
HEARD, BEGINS = "signal", "start"


@dataclass(frozen=True)
class Letter:
    """A message to be sent: its name, the case it is for (empty: whichever waits), and the sender's idempotency key."""

    name: str
    payload: Mapping[str, Any]
    business_key: str
    sender_key: str


def post(session: Session, vault: Vault, subject_id: str, letter: Letter, now: datetime) -> Message:
    """Write the row of a message about the data subject `subject_id`; delivering is `settle_message`'s."""
    message_id = str(uuid.uuid4())
    message = Message(
        id=message_id,
        name=letter.name,
        business_key=letter.business_key,
        sender_key=letter.sender_key,
        state="waiting",
        subject_id=subject_id,
        sealed_payload=vault.seal_json(session, subject_id, dict(letter.payload), message_place(message_id)),
        created_at=now,
        expires_at=now + MESSAGE_LIFE,
    )
    session.add(message)
    return message


def post_thrown(
    session: Session, vault: Vault, instance: ProcessInstance, thrown: MessageThrown, now: datetime
) -> None:
    """Write the row of a message that a diagram throws; without a receiver it is for the case's own business key."""
    payload = dict(thrown.payload)
    receiver = str(payload.pop(RECEIVER, None) or instance.business_key)
    letter = Letter(thrown.name, payload, receiver, f"{instance.id}:{thrown.token_id}:{thrown.name}")
    post(session, vault, instance.subject_id, letter, now)


def post_signal(session: Session, vault: Vault, instance: ProcessInstance, thrown: SignalThrown, now: datetime) -> None:
    """Write a row for each other case that waits for the signal now, and for each that it begins.

    A signal is a broadcast: who begins to wait later hears nothing (BPMN 2.0.2, 10.5.5 and 13.5.3).
    """
    for kind, target in _hearers(session, thrown.name, instance.id):
        letter = Letter(thrown.name, thrown.payload, instance.business_key, f"signal:{uuid.uuid4()}")
        row = post(session, vault, instance.subject_id, letter, now)
        row.kind, row.target = kind, target


def _hearers(session: Session, name: str, thrower_id: str) -> Iterator[tuple[str, str]]:
    waiting = select(Subscription.instance_id).where(
        Subscription.kind == "signal", Subscription.name == name, Subscription.instance_id != thrower_id
    )
    for instance_id in session.scalars(waiting.distinct().order_by(Subscription.instance_id)):
        yield HEARD, instance_id
    library = Library(session)
    for definition_id in library.active():
        for step in library.by_id(definition_id)[2].starts.signals.get(name, ()):
            yield BEGINS, f"{definition_id}:{step}"


def payload_of(vault: Vault, session: Session, message: Message) -> Any:
    """What a message or signal carries. Raises Erased."""
    return vault.open_json(session, message.subject_id or "", message.sealed_payload, message_place(message.id))


def message_place(message_id: str) -> str:
    """Where a message's payload is sealed."""
    return f"message.payload:{message_id}"
