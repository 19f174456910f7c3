"""Daily seals: signed files outside the database that say how long each stream was and how it ended.

A seal lists the streams that grew since the one before, and that one's signature; together they list all streams.
The folder belongs on another disk or host: whoever can rewrite both database and folder can cut the end of both.
"""

import hmac
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import ChainBroken
from engine.history.chain import INSTANCE
from engine.models import AuditStream, ProcessInstance
from engine.vault import Vault


@dataclass(frozen=True)
class Head:
    """Length of a stream and hash of its last line."""

    count: int
    hash: bytes


@dataclass(frozen=True)
class Seal:
    """One seal file as it was read."""

    name: str
    signature: str
    streams: Mapping[str, Head]


def heads(session: Session) -> dict[str, Head]:
    """The head of every stream that has lines, by the rows that keep them."""
    instances = select(ProcessInstance.id, ProcessInstance.history_count, ProcessInstance.history_head)
    audits = select(AuditStream.stream, AuditStream.count, AuditStream.head)
    found = {INSTANCE + id_: Head(count, head) for id_, count, head in session.execute(instances)}
    found |= {stream: Head(count, head) for stream, count, head in session.execute(audits)}
    return {stream: head for stream, head in found.items() if head.count}


def seal(session: Session, vault: Vault, folder: Path, day: date, now: datetime) -> Path:
    """Write the seal of `day` into `folder` and give its path; a day that is sealed already stays as it is.

    Raises ChainBroken when a seal that is there was altered or removed.
    """
    path = folder / f"{day.isoformat()}.seal.json"
    if path.exists():
        return path
    known: dict[str, Head] = {}
    before = ""
    for each in read_seals(vault, folder):
        known |= each.streams
        before = each.signature
    grown = {stream: head for stream, head in heads(session).items() if known.get(stream) != head}
    content = {
        "day": day.isoformat(),
        "sealed_at": now.isoformat(),
        "before": before,
        "streams": {stream: [head.count, head.hash.hex()] for stream, head in sorted(grown.items())},
    }
    _write_once(path, orjson.dumps({**content, "signature": _signature(vault, content)}))
    return path


def read_seals(vault: Vault, folder: Path) -> Iterator[Seal]:
    """The seals in `folder`, oldest first; raises ChainBroken at the first that is not as it was written."""
    before = ""
    for path in sorted(folder.glob("*.seal.json")):
        try:
            content = orjson.loads(path.read_bytes())
            signature = content.pop("signature")
            streams = {stream: Head(count, bytes.fromhex(head)) for stream, (count, head) in content["streams"].items()}
            following = content["before"]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ChainBroken(why=f"the seal {path.name} cannot be read.") from error
        if not hmac.compare_digest(str(signature), _signature(vault, content)):
            raise ChainBroken(why=f"the seal {path.name} was altered, or signed with another key.")
        if following != before or content["day"] != path.name.removesuffix(".seal.json"):
            raise ChainBroken(why=f"a seal before {path.name} is missing, or was put in.")
        before = signature
        yield Seal(path.name, signature, streams)


def _signature(vault: Vault, content: Mapping[str, Any]) -> str:
    return hmac.digest(vault.seal_key, orjson.dumps(content, option=orjson.OPT_SORT_KEYS), "sha256").hex()


def _write_once(path: Path, content: bytes) -> None:
    """Write the whole file or nothing; where another node was faster, its seal says the same and stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if not path.exists():
        unfinished.replace(path)
    unfinished.unlink(missing_ok=True)
