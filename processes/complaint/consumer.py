"""What the consumer sends to an open complaint: material, withdrawal, answers to the survey. Safe to be sent twice."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import commands
from engine.errors import InvalidInput, MessageRejected, NotFound, TooLate
from engine.forms import UploadedFile
from engine.identity import CONSUMER
from engine.models import Attachment, ProcessInstance, Subscription
from engine.site import Site
from processes.complaint import codes
from processes.complaint.links.following import dealt_with_in
from processes.complaint.messages import LONGEST, Message, write_message
from processes.complaint.register import REGISTER

#: Names of messages in the model.
REQUESTED, MATERIAL, WITHDRAW, SURVEY = "requested_material", "material", "withdraw", "survey"

#: What the form of the intake officer is filled with.
WITHDRAWAL_MOMENT = "withdrawal_received_at"

SCORES = range(1, 6)


class WithdrawalTooLate(TooLate):
    """Our decision is being carried out already, so the complaint can no longer be withdrawn."""


class ComplaintClosed(TooLate):
    """This complaint is closed. Ask for a review of the decision, or make a new complaint and name this number."""


@dataclass(frozen=True)
class Survey:
    """Answers to the survey: scores from 1 to 5, a code of `solved_answer`, a comment."""

    score_process: int
    score_result: int
    solved: str
    comment: str = ""


def awaited(session: Session, instance_id: str) -> frozenset[str]:
    """Names of the messages that the case waits for now."""
    waiting = select(Subscription.name).where(Subscription.instance_id == instance_id, Subscription.kind == "message")
    return frozenset(session.scalars(waiting))


def send_material(
    site: Site, instance_id: str, text: str, files: Sequence[UploadedFile], *, sender_key: str, now: datetime
) -> None:
    """Add text and files to the case: the answer where we asked for material, else something new to be assessed.

    What belongs to a merged complaint, or to one opened again, goes to the case in which it is dealt with now. Raises
    InvalidInput when there is neither text nor file, FileRefused, ComplaintClosed when the case has ended.
    """
    text = _text(text)
    if not text and not files:
        raise InvalidInput("Write something, or choose a file.")
    with site.database.reading() as session:
        target_id = dealt_with_in(session, instance_id)
        name = REQUESTED if REQUESTED in awaited(session, target_id) else MATERIAL
    try:
        send(site, target_id, name, {}, files, sender_key=sender_key, now=now)
    except MessageRejected as error:
        raise ComplaintClosed from error
    note(site, target_id, "material", text or _names(files), sender_key, now)
    if target_id != instance_id:
        note(site, instance_id, "material", text or _names(files), f"{sender_key}:copy", now)


def withdraw(site: Site, instance_id: str, reason: str, text: str, *, sender_key: str, now: datetime) -> None:
    """Ask to withdraw the complaint; an intake officer confirms it. `reason`: a code of `withdrawal_reason`.

    Raises WithdrawalTooLate when a measure has begun, InvalidInput, MessageRejected when the case has ended.
    """
    codes.require(("withdrawal_reason",), reason)
    text = _text(text)
    with site.database.reading() as session:
        session.info["vault"] = site.vault
        complaint = REGISTER.open(session, instance_id).complaint
        if complaint.measure_started_at is not None:
            raise WithdrawalTooLate
        label = codes.label("withdrawal_reason", reason, complaint.language or "zh")
    send(site, instance_id, WITHDRAW, {WITHDRAWAL_MOMENT: now}, (), sender_key=sender_key, now=now)
    note(site, instance_id, "withdraw", f"{label}\n{text}".strip(), sender_key, now)


def answer_survey(site: Site, instance_id: str, survey: Survey, *, sender_key: str, now: datetime) -> None:
    """Give the answers to the case. Raises InvalidInput, TooLate when it no longer waits for them."""
    if survey.score_process not in SCORES or survey.score_result not in SCORES:
        raise InvalidInput("A score is a number from 1 to 5.")
    payload: dict[str, Any] = {
        "complaint.followup.score_process": survey.score_process,
        "complaint.followup.score_result": survey.score_result,
        "complaint.followup.solved": codes.require(("solved_answer",), survey.solved),
    }
    if comment := _text(survey.comment):
        payload["complaint.followup.comment"] = comment[:2000]
    with site.database.reading() as session:
        if SURVEY not in awaited(session, instance_id):
            raise TooLate("The survey is closed. You can still send us a message.")
    send(site, instance_id, SURVEY, payload, (), sender_key=sender_key, now=now)


def send(
    site: Site,
    instance_id: str,
    name: str,
    payload: Mapping[str, Any],
    files: Sequence[UploadedFile] = (),
    *,
    sender_key: str,
    now: datetime,
) -> None:
    """Send the consumer's message `name` to the case. Raises NotFound, FileRefused, and MessageRejected at its end."""
    with site.database.reading() as session:
        number = session.scalar(select(ProcessInstance.business_key).where(ProcessInstance.id == instance_id))
    if number is None:
        raise NotFound
    state = commands.correlate_message(
        site, name, payload, business_key=number, sender_key=sender_key, actor=CONSUMER, now=now, files=files
    )
    if state == "rejected":
        raise MessageRejected


def note(site: Site, instance_id: str, kind: str, text: str, sender_key: str, now: datetime) -> None:
    """The consumer's own words, once per `sender_key`, with the files that came at the same moment."""
    with site.database.transaction() as session:
        session.info["vault"] = site.vault
        came = select(Attachment.id).where(
            Attachment.instance_id == instance_id, Attachment.created_at == now, Attachment.origin == "consumer"
        )
        message_id = str(uuid.uuid5(uuid.NAMESPACE_URL, sender_key))
        files = tuple(session.scalars(came.order_by(Attachment.id)))
        write_message(session, instance_id, Message(message_id, CONSUMER.username, kind, text, files, now))


def _text(text: str) -> str:
    text = text.strip()
    if len(text) > LONGEST:
        raise InvalidInput("The text has {count} characters; {most} are possible.", count=len(text), most=LONGEST)
    return text


def _names(files: Sequence[UploadedFile]) -> str:
    return "\n".join(file.name for file in files)[:LONGEST]
