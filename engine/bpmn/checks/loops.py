"""Rules on loops and multi-instance activities (BPMN 2.0.2, 13.3.6 and 13.3.7)."""

from collections.abc import Iterator

from engine import feel
from engine.bpmn.checks.diagram import Diagram, Finding, Node, Rule
from engine.bpmn.checks.texts import tasks as texts
from engine.bpmn.elements import Loop, is_count
from engine.bpmn.loops import MAX_ITEMS
from engine.bpmn.xml import bpmn
from engine.problems import Severity

#: Items of a repeated sub-process beyond which a case becomes slow.
_MANY = 50


def loops(diagram: Diagram) -> Iterator[Finding]:
    """Loops have something to repeat for, and end."""
    for _, node in diagram.nodes():
        loop = node.element.loop
        if loop is not None and loop.kind == "standard":
            yield from _standard(diagram, node)
        elif loop is not None and not loop.collection and not loop.cardinality:
            yield diagram.at(node, texts.LOOP_EMPTY)


def _standard(diagram: Diagram, node: Node) -> Iterator[Finding]:
    loop = node.element.loop
    maximum = node.xml.find(bpmn("standardLoopCharacteristics")).get("loopMaximum")
    if maximum and not is_count(maximum):
        yield diagram.at(node, texts.LOOP_MAXIMUM, text=maximum)
    elif loop is not None and not loop.condition and not maximum:
        yield diagram.at(node, texts.LOOP_ENDLESS)


def results(diagram: Diagram) -> Iterator[Finding]:
    """Results of items are both calculated and kept."""
    for _, node in diagram.nodes():
        loop = node.element.loop
        if loop is not None and loop.kind != "standard" and bool(loop.collect) != bool(loop.item_result):
            given, missing = ("collect", "item_result") if loop.collect else ("item_result", "collect")
            yield diagram.at(node, texts.LOOP_COLLECT, given=given, missing=missing)


def many_items(diagram: Diagram) -> Iterator[Finding]:
    """Sub-processes are not repeated for long lists at the same time."""
    for _, node in diagram.nodes("subProcess", "callActivity"):
        loop = node.element.loop
        if loop is None or loop.kind != "parallel":
            continue
        count = _count(loop)
        if count is None:
            yield diagram.at(node, texts.LOOP_SUBPROCESS, Severity.NOTE, limit=_MANY)
        elif count > _MANY:
            yield diagram.at(node, texts.LOOP_SUBPROCESS, Severity.WARNING, limit=_MANY)


def too_many_items(diagram: Diagram) -> Iterator[Finding]:
    """No step is repeated more often than runs."""
    for _, node in diagram.nodes():
        count = _count(node.element.loop) if node.element.loop else None
        if count is not None and count > MAX_ITEMS:
            yield diagram.at(node, texts.LOOP_TOO_MANY, count=count, limit=MAX_ITEMS)


def _count(loop: Loop) -> int | None:
    """The number of items, where it is written out."""
    text = feel.unwrap(loop.cardinality)
    return int(text) if is_count(text) and not loop.collection else None


RULES: list[Rule] = [loops, results, many_items, too_many_items]
