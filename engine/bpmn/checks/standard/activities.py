"""Rules of processes and activities (BPMN 2.0.2, 10.2 and 10.3)."""

import re
from collections.abc import Iterator

from lxml import etree

from engine.bpmn.checks.diagram import Finding
from engine.bpmn.checks.standard.drawing import (
    ACTIVITIES,
    Drawing,
    Rule,
    is_bpmn,
    is_event_subprocess,
    is_true,
    steps,
)
from engine.bpmn.checks.texts import standard_activities as texts
from engine.bpmn.xml import bpmn, children, local, text_of

#: Parts of a call's data and of what it calls, of which there must be equally many (10.3.6).
_DATA = ("dataInput", "dataOutput")
#: Whole numbers below one.
_NOTHING = re.compile(r"-[0-9]+|[+-]?0+")


def processes(drawing: Drawing) -> Iterator[Finding]:
    """A public process shows what others see of it, and cannot be run (table 10.1)."""
    for process in drawing.each("process"):
        if process.get("processType") == "Public" and is_true(process, "isExecutable"):
            yield drawing.found(process, texts.PUBLIC, drawing.lenient)


def quantities(drawing: Drawing) -> Iterator[Finding]:
    """An activity takes and gives at least one token (table 10.3)."""
    for node in drawing.nodes:
        for name in ("startQuantity", "completionQuantity"):
            value = node.get(name, "1").strip()
            if local(node) in ACTIVITIES and _NOTHING.fullmatch(value):
                yield drawing.found(node, texts.QUANTITY, name=name, value=value)


def event_subprocesses(drawing: Drawing) -> Iterator[Finding]:
    """An event sub-process has one start event, which says what triggers it (10.3.5)."""
    for node in drawing.nodes:
        count = len(children(node, "startEvent"))
        if is_event_subprocess(node) and count != 1:
            yield drawing.found(node, texts.EVENT_SUBPROCESS, count=count)


def ad_hoc(drawing: Drawing) -> Iterator[Finding]:
    """An ad-hoc sub-process holds activities, and neither begins nor ends at events (10.3.5)."""
    for node in drawing.each("adHocSubProcess"):
        for event in steps(node, "startEvent", "endEvent"):
            yield drawing.found(event, texts.AD_HOC_EVENT, drawing.lenient)
        if not steps(node, *ACTIVITIES):
            yield drawing.found(node, texts.AD_HOC_EMPTY, drawing.lenient)


def receiving(drawing: Drawing) -> Iterator[Finding]:
    """A receive task that starts the process has no flow into it (10.3.3)."""
    for node in drawing.each("receiveTask"):
        if is_true(node, "instantiate") and drawing.incoming(node):
            yield drawing.found(node, texts.RECEIVE_BEGINS, drawing.lenient)


def scripts(drawing: Drawing) -> Iterator[Finding]:
    """A script says in which language it is written (10.3.3); engines that know only one let it be left out."""
    for node in drawing.each("scriptTask"):
        if text_of(node.find(bpmn("script"))) and not node.get("scriptFormat", "").strip():
            yield drawing.found(node, texts.SCRIPT_FORMAT, drawing.lenient)


def resources(drawing: Drawing) -> Iterator[Finding]:
    """A resource role binds parameters of its own resource (8.4.12, tables 10.5 and 10.6)."""
    for binding in drawing.each("resourceParameterBinding"):
        role = binding.getparent()
        resource = drawing.resolve(text_of(role.find(bpmn("resourceRef"))), role).xml
        parameter = drawing.resolve(binding.get("parameterRef", ""), binding).xml
        if resource is not None and parameter is not None and parameter.getparent() is not resource:
            yield drawing.found(binding, texts.PARAMETER, drawing.lenient, id=parameter.get("id", ""))


def calls(drawing: Drawing) -> Iterator[Finding]:
    """A call activity has the same data inputs and outputs as the process or global task that it calls (10.3.6)."""
    for node in drawing.each("callActivity"):
        called = drawing.resolve(node.get("calledElement", ""), node).xml
        if called is None or local(called) in ACTIVITIES or not is_bpmn(called):
            continue
        for tag in _DATA:
            own, others = _count(node, tag), _count(called, tag)
            if own != others:
                shown = {"tag": tag, "own": own, "others": others}
                yield drawing.found(node, texts.CALL_DATA, drawing.lenient, **shown)


def _count(xml: etree._Element, tag: str) -> int:
    specification = xml.find(bpmn("ioSpecification"))
    return len(children(specification, tag)) if specification is not None else 0


RULES: list[Rule] = [
    processes, quantities, event_subprocesses, ad_hoc, receiving, scripts, resources, calls,
]  # fmt: skip
