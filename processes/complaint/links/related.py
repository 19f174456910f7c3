"""What is known of a complaint through the cases it is linked with: sums, repeats, and whether it was there before.

One question per transaction, asked when something of it is read first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, bindparam, case, or_, select
from sqlalchemy.orm import Session, aliased

from engine import values
from processes.complaint.links.chains import MERGED, REOPENED
from processes.complaint.links.tables import ComplaintLink
from processes.complaint.tables import Complaint

REPEAT = "repeat"

#: Kinds that hold between cases of one person about one matter; `group` and `converted` are other people or matters.
SAME_MATTER = (REPEAT, MERGED, REOPENED)

#: A complaint is a repeat of one that was not closed longer ago than this.
REPEATED_WITHIN = timedelta(days=90)

_KEPT = "complaint.related"

#: Columns of a complaint that a member has as they are.
_PLAIN = ("instance_id", "received_at", "closed_at", "decided_at", "amount_proposed", "amount_paid", "currency")


@dataclass(frozen=True)
class Member:
    """One case of the same person about the same matter."""

    instance_id: str
    received_at: datetime
    closed_at: datetime | None
    decided_at: datetime | None
    amount_proposed: Decimal | None
    amount_paid: Decimal | None
    currency: str | None
    facts: Mapping[str, Any]

    @property
    def amount(self) -> Decimal:
        """What the case costs: paid once it is closed, else the greater of proposed and paid."""
        paid = self.amount_paid or Decimal()
        return paid if self.closed_at is not None else max(paid, self.amount_proposed or Decimal())


@dataclass(frozen=True)
class Related:
    """The cases of the same matter, and the links between them: (from, to, kind)."""

    members: Mapping[str, Member]
    links: Sequence[tuple[str, str, str]]

    def total(self, complaint: Complaint) -> Decimal:
        """What is proposed here, paid and proposed on linked cases in the same currency: what an approver decides on.

        Splitting a payment over several cases thus needs the approval of the sum.
        """
        own = max(complaint.amount_proposed or Decimal(), complaint.amount_paid or Decimal())
        others = self._others(complaint)
        return own + sum((each.amount for each in others if each.currency == complaint.currency), Decimal())

    def repeats(self, complaint: Complaint) -> int:
        """How often this person complained of this matter before, within 90 days of the last closing."""
        merged = {one for one, _, kind in self.links if kind == MERGED}
        reopened = self._joined(complaint.instance_id, REOPENED)
        return sum(
            each.received_at < complaint.received_at
            and each.instance_id not in merged | reopened
            and (each.closed_at is None or complaint.received_at - each.closed_at <= REPEATED_WITHIN)
            for each in self._others(complaint)
        )

    def repeated(self, complaint: Complaint) -> Member | None:
        """The latest earlier case that a link of its own says this one repeats; an open one first."""
        own = {
            one if other == complaint.instance_id else other
            for one, other, kind in self.links
            if kind != REOPENED and complaint.instance_id in {one, other}
        }
        before = [
            self.members[key]
            for key in own
            if key in self.members and self.members[key].received_at <= complaint.received_at
        ]
        return max(before, key=lambda each: (each.closed_at is None, each.received_at), default=None)

    def _others(self, complaint: Complaint) -> Iterator[Member]:
        return (each for key, each in self.members.items() if key != complaint.instance_id)

    def _joined(self, instance_id: str, kind: str) -> set[str]:
        """The cases that links of `kind` connect with `instance_id`."""
        found, size = {instance_id}, 0
        while len(found) > size:
            size = len(found)
            found |= {
                end
                for one, other, each in self.links
                if each == kind and not found.isdisjoint({one, other})
                for end in (one, other)
            }
        return found


NOTHING: Related = Related({}, ())


def related(session: Session, complaint: Complaint) -> Related:
    """The cases linked with `complaint` as the same matter, directly or over others."""
    kept: dict[str, Related] = session.info.setdefault(_KEPT, {})
    if complaint.instance_id not in kept:
        kept[complaint.instance_id] = _read(session.execute(_QUESTION, {"id": complaint.instance_id}).all())
    return kept[complaint.instance_id]


def forget(session: Session) -> None:
    """Links changed: ask again."""
    session.info.pop(_KEPT, None)


def _question() -> Select[Any]:
    """Each link of the cases connected with that of `id`, with what is needed of both ends."""
    walk = select(bindparam("id", type_=ComplaintLink.from_id.type).label("id")).cte("walk", recursive=True)
    link = aliased(ComplaintLink)
    end = case((link.from_id == walk.c.id, link.to_id), else_=link.from_id)
    touching = or_(link.from_id == walk.c.id, link.to_id == walk.c.id)
    walk = walk.union(select(end).where(touching, link.kind.in_(SAME_MATTER)))
    one, other = aliased(Complaint), aliased(Complaint)
    return (
        select(ComplaintLink.from_id, ComplaintLink.to_id, ComplaintLink.kind, *_columns(one), *_columns(other))
        .join(one, one.instance_id == ComplaintLink.from_id)
        .join(other, other.instance_id == ComplaintLink.to_id)
        .where(ComplaintLink.from_id.in_(select(walk.c.id)), ComplaintLink.kind.in_(SAME_MATTER))
    )


def _columns(of: Any) -> list[Any]:
    return [getattr(of, name) for name in (*_PLAIN, "facts")]


# Asked for every form of a case: built once, for building takes longer than asking.
_QUESTION = _question()


def _read(rows: Iterable[Any]) -> Related:
    members: dict[str, Member] = {}
    links = []
    for row in rows:
        links.append((row[0], row[1], row[2]))
        for start in (3, 11):
            *plain, facts = row[start : start + 8]
            known = dict(zip(_PLAIN, plain, strict=True))
            members[known["instance_id"]] = Member(**known, facts=values.loads(facts))
    return Related(members, links)
