"""Closed complaints like this one: the same business, cause and demands, and words in common.

Of words only the keyed digests of the search index are compared, weighed by how rare they are among what is compared;
no text of another complaint is opened. Two questions to the database, whatever there is.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, or_, select, true
from sqlalchemy.orm import Session

from engine import access
from engine.identity import Actor
from engine.models import ProcessInstance, SearchEntry
from engine.site import Site
from processes.complaint import codes
from processes.complaint.tables import Complaint, ComplaintMeasure

#: So many are shown, of so many that are compared.
MOST, COMPARED = 5, 120

#: Closed for these reasons, nothing was decided.
UNDECIDED = ("merged", "void", "withdrawn", "converted")

#: What counts how much: the same business, the same kind of it, the same cause, demands and words in common.
SAME_BUSINESS, SAME_KIND, SAME_CAUSE, DEMANDS, WORDS = 3, 1, 3, 2, 5

#: Words as much in common as this are worth telling.
MANY_WORDS = 0.2

_FACTS = (Complaint.cat_b, Complaint.cat_c, Complaint.demands)


@dataclass(frozen=True)
class SimilarCase:
    """A closed complaint: what it was about, what was decided, how long it took. Labels in one language."""

    instance_id: str
    number: str
    business: str
    cause: str
    #: what it has in common: `business`, `cause`, `demands`, `words`
    alike: tuple[str, ...]
    finding: str
    close_reason: str
    measures: tuple[str, ...]
    amount_paid: Decimal | None
    currency: str
    #: whole days from receipt to closing
    days: int


def similar_cases(
    session: Session, site: Site, instance_id: str, actor: Actor, language: str
) -> tuple[SimilarCase, ...]:
    """The closed complaints most like this one that `actor` may see, the most alike first; none for other cases."""
    words = cast(SearchEntry.tokens, String).label("words")
    entry = SearchEntry.instance_id == Complaint.instance_id
    asked = select(*_FACTS, words).outerjoin(SearchEntry, entry).where(Complaint.instance_id == instance_id)
    own = session.execute(asked).one_or_none()
    if own is None:
        return ()
    visible = access.visible_instances(actor, site.applications)
    rows = session.execute(_closed(own, instance_id, visible, words)).all()
    found: dict[str, Any] = {}
    measures: dict[str, list[str]] = {}
    for row in rows:  # one for each measure
        found[row.instance_id] = row
        measures.setdefault(row.instance_id, []).extend([row.type] if row.type else [])
    common = _in_common(_digests(own.words), {key: _digests(row.words) for key, row in found.items()})
    ranked = sorted(found, key=lambda key: -_points(own, found[key], common[key]))
    told = (_told(own, found[key], common[key], measures[key], language) for key in ranked)
    return tuple(islice((each for each in told if each.alike), MOST))


def _closed(
    own: Any, instance_id: str, visible: ColumnElement[bool], words: ColumnElement[str]
) -> Select[*tuple[Any, ...]]:
    """Those that are compared: of the same kind of business or with the same cause, the nearest and newest first."""
    like: list[ColumnElement[bool]] = []
    if own.cat_b:
        like.append(Complaint.cat_b.startswith(_kind(own.cat_b), autoescape=True))
    if own.cat_c:
        like.append(Complaint.cat_c == own.cat_c)
    near = case((Complaint.cat_b == own.cat_b, 1), else_=0) + case((Complaint.cat_c == own.cat_c, 1), else_=0)
    compared = (
        select(Complaint.instance_id)
        .join(ProcessInstance, ProcessInstance.id == Complaint.instance_id)
        .where(
            Complaint.closed_at.is_not(None),
            Complaint.instance_id != instance_id,
            or_(Complaint.close_reason.is_(None), Complaint.close_reason.not_in(UNDECIDED)),
            or_(*like) if like else true(),
            visible,
        )
        .order_by(near.desc(), Complaint.closed_at.desc())
        .limit(COMPARED)
        .subquery()
    )
    shown = (
        Complaint.instance_id,
        Complaint.number,
        Complaint.received_at,
        Complaint.closed_at,
        Complaint.finding,
        Complaint.close_reason,
        Complaint.amount_paid,
        Complaint.currency,
        *_FACTS,
        words,
        ComplaintMeasure.type,
    )
    return (
        select(*shown)
        .join(compared, compared.c.instance_id == Complaint.instance_id)
        .outerjoin(SearchEntry, SearchEntry.instance_id == Complaint.instance_id)
        .outerjoin(ComplaintMeasure, ComplaintMeasure.instance_id == Complaint.instance_id)
        .order_by(Complaint.closed_at.desc(), Complaint.instance_id, ComplaintMeasure.number)
    )


def _kind(business: str) -> str:
    """The upper part of a code of business: `B.CARD` of `B.CARD.CREDIT.USE`."""
    return ".".join(business.split(".")[:2])


def _digests(words: str | None) -> frozenset[str]:
    return frozenset((words or "").replace("'", "").split())


def _in_common(own: frozenset[str], others: Mapping[str, frozenset[str]]) -> Mapping[str, float]:
    """Key → how much of its words it shares with `own`, 0 to 1; words that most have hardly count."""
    held = Counter(word for words in [own, *others.values()] for word in words)
    total = len(others) + 1

    def weight(words: frozenset[str]) -> float:
        return math.fsum(math.log(total / held[word]) ** 2 for word in words)

    whole = weight(own)
    found = {}
    for key, words in others.items():
        size = math.sqrt(whole * weight(words))
        found[key] = weight(own & words) / size if size else 0.0
    return found


def _points(own: Any, other: Any, common: float) -> float:
    same = _demands_in_common(own.demands, other.demands)
    return (
        SAME_BUSINESS * (own.cat_b is not None and own.cat_b == other.cat_b)
        + SAME_KIND * bool(own.cat_b and other.cat_b and _kind(own.cat_b) == _kind(other.cat_b))
        + SAME_CAUSE * (own.cat_c is not None and own.cat_c == other.cat_c)
        + DEMANDS * same
        + WORDS * common
    )


def _demands_in_common(one: Sequence[str], other: Sequence[str]) -> float:
    either = {*one, *other}
    return len({*one} & {*other}) / len(either) if either else 0.0


def _told(own: Any, other: Any, common: float, measures: Sequence[str], language: str) -> SimilarCase:
    alike = {
        "business": own.cat_b is not None and own.cat_b == other.cat_b,
        "cause": own.cat_c is not None and own.cat_c == other.cat_c,
        "demands": _demands_in_common(own.demands, other.demands) > 0,
        "words": common >= MANY_WORDS,
    }
    return SimilarCase(
        instance_id=other.instance_id,
        number=other.number,
        business=codes.label_in(codes.BUSINESS, other.cat_b, language),
        cause=codes.label("cat_c", other.cat_c, language),
        alike=tuple(name for name, holds in alike.items() if holds),
        finding=codes.label("finding", other.finding, language),
        close_reason=codes.label("close_reason", other.close_reason, language),
        measures=tuple(dict.fromkeys(codes.label("measure", each, language) for each in measures)),
        amount_paid=other.amount_paid,
        currency=other.currency or "",
        days=(other.closed_at - other.received_at).days,
    )
