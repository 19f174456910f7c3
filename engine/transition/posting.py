"""Messages as rows: every message is one before anything else happens with it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from engine.execution import MessageThrown
from engine.models import Message, ProcessInstance
from engine.vault import Vault

MESSAGE_LIFE = timedelta(days=30)
#: An input mapping of this name at a throwing event names the case that the message is for.
RECEIVER = "businessKey"


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
    letter = Letter(thrown.name, payload, receiver, f"{instance.id}:{thrown.token_id}")
    post(session, vault, instance.subject_id, letter, now)


def message_place(message_id: str) -> str:
    """Where a message's payload is sealed."""
    return f"message.payload:{message_id}"
