"""Rows of notifications, written with what they tell of: one statement however many people it concerns.

Whether and how somebody wants to be told is read in the same statement.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import ColumnElement, String, Table, and_, bindparam, case, delete, func, insert, literal, or_, select
from sqlalchemy.orm import Session

from engine.applications import Application
from engine.history import Line
from engine.models import CaseFollower, Notification, NotificationChoice, Person
from engine.models.columns import Moment
from engine.notifications.kinds import COMMENTED, DIGEST, KIND_OF, MAIL, NOTHING, NOW, PASSED, USUAL

#: How long what was read, and what nobody read, is kept.
READ_LIFE, LIFE = timedelta(days=30), timedelta(days=180)

_COLUMNS = ["person_id", "event", "actor", "instance_id", "task_id", "created_at", "mailing"]


@dataclass(frozen=True)
class News:
    """What one person is told: of an event at a task, or in the case when there is none."""

    username: str
    event: str
    task_id: str | None = None


def news_in(lines: Iterable[Line], actor: str) -> Iterator[News]:
    """Whom lines of history concern. Nobody is told of what they did themselves (`actor`: user name)."""
    for line in lines:
        detail, told = line.detail, list[tuple[str, str]]()
        match line.kind:
            case "task_given" | "task_assigned" | "task_handed":
                told.append((detail["to"], line.kind))
                if line.kind == "task_assigned" and detail["from"] != detail["to"]:
                    told.append((detail["from"], PASSED))
            case "task_accepted" | "task_declined" | "task_released":
                told.append((detail["from"], line.kind))
        yield from (News(name, event, detail["task"]) for name, event in told if name not in {"", actor})


def tell_people(
    session: Session,
    application: Application | None,
    instance_id: str | None,
    news: Iterable[News],
    *,
    actor: str,
    now: datetime,
) -> None:
    """Tell each person of `news`, once for the same thing; `actor`: user name of who did it."""
    mailed = application.mails if application is not None else frozenset()
    rows = [
        {
            "p_to": one.username,
            "p_event": one.event,
            "p_kind": KIND_OF[one.event],
            "p_usual": USUAL[KIND_OF[one.event]],
            "p_mail": "" if one.event in mailed else NOW,
            "p_actor": actor,
            "p_instance": instance_id,
            "p_task": one.task_id,
            "p_now": now,
        }
        for one in dict.fromkeys(news)
    ]
    if rows:
        session.execute(_TELL, rows)


def tell_followers(session: Session, instance_id: str, but: Collection[int], *, actor: str, now: datetime) -> None:
    """Tell those who follow the case of a comment, `but` (ids) excepted."""
    kind = KIND_OF[COMMENTED]
    way = _way(literal(kind), literal(USUAL[kind]))
    following = (
        select(
            Person.id,
            literal(COMMENTED),
            literal(actor),
            literal(instance_id),
            literal(None, String(36)),
            literal(now, Moment()),
            _mailing(way, literal(NOW)),
        )
        .join(CaseFollower, CaseFollower.person_id == Person.id)
        .where(CaseFollower.instance_id == instance_id, Person.is_active, Person.id.not_in(but), way != NOTHING)
    )
    session.execute(insert(_TABLE).from_select(_COLUMNS, following, include_defaults=False))


def wanting_mail(session: Session, event: str, person_ids: Collection[int]) -> frozenset[int]:
    """Those of `person_ids` who want mail at once of such an event."""
    kind = KIND_OF[event]
    chosen = select(NotificationChoice.person_id, NotificationChoice.way)
    own = dict(
        session.execute(
            chosen.where(NotificationChoice.person_id.in_(person_ids), NotificationChoice.kind == kind)
        ).all()
    )
    return frozenset(one for one in person_ids if own.get(one, USUAL[kind]) == MAIL)


def forget(session: Session, now: datetime) -> None:
    """Delete what was read a while ago, and what nobody read in half a year."""
    over = or_(Notification.read_at < now - READ_LIFE, Notification.created_at < now - LIFE)
    session.execute(delete(Notification).where(over))


def _way(kind: ColumnElement[str], usual: ColumnElement[str]) -> ColumnElement[str]:
    """How the person of the surrounding question wants to be told."""
    chosen = (
        select(NotificationChoice.way)
        .where(NotificationChoice.person_id == Person.id, NotificationChoice.kind == kind)
        .correlate(Person)
        .scalar_subquery()
    )
    return func.coalesce(chosen, usual)


def _mailing(way: ColumnElement[str], at_once: ColumnElement[str]) -> ColumnElement[str]:
    """What is to be mailed; nothing where there is no address."""
    reachable = Person.email != ""
    return case((and_(reachable, way == MAIL), at_once), (and_(reachable, way == DIGEST), DIGEST), else_="")


_TABLE = cast(Table, Notification.__table__)
_WAY = _way(bindparam("p_kind", type_=String), bindparam("p_usual", type_=String))
#: Built once, for most commands tell somebody.
_TELL = insert(_TABLE).from_select(
    _COLUMNS,
    select(
        Person.id,
        bindparam("p_event", type_=String),
        bindparam("p_actor", type_=String),
        bindparam("p_instance", type_=String),
        bindparam("p_task", type_=String),
        bindparam("p_now", type_=Moment()),
        _mailing(_WAY, bindparam("p_mail", type_=String)),
    ).where(Person.username == bindparam("p_to", type_=String), Person.is_active, _WAY != NOTHING),
    include_defaults=False,
)
