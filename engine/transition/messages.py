"""Messages: a row first, then delivered to exactly one subscription, or starting an instance, or told why not.

Delivery and the creation of a subscription happen under the instance's row lock; the tick matches once more as a net, so
that no message and no subscription can miss each other.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import MessageAmbiguous
from engine.models import Message, ProcessInstance, Subscription
from engine.site import Site
from engine.transition.moving import Move, Parks, carry_out, lock, message_place, move


def settle_message(site: Site, message_id: str, now: datetime, *, actor: str, person_id: int | None = None) -> str:
    """Try to deliver a waiting message; returns its state. Raises MessageAmbiguous."""

    def attempt(session: Session, parks: Parks) -> str:
        message = session.get(Message, message_id, with_for_update=True)
        if message is None or message.state != "waiting":
            return message.state if message else "expired"
        if message.expires_at <= now:
            return _settled(message, "expired", now)
        target = _target(session, message)
        if target is None:
            return _without_target(session, message, now)
        return deliver(site, session, message, target, now=now, actor=actor, person_id=person_id, parks=parks)

    return carry_out(site, attempt)


def deliver(
    site: Site,
    session: Session,
    message: Message,
    target: Subscription,
    *,
    now: datetime,
    actor: str,
    person_id: int | None,
    parks: Parks,
) -> str:
    """Give `message` to the token that waits, and mark it delivered; it stays waiting when the token is gone."""
    lock(session, target.instance_id)
    place = message_place(message.id)
    payload = (
        site.vault.open_json(session, message.subject_id, message.sealed_payload, place) if message.subject_id else {}
    )

    def act(step: Move) -> bool:
        return step.execution.deliver_message(target.id, payload)

    if move(site, session, target.instance_id, act, now=now, actor=actor, person_id=person_id, park_at=parks):
        message.instance_id = target.instance_id
        return _settled(message, "delivered", now)
    return message.state


def _target(session: Session, message: Message) -> Subscription | None:
    """The subscription for `message`: by business key, oldest first. Raises MessageAmbiguous."""
    query = select(Subscription).where(Subscription.name == message.name).order_by(Subscription.created_at)
    if message.business_key:
        return session.scalars(query.where(Subscription.business_key == message.business_key)).first()
    found = list(session.scalars(query))
    keys = sorted({subscription.business_key for subscription in found})
    if len(keys) > 1:
        raise MessageAmbiguous(keys=", ".join(keys[:10]))
    return found[0] if found else None


def _without_target(session: Session, message: Message, now: datetime) -> str:
    """Nobody waits: rejected when the case has ended, else the message goes on waiting."""
    if message.business_key:
        statuses = set(
            session.scalars(select(ProcessInstance.status).where(ProcessInstance.business_key == message.business_key))
        )
        if statuses and "active" not in statuses:
            return _settled(message, "rejected", now)
    return message.state


def _settled(message: Message, state: str, now: datetime) -> str:
    message.state, message.settled_at = state, now
    return state


__all__ = ["deliver", "settle_message"]
