"""The comments on a case, for those who may see it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import history
from engine.commands.comments import COMMENTED, SECOND_THOUGHTS, WITHDRAWN
from engine.identity import Actor
from engine.models import CaseFollower, Person
from engine.queries.labels import names_of_users
from engine.site import Site


@dataclass(frozen=True)
class CommentRow:
    """One comment. `text` is None when it was taken back (`is_withdrawn`) or erased."""

    number: int
    by: str
    username: str
    at: datetime
    text: str | None
    is_withdrawn: bool
    may_withdraw: bool


@dataclass(frozen=True)
class Comments:
    """The comments on a case, oldest first; who follows it as (user name, name), and whether the reader does."""

    instance_id: str
    rows: tuple[CommentRow, ...]
    followers: tuple[tuple[str, str], ...]
    is_following: bool


def comments(session: Session, site: Site, instance_id: str, *, actor: Actor, now: datetime) -> Comments:
    """The comments; who may see the case is decided before."""
    stream = history.instance_stream(instance_id)
    entries = history.read(session, site.vault, stream, kinds=(COMMENTED, WITHDRAWN))
    withdrawn = {entry.detail["comment"] for entry in entries if entry.kind == WITHDRAWN}
    written = [entry for entry in entries if entry.kind == COMMENTED]
    names = names_of_users(session, [entry.actor for entry in written])
    rows = tuple(
        CommentRow(
            number=entry.sequence,
            by=names.get(entry.actor, entry.actor),
            username=entry.actor,
            at=entry.at,
            text=entry.values["text"] if entry.values and entry.sequence not in withdrawn else None,
            is_withdrawn=entry.sequence in withdrawn,
            may_withdraw=entry.actor == actor.username
            and entry.sequence not in withdrawn
            and now - entry.at <= SECOND_THOUGHTS,
        )
        for entry in written
    )
    people = followers(session, instance_id)
    is_following = any(username == actor.username for username, _ in people)
    return Comments(instance_id, rows, people, is_following)


def followers(session: Session, instance_id: str) -> tuple[tuple[str, str], ...]:
    """Who is told of new comments on a case, as (user name, name)."""
    following = (
        select(Person.username, Person.name)
        .join(CaseFollower, CaseFollower.person_id == Person.id)
        .where(CaseFollower.instance_id == instance_id, Person.is_active)
        .order_by(Person.name, Person.username)
    )
    return tuple((username, name) for username, name in session.execute(following))
