"""Rules on events: which kinds are run where, what they refer to, and whether anything throws or catches them."""

from collections.abc import Iterator

from engine.bpmn.checks.diagram import Diagram, Finding, Node, Rule, Scope
from engine.bpmn.checks.texts import events as texts
from engine.bpmn.expressions import is_expression
from engine.bpmn.xml import children
from engine.problems import Severity

#: Tag → kinds of events that run there; plain ones are called `none`.
_RUN = {
    "startEvent": ("none", "message", "timer", "signal"),
    "intermediateCatchEvent": ("message", "timer", "signal", "conditional", "link"),
    "boundaryEvent": ("message", "timer", "signal", "conditional", "error", "escalation", "cancel", "compensate"),
    "intermediateThrowEvent": ("none", "message", "signal", "escalation", "link", "compensate"),
    "endEvent": ("none", "message", "signal", "error", "escalation", "terminate", "cancel", "compensate"),
}
#: Kinds that begin an event sub-process.
_LISTENED_FOR = ("message", "timer", "signal", "conditional", "error", "escalation", "compensate")
#: Tags inside which an error can occur, and an escalation be thrown.
_THROWING = {
    "error": frozenset({"serviceTask", "sendTask", "subProcess", "callActivity"}),
    "escalation": frozenset({"subProcess", "callActivity"}),
}


def kinds(diagram: Diagram) -> Iterator[Finding]:
    """Only kinds of events that are run."""
    for scope, node in diagram.nodes(*_RUN):
        allowed = _allowed(scope, node)
        if node.tag == "startEvent" and node.element.parallel_multiple and not scope.owners:
            yield diagram.at(node, texts.START_KIND, Severity.WARNING, kind="parallelMultiple")
        for event in node.element.events or (node.element.event,):
            if event.kind in allowed:
                continue
            if node.tag == "startEvent" and not scope.owners:
                yield diagram.at(node, texts.START_KIND, Severity.WARNING, kind=event.kind)
            else:
                yield diagram.at(node, texts.EVENT_KIND, kind=event.kind, tag=node.tag, allowed=", ".join(allowed))


def _allowed(scope: Scope, node: Node) -> tuple[str, ...]:
    if node.tag != "startEvent" or not scope.owners:
        return _RUN[node.tag]
    return _LISTENED_FOR if scope.owners[-1].element.container.triggered_by_event else ("none",)


def definitions(diagram: Diagram) -> Iterator[Finding]:
    """The definitions of an event stand inside it."""
    for _, node in diagram.nodes(*_RUN):
        if children(node.xml, "eventDefinitionRef"):
            yield diagram.at(node, texts.EVENT_REFERENCE)


def names(diagram: Diagram) -> Iterator[Finding]:
    """The names of signals, errors and escalations are written out; messages' may be calculated, but for starts."""
    for _, node in diagram.nodes(*_RUN, "receiveTask", "sendTask"):
        event = node.element.event
        is_evaluated = event.kind == "message" and node.tag != "startEvent"
        if event.name and is_expression(event.name) and not is_evaluated:
            yield diagram.at(node, texts.NAME_EXPRESSION, diagram.known.risky, text=event.name)


def boundaries(diagram: Diagram) -> Iterator[Finding]:
    """Boundary events can happen on what they are attached to."""
    for scope, node in diagram.nodes("boundaryEvent"):
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
        for _, node in diagram.nodes("boundaryEvent")
        if node.element.event.kind == "error"
    }
    for scope, node in diagram.nodes("endEvent"):
        code = node.element.event.name
        catching = {(owner.id, name) for owner in scope.owners for name in (code, "")}
        if node.element.event.kind == "error" and not caught & catching:
            yield diagram.at(node, texts.ERROR_UNCAUGHT, Severity.WARNING, code=code)


def signals(diagram: Diagram) -> Iterator[Finding]:
    """A signal that is waited for is thrown somewhere."""
    thrown = diagram.files.thrown_signals
    for _, node in diagram.nodes("intermediateCatchEvent", "boundaryEvent"):
        event = node.element.event
        if event.kind == "signal" and event.name and event.name not in thrown:
            yield diagram.at(node, texts.SIGNAL_NEVER_THROWN, Severity.WARNING, name=event.name)


def message_starts(diagram: Diagram) -> Iterator[Finding]:
    """A message starts one thing."""
    for _, node in diagram.nodes("startEvent"):
        begun = diagram.files.message_starts.get(node.element.event.name, [])
        rival = next((each for each in begun[:2] if each[1] is not node), None)
        if rival is not None and node.element.event.kind == "message":
            other, _, started = rival
            severity = Severity.ERROR if other is diagram else diagram.known.missing
            yield diagram.at(node, texts.DUPLICATE_START, severity, name=node.element.event.name, other=started)


def conditions(diagram: Diagram) -> Iterator[Finding]:
    """Conditional events have a condition."""
    for _, node in diagram.nodes(*_RUN):
        if node.element.event.kind == "conditional" and not node.element.event.text:
            yield diagram.at(node, texts.NO_EVENT_CONDITION)


RULES: list[Rule] = [
    kinds, definitions, names, boundaries, uncaught_errors, signals, message_starts, conditions,
]  # fmt: skip
