"""Reads a DMN file into decisions, and collects every problem on the way."""

from collections.abc import Iterable
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from engine.dmn import problems as found
from engine.dmn.reading_tables import TableReader
from engine.dmn.tables import Decision
from engine.dmn.types import read_item_types
from engine.dmn.xml import Element, child, children, definitions, tag, text_of
from engine.feel import Expression

#: What may stand beside decisions without a meaning for their evaluation.
_SILENT = frozenset(
    {
        "description", "extensionElements", "decision", "inputData", "itemDefinition", "knowledgeSource",
        "textAnnotation", "association", "group", "elementCollection", "performanceIndicator", "organizationUnit",
    }
)  # fmt: skip
#: What may stand inside a decision without a meaning for its evaluation.
_SILENT_INSIDE = frozenset(
    {
        "description", "extensionElements", "question", "allowedAnswers", "variable", "informationRequirement",
        "authorityRequirement", "supportedObjective", "impactedPerformanceIndicator", "decisionMaker", "decisionOwner",
        "usingProcess", "usingTask", "decisionTable", "literalExpression",
    }
)  # fmt: skip


class Reader(TableReader):
    """Reads one file; `functions` are those of the application, None where they are not known."""

    def __init__(self, source: bytes, file: str, functions: frozenset[str] | None) -> None:
        """Raises InvalidModel where the file is no DMN at all."""
        root = definitions(source, file)
        super().__init__(file, functions, _long_names(root), read_item_types(root))
        self.decisions = self._read(root)

    def _read(self, root: Element) -> tuple[Decision, ...]:
        """All decisions, each after those it requires; those with problems may be missing."""
        for element in children(root):
            if tag(element) not in _SILENT:
                self.unsupported(element)
        decisions: dict[str, Decision] = {}
        for element in children(root, "decision"):
            decision = self._decision(element)
            if self.unique(decision.id, element):
                decisions[decision.id] = decision
        if not decisions:
            self.problem(found.EMPTY, root)
        self._check_references(decisions)
        return tuple(_with_names(decisions, self._in_order(decisions)))

    def _decision(self, element: Element) -> Decision:
        name = element.get("name", "")
        decision_id = element.get("id", "")
        if not decision_id:
            self.problem(found.NO_ID, element, what="decision", name=name)
        variable = child(element, "variable")
        type_name = self.type_of(variable.get("typeRef", ""), element) if variable is not None else ""
        for part in children(element):
            if tag(part) not in _SILENT_INSIDE:
                self.unsupported(part)
        table, literal = child(element, "decisionTable"), child(element, "literalExpression")
        if table is None and not text_of(literal):
            self.problem(found.NO_LOGIC, element)
        return Decision(
            id=decision_id,
            name=name,
            variable=(variable.get("name") if variable is not None else "") or name or decision_id,
            requires=tuple(self._requires(element)),
            type=type_name or "Any",
            table=self.table(table, decision_id) if table is not None else None,
            literal=self._literal(literal) if table is None and text_of(literal) else None,
        )

    def _literal(self, element: Element) -> Expression | None:
        self.check_language(element)
        return self.expression(text_of(element), element)

    def _requires(self, element: Element) -> Iterable[str]:
        for requirement in children(element, "informationRequirement"):
            required = child(requirement, "requiredDecision")
            if required is not None:
                yield required.get("href", "").removeprefix("#")

    def _check_references(self, decisions: dict[str, Decision]) -> None:
        for decision in decisions.values():
            for reference in decision.requires:
                if reference not in decisions:
                    self.problem_at(decision.id, decision.name, found.REFERENCE, reference=reference)

    def _in_order(self, decisions: dict[str, Decision]) -> list[Decision]:
        graph = {key: [one for one in decision.requires if one in decisions] for key, decision in decisions.items()}
        try:
            return [decisions[key] for key in TopologicalSorter(graph).static_order()]
        except CycleError as error:
            decision = decisions[error.args[1][0]]
            self.problem_at(decision.id, decision.name, found.CYCLE)
            return []


def _with_names(decisions: dict[str, Decision], ordered: list[Decision]) -> Iterable[Decision]:
    """`ordered` with the names that each reads from the context, those of the decisions it requires included."""
    names: dict[str, frozenset[str]] = {}
    for decision in ordered:
        required = [one for one in decision.requires if one in decisions]
        results = {decisions[one].variable for one in required}
        own = {name for expression in _expressions(decision) for name in expression.names}
        outside = {name for name in own if not any(name == one or name.startswith(f"{one}.") for one in results)}
        names[decision.id] = frozenset(outside).union(*(names[one] for one in required))
        yield replace(decision, names=names[decision.id])


def _expressions(decision: Decision) -> Iterable[Expression]:
    if decision.literal:
        yield decision.literal
    for column in decision.inputs:
        yield column.expression
    for rule in decision.rules:
        yield from rule.tests
        yield from filter(None, rule.results)


def _long_names(root: Element) -> frozenset[str]:
    """Names in the file that FEEL would not take for one name by itself, as `applicant age`."""
    named = ("inputData", "decision", "variable", "itemDefinition", "itemComponent")
    names = {element.get("name", "") for element in root.iter() if tag(element) in named}
    return frozenset(name for name in names if name and not name.isidentifier())
