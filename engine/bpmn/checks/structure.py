"""Rules on how the parts of a diagram hang together: ids, references, beginnings and ends."""

import re
from collections.abc import Iterator

from lxml import etree

from engine.bpmn.assembly import STEPS
from engine.bpmn.checks.diagram import (
    MAX_NESTING,
    Diagram,
    Finding,
    Node,
    Rule,
    Scope,
    bpmn_children,
    is_executable,
)
from engine.bpmn.checks.texts import files as file_texts
from engine.bpmn.checks.texts import structure as texts
from engine.bpmn.checks.texts import unsupported as unsupported_texts
from engine.bpmn.checks.unsupported import is_refused
from engine.bpmn.reader import flows_of
from engine.bpmn.xml import BPMN, bpmn, children, local, text_of
from engine.problems import Severity

_NAME = re.compile(r"[^\W\d][\w.\-]*")
_GATEWAYS = frozenset(
    {"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"}
)
_EVENTS = frozenset({"startEvent", "endEvent", "intermediateThrowEvent", "intermediateCatchEvent", "boundaryEvent"})


def ids(diagram: Diagram) -> Iterator[Finding]:
    """Ids are names of XML; others are understood as long as they differ."""
    for xml in diagram.root.iter(bpmn("*")):
        found = xml.get("id")
        if found and not _NAME.fullmatch(found):
            yield diagram.at(xml, texts.BAD_ID, Severity.NOTE, id=found)


def foreign(diagram: Diagram) -> Iterator[Finding]:
    """Nothing in another namespace looks like a step."""
    for scope in diagram.scopes:
        for xml in scope.xml.iterchildren(etree.Element):
            if local(xml) in STEPS and etree.QName(xml).namespace != BPMN:
                yield diagram.at(xml, unsupported_texts.NOT_RUN, tag=xml.tag)


def ends_of_flows(diagram: Diagram) -> Iterator[Finding]:
    """Both ends of a sequence flow are steps of its scope."""
    for scope in diagram.scopes:
        refused = {xml.get("id", "") for xml in bpmn_children(scope.xml) if is_refused(local(xml))} - {""}
        flows = children(scope.xml, "sequenceFlow")
        for xml, flow in zip(flows, flows_of(scope.xml), strict=True):
            for end, end_zh, found in (("source", "起点", flow.source), ("target", "终点", flow.target)):
                # Where an element is refused for its kind, that says enough.
                if found not in scope.by_id and found not in refused:
                    yield diagram.at(xml, texts.FLOW_END, end=end, end_zh=end_zh, id=found)


def boundaries(diagram: Diagram) -> Iterator[Finding]:
    """Boundary events sit on activities."""
    for scope in diagram.scopes:
        refused = {xml.get("id", "") for xml in bpmn_children(scope.xml) if is_refused(local(xml))} - {""}
        for node in scope.nodes:
            host = scope.by_id.get(node.element.attached_to)
            if node.tag != "boundaryEvent" or (host is None and node.element.attached_to in refused):
                continue
            if host is None or host.tag in _GATEWAYS | _EVENTS:
                yield diagram.at(node, texts.ATTACHED_TO, id=node.element.attached_to)


def lanes(diagram: Diagram) -> Iterator[Finding]:
    """Lanes hold elements of the diagram."""
    known = {xml.get("id", "") for xml in diagram.root.iter(bpmn("*"))}
    for lane in diagram.root.iter(bpmn("lane")):
        for reference in children(lane, "flowNodeRef"):
            if text_of(reference) not in known:
                yield diagram.at(lane, texts.LANE_REFERENCE, Severity.WARNING, id=text_of(reference))


def nesting(diagram: Diagram) -> Iterator[Finding]:
    """Sub-processes are not nested too deeply to be read and run."""
    for xml in diagram.too_deep:
        yield diagram.at(xml, file_texts.TOO_DEEP, limit=MAX_NESTING)


def processes(diagram: Diagram) -> Iterator[Finding]:
    """The file has processes, which can be started, under keys of their own."""
    if not diagram.tops:
        yield diagram.at(diagram.root, file_texts.NO_PROCESS, Severity.WARNING)
    for scope in diagram.tops:
        key = scope.xml.get("id", "")
        if not is_executable(scope.xml):
            yield diagram.at(scope.xml, file_texts.NOT_EXECUTABLE, Severity.NOTE)
        other = next((each for each in diagram.files.homes[key] if each is not diagram), None)
        if other is not None:
            severity = diagram.known.missing
            yield diagram.at(scope.xml, file_texts.DUPLICATE_PROCESS, severity, key=key, other=other.file)


def starts(diagram: Diagram) -> Iterator[Finding]:
    """A process begins at one plain or at message start events, a sub-process at one plain start event."""
    for scope in diagram.scopes:
        if _begins_otherwise(scope):
            continue
        found = [node for node in scope.nodes if node.tag == "startEvent"]
        plain = [node for node in found if not node.event_kinds]
        if not found and any(node.element.instantiate for node in scope.nodes):
            continue
        if scope.owners and len(plain) != 1:
            yield diagram.at(scope.xml, texts.NO_PLAIN_START, count=len(plain))
        elif not scope.owners and not found and (scope.nodes or is_executable(scope.xml)):
            # An empty process that does not say that it is to run stands for another participant.
            is_meant_to_run = scope.nodes or scope.xml.get("isExecutable") == "true"
            yield diagram.at(scope.xml, texts.NO_START, Severity.ERROR if is_meant_to_run else Severity.WARNING)
        elif not scope.owners and len(plain) > 1:
            yield diagram.at(scope.xml, texts.SEVERAL_STARTS, Severity.WARNING, count=len(plain))


def _begins_otherwise(scope: Scope) -> bool:
    """Whether `scope` begins with all its activities, as an ad-hoc sub-process, or with its event."""
    owner = scope.owners[-1] if scope.owners else None
    return owner is not None and (owner.tag == "adHocSubProcess" or owner.element.container.triggered_by_event)


def ends(diagram: Diagram) -> Iterator[Finding]:
    """Paths end at end events."""
    for scope in diagram.scopes:
        is_ad_hoc = bool(scope.owners) and scope.owners[-1].tag == "adHocSubProcess"
        if scope.nodes and not is_ad_hoc and not any(node.tag == "endEvent" for node in scope.nodes):
            yield diagram.at(scope.xml, texts.NO_END, Severity.WARNING)
        for node in scope.nodes:
            if node.tag == "endEvent" and scope.outgoing(node):
                yield diagram.at(node, texts.FLOW_AFTER_END)
            if node.tag in {"startEvent", "boundaryEvent"} and scope.incoming(node):
                yield diagram.at(node, texts.FLOW_INTO, tag=node.tag)
            if not (is_ad_hoc or scope.outgoing(node) or _ends_a_path(node)):
                yield diagram.at(node, texts.DEAD_END, Severity.WARNING)


def _ends_a_path(node: Node) -> bool:
    """Whether no flow has to lead on: at an end, from a link event, and at what only compensation asks for."""
    return node.tag == "endEvent" or node.is_aside or node.element.event.kind in {"link", "compensate"}


def reachability(diagram: Diagram) -> Iterator[Finding]:
    """Every step can be reached; of those that cannot, the first of each stretch is told."""
    for scope in diagram.scopes:
        beginnings = [node for node in scope.nodes if _is_beginning(node)]
        if not beginnings:
            continue
        reached = _reach(scope, beginnings)
        lost = [node for node in scope.nodes if node.id not in reached and not node.is_aside and not _is_carried(node)]
        for node in sorted(lost, key=lambda each: bool(scope.incoming(each))):
            if node.id not in reached:
                yield diagram.at(node, texts.UNREACHABLE, diagram.known.missing)
                reached |= _reach(scope, [node])


def _is_beginning(node: Node) -> bool:
    """Whether a path begins at `node`: a start event, what begins an instance, or where a link leads."""
    is_link = node.tag == "intermediateCatchEvent" and node.element.event.kind == "link"
    return node.tag == "startEvent" or node.element.instantiate or is_link


def _is_carried(node: Node) -> bool:
    """Whether the node is reached with its host, which is told instead."""
    return node.tag == "boundaryEvent"


def _reach(scope: Scope, beginnings: list[Node]) -> set[str]:
    """The ids of `beginnings` and of all nodes behind them."""
    reached: set[str] = set()
    front = list(beginnings)
    while front:
        node = front.pop()
        if node.id not in reached:
            reached.add(node.id)
            front += [arrow.target for arrow in scope.outgoing(node)] + scope.boundary(node)
    return reached


RULES: list[Rule] = [
    ids, foreign, ends_of_flows, boundaries, lanes, nesting, processes, starts, ends,
    reachability,
]  # fmt: skip
