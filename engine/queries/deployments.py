"""What the process owners' pages show: applications, their versions, files and drafts."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import definitions
from engine.errors import NotFound
from engine.models import Activation, Deployment, DeploymentFile, ModelDraft, Person, ProcessDefinition


@dataclass(frozen=True)
class Version:
    """One deployment. `origin`: `shipped` with the program or `person`; `activated_at`: its last activation."""

    id: int
    number: int
    created_at: datetime
    by: str
    origin: str
    comment: str
    is_active: bool
    is_newest: bool
    activated_at: datetime | None = None


@dataclass(frozen=True)
class ModelFile:
    """One file of a version: the keys of the processes that it brings, and the definition that shows its diagram."""

    name: str
    processes: tuple[str, ...] = ()
    definition_id: int | None = None

    @property
    def is_diagram(self) -> bool:
        """Whether the modeler can open it."""
        return self.name.endswith(".bpmn")


@dataclass(frozen=True)
class SavedDraft:
    """An unfinished edit: who saved it, and on top of which version."""

    file: str
    by: str
    base_id: int
    base_number: int
    saved_at: datetime
    is_own: bool


@dataclass(frozen=True)
class OpenedDraft:
    """The unfinished edit of one file, to be gone on with."""

    body: bytes
    base_id: int
    base_number: int
    saved_at: datetime


@dataclass(frozen=True)
class Deployments:
    """Where an application stands. `waiting` is a shipped version that a person has not taken over yet."""

    active: Version | None
    newest: Version | None
    waiting: Version | None
    drafts: tuple[SavedDraft, ...]


def state(session: Session, application: str, person_id: int | None) -> Deployments:
    """The versions that matter now, and all drafts, the person's own first."""
    every = versions(session, application)
    waiting = definitions.shipped_waiting(session, application)
    return Deployments(
        active=next((version for version in every if version.is_active), None),
        newest=every[0] if every else None,
        waiting=next((version for version in every if waiting and version.id == waiting.id), None),
        drafts=_drafts(session, application, person_id),
    )


def versions(session: Session, application: str) -> list[Version]:
    """All versions, the newest first."""
    active = definitions.active_deployment(session, application)
    rows = session.execute(
        select(Deployment, Person.name)
        .outerjoin(Person, Person.id == Deployment.created_by)
        .where(Deployment.application == application)
        .order_by(Deployment.number.desc())
    ).all()
    history = select(Activation.deployment_id, Activation.at).where(Activation.application == application)
    activated = {row.deployment_id: row.at for row in session.execute(history.order_by(Activation.id))}
    return [
        Version(
            id=row.id,
            number=row.number,
            created_at=row.created_at,
            by=name or "",
            origin=row.origin,
            comment=row.comment,
            is_active=active is not None and row.id == active.id,
            is_newest=place == 0,
            activated_at=activated.get(row.id),
        )
        for place, (row, name) in enumerate(rows)
    ]


def version(session: Session, application: str, number: int) -> Version:
    """One version; raises NotFound."""
    found = next((each for each in versions(session, application) if each.number == number), None)
    if found is None:
        raise NotFound
    return found


def files(session: Session, deployment_id: int) -> list[ModelFile]:
    """The files of a version: diagrams first."""
    names = session.scalars(select(DeploymentFile.name).where(DeploymentFile.deployment_id == deployment_id))
    brought: dict[str, list[ProcessDefinition]] = defaultdict(list)
    query = select(ProcessDefinition).where(ProcessDefinition.deployment_id == deployment_id)
    for definition in session.scalars(query.order_by(ProcessDefinition.key)):
        brought[definition.file].append(definition)
    found = [
        ModelFile(name, tuple(each.key for each in brought[name]), brought[name][0].id if brought[name] else None)
        for name in names
    ]
    return sorted(found, key=lambda file: (not file.is_diagram, "/" in file.name, file.name))


def content(session: Session, deployment_id: int) -> Mapping[str, bytes]:
    """Name → content of a version's files."""
    return definitions.files_of(session, deployment_id)


def file(session: Session, deployment_id: int, name: str) -> bytes:
    """The content of one file; raises NotFound."""
    try:
        return content(session, deployment_id)[name]
    except KeyError:
        raise NotFound from None


def draft(session: Session, application: str, file: str, person_id: int | None) -> OpenedDraft | None:
    """The person's own draft of a file."""
    found = session.execute(
        select(ModelDraft, Deployment.number)
        .join(Deployment, Deployment.id == ModelDraft.base_id)
        .where(ModelDraft.application == application, ModelDraft.file == file, ModelDraft.person_id == person_id)
    ).one_or_none()
    return found and OpenedDraft(found[0].body, found[0].base_id, found[1], found[0].saved_at)


def _drafts(session: Session, application: str, person_id: int | None) -> tuple[SavedDraft, ...]:
    columns = (ModelDraft.file, Person.name, ModelDraft.base_id, Deployment.number, ModelDraft.saved_at)
    rows = session.execute(
        select(*columns, ModelDraft.person_id)
        .join(Person, Person.id == ModelDraft.person_id)
        .join(Deployment, Deployment.id == ModelDraft.base_id)
        .where(ModelDraft.application == application)
        .order_by(ModelDraft.person_id != person_id, ModelDraft.saved_at.desc())
    )
    return tuple(SavedDraft(*row[:5], is_own=row[5] == person_id) for row in rows)
