"""Starting a case: by a person's form, or by a message."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.applications import Application, Start
from engine.definitions import Library
from engine.history import Line
from engine.identity import Actor
from engine.models import ProcessDefinition, ProcessInstance
from engine.site import Site
from engine.transition.moving import Move, Parks, finish, new_execution


@dataclass(frozen=True)
class Opening:
    """What a case starts with."""

    definition_id: int
    #: record paths and variables, typed
    values: Mapping[str, Any]
    #: the step of the start event; empty for the none start event
    step: str = ""
    #: the data subject, where there is one already
    subject_id: str = ""
    #: of the case that the message or signal was for, or came from; it becomes that of this case where the application
    #: does not number its cases and no case has it
    business_key: str = ""


def start(
    site: Site, session: Session, opening: Opening, *, actor: Actor, now: datetime, park_at: Parks
) -> ProcessInstance:
    """Start a case with its record, and advance it. Raises what the record refuses, and StepFailed."""
    definition = session.get_one(ProcessDefinition, opening.definition_id)
    application = site.applications[definition.application]
    instance = _new_row(site, session, application, definition, opening, actor, now)
    factory = application.record_of(definition.key)
    prefix = f"{factory.name}." if factory else "\0"
    own = {name.removeprefix(prefix): value for name, value in opening.values.items() if name.startswith(prefix)}
    record = None
    if factory is not None:
        asked = Start(
            instance.id,
            instance.subject_id,
            instance.business_key,
            own,
            actor.username,
            now,
            regarding=opening.business_key,
        )
        record = factory.create(session, asked)
    execution = new_execution(session, application, instance, record, now)
    variables = {name: value for name, value in opening.values.items() if not name.startswith(prefix)}
    execution.begin(variables, opening.step)
    step = Move(site, session, instance, application, execution, now, actor.username, actor.id)
    step.lines.append(Line("instance_started", "", {"definition": definition.id}, dict(opening.values)))
    finish(step, park_at)
    return instance


def message_start(session: Session, name: str) -> tuple[int, str] | None:
    """Definition id and step of the active start event that the message `name` starts, None when there is none."""
    library = Library(session)
    for definition_id in library.active():
        _, _, process = library.by_id(definition_id)
        if name in process.starts.messages:
            return definition_id, process.starts.messages[name]
    return None


def message_starts(session: Session) -> set[str]:
    """Names of the messages that start a case."""
    library = Library(session)
    return {name for definition_id in library.active() for name in library.by_id(definition_id)[2].starts.messages}


def _new_row(
    site: Site,
    session: Session,
    application: Application,
    definition: ProcessDefinition,
    opening: Opening,
    actor: Actor,
    now: datetime,
) -> ProcessInstance:
    instance_id = str(uuid.uuid4())
    instance = ProcessInstance(
        id=instance_id,
        definition_id=definition.id,
        application=application.key,
        key=definition.key,
        business_key=_business_key(session, application, definition.key, opening, now) or instance_id,
        subject_id=opening.subject_id or site.vault.create_subject(session, now),
        status="active",
        sealed_state=b"",
        started_at=now,
        started_by=actor.id,
        history_count=0,
        history_head=b"",
    )
    session.add(instance)
    session.flush()
    return instance


def _business_key(session: Session, application: Application, process_key: str, opening: Opening, now: datetime) -> str:
    number = application.number_of(process_key)
    if number is not None:
        return number(session, opening.values, now)
    taken = select(ProcessInstance.id).where(
        ProcessInstance.application == application.key, ProcessInstance.business_key == opening.business_key
    )
    return "" if session.scalar(taken) is not None else opening.business_key
