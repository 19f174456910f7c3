"""Messages: a row first, then delivered to exactly one subscription, or starting a case, or told why not.

Whoever delivers holds the message's row and then the instance's, so that a message arrives once and a subscription is
served once. A message and a subscription that are written at the same moment do not see each other; the next tick
brings them together.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from engine.errors import MessageAmbiguous
from engine.identity import Actor
from engine.models import Message, ProcessInstance, Subscription
from engine.site import Site
from engine.transition.moving import Move, Parks, carry_out, lock, move
from engine.transition.posting import message_place, payload_of
from engine.transition.signals import settle_signal
from engine.transition.starting import Opening, message_start, message_starts, start


def settle_message(site: Site, message_id: str, now: datetime, *, actor: Actor) -> str:
    """Try to deliver a waiting message; returns its state."""

    def attempt(session: Session, parks: Parks) -> str:
        message = session.get(Message, message_id, with_for_update=True)
        if message is None or message.state != "waiting":
            return message.state if message else "expired"
        if message.expires_at <= now:
            return _settled(message, "expired", now)
        if message.kind != "message":
            heard = settle_signal(site, session, message, actor, now, parks)
            return _settled(message, "delivered" if heard else "rejected", now)
        try:
            target = target_of(session, message.name, message.business_key)
        except MessageAmbiguous:  # others began to wait since the sender was told that one waits
            return _settled(message, "rejected", now)
        if target is not None:
            return _deliver(site, session, message, target, actor, now, parks)
        return _without_target(site, session, message, actor, now, parks)

    return carry_out(site, attempt)


def target_of(session: Session, name: str, business_key: str) -> Subscription | None:
    """The oldest subscription for the message `name` of the case `business_key`, or of the only case that waits.

    Raises MessageAmbiguous when several cases wait.
    """
    query = select(Subscription).where(Subscription.kind == "message", Subscription.name == name)
    if business_key:
        query = query.where(Subscription.business_key == business_key)
    found = list(session.scalars(query.order_by(Subscription.created_at, Subscription.id).limit(100)))
    if len({subscription.instance_id for subscription in found}) > 1:
        keys = sorted({subscription.business_key for subscription in found})
        raise MessageAmbiguous(keys=", ".join(keys[:10]))
    return found[0] if found else None


def can_be_settled(session: Session, now: datetime) -> ColumnElement[bool]:
    """As a filter on Message: whether trying to settle it can change anything `now`."""
    waited_for = exists().where(Subscription.kind == "message", Subscription.name == Message.name)
    goes_on = func.max(case((ProcessInstance.status == "active", 1), else_=0))
    cases = select(goes_on).where(ProcessInstance.business_key == Message.business_key)
    return and_(
        Message.state == "waiting",
        or_(
            Message.expires_at <= now,
            Message.kind != "message",
            # two questions, so that each goes by the index
            waited_for.where(Subscription.business_key == Message.business_key),
            and_(Message.business_key == "", waited_for),
            Message.name.in_(message_starts(session)),
            cases.scalar_subquery() == 0,  # there are some, and all have ended
        ),
    )


def _deliver(
    site: Site,
    session: Session,
    message: Message,
    target: Subscription,
    actor: Actor,
    now: datetime,
    parks: Parks,
) -> str:
    """Give `message` to the token that waits, and mark it delivered; it stays waiting when the token is gone."""
    instance = lock(session, target.instance_id)
    if session.scalar(select(Subscription.id).where(Subscription.id == target.id)) is None:
        return message.state
    payload = payload_of(site.vault, session, message)

    def act(step: Move) -> bool:
        return step.execution.deliver_message(target.id, payload)

    if not move(site, session, instance, act, actor=actor, now=now, park_at=parks):
        return message.state
    _hand_over(site, session, message, instance, payload)
    return _settled(message, "delivered", now)


def _without_target(site: Site, session: Session, message: Message, actor: Actor, now: datetime, parks: Parks) -> str:
    """Nobody waits: the message starts a case, is rejected when its case has ended, or goes on waiting."""
    beginning = message_start(session, message.name)
    if beginning is not None:
        definition_id, step = beginning
        payload = payload_of(site.vault, session, message)
        opening = Opening(definition_id, payload, step, message.subject_id or "", message.business_key)
        message.instance_id = start(site, session, opening, actor=actor, now=now, park_at=parks).id
        return _settled(message, "delivered", now)
    cases = select(ProcessInstance.status).where(ProcessInstance.business_key == message.business_key).distinct()
    statuses = set(session.scalars(cases)) if message.business_key else set()
    return _settled(message, "rejected", now) if statuses and "active" not in statuses else message.state


def _hand_over(site: Site, session: Session, message: Message, instance: ProcessInstance, payload: Any) -> None:
    """From now on the message belongs to the person whose case it came to, and is erased with that case."""
    message.instance_id = instance.id
    if message.subject_id != instance.subject_id:
        place = message_place(message.id)
        message.subject_id = instance.subject_id
        message.sealed_payload = site.vault.seal_json(session, instance.subject_id, payload, place)


def _settled(message: Message, state: str, now: datetime) -> str:
    message.state, message.settled_at = state, now
    return state
