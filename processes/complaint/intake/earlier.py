"""Complaints that are here already, found by what has been typed of a new one: same person, account, number, or name.

Found by digests with an index, and scored by the table of duplicates as they will be once the new one is registered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import access
from engine.dmn import Decisions
from engine.errors import Erased
from engine.identity import Actor
from engine.models import ProcessInstance
from engine.site import Site
from processes.complaint import codes, masking
from processes.complaint.links import points
from processes.complaint.links.candidates import matter, preselected
from processes.complaint.links.evidence import is_same_person, score
from processes.complaint.record import INDEXES, REGULATOR_NUMBER, normal
from processes.complaint.sealed import Encrypted, Papers
from processes.complaint.tables import Complaint

#: At most so many are shown.
MOST = 8

#: What has to be typed of a value before anybody is looked for: shorter ones belong to nobody in particular.
SHORTEST = 4
SHORTEST_NAME = 2


@dataclass(frozen=True)
class Earlier:
    """A complaint of the same person, or about the same account; the name is masked."""

    instance_id: str
    number: str
    masked_name: str
    received_at: datetime
    status: str
    reason: str
    is_open: bool
    is_same_person: bool
    score: int
    #: `certain`, `probable` or `possible` and its words; empty where it may well be another matter
    band_code: str
    band: str
    why: Sequence[str]


def sought(site: Site, typed: Mapping[str, str], received_at: datetime) -> Complaint | None:
    """A complaint that is stored nowhere, with the digests of what was typed (key → text); None: nothing to look for.

    Keys are those under `person`, and `regulator.number`, `cat_b`, `cat_c` and `accused_unit`.
    """
    new = Complaint(instance_id="", number="", received_at=received_at, accused_staff=[])
    for key, column in INDEXES.items():
        text = typed.get(key, "").strip()
        if len(text) >= (SHORTEST_NAME if key == "full_name" else SHORTEST):
            setattr(new, column, site.vault.blind(key, normal(key, text)))
    for key, column in ((REGULATOR_NUMBER, "regulator_number"), *((name, name) for name in ("cat_b", "cat_c"))):
        setattr(new, column, typed.get(key) or None)
    new.accused_unit = typed.get("accused_unit") or None
    found = any(getattr(new, column) for column in (*INDEXES.values(), "regulator_number"))
    return new if found else None


def earlier(
    session: Session, site: Site, new: Complaint, story: str, table: Decisions, actor: Actor, language: str
) -> Sequence[Earlier]:
    """What is here already and `actor` may see, the likeliest first.

    Raises DecisionFault for a table that contradicts itself.
    """
    visible = select(ProcessInstance.id).where(access.visible_instances(actor, site.applications))
    rows = session.scalars(preselected(new, by_name=True).where(Complaint.instance_id.in_(visible))).all()
    site.vault.unlock(session, [row.subject_id for row in rows])
    lines = [line for row in rows if (line := _line(session, site, new, story, row, table, language))]
    return sorted(lines, key=lambda line: (line.score, line.received_at), reverse=True)[:MOST]


def _line(
    session: Session, site: Site, new: Complaint, story: str, row: Complaint, table: Decisions, language: str
) -> Earlier | None:
    """One of them; None once its person was erased."""
    try:
        other = matter(session, row)
        person = Papers(row, Encrypted(session, site.vault, row.subject_id)).get("sealed_person") or {}
    except Erased:
        return None
    own = replace(matter(session, new), story=story)
    found = score(table, own, other)
    return Earlier(
        instance_id=row.instance_id,
        number=row.number,
        masked_name=masking.name(person.get("full_name") or ""),
        received_at=row.received_at,
        status=codes.label("public_status", row.status, language),
        reason=codes.label("cat_c", row.cat_c, language),
        is_open=row.closed_at is None and row.withdrawn_at is None,
        is_same_person=is_same_person(own, other),
        score=found.points,
        band_code=found.band or "",
        band=points.label(found.band, language) if found.band else "",
        why=[points.label(rule, language) for rule in found.rules],
    )
