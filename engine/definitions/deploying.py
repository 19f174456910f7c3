"""Storing a file set as a deployment, and choosing the active one."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import zstandard
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.applications import Application
from engine.bpmn import reader
from engine.bpmn.checks import check
from engine.definitions.asking import active_deployment, files_of, known, last_activation, newest_deployment
from engine.errors import InvalidInput, InvalidModel, NotFound, NotLatest
from engine.models import Activation, Content, Deployment, DeploymentFile, ProcessDefinition
from engine.problems import Problem, errors_in

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

    The very content that is active already changes nothing. A shipped set that was deployed before changes nothing, and
    one never takes the place of a version that a person chose: it waits. Raises InvalidModel with all problems, and
    InvalidInput for a process of another application.
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
    deployment = Deployment(
        application=application.key,
        number=_next_number(session, application.key),
        hash=digest,
        origin="shipped" if shipped else "person",
        comment=comment,
        created_at=now,
        created_by=person_id,
    )
    may_activate = not shipped or not _is_a_persons_choice(session, active)
    _store(session, deployment, files)
    if may_activate:
        _activate(session, deployment, person_id, now)
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
    _activate(session, deployment, person_id, now)
    return deployment


def file_set_hash(files: Mapping[str, bytes]) -> str:
    """The hash of a complete file set: names and contents."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{_hash(content)}\n".encode())
    return digest.hexdigest()


def _activate(session: Session, deployment: Deployment, person_id: int | None, now: datetime) -> None:
    session.add(Activation(application=deployment.application, deployment_id=deployment.id, at=now, by=person_id))
    session.flush()


def _is_a_persons_choice(session: Session, active: Deployment | None) -> bool:
    """Whether a person deployed what is active, or went back to it."""
    if active is None:
        return False
    last = last_activation(session, active.application)
    return active.origin == "person" or (last is not None and last.by is not None)


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
            version = _next_version(session, deployment.application, process.key)
            session.add(
                ProcessDefinition(
                    deployment_id=deployment.id,
                    application=deployment.application,
                    key=process.key,
                    version=version,
                    file=process.file,
                )
            )
    session.flush()


def _next_version(session: Session, application: str, key: str) -> int:
    found = session.execute(
        select(func.max(ProcessDefinition.version), func.max(ProcessDefinition.application)).where(
            ProcessDefinition.key == key
        )
    ).one()
    version, owner = found
    if owner not in {None, application}:
        raise InvalidInput(why=f"the process “{key}” belongs to the application “{owner}”; give yours another id")
    return (version or 0) + 1


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
