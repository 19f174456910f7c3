"""Which processes a person may start, and their start forms."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import access
from engine.bpmn.model import Model, Process
from engine.definitions import Library, active_deployment
from engine.errors import NotFound
from engine.identity import Actor
from engine.models import ProcessDefinition
from engine.queries.looking import UsableForm
from engine.site import Site


@dataclass(frozen=True)
class Startable:
    """A process that may be started; `form` is None where it has no start form."""

    key: str
    name: str
    description: str
    application: str
    version: int
    form: UsableForm | None


def startable_processes(session: Session, site: Site, actor: Actor, language: str) -> tuple[Startable, ...]:
    """The active processes that `actor` may start, by name."""
    found = (_startable(site, *each, language) for each in _active(session, site, actor))
    return tuple(sorted(found, key=lambda each: each.name))


def startable(session: Session, site: Site, actor: Actor, key: str, language: str) -> Startable:
    """One of them. Raises NotFound."""
    for definition, model, process in _active(session, site, actor):
        if process.key == key:
            return _startable(site, definition, model, process, language)
    raise NotFound


def _active(session: Session, site: Site, actor: Actor) -> Iterator[tuple[ProcessDefinition, Model, Process]]:
    library = Library(session)
    for application in site.applications.values():
        deployment = active_deployment(session, application.key)
        if deployment is None:
            continue
        query = select(ProcessDefinition).where(ProcessDefinition.deployment_id == deployment.id)
        for definition in session.scalars(query.order_by(func.lower(ProcessDefinition.key))):
            _, model, process = library.by_id(definition.id)
            may = access.may_start(actor, application, process.starter_groups)
            if may and process.starts.by_person and process.spec.first:
                yield definition, model, process


def _startable(site: Site, definition: ProcessDefinition, model: Model, process: Process, language: str) -> Startable:
    application = site.applications[definition.application]
    form = model.form(process.start_form)
    return Startable(
        key=process.key,
        name=process.named(language),
        description=process.properties.get(f"description:{language}", ""),
        application=application.name_zh if language == "zh" else application.name_en,
        version=definition.version,
        form=UsableForm(form, {}, application.functions) if form is not None else None,
    )
