"""The one way a case moves: lock, load, act, advance, project, record, commit; parked and run again where a step fails.

A command is tried, and where an automatic step behind the person's action fails it is rolled back and run once more with
that step parked: the action commits, the token waits before the failing step, and an incident stands for it.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine import clock, history, projections, values
from engine.applications import Application, Record
from engine.definitions import Library
from engine.errors import ConcurrentUpdate, InstanceEnded, NotFound, RedressError
from engine.execution import Execution, Fact, MessageThrown, StepFailed
from engine.history import Line
from engine.models import Command, Incident, Job, Message, ProcessInstance
from engine.site import Site
from engine.vault import Vault

Result = TypeVar("Result")

#: Steps that failed before and are to be parked: number of the step → why it failed.
Parks = dict[int, RedressError]

MESSAGE_LIFE = timedelta(days=30)


@dataclass
class Move:
    """One transition under way: the rows, the execution, and what is to be recorded with it."""

    site: Site
    session: Session
    instance: ProcessInstance
    application: Application
    execution: Execution
    now: datetime
    actor: str
    person_id: int | None
    lines: list[Line] = field(default_factory=list)

    @property
    def vault(self) -> Vault:
        """The vault of the site."""
        return self.site.vault


def carry_out(
    site: Site, attempt: Callable[[Session, Parks], Result], *, key: str | None = None, name: str = ""
) -> Result:
    """Run `attempt` in one transaction, again with failing steps parked; `attempt` gets the steps to park and why.

    With an idempotency `key` that was used before, the first result is given and nothing is done; `attempt` then has to
    return plain values that `engine.values` stores.
    """
    parks: Parks = {}
    while True:
        try:
            with site.database.transaction() as session:
                session.info["vault"] = site.vault
                if key is not None and (done := session.get(Command, key)) is not None:
                    return cast(Result, values.loads(site.vault.open_site(done.sealed_result, f"command.result:{key}")))
                result = attempt(session, parks)
                if key is not None:
                    sealed = site.vault.seal_site(values.dumps(result), f"command.result:{key}")
                    session.add(Command(key=key, name=name, at=clock.now(), sealed_result=sealed))
                return result
        except StepFailed as failed:
            if failed.number in parks:
                raise failed.error from failed
            parks = parks | {failed.number: failed.error}
        except IntegrityError as error:
            with site.database.reading() as session:
                if key is None or session.get(Command, key) is None:
                    raise ConcurrentUpdate from error


def move(
    site: Site,
    session: Session,
    instance_id: str,
    act: Callable[[Move], Result],
    *,
    now: datetime,
    actor: str,
    person_id: int | None = None,
    park_at: Parks | None = None,
) -> Result:
    """Lock and load an instance, `act`, advance, and write everything back.

    Raises NotFound, InstanceEnded, what `act` raises, and StepFailed for `carry_out` to park.
    """
    instance = lock(session, instance_id)
    if instance.status != "active":
        raise InstanceEnded
    application = site.applications[instance.application]
    record = application.record.open(session, instance.id) if application.record else None
    execution = new_execution(session, application, instance.definition_id, record, now)
    execution.load(site.vault.open(session, instance.subject_id, instance.sealed_state, state_place(instance.id)))
    step = Move(site, session, instance, application, execution, now, actor, person_id)
    result = act(step)
    finish(step, park_at)
    return result


def lock(session: Session, instance_id: str) -> ProcessInstance:
    """The instance's row, locked before anything else of the case is read. Raises NotFound."""
    instance = session.get(ProcessInstance, instance_id, with_for_update=True, populate_existing=True)
    if instance is None:
        raise NotFound
    return instance


def new_execution(
    session: Session, application: Application, definition_id: int, record: Record | None, now: datetime
) -> Execution:
    """An empty execution of a definition, with the application's functions and record."""
    factory = application.record
    return Execution(
        definition_id,
        Library(session),
        now=now,
        functions=application.functions,
        record=record,
        record_name=factory.name if factory else "",
        paths=factory.paths() if factory else None,
    )


def finish(step: Move, park_at: Parks | None = None) -> None:
    """Advance, follow changed clocks, and write state, rows and history."""
    execution, instance, session = step.execution, step.instance, step.session
    parks = park_at or {}
    execution.advance(parks)
    _follow_clocks(step, parks)
    _consumer_facts(step)
    projections.write(session, step.vault, instance, execution, person_id=step.person_id)
    _send(step)
    _park(step, parks)
    if execution.is_ended:
        instance.status = "completed" if instance.status == "active" else instance.status
        instance.ended_at, instance.ended_by = step.now, execution.ended_by
        step.lines.append(Line("instance_ended", execution.ended_by, {"status": instance.status}))
    instance.sealed_state = step.vault.seal(session, instance.subject_id, execution.dump(), state_place(instance.id))
    lines = [*step.lines, *_lines(execution)]
    history.record(session, step.vault, instance, lines, actor=step.actor, now=step.now)
    session.flush()


def _follow_clocks(step: Move, park_at: Parks) -> None:
    """Timers that read a clock which changed in this transaction are evaluated again, as often as steps change one."""
    record = step.execution.record
    while record is not None and record.changed:
        name = step.execution.record_name
        names = {f"{name}.{path}" for path in record.changed}
        record.changed.clear()
        step.execution.clocks_changed(names)
        step.execution.advance(park_at)


def _consumer_facts(step: Move) -> None:
    """Give the record what the diagram says about entered elements: `Record.follow` gets their properties."""
    record = step.execution.record
    if record is None:
        return
    for fact in step.execution.facts:
        if isinstance(fact, Fact) and fact.kind in {"entered", "left"}:
            element = step.execution.process.elements.get(fact.element_id)
            if element is not None and element.properties:
                record.follow(fact.kind, element.properties, step.now)


def _send(step: Move) -> None:
    """Messages that the diagram throws become rows; the tick delivers them."""
    thrown = [fact for fact in step.execution.facts if isinstance(fact, MessageThrown)]
    for fact in thrown:
        message_id = str(uuid.uuid4())
        payload = step.vault.seal_json(
            step.session, step.instance.subject_id, dict(fact.payload), message_place(message_id)
        )
        step.session.add(
            Message(
                id=message_id,
                name=fact.name,
                business_key=step.instance.business_key,
                sender_key=f"{step.instance.id}:{fact.token_id}",
                state="waiting",
                subject_id=step.instance.subject_id,
                sealed_payload=payload,
                created_at=step.now,
                expires_at=step.now + MESSAGE_LIFE,
            )
        )


def _park(step: Move, parks: Parks) -> None:
    """A job of kind `continue` and an incident stand for every step that was parked."""
    reasons = [parks[number] for number in sorted(parks)]
    for (token_id, (element_id, _)), error in zip(step.execution.parked.items(), reasons, strict=False):
        row = projections.job_row(step.session, step.vault, step.instance, (token_id, element_id), step.now, {})
        step.session.execute(insert(Job), [row | {"kind": "continue", "state": "failed"}])
        raise_incident(
            step.session,
            step.instance,
            kind="step",
            element_id=element_id,
            message=error.message,
            now=step.now,
            job_id=row["id"],
        )
        step.lines.append(Line("incident", element_id, {"kind": "step"}))


def raise_incident(
    session: Session,
    instance: ProcessInstance,
    *,
    kind: str,
    element_id: str,
    message: str,
    now: datetime,
    job_id: str | None = None,
    timer_id: str | None = None,
) -> None:
    """An open incident for a job or timer, once: an open one is not doubled."""
    open_one = select(Incident.id).where(Incident.instance_id == instance.id, Incident.resolved_at.is_(None))
    same = Incident.job_id == job_id if job_id else Incident.timer_id == timer_id
    if session.scalar(open_one.where(same)) is None:
        session.add(
            Incident(
                instance_id=instance.id,
                element_id=element_id,
                kind=kind,
                job_id=job_id,
                timer_id=timer_id,
                message=message,
                created_at=now,
            )
        )


def _lines(execution: Execution) -> list[Line]:
    return [
        Line(fact.kind, fact.element_id, {"token": fact.token_id, **fact.detail}, _plain(fact.values))
        for fact in execution.facts
        if isinstance(fact, Fact)
    ]


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return dict(values) if values is not None else None


def state_place(instance_id: str) -> str:
    """Where an instance's state is sealed."""
    return f"process_instance.state:{instance_id}"


def message_place(message_id: str) -> str:
    """Where a message's payload is sealed."""
    return f"message.payload:{message_id}"
