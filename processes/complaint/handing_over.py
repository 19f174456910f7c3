"""Recording by hand that a notice was handed over, where no task of its case asks for it."""

from datetime import datetime

from sqlalchemy.orm import Session

from engine import access, history
from engine.errors import InvalidInput, NotAllowed, NotFound
from engine.history import Line
from engine.identity import Actor
from engine.models import ProcessInstance
from engine.site import Site
from engine.transition import lock
from processes.complaint import deliveries
from processes.complaint.deliveries import Delivery
from processes.complaint.letters import CONSUMER
from processes.complaint.sealed import Encrypted
from processes.complaint.tables import ComplaintNotice


class TaskRecordsIt(InvalidInput):
    """The case is open: record this in its task “Deliver the notice”, so that its clocks follow."""


def record_delivery(site: Site, notice_id: str, delivery: Delivery, *, actor: Actor, now: datetime) -> None:
    """Note that a paper to a regulator, or a notice of a case that has ended, was handed over by `actor`.

    Raises NotFound, NotAllowed, TaskRecordsIt, AlreadyDelivered and InvalidInput.
    """
    with site.database.transaction() as session:
        session.info["vault"] = site.vault
        row = session.get(ComplaintNotice, notice_id)
        if row is None:
            raise NotFound
        instance = lock(session, row.instance_id)
        _check_may_record(session, site, instance, actor)
        if row.recipient == CONSUMER and instance.status == "active":
            raise TaskRecordsIt
        deliveries.hand_over(Encrypted(session, site.vault, instance.subject_id), row, delivery)
        line = Line("notice_delivered", "", {"notice": notice_id, "template": row.template, "method": delivery.method})
        history.record(session, site.vault, instance, [line], actor=actor.username, now=now)


def _check_may_record(session: Session, site: Site, instance: ProcessInstance, actor: Actor) -> None:
    """People who work with complaints, and admins; whoever may only look records nothing."""
    application = site.applications[instance.application]
    if actor.id is None or not access.may_see_instance(session, actor, application, instance.id):
        raise NotFound
    if not actor.is_admin and actor.groups.isdisjoint(group.key for group in application.groups):
        raise NotAllowed
