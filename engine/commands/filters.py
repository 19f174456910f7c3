"""Ways of looking at the task list that people keep, for themselves or for a group of theirs."""

from datetime import datetime

from sqlalchemy import func, select

from engine.errors import InvalidInput, NotFound
from engine.identity import Actor
from engine.models import SavedFilter
from engine.site import Site

LONGEST_NAME, LONGEST_QUERY = 60, 4000
#: Filters that one person keeps.
MOST = 30


def keep_filter(site: Site, name: str, query: str, group: str, *, actor: Actor, now: datetime) -> int:
    """Keep `query`, what stands in the address of the list, as `name`; gives the id. One of the same name is replaced.

    `group`: whose members see it too, or empty. Raises InvalidInput.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise InvalidInput("Give the filter a name of 1 to {most} characters.", most=LONGEST_NAME)
    if len(query) > LONGEST_QUERY:
        raise InvalidInput("This filter is too long to be kept.")
    if group and group not in actor.groups:
        raise InvalidInput("A filter is shared with a group that you are in.")
    with site.database.transaction() as session:
        own = select(SavedFilter).where(SavedFilter.owner_id == actor.id)
        row = session.scalar(own.where(SavedFilter.name == name))
        if row is None:
            if (session.scalar(select(func.count()).select_from(own.subquery())) or 0) >= MOST:
                raise InvalidInput("You keep {most} filters already; drop one first.", most=MOST)
            row = SavedFilter(owner_id=actor.id, name=name, created_at=now)
            session.add(row)
        row.query, row.group_key = query, group
        session.flush()
        return row.id


def drop_filter(site: Site, filter_id: int, *, actor: Actor) -> None:
    """Forget one of one's own filters. Raises NotFound for any other."""
    with site.database.transaction() as session:
        row = session.get(SavedFilter, filter_id)
        if row is None or row.owner_id != actor.id:
            raise NotFound
        session.delete(row)
