"""Starting cases, sending them messages, ending and repairing them."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine import access, attachments
from engine.applications import Application, Start
from engine.attachments import Origin, Stored
from engine.bpmn.model import Model, Process
from engine.commands.submitted import Submitted
from engine.definitions import Library
from engine.errors import AlreadyDone, InvalidInput, NotAllowed, NotFound
from engine.forms import UploadedFile
from engine.history import Line
from engine.identity import CONSUMER, Actor
from engine.models import Incident, Job, Message, ProcessDefinition, ProcessInstance, Timer
from engine.site import Site
from engine.transition import (
    MESSAGE_LIFE,
    Move,
    Parks,
    carry_out,
    finish,
    fire_due,
    lock,
    message_place,
    move,
    new_execution,
    settle_message,
)

#: A process property: consumers start it without logging in.
PUBLIC = "public"


def start_instance(
    site: Site, process_key: str, submitted: Submitted, *, actor: Actor, now: datetime, key: str | None = None
) -> dict[str, Any]:
    """Start the active version of a process with its start form; returns `instance_id`, `business_key`, `subject_id`.

    Raises NotFound, NotAllowed, InvalidForm, FileRefused; with a used idempotency `key` the first result is given.
    """
    files = submitted.stored_files(site, strip=actor is CONSUMER)

    def attempt(session: Session, parks: Parks) -> dict[str, Any]:
        library = Library(session)
        definition_id, model, process = library.by_key(process_key)
        application = _application_of(site, session, definition_id)
        _check_start(actor, application, process)
        values = submitted.answers(model.form(process.start_form), {}, application)
        return _start(site, session, application, definition_id, model, values, files, actor, now, parks)

    return carry_out(site, attempt, key=key, name="start_instance")


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
    """Send a message to the case `business_key`; returns its state: delivered, waiting, rejected or expired.

    The same `sender_key` again changes nothing and gives the state. Raises NotFound when there is no such case.
    """
    stored = Submitted(files={"": list(files)}).stored_files(site, strip=actor is CONSUMER)
    with site.database.transaction() as session:
        message = session.scalar(select(Message).where(Message.sender_key == sender_key))
        if message is None:
            instance_id = session.scalar(select(ProcessInstance.id).where(ProcessInstance.business_key == business_key))
            if instance_id is None:
                raise NotFound
            instance = lock(session, instance_id)
            new_id = str(uuid.uuid4())
            message = Message(
                id=new_id,
                name=name,
                business_key=business_key,
                sender_key=sender_key,
                state="waiting",
                subject_id=instance.subject_id,
                sealed_payload=site.vault.seal_json(session, instance.subject_id, dict(payload), message_place(new_id)),
                created_at=now,
                expires_at=now + MESSAGE_LIFE,
            )
            session.add(message)
            _keep_files(site, session, instance, stored, actor, now)
        message_id, instance_of = message.id, message.business_key
    with site.database.reading() as session:
        target = session.scalar(select(ProcessInstance.id).where(ProcessInstance.business_key == instance_of))
    fire_due(site, now, target)
    return settle_message(site, message_id, now, actor=actor.username, person_id=actor.id)


def cancel_instance(site: Site, instance_id: str, reason: str, *, actor: Actor, now: datetime) -> None:
    """End a case from outside its diagram. Raises NotFound, NotAllowed, InvalidInput, InstanceEnded."""
    _may_operate(actor)
    why = _reason(reason)

    def attempt(session: Session, parks: Parks) -> None:
        def act(step: Move) -> None:
            step.execution.cancel_all()
            step.instance.status = "cancelled"
            step.lines.append(Line("instance_cancelled", "", {}, {"reason": why}))

        move(site, session, instance_id, act, now=now, actor=actor.username, person_id=actor.id, park_at=parks)

    carry_out(site, attempt)


def set_variables(
    site: Site, instance_id: str, values: Mapping[str, Any], reason: str, *, actor: Actor, now: datetime
) -> None:
    """Repair the variables of a case; history keeps what they were. Raises NotFound, NotAllowed, InvalidInput."""
    _may_operate(actor)
    why = _reason(reason)

    def attempt(session: Session, parks: Parks) -> None:
        def act(step: Move) -> None:
            before = step.execution.set_variables(values)
            changed = {"before": before, "after": dict(values), "reason": why}
            step.lines.append(Line("variables_set", "", {"names": sorted(values)}, changed))

        move(site, session, instance_id, act, now=now, actor=actor.username, person_id=actor.id, park_at=parks)

    carry_out(site, attempt)


def retry_job(site: Site, incident_id: int, *, actor: Actor, now: datetime) -> None:
    """Let what stands still behind an incident try again. Raises NotFound, NotAllowed, AlreadyDone."""
    _may_operate(actor)

    def attempt(session: Session, parks: Parks) -> None:
        incident = session.get(Incident, incident_id)
        if incident is None:
            raise NotFound
        if incident.resolved_at is not None:
            raise AlreadyDone
        instance_id = incident.instance_id

        def act(step: Move) -> None:
            _again(step, incident, now)
            incident.resolved_at, incident.resolved_by = now, actor.id
            step.lines.append(Line("incident_retried", incident.element_id, {"kind": incident.kind}))

        move(site, session, instance_id, act, now=now, actor=actor.username, person_id=None, park_at=parks)

    carry_out(site, attempt)


def _again(step: Move, incident: Incident, now: datetime) -> None:
    if incident.timer_id is not None:
        step.session.execute(update(Timer).where(Timer.id == incident.timer_id).values(state="armed"))
        return
    job = step.session.get(Job, incident.job_id)
    if job is None:
        return
    if job.kind == "continue":
        step.execution.unpark(job.token_id)
        job.state, job.finished_at = "done", now
    else:
        job.state, job.attempts, job.due_at, job.finished_at = "waiting", 0, now, None
    job.version += 1


def _start(  # noqa: PLR0913, PLR0917 - the parts of a start, passed on once
    site: Site,
    session: Session,
    application: Application,
    definition_id: int,
    model: Model,
    values: Mapping[str, Any],
    files: Sequence[Stored],
    actor: Actor,
    now: datetime,
    parks: Parks,
) -> dict[str, Any]:
    instance_id = str(uuid.uuid4())
    subject_id = site.vault.create_subject(session, now)
    business_key = application.number(session, values, now) if application.number else instance_id
    _, _, process = Library(session).by_id(definition_id)
    instance = ProcessInstance(
        id=instance_id,
        definition_id=definition_id,
        application=application.key,
        key=process.key,
        business_key=business_key,
        subject_id=subject_id,
        status="active",
        sealed_state=b"",
        started_at=now,
        started_by=actor.id,
        history_count=0,
        history_head=b"",
    )
    session.add(instance)
    session.flush()
    prefix = f"{application.record.name}." if application.record else "\0"
    own = {name.removeprefix(prefix): value for name, value in values.items() if name.startswith(prefix)}
    start = Start(instance_id, subject_id, business_key, own, actor.username, now)
    record = application.record.create(session, start) if application.record else None
    execution = new_execution(session, application, definition_id, record, now)
    execution.begin({name: value for name, value in values.items() if not name.startswith(prefix)})
    step = Move(site, session, instance, application, execution, now, actor.username, actor.id)
    step.lines.append(Line("instance_started", "", {"definition": definition_id}, dict(values)))
    finish(step, parks)
    _keep_files(site, session, instance, files, actor, now)
    return {"instance_id": instance_id, "business_key": business_key, "subject_id": subject_id}


def _keep_files(
    site: Site, session: Session, instance: ProcessInstance, files: Sequence[Stored], actor: Actor, now: datetime
) -> None:
    origin = Origin("consumer" if actor is CONSUMER else "staff", actor.id)
    for file in files:
        attachments.store(session, site, instance, file, origin, now)


def _application_of(site: Site, session: Session, definition_id: int) -> Application:
    definition = session.get_one(ProcessDefinition, definition_id)
    return site.applications[definition.application]


def _check_start(actor: Actor, application: Application, process: Process) -> None:
    if actor is CONSUMER and process.properties.get(PUBLIC) == "true":
        return
    if not access.may_start(actor, application, process.starter_groups):
        raise NotAllowed


def _may_operate(actor: Actor) -> None:
    if not access.may_operate(actor):
        raise NotAllowed


def _reason(text: str) -> str:
    text = text.strip()
    if not 3 <= len(text) <= 500:
        raise InvalidInput(why="give a reason of 3 to 500 characters")
    return text
