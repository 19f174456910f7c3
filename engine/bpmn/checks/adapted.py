"""What was chosen while the file was read: each choice of meaning is told."""

from collections.abc import Iterator

from engine.bpmn.checks.diagram import Arrow, Diagram, Finding, Node, Rule


def remarks(diagram: Diagram) -> Iterator[Finding]:
    """Choices made of the file as a whole."""
    for remark in diagram.remarks:
        yield diagram.at(remark.xml, remark.code, remark.severity, **remark.params)


def choices(diagram: Diagram) -> Iterator[Finding]:
    """Choices made of single steps and flows."""
    for scope in diagram.scopes:
        for node in scope.nodes:
            yield from _told(diagram, node)
        for arrow in scope.arrows:
            yield from _told(diagram, arrow)


def _told(diagram: Diagram, place: Node | Arrow) -> Iterator[Finding]:
    for choice in place.choices:
        yield diagram.at(place, choice.code, choice.severity, **choice.params)


RULES: list[Rule] = [remarks, choices]
