"""Where a case leads that goes on in another one: merged into its root, or reopened under a new number."""

from collections.abc import Sequence

from sqlalchemy import and_, case, literal, or_, select
from sqlalchemy.orm import Session

from processes.complaint.links.tables import ComplaintLink

MERGED, REOPENED = "merged", "reopened"

#: Longer chains are not followed: nobody merges so often, and a circle would have no end.
LONGEST = 100


def leads_to(session: Session, instance_id: str) -> str:
    """The case in which `instance_id` goes on now: the root it was merged into, its newest reopening, or itself."""
    return _last(session, instance_id, (MERGED, REOPENED))


def newest(session: Session, instance_id: str) -> str:
    """The newest case reopened from `instance_id`, or itself."""
    return _last(session, instance_id, (REOPENED,))


def merged_into(session: Session, instance_id: str) -> str | None:
    """The case that `instance_id` was merged into by its own link, which may lead on."""
    link = select(ComplaintLink.to_id).where(ComplaintLink.from_id == instance_id, ComplaintLink.kind == MERGED)
    return session.scalar(link)


def earlier(session: Session, instance_id: str) -> Sequence[str]:
    """The cases of which `instance_id` is the reopening, the nearest first."""
    walk = select(literal(instance_id).label("id"), literal(0).label("step")).cte("walk", recursive=True)
    before = select(ComplaintLink.to_id, walk.c.step + 1).where(
        ComplaintLink.from_id == walk.c.id, ComplaintLink.kind == REOPENED, walk.c.step < LONGEST
    )
    walk = walk.union_all(before)
    return session.scalars(select(walk.c.id).where(walk.c.step > 0).order_by(walk.c.step)).all()


def _last(session: Session, instance_id: str, kinds: Sequence[str]) -> str:
    walk = select(literal(instance_id).label("id"), literal(0).label("step")).cte("walk", recursive=True)
    merged = and_(ComplaintLink.kind == MERGED, ComplaintLink.from_id == walk.c.id)
    reopened = and_(ComplaintLink.kind == REOPENED, ComplaintLink.to_id == walk.c.id)
    target = case((ComplaintLink.kind == MERGED, ComplaintLink.to_id), else_=ComplaintLink.from_id)
    onward = select(target, walk.c.step + 1).where(
        or_(merged, reopened), ComplaintLink.kind.in_(kinds), walk.c.step < LONGEST
    )
    walk = walk.union_all(onward)
    return session.scalar(select(walk.c.id).order_by(walk.c.step.desc()).limit(1)) or instance_id
