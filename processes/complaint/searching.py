"""What complaints and companion cases are found by, and what a list of those found shows of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.applications import FoundBy
from engine.errors import Erased
from engine.vault import Vault
from processes.complaint import codes, masking
from processes.complaint.matters.record import MatterRecord
from processes.complaint.messages import messages_of
from processes.complaint.paths import TEXTS
from processes.complaint.profiles import observed
from processes.complaint.record import REGULATOR_NUMBER, ComplaintRecord
from processes.complaint.sealed import Encrypted, Papers
from processes.complaint.tables import Complaint

#: Paths under `person`, and under each of its representatives.
NAMES = ("full_name", "agent_name")
PHONES = ("mobile", "agent_contact")
NUMBERS = ("id_no", "agent_id_no", "uscc", "customer_ref", "account_ref", "email")

#: Values of lists that are codes, and no words of people.
_CODE = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True)
class Found:
    """What a list shows of a complaint that was found; the name is masked, and empty once it was erased."""

    masked_name: str
    level: str
    status: str
    received_at: datetime


def found_by(session: Session, record: Any) -> FoundBy:
    """What the case of a record is found by; raises Erased."""
    if isinstance(record, ComplaintRecord):
        return _of_complaint(session, record)
    return _of_matter(record) if isinstance(record, MatterRecord) else FoundBy()


def found(session: Session, vault: Vault, instance_ids: Sequence[str], language: str) -> Mapping[str, Found]:
    """Instance id → what is shown of it, for those that are complaints."""
    rows = session.scalars(select(Complaint).where(Complaint.instance_id.in_(instance_ids))).all()
    vault.unlock(session, [row.subject_id for row in rows])
    return {
        row.instance_id: Found(
            _masked_name(session, vault, row),
            codes.label("level", row.level, language),
            codes.label("public_status", row.status, language),
            row.received_at,
        )
        for row in rows
    }


def _of_complaint(session: Session, record: ComplaintRecord) -> FoundBy:
    person = record.papers.get("sealed_person") or {}
    others = [each for each in person.get("representatives") or [] if isinstance(each, Mapping)]
    texts = [record.get("narrative"), record.get("summary"), *_words(record.papers.get(TEXTS) or {})]
    said = [message.text for message in messages_of(session, record)]
    return FoundBy(
        names=_there([*(person.get(name) for name in NAMES), *(each.get("name") for each in others)]),
        phones=_there([*(person.get(name) for name in PHONES), *(each.get("contact") for each in others)]),
        numbers=_there([*(person.get(name) for name in NUMBERS), record.get(REGULATOR_NUMBER)]),
        texts=[*_there(texts), *said, *observed(session, record)],
    )


def _of_matter(record: MatterRecord) -> FoundBy:
    texts = record.texts()
    name, mobile = "sign.person_name", "sign.person_mobile"
    return FoundBy(
        names=_there([texts.get(name)]),
        phones=_there([texts.get(mobile)]),
        texts=list(_words({path: text for path, text in texts.items() if path not in {name, mobile}})),
    )


def _there(values: Sequence[Any]) -> list[str]:
    return [value for value in values if isinstance(value, str) and value]


def _words(texts: Mapping[str, Any]) -> Iterator[str]:
    """Every text of a record: those by path whole, those in lists without codes."""
    for value in texts.values():
        if isinstance(value, str):
            yield value
        else:
            yield from (text for text in _inside(value) if not _CODE.fullmatch(text))


def _inside(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _inside(each)
    elif isinstance(value, list):
        for each in value:
            yield from _inside(each)


def _masked_name(session: Session, vault: Vault, row: Complaint) -> str:
    try:
        person = Papers(row, Encrypted(session, vault, row.subject_id)).get("sealed_person") or {}
    except Erased:
        return ""
    return masking.name(person.get("full_name") or "")
