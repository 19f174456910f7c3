"""Questions about what is deployed."""

import zstandard
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.applications import Application, PathType, RecordFactory
from engine.bpmn.checks import Known
from engine.errors import NotFound
from engine.models import Activation, Content, Deployment, DeploymentFile, PersonGroup, ProcessDefinition


def known(session: Session, application: Application) -> Known:
    """What the models of `application` may refer to in this installation."""
    groups = set(session.scalars(select(PersonGroup.key))) | {group.key for group in application.groups}
    own = {key: _paths(factory) for key, factory in application.records.items()}
    shared = _paths(application.record)
    return Known(
        topics=frozenset(application.topics),
        groups=frozenset(groups),
        functions=frozenset(application.functions),
        paths=shared,
        own_paths=own,
        processes=frozenset(session.scalars(select(ProcessDefinition.key).distinct())),
        pages=application.pages,
        rules=tuple(application.model_rules),
    )


def _paths(factory: RecordFactory | None) -> dict[str, PathType]:
    return {f"{factory.name}.{path}": kind for path, kind in factory.paths().items()} if factory else {}


def last_activation(session: Session, application: str) -> Activation | None:
    """The row that says which deployment is active, and who made it so."""
    query = select(Activation).where(Activation.application == application).order_by(Activation.id.desc()).limit(1)
    return session.scalar(query)


def active_deployment(session: Session, application: str) -> Deployment | None:
    """The deployment that new instances of `application` use."""
    last = select(func.max(Activation.id)).where(Activation.application == application).scalar_subquery()
    return session.scalar(
        select(Deployment).join(Activation, Activation.deployment_id == Deployment.id).where(Activation.id == last)
    )


def newest_deployment(session: Session, application: str) -> Deployment | None:
    """The deployment with the highest number."""
    query = select(Deployment).where(Deployment.application == application).order_by(Deployment.number.desc()).limit(1)
    return session.scalar(query)


def shipped_waiting(session: Session, application: str) -> Deployment | None:
    """A version shipped with the program that stands behind one that a person chose, if there is one."""
    newest = newest_deployment(session, application)
    active = active_deployment(session, application)
    waits = newest is not None and newest.origin == "shipped" and active is not None and active.id != newest.id
    return newest if waits else None


def active_definition(session: Session, key: str) -> ProcessDefinition:
    """The active version of process `key`. Raises NotFound."""
    application = session.scalar(select(ProcessDefinition.application).where(ProcessDefinition.key == key).limit(1))
    active = active_deployment(session, application) if application else None
    definition = active and session.scalar(
        select(ProcessDefinition).where(ProcessDefinition.deployment_id == active.id, ProcessDefinition.key == key)
    )
    if not definition:
        raise NotFound(f"There is no active process “{key}”.")
    return definition


def active_definitions(session: Session, application: str = "") -> list[int]:
    """The ids of all active definitions, or of those of one application, by key."""
    last = select(func.max(Activation.id)).group_by(Activation.application)
    query = (
        select(ProcessDefinition.id)
        .join(Activation, Activation.deployment_id == ProcessDefinition.deployment_id)
        .where(Activation.id.in_(last))
        .order_by(ProcessDefinition.key)
    )
    return list(session.scalars(query.where(ProcessDefinition.application == application) if application else query))


def files_of(session: Session, deployment_id: int) -> dict[str, bytes]:
    """Name → content of a deployment's files."""
    rows = session.execute(
        select(DeploymentFile.name, Content.body)
        .join(Content, Content.hash == DeploymentFile.hash)
        .where(DeploymentFile.deployment_id == deployment_id)
        .order_by(DeploymentFile.name)
    )
    return {name: zstandard.ZstdDecompressor().decompress(body) for name, body in rows}
