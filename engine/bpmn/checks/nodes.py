"""The nodes, arrows and scopes of a diagram that is laid out for checking."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from lxml import etree

from engine.bpmn.elements import Choice, Element, event_nodes
from engine.bpmn.xml import local

_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Node:
    """One flow node: what it says, and its XML for what `Element` leaves out."""

    xml: etree._Element
    element: Element

    @property
    def id(self) -> str:
        """The element id."""
        return self.element.id

    @property
    def tag(self) -> str:
        """The BPMN tag without its namespace."""
        return self.element.tag

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What was chosen while it was read."""
        return self.element.choices

    @cached_property
    def event_kinds(self) -> list[str]:
        """The kinds of its event definitions, as `timer`."""
        return [local(child).removesuffix("EventDefinition") for child in event_nodes(self.xml)]

    @property
    def is_aside(self) -> bool:
        """Whether it stands outside the flow: an event sub-process, or a step that only compensation would run."""
        return self.element.container.triggered_by_event or self.element.compensation.is_handler


@dataclass(frozen=True)
class Arrow:
    """A sequence flow whose two ends are nodes of the same scope."""

    xml: etree._Element
    id: str
    source: Node
    target: Node
    condition: str
    choices: tuple[Choice, ...] = ()


@dataclass
class Scope:
    """A process, or the inside of a sub-process."""

    xml: etree._Element
    process: etree._Element
    #: sub-process nodes around it, from the outside in
    owners: tuple["Node", ...]
    nodes: list[Node] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)

    @cached_property
    def by_id(self) -> Mapping[str, Node]:
        """The nodes by id; of several with one id, the first."""
        return {node.id: node for node in reversed(self.nodes)}

    def outgoing(self, node: Node) -> list[Arrow]:
        """The sequence flows out of `node`, in document order."""
        return self._outgoing.get(node.id, [])

    def incoming(self, node: Node) -> list[Arrow]:
        """The sequence flows into `node`."""
        return self._incoming.get(node.id, [])

    def boundary(self, node: Node) -> list[Node]:
        """The boundary events on `node`."""
        return self._boundary.get(node.id, [])

    @cached_property
    def _outgoing(self) -> dict[str, list[Arrow]]:
        return _grouped(self.arrows, lambda arrow: arrow.source.id)

    @cached_property
    def _incoming(self) -> dict[str, list[Arrow]]:
        return _grouped(self.arrows, lambda arrow: arrow.target.id)

    @cached_property
    def _boundary(self) -> dict[str, list[Node]]:
        events = [node for node in self.nodes if node.tag == "boundaryEvent"]
        return _grouped(events, lambda node: node.element.attached_to)


def _grouped(items: list[_Item], key: Callable[[_Item], str]) -> dict[str, list[_Item]]:
    groups: dict[str, list[_Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups
