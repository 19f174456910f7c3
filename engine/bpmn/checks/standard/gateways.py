"""Rules of gateways (BPMN 2.0.2, 8.4.9 and 10.6)."""

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.checks.diagram import Finding
from engine.bpmn.checks.standard.drawing import FLOW_NODES, GATEWAYS, LEVELS, Drawing, Rule, is_true, named
from engine.bpmn.checks.texts import flows as flow_texts
from engine.bpmn.checks.texts import standard_flows as texts
from engine.bpmn.xml import local

#: Direction → whether it fits the numbers of flows in and out (table 8.44 and 10.6).
_FITS = {
    "Converging": lambda into, out: into > 1 and out < 2,
    "Diverging": lambda into, out: into < 2 and out > 1,
    "Mixed": lambda into, out: into > 1 and out > 1,
}
#: Triggers that may wait behind an event-based gateway (10.6.6).
_TRIGGERS = frozenset({"message", "signal", "timer", "conditional"})


def directions(drawing: Drawing) -> Iterator[Finding]:
    """A gateway merges or splits, and in the direction that it names."""
    for node in drawing.nodes:
        if local(node) not in GATEWAYS:
            continue
        into, out = len(drawing.incoming(node)), len(drawing.outgoing(node))
        direction = node.get("gatewayDirection", "")
        if into < 2 and out < 2:
            yield drawing.found(node, texts.IDLE_GATEWAY, drawing.lenient, incoming=into, outgoing=out)
        elif direction in _FITS and not _FITS[direction](into, out):
            shown = {"direction": direction, "incoming": into, "outgoing": out}
            yield drawing.found(node, texts.DIRECTION, drawing.lenient, **shown)


def _event_gateways(drawing: Drawing) -> Iterator[etree._Element]:
    """The event-based gateways of processes; choreographies have rules of their own."""
    return (xml for xml in drawing.each("eventBasedGateway") if local(xml.getparent()) in LEVELS)


def targets(drawing: Drawing) -> Iterator[Finding]:
    """Behind an event-based gateway wait events of some kinds, or receive tasks, and nothing else leads there."""
    for gateway in _event_gateways(drawing):
        found = [drawing.by_id.get(flow.get("targetRef", "")) for flow in drawing.outgoing(gateway)]
        waiting = [node for node in found if node is not None and local(node) in FLOW_NODES]
        yield from _plain(drawing, gateway, waiting)
        kinds = {kind for node in waiting for kind in drawing.kinds(node) or [local(node)]}
        if {"message", "receiveTask"} <= kinds:
            yield drawing.found(gateway, texts.GATEWAY_MIXED, drawing.lenient)
        for node in waiting:
            if len(drawing.incoming(node)) > 1:
                yield drawing.found(node, texts.GATEWAY_SHARED, drawing.lenient, target=named(node))
            if local(node) == "receiveTask" and drawing.boundary(node):
                yield drawing.found(node, texts.GATEWAY_BOUNDARY, drawing.lenient, target=named(node))


def _plain(drawing: Drawing, gateway: etree._Element, waiting: list[etree._Element]) -> Iterator[Finding]:
    """Too few ways, or ways to what waits for nothing."""
    if drawing.is_told(gateway):
        return
    if len(drawing.outgoing(gateway)) < 2:
        yield drawing.found(gateway, texts.GATEWAY_ALONE, drawing.lenient, count=len(drawing.outgoing(gateway)))
    for node in waiting:
        is_event = local(node) == "intermediateCatchEvent" and _TRIGGERS.issuperset(drawing.kinds(node))
        if local(node) != "receiveTask" and not is_event:
            yield drawing.found(gateway, flow_texts.EVENT_GATEWAY_TARGET, target=named(node))


def beginnings(drawing: Drawing) -> Iterator[Finding]:
    """An event-based gateway begins a process alone, and waits for all its events only there."""
    for gateway in _event_gateways(drawing):
        if is_true(gateway, "instantiate"):
            sources = [drawing.by_id.get(flow.get("sourceRef", "")) for flow in drawing.incoming(gateway)]
            if not all(node is not None and _is_plain_start(drawing, node) for node in sources):
                yield drawing.found(gateway, texts.GATEWAY_BEGINS, drawing.lenient)
        elif gateway.get("eventGatewayType") == "Parallel":
            yield drawing.found(gateway, texts.GATEWAY_PARALLEL, drawing.lenient)


def _is_plain_start(drawing: Drawing, node: etree._Element) -> bool:
    return local(node) == "startEvent" and not drawing.kinds(node)


RULES: list[Rule] = [directions, targets, beginnings]
