"""Rules of sequence flows (BPMN 2.0.2, 7.6.1 table 7.3, 8.4.13, 10.5 and 13.2)."""

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.checks.diagram import Finding
from engine.bpmn.checks.standard.drawing import (
    ACTIVITIES,
    EVENTS,
    FLOW_NODES,
    Drawing,
    Rule,
    is_event_subprocess,
    is_for_compensation,
    is_true,
    level_of,
    named,
    process_of,
    steps,
)
from engine.bpmn.checks.texts import standard_flows as texts
from engine.bpmn.xml import bpmn, children, local, text_of
from engine.problems import Severity

#: Why a node stands outside the flow, in English and Chinese.
Why = tuple[str, str]
_EVENT_SUBPROCESS: Why = ("an event sub-process is begun by its event", "事件子流程由其事件触发")
_COMPENSATION: Why = ("only compensation runs this activity", "该活动只由补偿执行")
_STARTS: Why = ("a start event begins by itself", "开始事件自行开始")
_ATTACHED: Why = ("a boundary event is reached with its activity", "边界事件随其活动一起到达")
_LINKED: Why = ("a catching link is reached through its throwing links", "捕获链接只能经由抛出链接到达")
_ENDS: Why = ("an end event ends the path", "结束事件终止路径")
_LINKS: Why = ("a throwing link goes on at its catching link", "抛出链接在对应的捕获链接处继续")
_COMPENSATES: Why = ("compensation is joined to its activity by an association", "补偿通过关联与其活动相连")
#: Tags whose faults the rules on structure tell, in files for engines.
_TOLD = frozenset({"startEvent", "boundaryEvent", "endEvent"})
_WITH_DEFAULT = ACTIVITIES | {"exclusiveGateway", "inclusiveGateway", "complexGateway"}
_WITH_CONDITIONS = _WITH_DEFAULT | {"choreographyTask", "subChoreography", "callChoreography"}


def ends(drawing: Drawing) -> Iterator[Finding]:
    """No flow leads into what begins by itself, or out of what ends (table 7.3; 10.3.5, 10.5.2 to 10.5.4, 10.7)."""
    for flow in drawing.flows:
        source, target = _end(drawing, flow, "sourceRef"), _end(drawing, flow, "targetRef")
        if target is not None and (why := _never_entered(drawing, target)):
            yield drawing.found(flow, texts.TARGET, name=named(target), why=why[0], why_zh=why[1])
        if source is not None and (why := _never_left(drawing, source)):
            yield drawing.found(flow, texts.SOURCE, name=named(source), why=why[0], why_zh=why[1])


def _end(drawing: Drawing, flow: etree._Element, attribute: str) -> etree._Element | None:
    """The flow node at one end of a flow, unless its faults are told already."""
    node = drawing.by_id.get(flow.get(attribute, ""))
    if node is None or local(node) not in FLOW_NODES:
        return None
    is_compensation = drawing.kinds(node) == ["compensate"]
    return None if local(node) in _TOLD and drawing.is_told(node) and not is_compensation else node


def _never_entered(drawing: Drawing, node: etree._Element) -> Why | None:
    tag = local(node)
    if tag == "startEvent":
        return _STARTS
    if tag == "boundaryEvent":
        return _ATTACHED
    if tag == "intermediateCatchEvent" and "link" in drawing.kinds(node):
        return _LINKED
    return _aside(node)


def _never_left(drawing: Drawing, node: etree._Element) -> Why | None:
    tag = local(node)
    if tag == "endEvent":
        return _ENDS
    if tag == "intermediateThrowEvent" and "link" in drawing.kinds(node):
        return _LINKS
    if tag == "boundaryEvent" and drawing.kinds(node) == ["compensate"]:
        return _COMPENSATES
    return _aside(node)


def _aside(node: etree._Element) -> Why | None:
    if is_event_subprocess(node):
        return _EVENT_SUBPROCESS
    return _COMPENSATION if is_for_compensation(node) else None


def conditions(drawing: Drawing) -> Iterator[Finding]:
    """Conditions stand behind activities and choosing gateways, and never alone behind an activity (8.4.13)."""
    for flow in drawing.flows:
        source = drawing.by_id.get(flow.get("sourceRef", ""))
        if source is None or not has_condition(flow):
            continue
        if local(source) in FLOW_NODES - _WITH_CONDITIONS:
            yield drawing.found(flow, texts.CONDITION, drawing.lenient, name=named(source), tag=local(source))
        elif local(source) in ACTIVITIES and len(drawing.outgoing(source)) < 2:
            yield drawing.found(flow, texts.LONE_CONDITION, drawing.lenient, name=named(source))
        elif source.get("default") == flow.get("id") and not drawing.is_told(source):
            yield drawing.found(flow, texts.DEFAULT_CONDITION, Severity.WARNING)


def defaults(drawing: Drawing) -> Iterator[Finding]:
    """A default flow leaves an activity or a choosing gateway that names it (8.4.13, 10.3, 10.6)."""
    for node in drawing.nodes:
        default = node.get("default", "")
        if default and local(node) not in _WITH_DEFAULT:
            yield drawing.found(node, texts.DEFAULT_PLACE, drawing.lenient, tag=local(node))
        elif (
            default and not drawing.is_told(node) and default not in {flow.get("id") for flow in drawing.outgoing(node)}
        ):
            yield drawing.found(node, texts.DEFAULT, drawing.lenient, id=default)


def immediate(drawing: Drawing) -> Iterator[Finding]:
    """In an executable process nothing happens between the ends of a flow (table 8.54)."""
    for flow in drawing.flows:
        process = process_of(flow)
        is_wrong = flow.get("isImmediate") is not None and not is_true(flow, "isImmediate", default=True)
        if is_wrong and process is not None and is_true(process, "isExecutable"):
            yield drawing.found(flow, texts.IMMEDIATE, drawing.lenient)


def lists(drawing: Drawing) -> Iterator[Finding]:
    """What a node lists as its incoming and outgoing flows is what the flows say (table 8.32).

    Many tools write no lists, so that a missing entry counts only on a level where nodes have them. Engines go by the
    flows alone, which is told when the file is adapted.
    """
    if drawing.lenient is Severity.WARNING:
        return
    listing = {level_of(xml) for xml in drawing.each("incoming", "outgoing")}
    for node in drawing.nodes:
        for tag, flows in (("incoming", drawing.incoming(node)), ("outgoing", drawing.outgoing(node))):
            listed = [drawing.resolve(text_of(each), each).xml for each in children(node, tag)]
            # A name that is found nowhere is told with the other references.
            for each in listed:
                if each is not None and each not in flows:
                    yield drawing.found(node, texts.LISTED, flow=each.get("id", ""), list=tag)
            for flow in flows if level_of(node) in listing else []:
                if flow not in listed:
                    yield drawing.found(node, texts.UNLISTED, flow=flow.get("id", ""), list=tag)


def levels(drawing: Drawing) -> Iterator[Finding]:
    """A level has both start and end events or neither, and every node lies on a way from one to the other (10.5)."""
    for level in drawing.levels:
        starts, finishes = children(level, "startEvent"), children(level, "endEvent")
        # In files for engines, the rules on structure warn of this.
        is_told = drawing.lenient is Severity.WARNING and level in drawing.running
        if local(level) == "adHocSubProcess" or is_told:
            continue
        if finishes and not starts:
            yield drawing.found(level, texts.END_WITHOUT_START, drawing.lenient)
        if starts and not finishes:
            yield drawing.found(level, texts.START_WITHOUT_END, drawing.lenient)
        yield from _nodes_between(drawing, level, has_start=bool(starts), has_end=bool(finishes))


def _nodes_between(drawing: Drawing, level: etree._Element, *, has_start: bool, has_end: bool) -> Iterator[Finding]:
    """Nodes without a way in or out, where start or end events say where ways begin and end (10.5.2, 10.5.3)."""
    for node in steps(level, *(FLOW_NODES - EVENTS)):
        if _aside(node):
            continue
        if has_start and not drawing.incoming(node) and not is_true(node, "instantiate"):
            yield drawing.found(node, texts.NO_WAY_IN, drawing.lenient)
        if has_end and not drawing.outgoing(node):
            yield drawing.found(node, texts.NO_WAY_OUT, drawing.lenient)


def has_condition(flow: etree._Element) -> bool:
    """Whether a flow has a condition; tools write empty ones that mean nothing."""
    return bool(text_of(flow.find(bpmn("conditionExpression"))))


RULES: list[Rule] = [ends, conditions, defaults, immediate, lists, levels]
