"""Event definitions (BPMN 2.0.2, 10.5)."""

from lxml import etree

from engine.bpmn.elements import NONE, Event
from engine.bpmn.parts.source import Source, extension_attributes
from engine.bpmn.xml import bpmn, local, text_of

_TIMES = (("timeDuration", "duration"), ("timeDate", "date"), ("timeCycle", "cycle"))


def events(source: Source) -> tuple[Event, ...]:
    """All events that are defined inside an element; a message task is the event that it names."""
    found = tuple(event_of(definition, source) for definition in source.events)
    if not found and source.tag in {"sendTask", "receiveTask"} and (name := message(source)):
        return (Event("message", name=name),)
    return found


def message(source: Source) -> str:
    """The name of the message that a task refers to."""
    return source.declared.names.get(source.get("messageRef"), "")


def interrupts(source: Source) -> bool:
    """Whether a boundary event, or the start event of an event sub-process, interrupts."""
    return "false" not in {source.get("cancelActivity"), source.get("isInterrupting")}


def event_of(definition: etree._Element, source: Source) -> Event:
    """One event definition."""
    kind = local(definition).removesuffix("EventDefinition")
    match kind:
        case "timer":
            return _timer(definition)
        case "conditional":
            return Event(kind, text=text_of(definition.find(bpmn("condition"))))
        case "link":
            return Event(kind, name=definition.get("name", ""))
        case "compensate":
            waits = definition.get("waitForCompletion", "true") != "false"
            return Event(kind, activity=definition.get("activityRef", ""), waits=waits)
    vendor = extension_attributes(definition)
    return Event(
        kind,
        name=source.declared.names.get(definition.get(f"{kind}Ref", ""), ""),
        code_variable=vendor.get(f"{kind}CodeVariable", ""),
        message_variable=vendor.get(f"{kind}MessageVariable", ""),
    )


def referred(source: Source, element_id: str) -> Event:
    """The event definition with this id, wherever it stands in the file."""
    definition = source.declared.by_id.get(element_id.rpartition(":")[2]) if element_id else None
    return event_of(definition, source) if definition is not None else NONE


def _timer(definition: etree._Element) -> Event:
    for tag, timer in _TIMES:
        text = text_of(definition.find(bpmn(tag)))
        if text:
            return Event("timer", text=text, timer=timer)
    said = next((timer for tag, timer in _TIMES if definition.find(bpmn(tag)) is not None), "")
    return Event("timer", timer=said)
