"""A BPMN file laid out for checking: scopes, nodes and flows, however broken the file is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from lxml import etree

from engine.bpmn.adapting import Remark
from engine.bpmn.assembly import CONTAINERS, STEPS
from engine.bpmn.checks.known import Known
from engine.bpmn.checks.nodes import Arrow, Node, Scope
from engine.bpmn.checks.texts import files as texts
from engine.bpmn.parts import Declared, read_element
from engine.bpmn.reader import flows_of, lanes_of
from engine.bpmn.xml import BPMN, bpmn, children, local
from engine.dmn import Decision, Decisions
from engine.forms import Form
from engine.problems import Problem, Severity

__all__ = [
    "MAX_ELEMENTS",
    "MAX_FINDINGS",
    "MAX_NESTING",
    "MAX_PARTS",
    "MAX_TEXT",
    "Arrow",
    "Diagram",
    "FileSet",
    "Finding",
    "Node",
    "Outline",
    "Rule",
    "Scope",
    "bpmn_children",
    "is_executable",
    "limited",
]

#: Sub-processes inside one another; reading and running recurse by this depth.
MAX_NESTING = 50
#: XML elements of one file, those of its picture included, and those outside of it.
MAX_ELEMENTS = 50_000
MAX_PARTS = 8_000
#: What one rule may find in one file.
MAX_FINDINGS = 5_000
#: Characters of all texts of one file that may be expressions.
MAX_TEXT = 150_000


class Finding(NamedTuple):
    """A problem and its position in the file, by which problems are sorted."""

    position: int
    problem: Problem


@dataclass
class FileSet:
    """All files of a deployment."""

    known: Known
    diagrams: list["Diagram"] = field(default_factory=list)
    #: decision id → the file's decisions, None where the file has errors
    decisions: dict[str, Decisions | None] = field(default_factory=dict)
    #: form id → form, None where the file has errors
    forms: dict[str, Form | None] = field(default_factory=dict)
    #: key of a process that is to be tried out, executable or not
    rehearsed: str = ""

    @cached_property
    def processes(self) -> dict[str, "tuple[Diagram, Scope]"]:
        """Key → diagram and scope of each executable process."""
        return {
            scope.xml.get("id", ""): (diagram, scope)
            for diagram in self.diagrams
            for scope in diagram.tops
            if is_executable(scope.xml)
        }

    @cached_property
    def homes(self) -> dict[str, list["Diagram"]]:
        """Process key → the diagrams in which it stands."""
        found: dict[str, list[Diagram]] = {}
        for diagram in self.diagrams:
            for scope in diagram.tops:
                found.setdefault(scope.xml.get("id", ""), []).append(diagram)
        return found

    @cached_property
    def _by_tag(self) -> dict[str, list["tuple[Diagram, Scope, Node]"]]:
        found: dict[str, list[tuple[Diagram, Scope, Node]]] = {}
        for diagram in self.diagrams:
            for scope, node in diagram.nodes():
                found.setdefault(node.tag, []).append((diagram, scope, node))
        return found

    def nodes(self, *tags: str) -> Iterator["tuple[Diagram, Scope, Node]"]:
        """Every node of the set that would run and has one of `tags`, with its diagram and scope."""
        return (found for tag in tags for found in self._by_tag.get(tag, ()))

    @cached_property
    def passed(self) -> dict[str, set[str]]:
        """Process key → the names that call activities of the set give to it."""
        found: dict[str, set[str]] = {}
        for _, _, node in self.nodes("callActivity"):
            found.setdefault(node.element.called, set()).update(target for _, target in node.element.call_in)
        return found

    @cached_property
    def thrown_signals(self) -> frozenset[str]:
        """The names of all signals that the set throws."""
        throwing = self.nodes("endEvent", "intermediateThrowEvent")
        return frozenset(node.element.event.name for _, _, node in throwing if node.element.event.kind == "signal")

    @cached_property
    def message_starts(self) -> dict[str, list["tuple[Diagram, Node, str]"]]:
        """Message name → diagram, start event and shown name of what it starts."""
        found: dict[str, list[tuple[Diagram, Node, str]]] = {}
        for diagram, scope, node in self.nodes("startEvent"):
            if node.element.event.kind == "message" and not scope.owners:
                started = node.element.name or scope.xml.get("id", "")
                found.setdefault(node.element.event.name, []).append((diagram, node, started))
        return found

    @cached_property
    def calls(self) -> dict[str, list[str]]:
        """Process key → the processes that it calls."""
        found: dict[str, list[str]] = {key: [] for key in self.homes}
        for _, scope, node in self.nodes("callActivity"):
            found.setdefault(scope.process.get("id", ""), []).append(node.element.called)
        return found

    def decision(self, decision_id: str) -> Decision | None:
        """The decision called `decision_id`, None if there is none or its file has errors."""
        loaded = self.decisions.get(decision_id)
        return loaded.get(decision_id) if loaded is not None else None

    def is_held(self, process: etree._Element, diagram: "Diagram") -> bool:
        """Whether what would go wrong in `process` is as severe as it is: it can be started, or will be tried out.

        Of a file from outside in which nothing is executable, every process may be tried out.
        """
        if is_executable(process) or process.get("id") == self.rehearsed:
            return True
        return self.known.is_open and not any(is_executable(scope.xml) for scope in diagram.tops)


class Diagram:
    """One BPMN file of a set, adapted; `as_written` outlines it as it was before, for rules on the writing."""

    def __init__(
        self,
        file: str,
        root: etree._Element,
        files: FileSet,
        remarks: Sequence[Remark] = (),
        as_written: "Diagram | None" = None,
    ) -> None:
        self.file, self.root, self.files, self.remarks = file, root, files, remarks
        self.as_written = as_written or self
        self.known = files.known
        #: containers nested too deeply to be looked into
        self.too_deep: list[etree._Element] = []
        self.scopes = self._read_scopes()
        # Keeping every element keeps lxml's proxies, so that they can be keys.
        self._positions = {element: number for number, element in enumerate(root.iter())}

    @property
    def tops(self) -> list[Scope]:
        """The processes themselves."""
        return [scope for scope in self.scopes if scope.xml is scope.process]

    def nodes(self, *tags: str) -> Iterator[tuple[Scope, Node]]:
        """Every node with its scope, or only those with one of `tags`."""
        return ((scope, node) for scope in self.scopes for node in scope.nodes if not tags or node.tag in tags)

    def at(
        self, place: Node | Arrow | etree._Element, code: str, severity: Severity = Severity.ERROR, /, **params: object
    ) -> Finding:
        """The problem `code` at `place`, which is shown by the nearest element around it that has an id."""
        start = place.xml if isinstance(place, Node | Arrow) else place
        shown = next((element for element in (start, *start.iterancestors()) if element.get("id")), start)
        name = " ".join(shown.get("name", "").split())
        problem = Problem(code, self.file, shown.get("id", ""), name, severity, params)
        return Finding(self._positions.get(start, 0), problem)

    @cached_property
    def pictures(self) -> list[range]:
        """The positions of what stands in processes that are not held to what runs."""
        return [
            range(self._positions[scope.xml], self._positions[scope.xml] + sum(1 for _ in scope.xml.iter()))
            for scope in self.tops
            if not self.files.is_held(scope.xml, self)
        ]

    def _read_scopes(self) -> list[Scope]:
        lanes = {process: lanes_of(process) for process in children(self.root, "process")}
        found: list[Scope] = []
        front = [Scope(each, each, ()) for each in reversed(lanes)]
        while front:
            scope = front.pop()
            found.append(scope)
            inner = self._fill(scope, lanes[scope.process])
            if len(scope.owners) < MAX_NESTING:
                front += reversed(inner)
            else:
                self.too_deep += [each.xml for each in inner]
        return found

    @cached_property
    def ids(self) -> Mapping[str, etree._Element]:
        """Its BPMN elements by id; of several with one id, the first."""
        return {xml.get("id"): xml for xml in reversed(list(self.root.iter(bpmn("*")))) if xml.get("id")}

    @cached_property
    def declared(self) -> Declared:
        """What steps refer to."""
        return Declared.by(self.root)

    def _fill(self, scope: Scope, lanes: Mapping[str, str]) -> list[Scope]:
        """Read the nodes and flows of `scope`; returns the scopes directly inside it, still empty."""
        lane = scope.owners[-1].element.lane if scope.owners else ""
        inner = []
        for xml in scope.xml:
            tag = local(xml) if isinstance(xml.tag, str) and xml.tag.startswith(f"{{{BPMN}}}") else ""
            if tag not in STEPS:
                continue
            parent = scope.xml.get("id", "")
            node = Node(xml, read_element(xml, self.declared, lanes.get(xml.get("id", ""), lane), parent))
            scope.nodes.append(node)
            if tag in CONTAINERS:
                inner.append(Scope(xml, scope.process, (*scope.owners, node)))
        for xml, flow in zip(children(scope.xml, "sequenceFlow"), flows_of(scope.xml), strict=True):
            source, target = scope.by_id.get(flow.source), scope.by_id.get(flow.target)
            if source is not None and target is not None:
                scope.arrows.append(Arrow(xml, flow.id, source, target, flow.condition, flow.choices))
        return inner


class Outline(Diagram):
    """A file as it is written: its scopes, without what stands in them."""

    def _fill(self, scope: Scope, lanes: Mapping[str, str]) -> list[Scope]:  # noqa: ARG002 - nothing is read
        """The scopes directly inside `scope`."""
        return [Scope(xml, scope.process, ()) for xml in scope.xml.iterchildren(*map(bpmn, CONTAINERS))]


def limited(found: Iterator[Finding], diagram: Diagram) -> Iterator[Finding]:
    """What one rule found; of very much, only the beginning, and an error that there is more."""
    yield from islice(found, MAX_FINDINGS)
    if next(found, None) is not None:
        yield diagram.at(diagram.root, texts.TOO_MANY_PROBLEMS, limit=MAX_FINDINGS)


#: One group of rules: what it finds in a diagram.
Rule = Callable[[Diagram], Iterator[Finding]]


def is_executable(process: etree._Element) -> bool:
    """Whether a process is meant to run; it is, where nothing is said."""
    return process.get("isExecutable", "true").strip() not in {"false", "0"}


def bpmn_children(element: etree._Element) -> list[etree._Element]:
    """The BPMN elements directly inside `element`."""
    return children(element, "*")
