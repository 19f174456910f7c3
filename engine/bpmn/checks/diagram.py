"""A BPMN file laid out for checking: scopes, nodes and flows, however broken the file is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, TypeVar

from lxml import etree

from engine.bpmn.checks.known import Known
from engine.bpmn.elements import Element, event_nodes, read_element
from engine.bpmn.reader import STEPS, flows_of, lanes_of, references_of
from engine.bpmn.xml import BPMN, children, local
from engine.dmn import Decision, Decisions
from engine.forms import Form
from engine.problems import Problem, Severity

#: Sub-processes inside one another; reading and running recurse by this depth.
MAX_NESTING = 50
#: XML elements of one file.
MAX_ELEMENTS = 60_000

#: Tags whose inside is a scope of its own.
CONTAINERS = frozenset({"subProcess", "transaction", "adHocSubProcess"})

_Item = TypeVar("_Item")


class Finding(NamedTuple):
    """A problem and its position in the file, by which problems are sorted."""

    position: int
    problem: Problem


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

    @cached_property
    def event_kinds(self) -> list[str]:
        """The kinds of its event definitions, as `timer`."""
        return [local(child).removesuffix("EventDefinition") for child in event_nodes(self.xml)]

    @property
    def is_aside(self) -> bool:
        """Whether it stands outside the flow: an event sub-process, or a step that only compensation would run."""
        return "true" in {self.xml.get("triggeredByEvent"), self.xml.get("isForCompensation")}


@dataclass(frozen=True)
class Arrow:
    """A sequence flow whose two ends are nodes of the same scope."""

    xml: etree._Element
    id: str
    source: Node
    target: Node
    condition: str


@dataclass
class Scope:
    """A process, or the inside of a sub-process."""

    xml: etree._Element
    process: etree._Element
    #: sub-process nodes around it, from the outside in
    owners: tuple["Node", ...]
    #: whether it would run: the process is executable, and no kind of container we refuse is around it
    is_run: bool
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


@dataclass
class FileSet:
    """All files of a deployment."""

    known: Known
    diagrams: list["Diagram"] = field(default_factory=list)
    #: decision id → the file's decisions, None where the file has errors
    decisions: dict[str, Decisions | None] = field(default_factory=dict)
    #: form id → form, None where the file has errors
    forms: dict[str, Form | None] = field(default_factory=dict)

    @cached_property
    def processes(self) -> dict[str, "tuple[Diagram, Scope]"]:
        """Key → diagram and scope of each executable process."""
        return {
            scope.xml.get("id", ""): (diagram, scope)
            for diagram in self.diagrams
            for scope in diagram.tops
            if is_executable(scope.xml)
        }

    def decision(self, decision_id: str) -> Decision | None:
        """The decision called `decision_id`, None if there is none or its file has errors."""
        loaded = self.decisions.get(decision_id)
        return loaded.get(decision_id) if loaded is not None else None


class Diagram:
    """One BPMN file of a set."""

    def __init__(self, file: str, root: etree._Element, files: FileSet) -> None:
        self.file, self.root, self.files = file, root, files
        self.known = files.known
        self.references = references_of(root)
        #: containers nested too deeply to be looked into
        self.too_deep: list[etree._Element] = []
        self.scopes = self._read_scopes()
        # Keeping every element keeps lxml's proxies, so that they can be keys.
        self._positions = {element: number for number, element in enumerate(root.iter())}

    @property
    def running(self) -> list[Scope]:
        """The scopes that would run."""
        return [scope for scope in self.scopes if scope.is_run]

    @property
    def tops(self) -> list[Scope]:
        """The processes themselves."""
        return [scope for scope in self.scopes if scope.xml is scope.process]

    def running_nodes(self, *tags: str) -> Iterator[tuple[Scope, Node]]:
        """Every node that would run with its scope, or only those with one of `tags`."""
        return ((scope, node) for scope in self.running for node in scope.nodes if not tags or node.tag in tags)

    def at(
        self, place: Node | Arrow | etree._Element, code: str, severity: Severity = Severity.ERROR, /, **params: object
    ) -> Finding:
        """The problem `code` at `place`, which is shown by the nearest element around it that has an id."""
        start = place.xml if isinstance(place, Node | Arrow) else place
        shown = next((element for element in (start, *start.iterancestors()) if element.get("id")), start)
        name = " ".join(shown.get("name", "").split())
        problem = Problem(code, self.file, shown.get("id", ""), name, severity, params)
        return Finding(self._positions.get(start, 0), problem)

    def _read_scopes(self) -> list[Scope]:
        lanes = lanes_of(self.root)
        found: list[Scope] = []
        front = [Scope(each, each, (), is_executable(each)) for each in reversed(children(self.root, "process"))]
        while front:
            scope = front.pop()
            found.append(scope)
            inner = self._fill(scope, lanes)
            if len(scope.owners) < MAX_NESTING:
                front += reversed(inner)
            else:
                self.too_deep += [each.xml for each in inner]
        return found

    def _fill(self, scope: Scope, lanes: Mapping[str, str]) -> list[Scope]:
        """Read the nodes and flows of `scope`; returns the scopes directly inside it, still empty."""
        lane = scope.owners[-1].element.lane if scope.owners else ""
        inner = []
        for xml in scope.xml:
            tag = local(xml) if isinstance(xml.tag, str) and xml.tag.startswith(f"{{{BPMN}}}") else ""
            if tag not in STEPS and tag not in CONTAINERS:
                continue
            parent = scope.xml.get("id", "")
            node = Node(xml, read_element(xml, self.references, lanes.get(xml.get("id", ""), lane), parent))
            if tag in STEPS:
                scope.nodes.append(node)
            if tag in CONTAINERS:
                is_run = scope.is_run and tag == "subProcess" and not node.is_aside
                inner.append(Scope(xml, scope.process, (*scope.owners, node), is_run))
        for xml, flow in zip(children(scope.xml, "sequenceFlow"), flows_of(scope.xml), strict=True):
            source, target = scope.by_id.get(flow.source), scope.by_id.get(flow.target)
            if source is not None and target is not None:
                scope.arrows.append(Arrow(xml, flow.id, source, target, flow.condition))
        return inner


#: One group of rules: what it finds in a diagram.
Rule = Callable[[Diagram], Iterator[Finding]]


def is_executable(process: etree._Element) -> bool:
    """Whether a process is meant to run; it is, where nothing is said."""
    return bool(process.get("isExecutable", "true") != "false")


def bpmn_children(element: etree._Element) -> list[etree._Element]:
    """The BPMN elements directly inside `element`."""
    return children(element, "*")


def _grouped(items: list[_Item], key: Callable[[_Item], str]) -> dict[str, list[_Item]]:
    groups: dict[str, list[_Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups
