"""What the early-warning rules look at: counts of complaints by SQL, each with what it is about (`key`).

Texts of complaints are ciphertext, so that frequent terms are those of the tags that staff give.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import fmean, pstdev
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from engine.models import Membership, Person
from processes.complaint.links.related import REPEAT
from processes.complaint.links.tables import ComplaintLink
from processes.complaint.matters.tables import ComplaintMatter
from processes.complaint.tables import Complaint

DAY, WEEK, MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=30)

#: Weeks that the usual week is calculated from.
WEEKS = 8
#: Open and expected complaints that one person can carry (D10, row 12).
LOAD = 25
#: Complaints that one figure names as evidence.
MOST = 50

SYSTEM_FAILURE = "C.FAC"
UPHELD = ("upheld", "partly")
GRAVE_FLAGS = frozenset({"personal_safety", "data_leak"})
FORWARDED = or_(Complaint.channel.startswith("CH.REG."), Complaint.regulator_authority.is_not(None))


@dataclass(frozen=True)
class Figure:
    """One count: `mean` and `deviation` of the usual week, `largest` group of people in one complaint."""

    measure: str
    key: str
    count: int
    evidence: Sequence[str]
    mean: float = 0
    deviation: float = 0
    largest: int = 0

    def context(self) -> dict[str, Any]:
        """As FEEL knows it."""
        numbers = {
            name: Decimal(str(round(getattr(self, name), 2))) for name in ("count", "mean", "deviation", "largest")
        }
        return {"measure": self.measure, "key": self.key, "evidence": list(self.evidence), **numbers}


@dataclass(frozen=True)
class Grouped:
    """Complaints received within `window`, counted by `columns`; `usual`: compared with the weeks before."""

    measure: str
    window: timedelta
    columns: tuple[Any, ...] = ()
    where: ColumnElement[bool] | None = None
    usual: bool = False

    def select(self, *wanted: Any, start: datetime, end: datetime) -> Select[Any]:
        """`wanted` of the complaints received after `start`, until `end`."""
        known = [column.is_not(None) for column in self.columns]
        own = [self.where] if self.where is not None else []
        return select(*wanted).where(_received(start, end), *known, *own)


def _received(start: datetime, end: datetime) -> ColumnElement[bool]:
    """What came in after `start`, until `end`: complaints that are still to come, as after an import, do not count."""
    return and_(Complaint.received_at > start, Complaint.received_at <= end)


GROUPED = (
    Grouped("product_reason_day", DAY, (Complaint.cat_b, Complaint.cat_c)),
    Grouped("product_reason_week", WEEK, (Complaint.cat_b, Complaint.cat_c), usual=True),
    Grouped("outlet_reason_week", WEEK, (Complaint.accused_unit, Complaint.cat_c)),
    Grouped("event_day", DAY, (Complaint.event_cause, Complaint.accused_unit), Complaint.event_cause != "none"),
    Grouped("system_failure_day", DAY, (Complaint.cat_c,), Complaint.cat_c == SYSTEM_FAILURE),
    Grouped("forwarded_week", WEEK, (), FORWARDED, usual=True),
)


def figures(session: Session, now: datetime, number: str | None = None) -> list[Figure]:
    """All figures at `now`; with the `number` of a complaint only those that it adds to, for a quick look."""
    only = session.scalar(select(Complaint).where(Complaint.number == number)) if number else None
    found = [figure for grouped in GROUPED for figure in _grouped(session, grouped, now, only)]
    found += _grave(session, now, only)
    if only is None:
        found += [*_staff(session, now), *_partners(session, now), *_people(session, now), *_terms(session, now)]
        found += _capacity(session, now)
    return found


def _grouped(session: Session, grouped: Grouped, now: datetime, only: Complaint | None) -> Iterator[Figure]:
    mine = [column == getattr(only, column.key) for column in grouped.columns] if only is not None else []
    count, largest = func.count(), func.max(Complaint.joint_persons)
    counted = grouped.select(count, largest, *grouped.columns, start=now - grouped.window, end=now).where(*mine)
    for number, joint, *values in session.execute(counted.group_by(*grouped.columns)):
        if not number:
            continue
        same = [column == value for column, value in zip(grouped.columns, values, strict=True)]
        weeks = _weeks(session, grouped, same, now) if grouped.usual else [0]
        evidence = grouped.select(Complaint.number, start=now - grouped.window, end=now).where(*same)
        yield Figure(
            measure=grouped.measure,
            key="|".join(values) or grouped.measure,
            count=number,
            evidence=_numbers(session, evidence),
            mean=fmean(weeks),
            deviation=pstdev(weeks),
            largest=int(joint or 0),
        )


def _weeks(session: Session, grouped: Grouped, same: Sequence[ColumnElement[bool]], now: datetime) -> list[int]:
    """The counts of the weeks before the window."""
    ends = [now - grouped.window - WEEK * number for number in range(WEEKS)]
    counts = (grouped.select(func.count(), start=end - WEEK, end=end).where(*same) for end in ends)
    return [session.scalar(each) or 0 for each in counts]


def _numbers(session: Session, query: Select[Any]) -> list[str]:
    return list(session.scalars(query.order_by(Complaint.received_at, Complaint.number).limit(MOST)))


def _grave(session: Session, now: datetime, only: Complaint | None) -> Iterator[Figure]:
    """Each complaint of the last day that is major, about safety or a leak."""
    recent = select(Complaint.number, Complaint.level, Complaint.flags).where(_received(now - DAY, now))
    mine = recent.where(Complaint.instance_id == only.instance_id) if only is not None else recent
    for number, level, flags in session.execute(mine.order_by(Complaint.number)):
        if level == "MAJOR" or GRAVE_FLAGS & set(flags or ()):
            yield Figure("grave_case", number, 1, [number])


def _staff(session: Session, now: datetime) -> Iterator[Figure]:
    """Upheld complaints of a month by the staff whom they name."""
    upheld = select(Complaint.number, Complaint.accused_staff).where(
        _received(now - MONTH, now), Complaint.finding.in_(UPHELD)
    )
    named: dict[str, list[str]] = {}
    for number, staff in session.execute(upheld.order_by(Complaint.number)):
        for username in staff or ():
            named.setdefault(username, []).append(number)
    return (Figure("staff_upheld_month", name, len(cases), cases[:MOST]) for name, cases in sorted(named.items()))


def _partners(session: Session, now: datetime) -> Iterator[Figure]:
    """Upheld complaints of a month in which a partner was asked."""
    asked = (
        select(ComplaintMatter.unit, Complaint.number)
        .join(Complaint, Complaint.instance_id == ComplaintMatter.complaint_id)
        .where(
            ComplaintMatter.kind == "partner_enquiry",
            ComplaintMatter.unit.is_not(None),
            _received(now - MONTH, now),
            Complaint.finding.in_(UPHELD),
        )
    )
    named: dict[str, set[str]] = {}
    for partner, number in session.execute(asked):
        named.setdefault(str(partner), set()).add(number)
    return (
        Figure("partner_upheld_month", key, len(cases), sorted(cases)[:MOST]) for key, cases in sorted(named.items())
    )


def _is_open(now: datetime) -> ColumnElement[bool]:
    return and_(Complaint.closed_at.is_(None), Complaint.received_at <= now)


def _people(session: Session, now: datetime) -> Iterator[Figure]:
    """Open complaints of one person, under the number of the first: a name or its digest is no key to show."""
    is_open = _is_open(now)
    earlier = (
        select(ComplaintLink.from_id, func.count().label("cases"))
        .where(ComplaintLink.kind == REPEAT)
        .group_by(ComplaintLink.from_id)
        .subquery()
    )
    several = (
        select(Complaint.id_index, func.count(), func.max(earlier.c.cases))
        .outerjoin(earlier, earlier.c.from_id == Complaint.instance_id)
        .where(is_open, Complaint.id_index.is_not(None))
    )
    repeated = or_(func.count() > 1, func.max(earlier.c.cases) > 1)
    for digest, count, repeats in session.execute(several.group_by(Complaint.id_index).having(repeated)):
        cases = _numbers(session, select(Complaint.number).where(is_open, Complaint.id_index == digest))
        yield Figure("person_open", cases[0], count, cases, largest=int(repeats or 0))


def _terms(session: Session, now: datetime) -> Iterator[Figure]:
    """Tags of the last day, compared with an average day of the month before."""
    tagged = select(Complaint.number, Complaint.tags).where(_received(now - DAY, now))
    cases: dict[str, list[str]] = {}
    for number, tags in session.execute(tagged.order_by(Complaint.number)):
        for tag in tags or ():
            cases.setdefault(tag, []).append(number)
    before = select(Complaint.tags).where(_received(now - DAY - MONTH, now - DAY))
    usual = Counter(tag for tags in session.scalars(before) for tag in tags or ()) if cases else Counter[str]()
    for tag, numbers in sorted(cases.items()):
        yield Figure("term_day", tag, len(numbers), numbers[:MOST], mean=usual[tag] / MONTH.days)


def _capacity(session: Session, now: datetime) -> Iterator[Figure]:
    """Open complaints and those expected next week, against what the handlers can carry (as `mean`)."""
    waiting = session.scalar(select(func.count()).where(_is_open(now), Complaint.status != "closed"))
    month = session.scalar(select(func.count()).where(_received(now - 4 * WEEK, now))) or 0
    handlers = select(func.count(Membership.person_id.distinct())).join(Person, Person.id == Membership.person_id)
    staff = session.scalar(handlers.where(Person.is_active, Membership.group_key.startswith("handler"))) or 0
    yield Figure("capacity_week", "capacity", (waiting or 0) + month // 4, [], mean=staff * LOAD)
