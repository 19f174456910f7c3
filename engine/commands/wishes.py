"""What people ask their leads for: to be relieved of a task, and a break. Only those leads ever read of it."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import access, identity, notifications
from engine.commands.opened import open_task, reason
from engine.errors import AlreadyDone, InvalidInput, NotAllowed, NotFound
from engine.identity import Actor
from engine.models import Membership, Person, UserTaskGroup, Wish, WishLead
from engine.notifications import WISH, News
from engine.site import Site

RELIEF, BREAK = "relief", "break"

#: A break ends on the same day; whoever is away longer records an absence.
LONGEST_BREAK = timedelta(days=1)


def ask_relief(site: Site, task_id: str, why: str, *, actor: Actor, now: datetime) -> int:
    """Ask the leads of the task's groups to take one's own task away; until they do it stays one's own.

    No line of history tells of it. Gives the id of the wish. Raises NotFound, NotAllowed, InvalidInput, TaskNotActive,
    and AlreadyDone while nobody has seen the last one.
    """
    why = reason(why)
    with site.database.transaction() as session:
        seen = open_task(site, session, task_id, actor)
        if actor.id is None or not access.may_complete(actor, seen.task.assignee_id):
            raise NotAllowed("Only the person who has this task can ask to be relieved of it.")
        waiting = select(Wish.id).where(
            Wish.task_id == task_id, Wish.person_id == actor.id, Wish.kind == RELIEF, Wish.seen_at.is_(None)
        )
        if session.scalar(waiting) is not None:
            raise AlreadyDone("You asked already; your lead has not seen it yet.")
        offered = select(UserTaskGroup.group_key, UserTaskGroup.unit_key).where(UserTaskGroup.task_id == task_id)
        leads = _leads(session, session.execute(offered).all(), actor)
        if not leads:
            raise InvalidInput("Nobody leads the groups of this task; please speak with your supervisor.")
        wish = Wish(person_id=actor.id, kind=RELIEF, task_id=task_id, created_at=now)
        session.add(wish)
        session.flush()
        place = reason_place(wish.id)
        wish.sealed_reason = site.vault.seal_json(session, seen.instance.subject_id, why, place)
        _tell(session, wish, leads, actor, now)
        return wish.id


def take_break(site: Site, until: datetime, *, actor: Actor, now: datetime) -> int:
    """Let nothing be given to oneself by itself until then, and tell one's leads; gives how many leads were told.

    Raises NotAllowed, InvalidInput.
    """
    if actor.id is None:
        raise NotAllowed
    if not now < until <= now + LONGEST_BREAK:
        raise InvalidInput("A break ends today; for a longer time record an absence.")
    with site.database.transaction() as session:
        session.get_one(Person, actor.id).resting_until = until
        held = select(Membership.group_key, Membership.unit_key).where(Membership.person_id == actor.id)
        leads = _leads(session, session.execute(held).all(), actor)
        if leads:
            wish = Wish(person_id=actor.id, kind=BREAK, until_at=until, created_at=now)
            session.add(wish)
            session.flush()
            _tell(session, wish, leads, actor, now)
        return len(leads)


def end_break(site: Site, *, actor: Actor) -> None:
    """Be given tasks again from now on."""
    if actor.id is None:
        raise NotAllowed
    with site.database.transaction() as session:
        session.get_one(Person, actor.id).resting_until = None


def see_wish(site: Site, wish_id: int, *, actor: Actor, now: datetime) -> None:
    """Let the one who asked know that a lead has seen it. Raises NotFound for anybody but the leads it is for."""
    with site.database.transaction() as session:
        wish = session.get(Wish, wish_id)
        if wish is None or session.get(WishLead, (wish_id, actor.id)) is None:
            raise NotFound
        if wish.seen_at is None:
            wish.seen_at, wish.seen_by = now, actor.id


def reason_place(wish_id: int) -> str:
    """Where the reason of a wish is sealed."""
    return f"wish.reason:{wish_id}"


def _leads(session: Session, offers: Iterable[tuple[str, str]], actor: Actor) -> list[Person]:
    """Who else leads one of the groups, each a pair of group and unit."""
    return [person for person in identity.leads(session, offers) if person.id != actor.id]


def _tell(session: Session, wish: Wish, leads: Collection[Person], actor: Actor, now: datetime) -> None:
    session.add_all(WishLead(wish_id=wish.id, person_id=lead.id) for lead in leads)
    session.flush()
    news = [News(lead.username, WISH) for lead in leads]
    notifications.tell_people(session, None, None, news, actor=actor.username, now=now)
