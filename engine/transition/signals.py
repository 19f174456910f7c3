"""Signals on their way to other cases, each settled in a transaction of its own."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.identity import Actor
from engine.models import Message, Subscription
from engine.site import Site
from engine.transition.moving import Move, Parks, lock, move
from engine.transition.posting import HEARD, payload_of
from engine.transition.starting import Opening, start


def settle_signal(site: Site, session: Session, signal: Message, actor: Actor, now: datetime, parks: Parks) -> bool:
    """Let the case of `signal` hear it, or begin; False when nothing there waits for it any more."""
    if signal.kind == HEARD:
        return _hear(site, session, signal, actor, now, parks)
    definition_id, _, step = signal.target.partition(":")
    payload = payload_of(site.vault, session, signal)
    opening = Opening(int(definition_id), payload, step, business_key=signal.business_key)
    signal.instance_id = start(site, session, opening, actor=actor, now=now, park_at=parks).id
    return True


def _hear(site: Site, session: Session, signal: Message, actor: Actor, now: datetime, parks: Parks) -> bool:
    instance = lock(session, signal.target)
    signal.instance_id = instance.id
    waiting = select(Subscription.id).where(
        Subscription.instance_id == instance.id, Subscription.kind == "signal", Subscription.name == signal.name
    )
    tokens = list(session.scalars(waiting.order_by(Subscription.created_at, Subscription.id)))
    if instance.status != "active" or not tokens:
        return False

    payload = payload_of(site.vault, session, signal)

    def act(step: Move) -> bool:
        heard = [step.execution.deliver_signal(token, payload) for token in tokens]
        return any(heard)

    return move(site, session, instance, act, actor=actor, now=now, park_at=parks)
