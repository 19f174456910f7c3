"""A BPMN file as the standard sees it: every flow node and flow, whatever this engine runs of them."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from engine.bpmn.assembly import STEPS
from engine.bpmn.checks.diagram import Diagram, Finding
from engine.bpmn.checks.standard.vendors import is_for_engine
from engine.bpmn.elements import event_nodes
from engine.bpmn.xml import BPMN, bpmn, children, local, text_of
from engine.problems import Severity

SUB_PROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
TASKS = frozenset(
    {
        *("task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask"),
        *("sendTask", "receiveTask"),
    }
)
ACTIVITIES = TASKS | SUB_PROCESSES | {"callActivity"}
GATEWAYS = frozenset({"exclusiveGateway", "inclusiveGateway", "parallelGateway", "complexGateway", "eventBasedGateway"})
CATCHING = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent"})
THROWING = frozenset({"intermediateThrowEvent", "endEvent"})
EVENTS = CATCHING | THROWING
FLOW_NODES = ACTIVITIES | GATEWAYS | EVENTS | {"choreographyTask", "subChoreography", "callChoreography"}
#: Elements that hold flow nodes of a process.
LEVELS = SUB_PROCESSES | {"process"}


class Target(NamedTuple):
    """What a reference leads to."""

    xml: etree._Element | None
    #: it stands in a file that is not of the set, or in the names of a vendor
    is_elsewhere: bool = False


class Drawing:
    """A diagram with its nodes, flows and references; `lenient` is how severe a rule is that engines relax."""

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        self.root = diagram.root
        self.namespace = _namespace(diagram)
        self.lenient = Severity.WARNING if is_for_engine(self.root) else Severity.ERROR
        self.by_id: dict[str, etree._Element] = {}
        self.nodes: list[etree._Element] = []
        self.flows: list[etree._Element] = []
        self._outgoing: dict[str, list[etree._Element]] = {}
        self._incoming: dict[str, list[etree._Element]] = {}
        self._boundary: dict[str, list[etree._Element]] = {}
        self._kinds: dict[etree._Element, list[str]] = {}
        for xml in self.root.iter(bpmn("*")):
            self._take(xml)

    def _take(self, xml: etree._Element) -> None:
        tag = local(xml)
        if xml.get("id"):
            self.by_id.setdefault(xml.get("id"), xml)
        if tag in FLOW_NODES:
            self.nodes.append(xml)
        if tag == "sequenceFlow":
            self.flows.append(xml)
            self._outgoing.setdefault(xml.get("sourceRef", ""), []).append(xml)
            self._incoming.setdefault(xml.get("targetRef", ""), []).append(xml)
        if tag == "boundaryEvent":
            self._boundary.setdefault(xml.get("attachedToRef", ""), []).append(xml)

    @property
    def levels(self) -> Iterator[etree._Element]:
        """Every process and every inside of a sub-process."""
        return self.each(*LEVELS)

    @cached_property
    def running(self) -> frozenset[etree._Element]:
        """The levels that would run."""
        return frozenset(scope.xml for scope in self.diagram.scopes)

    def is_told(self, node: etree._Element) -> bool:
        """Whether the rules on what runs say enough of `node`: they do where a file was written for an engine."""
        return self.lenient is Severity.WARNING and local(node) in STEPS and node.getparent() in self.running

    def each(self, *tags: str) -> Iterator[etree._Element]:
        """Every BPMN element with one of `tags`."""
        yield from self.root.iter(*(bpmn(tag) for tag in tags))

    def outgoing(self, node: etree._Element) -> list[etree._Element]:
        """The sequence flows that name `node` as their source."""
        return self._outgoing.get(node.get("id", ""), [])

    def incoming(self, node: etree._Element) -> list[etree._Element]:
        """The sequence flows that name `node` as their target."""
        return self._incoming.get(node.get("id", ""), [])

    def boundary(self, node: etree._Element) -> list[etree._Element]:
        """The boundary events on `node`."""
        return self._boundary.get(node.get("id", ""), [])

    def definitions(self, event: etree._Element) -> list[etree._Element]:
        """The event definitions inside `event`, and those that it refers to."""
        referred = [self.resolve(text_of(each), each).xml for each in children(event, "eventDefinitionRef")]
        return event_nodes(event) + [each for each in referred if each is not None]

    def kinds(self, event: etree._Element) -> list[str]:
        """The kinds of the definitions of `event`, as `timer`; none for a plain event."""
        if event not in self._kinds:
            self._kinds[event] = [local(each).removesuffix("EventDefinition") for each in self.definitions(event)]
        return self._kinds[event]

    def resolve(self, name: str, at: etree._Element) -> Target:
        """What `name`, written at the element `at`, refers to (BPMN 2.0.2, 15.3.2: ids, qualified by a namespace)."""
        if name in self.by_id:
            return Target(self.by_id[name])
        prefix, colon, rest = name.rpartition(":")
        namespace = at.nsmap.get(prefix, "") if colon else self.namespace
        if namespace == self.namespace and rest in self.by_id:
            return Target(self.by_id[rest])
        others = [
            each
            for each in self.diagram.files.diagrams
            if each is not self.diagram and namespace in self.imported and namespace == _namespace(each)
        ]
        for other in others:
            if rest in other.ids:
                return Target(other.ids[rest])
        is_foreign = bool(colon) and namespace != self.namespace and not others
        return Target(None, is_elsewhere=is_foreign or (namespace in self.imported and not others))

    @cached_property
    def joined(self) -> Mapping[etree._Element, list[etree._Element]]:
        """Element → what associations join to it."""
        found: dict[etree._Element, list[etree._Element]] = {}
        for association in self.each("association"):
            one, other = (self.resolve(association.get(end, ""), association).xml for end in ("sourceRef", "targetRef"))
            if one is not None and other is not None and one is not other:
                found.setdefault(one, []).append(other)
                found.setdefault(other, []).append(one)
        return found

    @cached_property
    def imported(self) -> frozenset[str]:
        """The namespaces of the files that this one imports."""
        return frozenset(xml.get("namespace", "") for xml in children(self.root, "import"))

    def found(
        self, place: etree._Element, code: str, severity: Severity = Severity.ERROR, /, **params: object
    ) -> Finding:
        """The problem `code` at `place`."""
        return self.diagram.at(place, code, severity, **params)


#: One group of rules of the standard: what it finds in a drawing.
Rule = Callable[[Drawing], Iterator[Finding]]


def is_true(xml: etree._Element, attribute: str, *, default: bool = False) -> bool:
    """The value of a boolean attribute (XML Schema: `true` or `1`)."""
    value = xml.get(attribute, "").strip()
    return value in {"true", "1"} if value else default


def is_event_subprocess(xml: etree._Element) -> bool:
    """Whether `xml` is a sub-process that an event triggers (10.3.5)."""
    return local(xml) in SUB_PROCESSES and is_true(xml, "triggeredByEvent")


def is_for_compensation(xml: etree._Element) -> bool:
    """Whether only compensation runs the activity `xml` (10.7)."""
    return local(xml) in ACTIVITIES and is_true(xml, "isForCompensation")


def steps(level: etree._Element, *tags: str) -> list[etree._Element]:
    """The flow nodes directly on `level`, or only those with one of `tags`."""
    return [xml for xml in children(level, "*") if local(xml) in (tags or FLOW_NODES)]


def level_of(xml: etree._Element) -> etree._Element | None:
    """The process or sub-process in which `xml` stands."""
    return next((each for each in xml.iterancestors() if is_bpmn(each) and local(each) in LEVELS), None)


def process_of(xml: etree._Element) -> etree._Element | None:
    """The process in which `xml` stands."""
    return next(xml.iterancestors(bpmn("process")), None)


def is_bpmn(xml: etree._Element) -> bool:
    """Whether `xml` is in the namespace of BPMN models."""
    return str(xml.tag).startswith(f"{{{BPMN}}}")


def named(xml: etree._Element) -> str:
    """What people call `xml`: its name, else its id."""
    return " ".join(xml.get("name", "").split()) or xml.get("id", "")


def _namespace(diagram: Diagram) -> str:
    return str(diagram.root.get("targetNamespace", ""))
