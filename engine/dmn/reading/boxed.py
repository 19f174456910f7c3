"""Reads boxed expressions."""

from collections.abc import Callable
from typing import Final

from engine.dmn import problems as found
from engine.dmn.boxed import (
    Boxed,
    ContextBox,
    Entry,
    FunctionBox,
    Invocation,
    ListBox,
    Literal,
    Nothing,
    Parameter,
    Relation,
)
from engine.dmn.loops import Conditional, Filter, For, Quantified
from engine.dmn.reading.findings import Findings
from engine.dmn.reading.item_types import ItemTypes
from engine.dmn.reading.tables import TableReader
from engine.dmn.types import ANY, Type, result_type
from engine.dmn.xml import Element, child, children, tag, text_of

Names = frozenset[str]

_UNREADABLE = Nothing("a part of its logic is missing or cannot be read", "其逻辑有缺失或无法读取的部分")
_UNSUPPORTED = Nothing("a part of its logic is not supported", "其逻辑有不受支持的部分")
#: What may stand in an expression beside its parts.
_SILENT: Final = frozenset({"description", "extensionElements"})
_FEEL_KINDS: Final = frozenset({"", "FEEL"})


class BoxedReader:
    """Reads the logic of decisions and functions of one file."""

    def __init__(self, findings: Findings, types: ItemTypes) -> None:
        self._findings = findings
        self._types = types
        self._tables = TableReader(findings, types)
        self._kinds: dict[str, Callable[[Element, Names], Boxed]] = {
            "literalExpression": self._literal,
            "decisionTable": self._tables.table,
            "context": self._context,
            "list": self._list,
            "relation": self._relation,
            "invocation": self._invocation,
            "functionDefinition": self.function,
            "conditional": self._conditional,
            "filter": self._filter,
            "for": self._for,
            "some": self._quantified,
            "every": self._quantified,
        }

    def logic(self, element: Element, names: Names) -> Boxed:
        """The expression that stands inside `element`, which sees `names`; a problem is noted if there is none."""
        for part in children(element):
            if tag(part) in self._kinds:
                return self.expression(part, names)
        self._findings.add(found.NO_LOGIC, element)
        return _UNREADABLE

    def expression(self, element: Element, names: Names) -> Boxed:
        """The expression `element` itself."""
        read = self._kinds.get(tag(element))
        if read is None:
            self._findings.unsupported(element)
            return _UNSUPPORTED
        return read(element, names)

    def function(self, element: Element, names: Names, result: Type = ANY) -> FunctionBox:
        """The function definition `element`, with results of the type `result`, or else of the one it names."""
        parameters = tuple(self._parameter(part) for part in children(element, "formalParameter"))
        inner = names | {parameter.name for parameter in parameters}
        declared = result_type(self._types.of(element.get("typeRef", ""), element)) if result is ANY else result
        kind = element.get("kind", "")
        if kind not in _FEEL_KINDS:
            self._findings.add(found.FUNCTION_KIND, element, kind=kind)
            return FunctionBox(parameters, _UNSUPPORTED, declared)
        return FunctionBox(parameters, self.logic(element, inner), declared)

    # --- literal --------------------------------------------------------------------------------------------------

    def _literal(self, element: Element, names: Names) -> Boxed:
        text = text_of(element)
        if not self._findings.language(element):
            return _UNSUPPORTED
        imported = child(element, "importedValues")
        if imported is not None:
            self._findings.unsupported(imported)
            return _UNSUPPORTED
        if not text:
            self._findings.add(found.NO_LOGIC, element)
            return _UNREADABLE
        expression = self._findings.expression(text, element, names)
        return Literal(expression) if expression else _UNREADABLE

    # --- context, list, relation ----------------------------------------------------------------------------------

    def _context(self, element: Element, names: Names) -> Boxed:
        entries: dict[str, Entry] = {}
        for part in children(element, "contextEntry"):
            variable = child(part, "variable")
            name = variable.get("name", "").strip() if variable is not None else ""
            if name in entries or "" in entries:
                self._findings.add(found.ENTRY, part, name=name)
            # A function that is defined in an entry may call itself.
            recursive = {name} if child(part, "functionDefinition") is not None else set()
            declared = self._types.of(variable.get("typeRef", "") if variable is not None else "", part)
            entries[name] = Entry(name, declared, self.logic(part, names | recursive))
            names |= {name}
        return ContextBox(tuple(entries.values()))

    def _list(self, element: Element, names: Names) -> Boxed:
        return ListBox(tuple(self.expression(part, names) for part in children(element) if tag(part) not in _SILENT))

    def _relation(self, element: Element, names: Names) -> Boxed:
        columns = tuple(
            (column.get("name", "").strip(), self._types.of(column.get("typeRef", ""), column))
            for column in children(element, "column")
        )
        rows: list[tuple[Boxed, ...]] = []
        for number, row in enumerate(children(element, "row"), 1):
            cells = tuple(self.expression(cell, names) for cell in children(row) if tag(cell) not in _SILENT)
            if len(cells) != len(columns):
                self._findings.add(found.CELLS, row, row=number, given=len(cells), expected=len(columns))
                return _UNREADABLE
            rows.append(cells)
        return Relation(columns, tuple(rows))

    # --- functions ------------------------------------------------------------------------------------------------

    def _parameter(self, element: Element) -> Parameter:
        return Parameter(element.get("name", "").strip(), self._types.of(element.get("typeRef", ""), element))

    def _invocation(self, element: Element, names: Names) -> Boxed:
        called, *_ = [*children(element, "literalExpression"), None]
        expression = self._literal(called, names) if called is not None else None
        if not isinstance(expression, Literal):
            if called is None:
                self._findings.add(found.NO_LOGIC, element)
            return _UNREADABLE
        bindings: dict[str, Boxed] = {}
        for part in children(element, "binding"):
            parameter = child(part, "parameter")
            name = parameter.get("name", "").strip() if parameter is not None else ""
            if name in bindings:
                self._findings.add(found.ENTRY, element, name=name)
            bindings[name] = self.logic(part, names)
        return Invocation(expression, tuple(bindings.items()))

    # --- DMN 1.4 --------------------------------------------------------------------------------------------------

    def _part(self, element: Element, name: str, names: Names) -> Boxed:
        part = child(element, name)
        if part is None:
            self._findings.add(found.NO_LOGIC, element)
            return _UNREADABLE
        return self.logic(part, names)

    def _conditional(self, element: Element, names: Names) -> Boxed:
        condition, yes, no = (self._part(element, name, names) for name in ("if", "then", "else"))
        return Conditional(condition, yes, no)

    def _filter(self, element: Element, names: Names) -> Boxed:
        return Filter(self._part(element, "in", names), self._part(element, "match", names | {"item"}))

    def _for(self, element: Element, names: Names) -> Boxed:
        name = element.get("iteratorVariable", "").strip()
        inner = names | {name, "partial"}
        return For(name, self._part(element, "in", names), self._part(element, "return", inner))

    def _quantified(self, element: Element, names: Names) -> Boxed:
        name = element.get("iteratorVariable", "").strip()
        source, condition = self._part(element, "in", names), self._part(element, "satisfies", names | {name})
        return Quantified(tag(element) == "every", name, source, condition)
