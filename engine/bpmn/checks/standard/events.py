"""Rules of events (BPMN 2.0.2, 10.5, table 10.93; compensation: 10.7)."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from engine.bpmn.assembly import STEPS
from engine.bpmn.checks.diagram import Finding
from engine.bpmn.checks.standard.drawing import (
    ACTIVITIES,
    EVENTS,
    LEVELS,
    Drawing,
    Rule,
    is_event_subprocess,
    is_for_compensation,
    is_true,
    level_of,
    process_of,
)
from engine.bpmn.checks.texts import standard_events as texts
from engine.bpmn.elements import event_nodes
from engine.bpmn.xml import bpmn, children, local
from engine.problems import Severity

_COMMON = ("message", "timer", "conditional", "signal")
#: Place → kinds of events allowed there; `none` where an event may be plain.
_ALLOWED = {
    "start event": ("none", *_COMMON),
    "start event of a sub-process": ("none",),
    "start event of an event sub-process": (*_COMMON, "escalation", "error", "compensate"),
    "intermediate catch event": (*_COMMON, "link"),
    "boundary event": (*_COMMON, "escalation", "error", "cancel", "compensate"),
    "intermediate throw event": ("none", "message", "escalation", "compensate", "link", "signal"),
    "end event": ("none", "message", "error", "escalation", "cancel", "compensate", "signal", "terminate"),
}
_PLACES_ZH = {
    "start event": "开始事件",
    "start event of a sub-process": "子流程的开始事件",
    "start event of an event sub-process": "事件子流程的开始事件",
    "intermediate catch event": "中间捕获事件",
    "boundary event": "边界事件",
    "intermediate throw event": "中间抛出事件",
    "end event": "结束事件",
}
_PLACES = {
    "intermediateCatchEvent": "intermediate catch event",
    "boundaryEvent": "boundary event",
    "intermediateThrowEvent": "intermediate throw event",
    "endEvent": "end event",
}
#: Kinds that always interrupt: at the start of an event sub-process, and on a boundary.
_INTERRUPTING = {
    "startEvent": ("isInterrupting", {"error", "compensate"}),
    "boundaryEvent": ("cancelActivity", {"cancel", "error"}),
}
#: What an executable process must say of what it throws (8.4.3 and 8.4.4).
_CODES = {"error": "errorCode", "escalation": "escalationCode"}


def kinds(drawing: Drawing) -> Iterator[Finding]:
    """Only triggers and results that the table of events allows at each place (table 10.93)."""
    for node in _events(drawing):
        place = _place(node)
        refers = bool(children(node, "eventDefinitionRef"))
        found = drawing.kinds(node) or ([] if refers else ["none"])
        for kind in sorted(set(found) - set(_ALLOWED[place])):
            allowed = ", ".join(_ALLOWED[place])
            yield drawing.found(node, texts.PLACE, kind=kind, place=place, place_zh=_PLACES_ZH[place], allowed=allowed)


def _events(drawing: Drawing, *tags: str) -> Iterator[etree._Element]:
    """The events of processes; choreographies have rules of their own."""
    return (
        node
        for node in drawing.nodes
        if local(node) in (tags or EVENTS) and local(node.getparent()) in LEVELS
    )  # fmt: skip


def _place(node: etree._Element) -> str:
    if local(node) != "startEvent":
        return _PLACES[local(node)]
    level = node.getparent()
    if is_event_subprocess(level):
        return "start event of an event sub-process"
    return "start event" if local(level) == "process" else "start event of a sub-process"


def interrupting(drawing: Drawing) -> Iterator[Finding]:
    """Errors, cancellation and compensation always interrupt (10.5.2, 10.5.4)."""
    for node in _events(drawing, *_INTERRUPTING):
        attribute, always = _INTERRUPTING[local(node)]
        if is_true(node, attribute, default=True):
            continue
        for kind in sorted(always.intersection(drawing.kinds(node))):
            if not (kind == "error" and local(node) == "boundaryEvent" and drawing.is_told(node)):
                yield drawing.found(node, texts.INTERRUPTS, kind=kind)


def cancelling(drawing: Drawing) -> Iterator[Finding]:
    """Transactions alone are cancelled: by end events inside, told to boundary events on them (10.5.3, 10.5.4)."""
    for node in _events(drawing, "endEvent", "boundaryEvent"):
        if "cancel" not in drawing.kinds(node):
            continue
        if local(node) == "endEvent":
            is_wrong = next(node.iterancestors(bpmn("transaction")), None) is None
        else:
            host = drawing.by_id.get(node.get("attachedToRef", ""))
            is_wrong = host is not None and local(host) != "transaction"
        if is_wrong:
            yield drawing.found(node, texts.CANCEL)


def hosts(drawing: Drawing) -> Iterator[Finding]:
    """Boundary events sit on activities of the normal flow."""
    for node in _events(drawing, "boundaryEvent"):
        host = drawing.by_id.get(node.get("attachedToRef", ""))
        # Hosts that this engine knows are told by the rules on structure.
        if host is not None and (is_event_subprocess(host) or local(host) not in ACTIVITIES | STEPS.keys()):
            yield drawing.found(node, texts.HOST)


def ways(drawing: Drawing) -> Iterator[Finding]:
    """Events lie on a path: they have the flows in and out that their place asks for (10.5.2 to 10.5.4)."""
    for node in _events(drawing):
        if local(node.getparent()) == "adHocSubProcess":
            continue
        found, tag = drawing.kinds(node), local(node)
        begins = tag in {"startEvent", "boundaryEvent"} or (tag == "intermediateCatchEvent" and "link" in found)
        finishes = tag == "endEvent" or (tag == "intermediateThrowEvent" and "link" in found)
        compensates = tag == "boundaryEvent" and found == ["compensate"]
        if not begins and not drawing.incoming(node):
            yield drawing.found(node, texts.NO_WAY_IN, drawing.lenient)
        if not finishes and not compensates and not drawing.outgoing(node):
            yield drawing.found(node, texts.NO_WAY_OUT, drawing.lenient)


def links(drawing: Drawing) -> Iterator[Finding]:
    """On each level, a throwing link has exactly one catching link of its name, and that has one that throws."""
    for level in drawing.levels:
        throwing = _links(level, "intermediateThrowEvent")
        catching = _links(level, "intermediateCatchEvent")
        counts, thrown = Counter(name for _, name in catching), {name for _, name in throwing}
        for node, name in throwing:
            if name not in counts:
                yield drawing.found(node, texts.LINK_TARGET, name=name)
        for node, name in catching:
            if counts[name] > 1:
                yield drawing.found(node, texts.LINK_TWICE, name=name)
            if name not in thrown:
                yield drawing.found(node, texts.LINK_SOURCE, drawing.lenient, name=name)


def _links(level: etree._Element, tag: str) -> list[tuple[etree._Element, str]]:
    return [
        (node, definition.get("name", "").strip())
        for node in children(level, tag)
        for definition in children(node, "linkEventDefinition")
    ]


def codes(drawing: Drawing) -> Iterator[Finding]:
    """What an executable process throws has a code."""
    for node in _events(drawing, "endEvent", "intermediateThrowEvent"):
        process = process_of(node)
        for definition in event_nodes(node) if process is not None and is_true(process, "isExecutable") else []:
            kind = local(definition).removesuffix("EventDefinition")
            thrown = drawing.by_id.get(definition.get(f"{kind}Ref", "")) if kind in _CODES else None
            if thrown is not None and not thrown.get(_CODES[kind]):
                yield drawing.found(node, texts.NO_CODE, Severity.WARNING, kind=kind)


def compensation(drawing: Drawing) -> Iterator[Finding]:
    """A compensation event is joined by an association to the one activity that compensates (10.7.1)."""
    for node in _events(drawing, "boundaryEvent"):
        if drawing.kinds(node) != ["compensate"]:
            continue
        joined = {each for each in drawing.joined.get(node, []) if local(each) in ACTIVITIES}
        if len(joined) != 1 or not all(is_for_compensation(each) for each in joined):
            yield drawing.found(node, texts.COMPENSATION, drawing.lenient)
        host = drawing.by_id.get(node.get("attachedToRef", ""))
        others = drawing.boundary(host) if host is not None else []
        if next((each for each in others if drawing.kinds(each) == ["compensate"]), node) is not node:
            yield drawing.found(node, texts.COMPENSATION_TWICE, drawing.lenient)


def compensated(drawing: Drawing) -> Iterator[Finding]:
    """A compensation event names an activity that it can see and that has something to compensate it (table 10.85)."""
    for definition in drawing.each("compensateEventDefinition"):
        name = definition.get("activityRef", "")
        activity = drawing.resolve(name, definition).xml if name else None
        level = level_of(definition)
        if level is None or activity is None or local(activity) not in ACTIVITIES:
            continue  # told with the other references
        seen = {level, level_of(level)} if is_event_subprocess(level) else {level}
        if level_of(activity) not in seen or not _has_compensation(drawing, activity):
            yield drawing.found(definition, texts.COMPENSATED, drawing.lenient, id=name)


def _has_compensation(drawing: Drawing, activity: etree._Element) -> bool:
    """Whether a boundary event or an event sub-process compensates `activity`, or something inside it does."""
    inner = [node for node in drawing.nodes if activity in node.iterancestors()]
    starts = [node for node in inner if local(node) in {"startEvent", "boundaryEvent"}]
    return any("compensate" in drawing.kinds(node) for node in (*drawing.boundary(activity), *starts))


RULES: list[Rule] = [
    kinds, interrupting, cancelling, hosts, ways, links, codes, compensation, compensated,
]  # fmt: skip
