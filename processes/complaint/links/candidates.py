"""Which other complaints may be the same matter (duplicates and repeats): found by indexes, scored by `duplicates.dmn`.

Every evidence that can lift a pair into a band by itself or with others is a digest or number with an index, so a few
rows are read however many complaints there are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine import dmn
from engine.bpmn.model import Model
from engine.definitions import Library
from engine.dmn import Decisions
from engine.errors import NotFound
from engine.models import DataSubject, ProcessInstance
from engine.vault import Vault
from processes.complaint.links.evidence import DECISION, Matter, Score, score
from processes.complaint.links.tables import ComplaintLink
from processes.complaint.sealed import Encrypted, Papers
from processes.complaint.tables import Complaint

#: At most so many complaints per evidence are looked at, the newest.
MOST = 50

Column = InstrumentedAttribute[str | None]

#: What tells that two complaints come from the same person.
PERSON: tuple[Column, ...] = (
    Complaint.id_index,
    Complaint.uscc_index,
    Complaint.mobile_index,
    Complaint.customer_index,
    Complaint.email_index,
)

#: Evidence by which a complaint is found at all.
SOUGHT: tuple[Column, ...] = (*PERSON, Complaint.regulator_number, Complaint.account_index)

_SHIPPED = Path(__file__).parent.parent / "duplicates.dmn"


@dataclass(frozen=True)
class Candidate:
    """A complaint that may be the same matter as another one; `rules` are the ids of what speaks for it."""

    instance_id: str
    number: str
    score: int
    band: str
    rules: tuple[str, ...]


def candidates(session: Session, complaint: Complaint) -> Sequence[Candidate]:
    """Undecided candidates for `complaint`, the likeliest first: without those that were linked, or told apart.

    Complaints whose personal data were erased are no candidates. `session.info` holds the vault.
    """
    rows = session.scalars(preselected(complaint)).all()
    if not rows:
        return ()
    _unlock(session, (complaint, *rows))
    one, table = matter(session, complaint), table_of(session, complaint.instance_id)
    scored = ((row, score(table, one, matter(session, row))) for row in rows)
    found = [
        Candidate(row.instance_id, row.number, each.points, each.band, each.rules)
        for row, each in scored
        if each.band is not None
    ]
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.number))


def of_same_person(session: Session, complaint: Complaint) -> Sequence[Complaint]:
    """Other complaints with the same ID, credit code, phone, customer number or e-mail, the newest of each."""
    shared = _shared(complaint, PERSON)
    return session.scalars(select(Complaint).where(Complaint.instance_id.in_(union(*shared)))).all() if shared else ()


def score_of(session: Session, one: Complaint, other: Complaint) -> Score:
    """What the table makes of two complaints; raises Erased when the story of one of them cannot be read any more."""
    _unlock(session, (one, other))
    return score(table_of(session, one.instance_id), matter(session, one), matter(session, other))


def matter(session: Session, complaint: Complaint) -> Matter:
    """What is compared of a complaint. Raises Erased."""
    papers = Papers(complaint, Encrypted(session, _vault(session), complaint.subject_id))
    return outline(complaint, papers.get("sealed_narrative") or "")


def outline(complaint: Complaint, story: str = "") -> Matter:
    """What is compared of a complaint without reading anything personal."""
    return Matter(
        received_at=complaint.received_at,
        closed_at=complaint.closed_at,
        id_index=complaint.id_index,
        uscc_index=complaint.uscc_index,
        mobile_index=complaint.mobile_index,
        customer_index=complaint.customer_index,
        email_index=complaint.email_index,
        name_index=complaint.name_index,
        regulator_number=complaint.regulator_number,
        account_index=complaint.account_index,
        cat_b=complaint.cat_b,
        cat_c=complaint.cat_c,
        accused_unit=complaint.accused_unit,
        accused_staff=frozenset(complaint.accused_staff),
        story=story,
    )


def table_in(model: Model) -> Decisions:
    """The table of duplicates of a version; the shipped one where that has none."""
    return model.decisions.get(DECISION) or _shipped()


def table_of(session: Session, instance_id: str) -> Decisions:
    """The table of duplicates of the version that a case runs on; the shipped one where that has none."""
    instance = session.get(ProcessInstance, instance_id)
    try:
        model = Library(session).by_id(instance.definition_id)[1] if instance is not None else None
    except NotFound:
        model = None
    return _shipped() if model is None else table_in(model)


def preselected(complaint: Complaint, *, by_name: bool = False) -> Select[Complaint]:
    """Other complaints that share an indexed evidence with `complaint`, or the whole name too, the newest of each."""
    shared = _shared(complaint, (*SOUGHT, Complaint.name_index) if by_name else SOUGHT)
    other = Complaint.instance_id
    judged = exists().where(
        or_(
            and_(ComplaintLink.from_id == complaint.instance_id, ComplaintLink.to_id == other),
            and_(ComplaintLink.to_id == complaint.instance_id, ComplaintLink.from_id == other),
        )
    )
    readable = exists().where(DataSubject.id == Complaint.subject_id, DataSubject.wrapped_key.is_not(None))
    found = other.in_(union(*shared)) if shared else other.is_(None)
    return select(Complaint).where(found, ~judged, readable)


def _shared(complaint: Complaint, columns: Iterable[Column]) -> list[Select[str]]:
    """One question for each of `columns` of which `complaint` has a value: the newest others with the same."""
    own = [(column, getattr(complaint, column.key)) for column in columns]
    return [_sharing(complaint, column == value) for column, value in own if value is not None]


def _sharing(complaint: Complaint, same: ColumnElement[bool]) -> Select[str]:
    newest = select(Complaint.instance_id).where(same, Complaint.instance_id != complaint.instance_id)
    rows = newest.order_by(Complaint.received_at.desc()).limit(MOST).subquery()
    return select(rows.c.instance_id)


def _unlock(session: Session, complaints: Iterable[Complaint]) -> None:
    _vault(session).unlock(session, [each.subject_id for each in complaints])


def _vault(session: Session) -> Vault:
    vault: Vault = session.info["vault"]
    return vault


@cache
def _shipped() -> Decisions:
    return dmn.load(_SHIPPED.read_bytes())
