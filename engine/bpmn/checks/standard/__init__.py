"""The rules of BPMN 2.0.2 (formal/2013-12-09), whether or not this engine runs what they speak of.

One module for each part of the standard; processes that are not executable are held to the rules as well.
"""

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.checks.diagram import Diagram, Finding, limited
from engine.bpmn.checks.diagram import Rule as DiagramRule
from engine.bpmn.checks.standard import (
    activities,
    collaboration,
    connections,
    content,
    data,
    events,
    gateways,
    loops,
    picture,
    references,
)
from engine.bpmn.checks.standard.drawing import Drawing, Rule
from engine.bpmn.checks.standard.vendors import is_draft

_RULES: list[Rule] = [
    *content.RULES,
    *references.RULES,
    *connections.RULES,
    *events.RULES,
    *activities.RULES,
    *loops.RULES,
    *gateways.RULES,
    *data.RULES,
    *collaboration.RULES,
    *picture.RULES,
]


def standard(diagram: Diagram) -> Iterator[Finding]:
    """Everything in `diagram` that breaks a rule of the standard, unless it was written for a draft of that."""
    if any(is_draft(child) for child in diagram.root.iterchildren(etree.Element)):
        return
    drawing = Drawing(diagram)
    for rule in _RULES:
        yield from limited(rule(drawing), diagram)


RULES: list[DiagramRule] = [standard]
