"""Files on disk and their rows: first the encrypted file, durably, then the row in the transaction.

Each file has a key of its own, which is sealed with the name under the data subject's key: large files are written
outside the transaction, and erasing the subject makes them unreadable. A file without a row harms nobody and is swept.
"""

import contextlib
import os
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import vault
from engine.attachments.uploads import Checked
from engine.errors import FileRefused, NotFound
from engine.models import Attachment, ProcessInstance
from engine.site import Site
from engine.vault import Vault

INSTANCE_BYTES = 200 * 1024 * 1024
#: A file without a row is swept after this time: until then its transaction may still be on its way.
ORPHAN_AGE = timedelta(days=1)


class InstanceFull(FileRefused):
    """The file “{name}” was not accepted: the files of this case would be larger than {megabytes} MB together."""


class FileLost(NotFound):
    """The file of this attachment is missing in the files folder; put it back from a back-up."""


@dataclass(frozen=True)
class Stored:
    """A file that lies encrypted on disk and waits for its row."""

    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    key: bytes = field(repr=False)


@dataclass(frozen=True)
class Origin:
    """Where a file comes from: `consumer` or `staff`, and the person and task if any."""

    kind: str
    person_id: int | None = None
    task_id: str | None = None


@dataclass(frozen=True)
class File:
    """An attachment as its reader gets it."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


def put(site: Site, checked: Checked) -> Stored:
    """Write the file, encrypted, and wait until the disk has it. Outside any transaction."""
    file_id, key = str(uuid.uuid4()), vault.new_key()
    path = _path(site.files, file_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    with unfinished.open("xb") as file:
        file.write(vault.seal_with(key, checked.content, _place(file_id)))
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    _sync_folder(path.parent)
    return Stored(file_id, checked.name, checked.media_type, len(checked.content), checked.sha256, key)


def store(
    session: Session, site: Site, instance: ProcessInstance, stored: Stored, origin: Origin, now: datetime
) -> Attachment:
    """Add the row that makes the file part of the case. Raises InstanceFull, Erased."""
    used = session.scalar(select(func.sum(Attachment.size)).where(Attachment.instance_id == instance.id)) or 0
    if used + stored.size > INSTANCE_BYTES:
        raise InstanceFull(name=stored.name, megabytes=INSTANCE_BYTES // 1024**2)
    label = {"name": stored.name, "key": stored.key.hex()}
    attachment = Attachment(
        id=stored.id,
        instance_id=instance.id,
        task_id=origin.task_id,
        subject_id=instance.subject_id,
        sealed_name=site.vault.seal_json(session, instance.subject_id, label, _place(stored.id)),
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
        origin=origin.kind,
        created_at=now,
        created_by=origin.person_id,
    )
    session.add(attachment)
    session.flush()
    return attachment


def names(session: Session, keys: Vault, attachments: Iterable[Attachment]) -> list[str]:
    """The names of `attachments`, in their order; raises Erased."""
    return [_label(session, keys, attachment)["name"] for attachment in attachments]


def read(session: Session, site: Site, attachment: Attachment) -> File:
    """The file of an attachment. Raises Erased, FileLost, and Damaged when somebody changed it."""
    label = _label(session, site.vault, attachment)
    try:
        sealed = _path(site.files, attachment.id).read_bytes()
    except FileNotFoundError as error:
        raise FileLost from error
    content = vault.open_with(bytes.fromhex(label["key"]), sealed, _place(attachment.id))
    return File(label["name"], attachment.media_type, content)


def sweep(session: Session, site: Site, now: datetime) -> int:
    """Remove files older than a day that have no row; gives how many."""
    removed = 0
    for folder in sorted(path for path in site.files.glob("??") if path.is_dir()):
        old = {path.name: path for path in _older(folder, now - ORPHAN_AGE)}
        known = session.scalars(select(Attachment.id).where(Attachment.id.startswith(folder.name, autoescape=True)))
        for name in old.keys() - set(known):
            old[name].unlink(missing_ok=True)
            removed += 1
    return removed


def _label(session: Session, keys: Vault, attachment: Attachment) -> dict[str, str]:
    label: dict[str, str] = keys.open_json(
        session, attachment.subject_id, attachment.sealed_name, _place(attachment.id)
    )
    return label


def _place(file_id: str) -> str:
    return f"attachment:{file_id}"


def _path(folder: Path, file_id: str) -> Path:
    return folder / file_id[:2] / file_id


def _older(folder: Path, than: datetime) -> Iterator[Path]:
    for path in folder.iterdir():
        with contextlib.suppress(FileNotFoundError):  # another sweep was faster, or the file just got its final name
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < than:
                yield path


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable, where the system can."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
