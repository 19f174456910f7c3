"""Rules of the picture (BPMN 2.0.2, 12.2): what it shows exists. Nothing runs by the picture, so these are warnings."""

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.checks.diagram import Finding
from engine.bpmn.checks.standard.drawing import Drawing, Rule
from engine.bpmn.checks.texts import standard_references as texts
from engine.bpmn.xml import BPMNDI
from engine.problems import Severity

#: Attributes by which parts of the picture refer to each other.
_INSIDE = ("sourceElement", "targetElement", "choreographyActivityShape", "labelStyle")


def picture(drawing: Drawing) -> Iterator[Finding]:
    """Shapes and edges show elements of the model, and refer to parts of the picture (12.2.3)."""
    parts = list(drawing.root.iter(f"{{{BPMNDI}}}*"))
    ids = {xml.get("id") for xml in parts}
    for xml in parts:
        shown = xml.get("bpmnElement", "")
        if shown and drawing.resolve(shown, xml) == (None, False):
            yield _lost(drawing, xml, "bpmnElement", shown)
        for name in _INSIDE:
            part = xml.get(name, "")
            if part and part.rpartition(":")[2] not in ids:
                yield _lost(drawing, xml, name, part)


def _lost(drawing: Drawing, xml: etree._Element, name: str, part: str) -> Finding:
    return drawing.found(xml, texts.PICTURE, Severity.WARNING, name=name, id=part)


RULES: list[Rule] = [picture]
