"""The filters of the task list that somebody keeps, and those that others share."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.identity import Actor
from engine.models import Person, SavedFilter


@dataclass(frozen=True)
class KeptFilter:
    """A filter with a name; `by` is who shares it, empty for one's own."""

    id: int
    name: str
    query: str
    by: str
    is_shared: bool


def kept_filters(session: Session, actor: Actor) -> tuple[KeptFilter, ...]:
    """One's own by name, then those shared with one's groups."""
    shared = SavedFilter.group_key.in_(sorted(actor.groups))
    query = select(SavedFilter, Person.name).join(Person, Person.id == SavedFilter.owner_id)
    query = query.where(or_(SavedFilter.owner_id == actor.id, shared))
    order = ((SavedFilter.owner_id != actor.id).asc(), SavedFilter.name, SavedFilter.id)
    return tuple(
        KeptFilter(row.id, row.name, row.query, "" if row.owner_id == actor.id else name, bool(row.group_key))
        for row, name in session.execute(query.order_by(*order))
    )
