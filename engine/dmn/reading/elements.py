"""Reads the elements of a decision model: input data, decisions, knowledge models and decision services."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from engine.dmn import problems as found
from engine.dmn.boxed import FunctionBox, Nothing
from engine.dmn.model import Bundle, Decision, InputData, Key, Knowledge, Link
from engine.dmn.model import Element as Read
from engine.dmn.reading.boxed import BoxedReader
from engine.dmn.reading.findings import Findings
from engine.dmn.reading.item_types import ItemTypes
from engine.dmn.reading.names import variable_name
from engine.dmn.types import Type, result_type
from engine.dmn.xml import Element, child, children, tag

#: What may stand beside decisions without a meaning for their evaluation.
_SILENT: Final = frozenset(
    {
        "description", "extensionElements", "itemDefinition", "import", "knowledgeSource", "textAnnotation",
        "association", "group", "elementCollection", "performanceIndicator", "organizationUnit",
        "businessContextElement",
    }
)  # fmt: skip
#: What may stand inside a decision or knowledge model beside its logic and what it requires.
_SILENT_INSIDE: Final = frozenset(
    {
        "description", "extensionElements", "question", "allowedAnswers", "variable", "authorityRequirement",
        "supportedObjective", "impactedPerformanceIndicator", "decisionMaker", "decisionOwner", "usingProcess",
        "usingTask", "informationRequirement", "knowledgeRequirement", "encapsulatedLogic",
    }
)  # fmt: skip
_REQUIREMENTS: Final = ("requiredDecision", "requiredInput", "requiredKnowledge")
#: The logic that the reader of boxed expressions reads.
_LOGIC: Final = frozenset(
    {
        "decisionTable", "literalExpression", "context", "list", "relation", "invocation", "functionDefinition",
        "conditional", "filter", "for", "some", "every",
    }
)  # fmt: skip


class ElementReader:
    """Reads the elements of one file, whose requirements may be in other ones."""

    def __init__(
        self,
        namespace: str,
        findings: Findings,
        types: ItemTypes,
        prefixes: Mapping[str, str],
        variables: Mapping[Key, str],
        members: frozenset[str],
    ) -> None:
        """`prefixes`: namespace → name of its import; `variables`: the names of all elements of all files."""
        self._namespace = namespace
        self._findings = findings
        self._types = types
        self._prefixes = prefixes
        self._variables = variables
        self._members = members
        self._boxed = BoxedReader(findings, types)

    def read(self, root: Element) -> dict[Key, Read]:
        """The elements of the file by their key, in the order in which they stand."""
        kinds: dict[str, Callable[[Element, Key], Read]] = {
            "inputData": self._input_data,
            "decision": self._decision,
            "businessKnowledgeModel": self._knowledge,
            "decisionService": self._bundle,
        }
        read: dict[Key, Read] = {}
        for element in children(root):
            kind = kinds.get(tag(element))
            if kind is not None:
                self._add(element, kind, read)
            elif tag(element) not in _SILENT:
                self._findings.unsupported(element)
        return read

    def _add(self, element: Element, kind: Callable[[Element, Key], Read], read: dict[Key, Read]) -> None:
        element_id = element.get("id", "")
        if not element_id:
            self._findings.add(found.NO_ID, element, what=tag(element), name=element.get("name", ""))
        # An input without an id can be required by nothing, but it may be one of a file that names no requirements.
        element_id = element_id or element.get("name", "")
        if self._findings.unique(element_id, element):
            key = (self._namespace, element_id)
            read[key] = kind(element, key)

    # --- kinds ----------------------------------------------------------------------------------------------------

    def _input_data(self, element: Element, key: Key) -> InputData:
        return InputData(key, _name(element), variable_name(element), self._declared(element))

    def _decision(self, element: Element, key: Key) -> Decision:
        self._look_inside(element)
        links = tuple(self._links(element))
        logic = self._boxed.logic(element, self._names(links))
        return Decision(key, _name(element), variable_name(element), logic, self._declared(element), links)

    def _knowledge(self, element: Element, key: Key) -> Knowledge:
        self._look_inside(element)
        links, variable = tuple(self._links(element)), variable_name(element)
        inner, result = child(element, "encapsulatedLogic"), result_type(self._declared(element))
        if inner is None:
            self._findings.add(found.NO_LOGIC, element)
            function = FunctionBox((), Nothing("it has no logic", "没有逻辑"), result)
        else:
            function = self._boxed.function(inner, self._names(links) | {variable}, result)
        return Knowledge(key, _name(element), variable, function, links)

    def _bundle(self, element: Element, key: Key) -> Bundle:
        references = {
            name: tuple(self._link(part, element) for part in children(element, name))
            for name in ("outputDecision", "inputData", "inputDecision")
        }
        if not references["outputDecision"]:
            self._findings.add(found.NO_LOGIC, element)
        return Bundle(
            key,
            _name(element),
            variable_name(element),
            references["outputDecision"],
            references["inputData"],
            references["inputDecision"],
            result_type(self._declared(element)),
        )

    # --- parts ----------------------------------------------------------------------------------------------------

    def _declared(self, element: Element) -> Type:
        variable = child(element, "variable")
        return self._types.of(variable.get("typeRef", "") if variable is not None else "", element)

    def _look_inside(self, element: Element) -> None:
        for part in children(element):
            if tag(part) not in _SILENT_INSIDE and tag(part) not in _LOGIC:
                self._findings.unsupported(part)

    def _links(self, element: Element) -> Iterable[Link]:
        for requirement in children(element):
            for part in children(requirement):
                if tag(part) in _REQUIREMENTS and tag(requirement) != "authorityRequirement":
                    yield self._link(part, element)

    def _link(self, reference: Element, element: Element) -> Link:
        """What `reference` inside `element` refers to: `#id`, or `namespace#id` in an imported file."""
        href = reference.get("href", "").strip()
        namespace, _, element_id = href.rpartition("#")
        namespace = namespace or self._namespace
        key = (namespace, element_id)
        prefix = "" if namespace == self._namespace else self._prefixes.get(namespace, "")
        if key not in self._variables:
            self._findings.add(found.REFERENCE, element, reference=href.removeprefix("#"))
        return Link(key, prefix)

    def _names(self, links: Iterable[Link]) -> frozenset[str]:
        """The names that logic with these requirements sees; all inputs where it names no requirement at all."""
        names = set[str]()
        for link in links:
            name = self._variables.get(link.key, "")
            names |= {link.prefix or name}
        if not names:
            names = {name for (namespace, _), name in self._variables.items() if namespace == self._namespace}
        return (self._members | names) - {""}


def _name(element: Element) -> str:
    return str(element.get("name", "")).strip()
