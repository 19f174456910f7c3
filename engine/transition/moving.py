"""The one way a case moves: lock, load, act, advance, project, record, commit; parked and run again where a step fails.

A command is tried, and where an automatic step behind the person's action fails it is rolled back and run once more
with that step parked: the action commits, the token waits before the failing step, and an incident stands for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeVar, cast

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine import clock, history, identity, projections, values
from engine.applications import BARRED, Application, Record
from engine.definitions import Library
from engine.errors import ConcurrentUpdate, InstanceEnded, NotFound, RedressError
from engine.execution import Execution, Fact, MessageThrown, SignalThrown, StepFailed
from engine.history import Line
from engine.identity import Actor
from engine.models import Command, ProcessInstance
from engine.organisation import ACTING_PERSON, HAS_HOLDER
from engine.site import Site
from engine.transition.asides import call_for
from engine.transition.incidents import park
from engine.transition.posting import post_signal, post_thrown
from engine.vault import Vault

Result = TypeVar("Result")

#: Steps that failed before and are to be parked: number of the step → why it failed.
Parks = dict[int, RedressError]

#: Elements nobody stays at: what their properties say holds once they are done, as a status when its notice is out.
_PASSED = frozenset({"endEvent", "sendTask", "intermediateThrowEvent", "businessRuleTask", "scriptTask"})

#: Built once, for every transition begins with it.
_LOCKED = (
    select(ProcessInstance)
    .where(ProcessInstance.id == bindparam("id"))
    .with_for_update()
    .execution_options(populate_existing=True)
)


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
    #: token id → what it waited for when the case was loaded
    before: Mapping[str, str] = field(default_factory=dict)
    #: the units that the case concerned when it was loaded
    units: frozenset[str] = frozenset()

    @property
    def vault(self) -> Vault:
        """The vault of the site."""
        return self.site.vault


def carry_out(
    site: Site, attempt: Callable[[Session, Parks], Result], *, key: str | None = None, name: str = ""
) -> Result:
    """Run `attempt` in one transaction, again with failing steps parked; `attempt` gets the steps to park and why.

    With an idempotency `key` that was used before, the first result is given and nothing is done; `attempt` then has to
    return plain values that `engine.values` stores. Raises what `attempt` raises, and ConcurrentUpdate.
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
            parks[failed.number] = failed.error
        except IntegrityError as error:
            if key is None or not _was_used(site, key):
                raise ConcurrentUpdate from error


def _was_used(site: Site, key: str) -> bool:
    with site.database.reading() as session:
        return session.get(Command, key) is not None


def move(
    site: Site,
    session: Session,
    instance: ProcessInstance,
    act: Callable[[Move], Result],
    *,
    actor: Actor,
    now: datetime,
    park_at: Parks | None = None,
) -> Result:
    """Load a locked `instance`, `act`, advance, and write everything back.

    Raises InstanceEnded, what `act` raises, and StepFailed for `carry_out` to park.
    """
    if instance.status != "active":
        raise InstanceEnded
    application = site.applications[instance.application]
    execution = opened(session, application, instance, now, actor.username if actor.id is not None else None)
    execution.load(site.vault.open(session, instance.subject_id, instance.sealed_state, state_place(instance.id)))
    step = Move(site, session, instance, application, execution, now, actor.username, actor.id)
    step.before, step.units = standing(execution), units_of(application, execution.record)
    result = act(step)
    finish(step, park_at)
    return result


def lock(session: Session, instance_id: str) -> ProcessInstance:
    """The instance's row, locked before anything else of the case is read. Raises NotFound."""
    instance = session.scalar(_LOCKED, {"id": instance_id})
    if instance is None:
        raise NotFound
    return instance


def opened(
    session: Session, application: Application, instance: ProcessInstance, now: datetime, acting: str | None = None
) -> Execution:
    """An empty execution for a case that is there, with its record; `acting`: username of the person who acts."""
    factory = application.record_of(instance.key)
    record = factory.open(session, instance.id) if factory else None
    return new_execution(session, application, instance, record, now, acting)


def new_execution(
    session: Session,
    application: Application,
    instance: ProcessInstance,
    record: Record | None,
    now: datetime,
    acting: str | None = None,
) -> Execution:
    """An empty execution of the definition of `instance`, with the application's functions and the record."""
    factory, functions = application.record_of(instance.key), dict(application.functions)
    if HAS_HOLDER in functions:
        functions[HAS_HOLDER] = partial(identity.has_holder, session)
    if ACTING_PERSON in functions:
        functions[ACTING_PERSON] = lambda: acting
    return Execution(
        instance.definition_id,
        Library(session),
        now=now,
        functions=functions,
        record=record,
        record_name=factory.name if factory else "",
        paths=factory.paths() if factory else None,
    )


def units_of(application: Application, record: Record | None) -> frozenset[str]:
    """The units that a case concerns by what its record says now."""
    if application.units_of is None or record is None:
        return frozenset()
    return application.organisation().placed(application.units_of(record))


def standing(execution: Execution) -> dict[str, str]:
    """Token id → what it waits for."""
    return {token_id: state for token_id, _, state in execution.open_elements()}


def finish(step: Move, park_at: Parks | None = None) -> None:
    """Advance, let record and timers follow, and write state, rows and history."""
    execution, instance, session = step.execution, step.instance, step.session
    parks = park_at or {}
    execution.advance(parks)
    follow(execution, step.now, parks)
    change = projections.Change(step.before, standing(execution), step.person_id)
    given = projections.write(session, step.vault, step.application, instance, execution, change)
    units = units_of(step.application, execution.record)
    projections.write_units(session, instance.id, step.units, units)
    for thrown in execution.facts:
        if isinstance(thrown, MessageThrown):
            post_thrown(session, step.vault, instance, thrown, step.now)
        elif isinstance(thrown, SignalThrown):
            post_signal(session, step.vault, instance, thrown, step.now)
    lines = [*step.lines, *_told(execution), *_of_record(step), *given]
    lines += park(session, step.vault, instance, execution)
    if execution.is_ended:
        instance.status = "completed" if instance.status == "active" else instance.status
        instance.ended_at, instance.ended_by = step.now, execution.ended_by
        lines.append(Line("instance_ended", execution.ended_by, {"status": instance.status}))
    if units != step.units or (execution.record is not None and execution.record.reworded):
        instance.reworded += 1
    instance.sealed_state = step.vault.seal(session, instance.subject_id, execution.dump(), state_place(instance.id))
    history.record(session, step.vault, instance, lines, actor=step.actor, now=step.now)
    call_for(session, step.vault, step.application, instance, lines, actor=step.actor, now=step.now)
    session.flush()


def follow(execution: Execution, now: datetime, park_at: Mapping[int, RedressError]) -> None:
    """Let the record follow the diagram, and waiting timers the record's clocks, until neither moves the other."""
    record, told = execution.record, 0
    while record is not None:
        news, told = execution.facts[told:], len(execution.facts)
        for fact in news:
            if isinstance(fact, Fact) and fact.kind in {"entered", "left"}:
                element = execution.process.elements.get(fact.element_id)
                if element is not None and element.properties:
                    kind = "entered" if element.tag in _PASSED else fact.kind
                    record.follow(kind, element.properties, now)
        if not record.changed:
            return
        names = {f"{execution.record_name}.{path}" for path in record.changed}
        record.changed.clear()
        execution.clocks_changed(names)
        execution.advance(park_at)


def _told(execution: Execution) -> list[Line]:
    return [
        Line(
            fact.kind,
            fact.element_id,
            {"token": fact.token_id, **fact.detail},
            None if fact.values is None else dict(fact.values),
        )
        for fact in execution.facts
        if isinstance(fact, Fact)
    ]


def _of_record(step: Move) -> list[Line]:
    """What the record tells; where it bars people, their open tasks are given anew."""
    record, lines = step.execution.record, list[Line]()
    for kind, detail in record.told if record is not None else ():
        lines.append(Line(kind, "", detail))
        if kind == BARRED:
            barred = detail["people"]
            lines += projections.give_anew(step.session, step.application, step.instance, step.execution, barred)
    if record is not None:
        record.told.clear()
    return lines


def state_place(instance_id: str) -> str:
    """Where an instance's state is sealed."""
    return f"process_instance.state:{instance_id}"
