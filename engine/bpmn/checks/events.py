"""Rules on events: which kinds are run where, what they refer to, and whether anything throws or catches them."""

from collections.abc import Iterator

from engine.bpmn.checks.diagram import Diagram, Finding, Node, Rule
from engine.bpmn.checks.texts import events as texts
from engine.bpmn.expressions import is_expression
from engine.bpmn.xml import bpmn, children
from engine.problems import Severity

#: Tag → kinds of events that run there; plain ones are called `none`.
_RUN = {
    "startEvent": ("none", "message"),
    "intermediateCatchEvent": ("message", "timer", "signal", "conditional"),
    "boundaryEvent": ("message", "timer", "signal", "conditional", "error", "escalation"),
    "intermediateThrowEvent": ("none", "message", "signal", "escalation"),
    "endEvent": ("none", "message", "signal", "error", "escalation", "terminate"),
}
#: Kinds that have a rule of their own.
_TOLD_ELSEWHERE = frozenset({"compensate", "cancel", "link"})
_NAMED = ("message", "signal", "error", "escalation")
#: Tags inside which an error can occur, and an escalation be thrown.
_THROWING = {
    "error": frozenset({"serviceTask", "sendTask", "subProcess", "callActivity"}),
    "escalation": frozenset({"subProcess", "callActivity"}),
}


def kinds(diagram: Diagram) -> Iterator[Finding]:
    """Only kinds of events that are run."""
    for scope, node in diagram.running_nodes(*_RUN):
        allowed = ("none",) if node.tag == "startEvent" and scope.owners else _RUN[node.tag]
        kind = node.element.event.kind
        if kind == "link":
            yield diagram.at(node, texts.LINK_EVENT)
        elif kind not in allowed and kind not in _TOLD_ELSEWHERE:
            if node.tag == "startEvent" and not scope.owners:
                yield diagram.at(node, texts.START_KIND, kind=kind)
            else:
                yield diagram.at(node, texts.EVENT_KIND, kind=kind, tag=node.tag, allowed=", ".join(allowed))


def definitions(diagram: Diagram) -> Iterator[Finding]:
    """One definition inside each event."""
    for _, node in diagram.running_nodes(*_RUN):
        if len(node.event_kinds) > 1 or node.xml.get("parallelMultiple") == "true":
            yield diagram.at(node, texts.SEVERAL_EVENTS, count=len(node.event_kinds))
        if children(node.xml, "eventDefinitionRef"):
            yield diagram.at(node, texts.EVENT_REFERENCE)


def references(diagram: Diagram) -> Iterator[Finding]:
    """Events and message tasks say which message, signal, error or escalation they mean."""
    for _, node in diagram.running_nodes(*_RUN, "receiveTask", "sendTask"):
        for kind in _NAMED:
            if _lacks_reference(node, kind):
                effect, effect_zh = _without_reference(node, kind)
                yield diagram.at(node, texts.NO_REFERENCE, kind=kind, effect=effect, effect_zh=effect_zh)
        name = node.element.message or node.element.event.name
        if name and is_expression(name):
            yield diagram.at(node, texts.NAME_EXPRESSION, text=name)


def _lacks_reference(node: Node, kind: str) -> bool:
    if node.tag in {"receiveTask", "sendTask"}:
        has_topic = node.tag == "sendTask" and node.element.topic
        return kind == "message" and not node.xml.get("messageRef") and not has_topic
    if node.element.event.kind != kind or (node.element.topic and node.tag in {"endEvent", "intermediateThrowEvent"}):
        return False
    if kind in _THROWING and node.tag == "boundaryEvent":
        return False  # catches all errors or escalations
    definition = node.xml.find(bpmn(f"{kind}EventDefinition"))
    return definition is None or not definition.get(f"{kind}Ref")


def _without_reference(node: Node, kind: str) -> tuple[str, str]:
    if node.tag in {"sendTask", "endEvent", "intermediateThrowEvent"}:
        return f"throw no {kind} that anything could catch", f"抛出无法被捕获的 {kind}"
    return "wait forever", "永远等待"


def boundaries(diagram: Diagram) -> Iterator[Finding]:
    """Boundary events can happen on what they are attached to."""
    for scope, node in diagram.running_nodes("boundaryEvent"):
        kind = node.element.event.kind
        if kind == "error" and not node.element.interrupting:
            yield diagram.at(node, texts.ERROR_GOES_ON)
        host = scope.by_id.get(node.element.attached_to)
        if host is not None and kind in _THROWING and host.tag not in _THROWING[kind]:
            yield diagram.at(node, texts.NEVER_CAUGHT, Severity.WARNING, tag=host.tag, kind=kind)


def uncaught_errors(diagram: Diagram) -> Iterator[Finding]:
    """What an error end event throws is caught around it."""
    caught = {
        (node.element.attached_to, node.element.event.name)
        for _, node in diagram.running_nodes("boundaryEvent")
        if node.element.event.kind == "error"
    }
    for scope, node in diagram.running_nodes("endEvent"):
        code = node.element.event.name
        catching = {(owner.id, name) for owner in scope.owners for name in (code, "")}
        if node.element.event.kind == "error" and not caught & catching:
            yield diagram.at(node, texts.ERROR_UNCAUGHT, Severity.WARNING, code=code)


def signals(diagram: Diagram) -> Iterator[Finding]:
    """A signal that is waited for is thrown somewhere."""
    thrown = {
        node.element.event.name
        for other in diagram.files.diagrams
        for _, node in other.running_nodes("endEvent", "intermediateThrowEvent")
        if node.element.event.kind == "signal"
    }
    for _, node in diagram.running_nodes("intermediateCatchEvent", "boundaryEvent"):
        event = node.element.event
        if event.kind == "signal" and event.name and event.name not in thrown:
            yield diagram.at(node, texts.SIGNAL_NEVER_THROWN, Severity.WARNING, name=event.name)


def message_starts(diagram: Diagram) -> Iterator[Finding]:
    """A message starts one thing."""
    begun: dict[str, list[tuple[Node, str]]] = {}
    for other in diagram.files.diagrams:
        for scope, node in other.running_nodes("startEvent"):
            if node.element.event.kind == "message" and not scope.owners:
                started = node.element.name or scope.xml.get("id", "")
                begun.setdefault(node.element.event.name, []).append((node, started))
    for _, node in diagram.running_nodes("startEvent"):
        name = node.element.event.name
        rival = next((started for other, started in begun.get(name, [])[:2] if other is not node), None)
        if rival is not None:
            yield diagram.at(node, texts.DUPLICATE_START, name=name, other=rival)


def conditions(diagram: Diagram) -> Iterator[Finding]:
    """Conditional events have a condition."""
    for _, node in diagram.running_nodes(*_RUN):
        if node.element.event.kind == "conditional" and not node.element.event.text:
            yield diagram.at(node, texts.NO_EVENT_CONDITION)


RULES: list[Rule] = [
    kinds, definitions, references, boundaries, uncaught_errors, signals, message_starts, conditions,
]  # fmt: skip
