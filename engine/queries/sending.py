"""Messages that staff may send to a case from its page: waiting events whose element says `sent_by` `staff`."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bpmn.elements import Element
from engine.definitions import Library
from engine.models import ProcessInstance, Subscription, UserTask

SENT_BY, STAFF = "sent_by", "staff"
#: Property with the ids of tasks during which the message is not sent: what it would ask for is under way.
UNLESS_OPEN = "unless_open"


@dataclass(frozen=True)
class Sendable:
    """A message that a case waits for: its name, and what the diagram calls the event."""

    name: str
    label: str


def sendable(
    session: Session, instance: ProcessInstance, language: str, open_tasks: frozenset[str] | None = None
) -> tuple[Sendable, ...]:
    """What staff may send to `instance` now, labelled in `language`; `open_tasks`: their element ids, where known."""
    query = select(Subscription.name, Subscription.element_id).where(
        Subscription.instance_id == instance.id, Subscription.kind == "message"
    )
    elements = staff_messages(session, instance)
    if open_tasks is None:
        tasks = select(UserTask.element_id).where(UserTask.instance_id == instance.id, UserTask.status == "open")
        open_tasks = frozenset(session.scalars(tasks))
    found = []
    for name, element_id in session.execute(query.order_by(Subscription.name)):
        element = elements.get(element_id)
        if element is not None and open_tasks.isdisjoint(element.properties.get(UNLESS_OPEN, "").split()):
            found.append(Sendable(name, element.named(language)))
    return tuple(found)


def staff_messages(session: Session, instance: ProcessInstance) -> dict[str, Element]:
    """Element id → the events of the case's diagram at which staff may send something, waited for now or not."""
    _, _, process = Library(session).by_id(instance.definition_id)
    return {key: each for key, each in process.elements.items() if each.properties.get(SENT_BY) == STAFF}
