"""What people do with what they are told: read it, and choose how they are told."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import update

from engine.errors import InvalidInput, NotAllowed
from engine.identity import Actor
from engine.models import Notification, NotificationChoice
from engine.notifications import KINDS, USUAL, WAYS
from engine.site import Site


def read_notifications(site: Site, ids: Collection[int] | None = None, *, actor: Actor, now: datetime) -> int:
    """Note that `actor` read these of the own notifications, or all of them; gives how many were new."""
    unread = update(Notification).where(Notification.person_id == actor.id, Notification.read_at.is_(None))
    if ids is not None:
        unread = unread.where(Notification.id.in_(list(ids)))
    with site.database.transaction() as session:
        read = unread.values(read_at=now, mailing="").returning(Notification.id)
        return len(session.execute(read, execution_options={"synchronize_session": False}).all())


def choose_notifications(site: Site, ways: Mapping[str, str], *, actor: Actor) -> None:
    """How `actor` wants to be told, kind → way; kinds that are left out stay. Raises NotAllowed, InvalidInput."""
    if actor.id is None:
        raise NotAllowed
    for kind, way in ways.items():
        if kind not in KINDS or way not in WAYS:
            raise InvalidInput("Choose for each kind of notification one of the ways that are offered.")
    with site.database.transaction() as session:
        for kind, way in ways.items():
            row = session.get(NotificationChoice, (actor.id, kind))
            if row is None and way != USUAL[kind]:
                session.add(NotificationChoice(person_id=actor.id, kind=kind, way=way))
            elif row is not None:
                row.way = way
