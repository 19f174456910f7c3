"""Rules of participants, message flows and lanes (BPMN 2.0.2, 7.6.2 table 7.4, chapter 9, 10.8)."""

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.checks.diagram import Finding
from engine.bpmn.checks.standard.drawing import CATCHING, EVENTS, THROWING, Drawing, Rule, named, process_of
from engine.bpmn.checks.texts import standard_collaboration as texts
from engine.bpmn.xml import children, local, text_of
from engine.problems import Severity

_CONVERSATIONS = frozenset({"conversation", "subConversation", "callConversation"})


def message_flows(drawing: Drawing) -> Iterator[Finding]:
    """A message flow joins two pools, at events only where these send or receive messages (9.3; 10.5.2 to 10.5.4)."""
    for flow in drawing.each("messageFlow"):
        source = drawing.resolve(flow.get("sourceRef", ""), flow).xml
        target = drawing.resolve(flow.get("targetRef", ""), flow).xml
        if source is not None and not _talks(drawing, source, THROWING):
            yield drawing.found(flow, texts.MESSAGE_SOURCE, drawing.lenient, name=named(source))
        if target is not None and not _talks(drawing, target, CATCHING):
            yield drawing.found(flow, texts.MESSAGE_TARGET, drawing.lenient, name=named(target))
        if source is not None and target is not None and _pool(drawing, source) is _pool(drawing, target):
            yield drawing.found(flow, texts.SAME_POOL, drawing.lenient)


def _talks(drawing: Drawing, node: etree._Element, events: frozenset[str]) -> bool:
    """Whether a message may leave or reach `node`; elements that are not events are told by their kind.

    Modelers of engines let messages end at plain events as well, where the picture is all that is meant.
    """
    if local(node) not in EVENTS:
        return True
    kinds = drawing.kinds(node)
    is_plain_picture = not kinds and drawing.lenient is Severity.WARNING
    return local(node) in events and ("message" in kinds or is_plain_picture)


def _pool(drawing: Drawing, node: etree._Element) -> etree._Element:
    """The process around `node`, or that of a participant; a participant without one stands for itself."""
    if local(node) == "participant":
        process = drawing.resolve(node.get("processRef", ""), node).xml
        return node if process is None else process
    found = process_of(node)
    return node if found is None else found


def multiplicities(drawing: Drawing) -> Iterator[Finding]:
    """Participants are at least one, and at most not fewer than at least (table 9.4)."""
    for xml in drawing.each("participantMultiplicity"):
        try:
            minimum, maximum = int(xml.get("minimum", "0")), int(xml.get("maximum", "1"))
        except ValueError:
            continue  # told with the other values
        if minimum < 0 or maximum < 1 or maximum < minimum:
            yield drawing.found(xml, texts.MULTIPLICITY, minimum=minimum, maximum=maximum)


def lanes(drawing: Drawing) -> Iterator[Finding]:
    """The lanes of a set divide the nodes of their own process (10.8)."""
    for lane_set in drawing.each("laneSet", "childLaneSet"):
        seen: dict[str, etree._Element] = {}
        for lane in children(lane_set, "lane"):
            for name in (text_of(each) for each in children(lane, "flowNodeRef")):
                node = drawing.by_id.get(name)
                if seen.setdefault(name, lane) is not lane:
                    yield drawing.found(lane, texts.LANE_TWICE, drawing.lenient, id=name)
                if node is not None and process_of(node) is not process_of(lane):
                    yield drawing.found(lane, texts.LANE_PROCESS, drawing.lenient, id=name)


def conversations(drawing: Drawing) -> Iterator[Finding]:
    """A conversation link joins a conversation and one who takes part in it (9.5)."""
    for link in drawing.each("conversationLink"):
        ends = [drawing.resolve(link.get(end, ""), link).xml for end in ("sourceRef", "targetRef")]
        if None not in ends and len([end for end in ends if local(end) in _CONVERSATIONS]) != 1:
            yield drawing.found(link, texts.CONVERSATION_LINK, drawing.lenient)


def choreographies(drawing: Drawing) -> Iterator[Finding]:
    """Who begins a choreography activity takes part in it; a task is between two (11.5.1, tables 11.2 and 11.3)."""
    for node in drawing.each("choreographyTask", "subChoreography", "callChoreography"):
        first = node.get("initiatingParticipantRef", "")
        parts = {text_of(each) for each in children(node, "participantRef")}
        if first and first not in parts:
            yield drawing.found(node, texts.INITIATOR, drawing.lenient, id=first)
        if local(node) == "choreographyTask" and len(parts) > 2:
            yield drawing.found(node, texts.CHOREOGRAPHY_TASK, drawing.lenient, count=len(parts))


RULES: list[Rule] = [message_flows, multiplicities, lanes, conversations, choreographies]
