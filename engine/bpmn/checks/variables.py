"""Rules on variables: what is read is written somewhere.

A process may get variables from outside (at its start, by messages, from topics), so that this asks for a look only.
"""

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.checks.diagram import Arrow, Diagram, Finding, Node, Rule
from engine.bpmn.checks.texts import expressions as texts
from engine.bpmn.checks.written import PLACES, Written, expressions
from engine.problems import Severity

#: Variables that the engine itself gives to loops, to complex gateways and to the branches of boundary events.
_GIVEN = frozenset(
    {
        *("loopCounter", "nrOfInstances", "nrOfCompletedInstances", "nrOfActiveInstances"),
        *("numberOfInstances", "numberOfCompletedInstances", "numberOfActiveInstances", "numberOfTerminatedInstances"),
        *("activationCount", "waitingForStart", "fired", "code", "null"),
    }
)
_CATCHING = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent"})


def unknown(diagram: Diagram) -> Iterator[Finding]:
    """Every variable that is read is written by something in the process."""
    nodes_of: dict[etree._Element, list[Node]] = {}
    for scope, node in diagram.nodes():
        nodes_of.setdefault(scope.process, []).append(node)
    texts_of: dict[etree._Element, list[Written]] = {}
    for written in expressions(diagram):
        texts_of.setdefault(written.scope.process, []).append(written)
    for process in diagram.tops:
        nodes = nodes_of.get(process.xml, [])
        known = (
            _GIVEN
            | diagram.known.everywhere.records
            | _written(diagram, nodes)
            | diagram.files.passed.get(process.xml.get("id", ""), set())
        )
        severity = Severity.NOTE if any(_is_open(node) for node in nodes) else Severity.WARNING
        told = set()
        for place, name, kind in _read(diagram, nodes, texts_of.get(process.xml, [])):
            first = name.split(".")[0]
            if first not in known and (place.id, first) not in told:
                told.add((place.id, first))
                yield diagram.at(place, texts.UNKNOWN_VARIABLE, severity, name=first, place=kind, place_zh=PLACES[kind])


def _read(diagram: Diagram, nodes: list[Node], written_there: list[Written]) -> Iterator[tuple[Node | Arrow, str, str]]:
    """Place, name and purpose of each name that is read in a process of these nodes and texts."""
    for written in written_there:
        if written.place == "mapping out of the called process":
            continue
        expression = written.read()
        for name in sorted(expression.names) if expression else ():
            yield written.at, name, written.place
    for node in nodes:
        decision = diagram.files.decision(node.element.decision) if node.tag == "businessRuleTask" else None
        for name in sorted(decision.names) if decision else ():
            yield node, name, "decision"


def _written(diagram: Diagram, nodes: list[Node]) -> set[str]:
    """The first parts of all names that `nodes` write."""
    found: set[str] = set()
    for node in nodes:
        element, loop = node.element, node.element.loop
        found |= {event.code_variable for event in element.events} | {
            event.message_variable for event in element.events
        }
        found |= {*element.inputs, *element.outputs, element.result, *(target for _, target in element.call_out)}
        found |= {loop.item, loop.collect} if loop else set()
        form = diagram.files.forms.get(element.form)
        found |= set(form.keys) if form else set()
        decision = diagram.files.decision(element.decision)
        found |= set(decision.outputs) if decision and not element.result else set()
    return {name.split(".")[0] for name in found}


def _is_open(node: Node) -> bool:
    """Whether `node` may write variables whose names the model does not say."""
    element = node.element
    if ("*", "*") in element.call_out:
        return True
    catches = node.tag == "receiveTask" or (element.event.kind in {"message", "error"} and node.tag in _CATCHING)
    return (catches or bool(element.topic)) and not element.outputs


RULES: list[Rule] = [unknown]
