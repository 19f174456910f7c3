"""Rules of repeated activities (BPMN 2.0.2, 10.3.8)."""

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.checks.diagram import Finding
from engine.bpmn.checks.standard.drawing import SUB_PROCESSES, Drawing, Rule, is_true
from engine.bpmn.checks.texts import standard_activities as texts
from engine.bpmn.xml import bpmn, children, local, text_of
from engine.problems import Severity

#: What the items of a task come from and go to: name of the reference → tag in its own data.
_OF_TASKS = {"loopDataInputRef": "dataInput", "loopDataOutputRef": "dataOutput"}


def loops(drawing: Drawing) -> Iterator[Finding]:
    """A multi-instance activity is repeated by number or by items, and says what it throws (10.3.8).

    Where its behaviour is None or One and no event is named, it throws a default signal (table 10.29).
    """
    for loop in drawing.each("multiInstanceLoopCharacteristics"):
        number, items = loop.find(bpmn("loopCardinality")), loop.find(bpmn("loopDataInputRef"))
        if number is not None and items is not None:
            yield drawing.found(loop, texts.LOOP_BOTH, drawing.lenient)
        if number is None and items is None and _is_plain(loop):
            yield drawing.found(loop, texts.LOOP_NEITHER, drawing.lenient)
        if loop.get("behavior") == "Complex" and loop.find(bpmn("complexBehaviorDefinition")) is None:
            params = {"behavior": "Complex", "name": "complexBehaviorDefinition"}
            yield drawing.found(loop, texts.LOOP_BEHAVIOR, drawing.lenient, **params)


def _is_plain(loop: etree._Element) -> bool:
    """Whether no attribute or extension of a vendor says what the activity is repeated for."""
    has_extension = any(len(holder) for holder in children(loop, "extensionElements"))
    return not has_extension and not any(str(name).startswith("{") for name in loop.attrib)


def items(drawing: Drawing) -> Iterator[Finding]:
    """Items come from a collection: of a task's own data, or of a data object that a sub-process sees (table 10.29)."""
    for loop in drawing.each("multiInstanceLoopCharacteristics"):
        activity = loop.getparent()
        for name, tag in _OF_TASKS.items():
            for reference in children(loop, name):
                found = drawing.resolve(text_of(reference), reference).xml
                if found is None:
                    continue  # told with the other references
                is_sub = local(activity) in SUB_PROCESSES
                is_own = local(found) == tag and activity in found.iterancestors()
                if not is_own and not (is_sub and local(found) in {"dataObject", "dataObjectReference", "property"}):
                    yield drawing.found(loop, texts.LOOP_DATA, drawing.lenient, id=text_of(reference), name=name)
                elif local(found) == tag and not _is_collection(drawing, found):
                    yield drawing.found(loop, texts.LOOP_SINGLE, Severity.WARNING, id=text_of(reference), name=name)


def _is_collection(drawing: Drawing, xml: etree._Element) -> bool:
    item = drawing.resolve(xml.get("itemSubjectRef", ""), xml).xml
    return is_true(xml, "isCollection") or (item is not None and is_true(item, "isCollection"))


RULES: list[Rule] = [loops, items]
