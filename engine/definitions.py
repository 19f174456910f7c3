"""Deployments and their versions, and the cache of models ready to run.

A deployment is the complete file set of one application and never changes. Which one new instances use is asked of the
`activation` table each time, so no cache needs invalidating across processes.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import zstandard
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.applications import Application
from engine.bpmn import reader
from engine.bpmn.checks import Known, check
from engine.bpmn.model import Model, Process
from engine.errors import InvalidModel, NotFound, NotLatest
from engine.models import Activation, Content, Deployment, DeploymentFile, PersonGroup, ProcessDefinition
from engine.problems import Problem, errors_in

#: Raised when reading changes the names of steps; states of older readers then need a mapping.
READER_VERSION = 1
_CACHED_MODELS = 64
#: Bytes of one model file.
MAX_FILE = 16 * 1024 * 1024


@dataclass(frozen=True)
class Deployed:
    """What a deployment did: its number, whether it is new, whether it is active now, and warnings found."""

    deployment_id: int
    number: int
    is_new: bool
    is_active: bool
    problems: tuple[Problem, ...] = ()


def known(session: Session, application: Application) -> Known:
    """What the models of `application` may refer to in this installation."""
    groups = set(session.scalars(select(PersonGroup.key))) | {group.key for group in application.groups}
    name = application.record.name if application.record else ""
    paths = application.record.paths() if application.record else {}
    return Known(
        topics=frozenset(application.topics),
        groups=frozenset(groups),
        functions=frozenset(application.functions),
        paths={f"{name}.{path}": kind for path, kind in paths.items()},
        processes=frozenset(session.scalars(select(ProcessDefinition.key).distinct())),
        pages=application.pages,
    )


def deploy(
    session: Session,
    application: Application,
    files: Mapping[str, bytes],
    *,
    now: datetime,
    person_id: int | None = None,
    shipped: bool = False,
    comment: str = "",
) -> Deployed:
    """Deploy a complete file set and make it active; `shipped`: it came with the program.

    The very content that is active already changes nothing. A shipped set that was deployed before changes nothing, and one
    never takes the place of a version that a person deployed: it waits. Raises InvalidModel with all problems.
    """
    digest = file_set_hash(files)
    active = active_deployment(session, application.key)
    if active is not None and active.hash == digest:
        return Deployed(active.id, active.number, is_new=False, is_active=True)
    if shipped and (before := _with_hash(session, application.key, digest)) is not None:
        return Deployed(before.id, before.number, is_new=False, is_active=False)
    problems = check(files, known(session, application))
    if errors_in(problems):
        raise InvalidModel(list(problems))
    origin = "shipped" if shipped else "person"
    deployment = Deployment(
        application=application.key,
        number=_next_number(session, application.key),
        hash=digest,
        origin=origin,
        comment=comment,
        created_at=now,
        created_by=person_id,
    )
    _store(session, deployment, files)
    may_activate = not shipped or active is None or active.origin == "shipped"
    if may_activate:
        session.add(Activation(application=application.key, deployment_id=deployment.id, at=now, by=person_id))
        session.flush()
    return Deployed(deployment.id, deployment.number, is_new=True, is_active=may_activate, problems=tuple(problems))


def deploy_over(
    session: Session,
    application: Application,
    changed: Mapping[str, bytes],
    *,
    base_id: int,
    now: datetime,
    person_id: int | None = None,
    comment: str = "",
) -> Deployed:
    """Deploy the files of `base_id` with some `changed` or added. Raises NotLatest when the base is not the newest."""
    newest = newest_deployment(session, application.key)
    if newest is None or newest.id != base_id:
        base = session.get(Deployment, base_id)
        raise NotLatest(base=base.number if base else base_id, latest=newest.number if newest else 0)
    files = files_of(session, base_id) | dict(changed)
    return deploy(session, application, files, person_id=person_id, now=now, comment=comment)


def activate(session: Session, deployment_id: int, *, person_id: int | None, now: datetime) -> Deployment:
    """Make an older deployment the active one again. Raises NotFound."""
    deployment = session.get(Deployment, deployment_id)
    if deployment is None:
        raise NotFound
    session.add(Activation(application=deployment.application, deployment_id=deployment.id, at=now, by=person_id))
    session.flush()
    return deployment


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
    """A version shipped with the program that stands behind one that a person deployed, if there is one."""
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


def files_of(session: Session, deployment_id: int) -> dict[str, bytes]:
    """Name → content of a deployment's files."""
    rows = session.execute(
        select(DeploymentFile.name, Content.body)
        .join(Content, Content.hash == DeploymentFile.hash)
        .where(DeploymentFile.deployment_id == deployment_id)
        .order_by(DeploymentFile.name)
    )
    return {name: zstandard.ZstdDecompressor().decompress(body) for name, body in rows}


def file_set_hash(files: Mapping[str, bytes]) -> str:
    """The hash of a complete file set: names and contents."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{_hash(content)}\n".encode())
    return digest.hexdigest()


class Library:
    """Models ready to run, for one session; the models themselves are cached for all threads."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def by_key(self, key: str) -> tuple[int, Model, Process]:
        """Definition id, model and process of the active version of `key`; raises NotFound."""
        definition = active_definition(self._session, key)
        model = self.model(definition.deployment_id)
        return definition.id, model, model.process(key)

    def by_id(self, definition_id: int) -> tuple[int, Model, Process]:
        """Definition id, model and process of one definition; raises NotFound."""
        found = _definitions.get(definition_id)
        if found is None:
            definition = self._session.get(ProcessDefinition, definition_id)
            if definition is None:
                raise NotFound
            found = _definitions.setdefault(definition_id, (definition.deployment_id, definition.key))
        model = self.model(found[0])
        return definition_id, model, model.process(found[1])

    def model(self, deployment_id: int) -> Model:
        """The model of a deployment."""
        model = _models.get(deployment_id)
        if model is None:
            model = _models.put(deployment_id, reader.read(files_of(self._session, deployment_id)))
        return model


class _Cache:
    """The most recently used models; safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._models: OrderedDict[int, Model] = OrderedDict()

    def get(self, deployment_id: int) -> Model | None:
        with self._lock:
            if deployment_id in self._models:
                self._models.move_to_end(deployment_id)
            return self._models.get(deployment_id)

    def put(self, deployment_id: int, model: Model) -> Model:
        with self._lock:
            self._models[deployment_id] = model
            while len(self._models) > _CACHED_MODELS:
                self._models.popitem(last=False)
            return model

    def clear(self) -> None:
        with self._lock:
            self._models.clear()


_models = _Cache()
#: definition id → (deployment id, key): rows that never change
_definitions: dict[int, tuple[int, str]] = {}


def forget() -> None:
    """Empty the cache: for tests that use several databases in one process."""
    _models.clear()
    _definitions.clear()


def _with_hash(session: Session, application: str, digest: str) -> Deployment | None:
    query = select(Deployment).where(Deployment.application == application, Deployment.hash == digest)
    return session.scalar(query.order_by(Deployment.number.desc()).limit(1))


def _next_number(session: Session, application: str) -> int:
    newest = newest_deployment(session, application)
    return (newest.number if newest else 0) + 1


def _store(session: Session, deployment: Deployment, files: Mapping[str, bytes]) -> None:
    session.add(deployment)
    hashes = {name: _hash(content) for name, content in files.items()}
    present = set(session.scalars(select(Content.hash).where(Content.hash.in_(set(hashes.values())))))
    new = {hashes[name]: content for name, content in files.items() if hashes[name] not in present}
    session.add_all(Content(hash=key, body=zstandard.ZstdCompressor().compress(body)) for key, body in new.items())
    session.flush()
    session.add_all(DeploymentFile(deployment_id=deployment.id, name=name, hash=key) for name, key in hashes.items())
    for process in reader.read(files).processes.values():
        if process.is_executable:
            version = session.scalar(
                select(func.max(ProcessDefinition.version)).where(ProcessDefinition.key == process.key)
            )
            session.add(
                ProcessDefinition(
                    deployment_id=deployment.id,
                    application=deployment.application,
                    key=process.key,
                    version=(version or 0) + 1,
                    file=process.file,
                )
            )
    session.flush()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
