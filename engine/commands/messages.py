"""Sending a message to a case, or one that starts a case."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.attachments import Stored
from engine.commands.submitted import Submitted, keep_files
from engine.errors import InvalidInput, NotFound
from engine.forms import UploadedFile
from engine.identity import CONSUMER, Actor
from engine.models import Message, ProcessInstance
from engine.site import Site
from engine.transition import (
    Letter,
    Parks,
    carry_out,
    fire_due,
    lock,
    message_start,
    post,
    settle_message,
    target_of,
)


def correlate_message(
    site: Site,
    name: str,
    payload: Mapping[str, Any],
    *,
    business_key: str,
    sender_key: str,
    actor: Actor,
    now: datetime,
    files: Sequence[UploadedFile] = (),
) -> str:
    """Send a message to the case `business_key`, or with "" to the one case that waits for it.

    Returns its state: delivered, waiting, rejected or expired; the same `sender_key` again changes nothing and gives
    the state. Raises NotFound when there is no such case and the message starts none, and MessageAmbiguous.
    """
    stored = Submitted(files={"": list(files)}).stored_files(site, strip=actor is CONSUMER)
    letter = Letter(name, payload, business_key, sender_key)

    def attempt(session: Session, _parks: Parks) -> tuple[str, str | None]:
        message = session.scalar(select(Message).where(Message.sender_key == sender_key))
        if message is not None:
            return message.id, message.instance_id
        instance = _receiver(session, letter)
        subject_id = instance.subject_id if instance else site.vault.create_subject(session, now)
        message = post(session, site.vault, subject_id, letter, now)
        _keep(site, session, instance, stored, actor, now)
        return message.id, instance.id if instance else None

    message_id, instance_id = carry_out(site, attempt)
    if instance_id is not None:
        fire_due(site, now, instance_id)
    return settle_message(site, message_id, now, actor=actor)


def _receiver(session: Session, letter: Letter) -> ProcessInstance | None:
    """The case that the message is for, locked. Raises NotFound, MessageAmbiguous."""
    target = target_of(session, letter.name, letter.business_key)
    if target is not None:
        return lock(session, target.instance_id)
    newest = ProcessInstance.started_at.desc()
    named = select(ProcessInstance.id).where(ProcessInstance.business_key == letter.business_key).order_by(newest)
    instance_id = session.scalar(named.limit(1)) if letter.business_key else None
    if instance_id is not None:
        return lock(session, instance_id)
    if letter.business_key and message_start(session, letter.name) is None:
        raise NotFound
    return None


def _keep(
    site: Site,
    session: Session,
    instance: ProcessInstance | None,
    files: Sequence[Stored],
    actor: Actor,
    now: datetime,
) -> None:
    if files and instance is None:
        raise InvalidInput(why="files can be sent only to a case that is there already")
    if instance is not None:
        keep_files(site, session, instance, files, actor, now)
