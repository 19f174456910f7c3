"""Reads decision tables and their cells."""

from collections.abc import Iterator, Mapping

from engine.dmn import problems as found
from engine.dmn.boxed import is_nameless
from engine.dmn.hits import AGGREGATIONS, HIT_POLICIES
from engine.dmn.reading.findings import Findings
from engine.dmn.reading.item_types import ItemTypes
from engine.dmn.tables import ALWAYS, Input, Output, Rule, Table
from engine.dmn.types import ANY, constraint
from engine.dmn.xml import Element, child, children, grouped, text_of
from engine.errors import FeelBudgetExceeded, FeelError
from engine.feel import Expression, parse, to_text

Names = frozenset[str]

_NULL = parse("null")
_PRIORITIES = frozenset({"PRIORITY", "OUTPUT ORDER"})


class TableReader:
    """Reads the tables of one file."""

    def __init__(self, findings: Findings, types: ItemTypes) -> None:
        self._findings = findings
        self._types = types

    def table(self, element: Element, names: Names) -> Table:
        """The decision table `element`, whose cells see `names`."""
        return _TableReading(element, names, self._findings, self._types).read()


class _TableReading:
    """The reading of one table; `_whole` turns false where a part cannot be read."""

    def __init__(self, element: Element, names: Names, findings: Findings, types: ItemTypes) -> None:
        self._element = element
        self._names = names
        self._findings = findings
        self._types = types
        self._whole = True

    def read(self) -> Table:
        element = self._element
        policy = element.get("hitPolicy", "UNIQUE")
        aggregation = element.get("aggregation", "")
        inputs = tuple(self._input(column) for column in children(element, "input"))
        outputs = tuple(self._outputs())
        if policy not in HIT_POLICIES:
            self._flaw(found.HIT_POLICY, element, policy=policy)
        if aggregation and (policy != "COLLECT" or aggregation not in AGGREGATIONS or len(outputs) != 1):
            self._flaw(found.AGGREGATION, element, aggregation=aggregation)
        if policy in _PRIORITIES and not any(output.order for output in outputs):
            self._findings.add(found.PRIORITY, element, policy=policy)
        rows = enumerate(children(element, "rule"), 1)
        rules = tuple(self._rule(rule, row, inputs, outputs) for row, rule in rows)
        return Table(inputs, outputs, rules, policy, aggregation, self._whole)

    def _flaw(self, code: str, element: Element, **params: object) -> None:
        self._findings.add(code, element, **params)
        self._whole = False

    def _expression(self, text: str, element: Element, *, unary: bool = False, row: int = 0) -> Expression | None:
        expression = None
        if self._findings.language(element):
            expression = self._findings.expression(text, element, self._names, unary=unary, row=row)
        self._whole = self._whole and expression is not None
        return expression

    # --- columns --------------------------------------------------------------------------------------------------

    def _input(self, element: Element) -> Input:
        inner = child(element, "inputExpression")
        text = text_of(inner)
        if not text:
            self._flaw(found.NO_LOGIC, element)
        elif inner is not None and not self._findings.language(inner):
            self._whole = False
        declared = self._types.of(inner.get("typeRef", "") if inner is not None else "", element)
        expression = self._expression(text, element) if text else None
        allowed = text_of(child(element, "inputValues"))
        return Input(
            id=element.get("id", ""),
            label=element.get("label", ""),
            expression=expression or _NULL,
            type=declared if constraint(declared) else ANY,
            allowed=self._expression(allowed, element, unary=True) if allowed else None,
        )

    def _outputs(self) -> Iterator[Output]:
        columns = list(children(self._element, "output"))
        if not columns:
            self._flaw(found.COLUMNS, self._element)
        names: set[str] = set()
        for column in columns:
            single = self._element.getparent().get("id", "") if len(columns) == 1 else ""
            name = column.get("name") or column.get("label") or single
            if name in names or not (name or len(columns) == 1):
                self._flaw(found.OUTPUT_NAME, column, name=name or column.get("id", ""))
            names.add(name)
            yield self._output(column, name)

    def _output(self, element: Element, name: str) -> Output:
        allowed = text_of(child(element, "outputValues"))
        default = text_of(child(element, "defaultOutputEntry"))
        declared = self._types.of(element.get("typeRef", ""), element)
        tests = constraint(declared)
        return Output(
            id=element.get("id", ""),
            name=name,
            label=element.get("label", ""),
            type=declared,
            allowed=self._expression(allowed, element, unary=True) if allowed else None,
            default=self._expression(default, element) if default else None,
            order=self._order(allowed or (tests.text if tests else "")),
        )

    def _order(self, allowed: str) -> Expression | None:
        """The list of allowed values in the order in which they stand; None where they are no list of values."""
        try:
            return parse(f"[{allowed}]", self._names) if allowed else None
        except FeelError:
            return None

    # --- rules ----------------------------------------------------------------------------------------------------

    def _rule(self, element: Element, row: int, inputs: tuple[Input, ...], outputs: tuple[Output, ...]) -> Rule:
        rule_id = element.get("id", "") or f"row_{row}"
        if element.get("id"):
            self._findings.unique(rule_id, element)
        parts = grouped(element)
        tests, results = parts.get("inputEntry", []), parts.get("outputEntry", [])
        if (len(tests), len(results)) != (len(inputs), len(outputs)):
            given, expected = len(tests) + len(results), len(inputs) + len(outputs)
            self._flaw(found.CELLS, element, row=row, given=given, expected=expected)
        return Rule(
            id=rule_id,
            row=row,
            tests=tuple(self._test(cell, row) for cell in tests),
            results=tuple(self._result(cell, row, output) for cell, output in zip(results, outputs, strict=False)),
            annotation=_annotation(parts),
        )

    def _test(self, cell: Element, row: int) -> Expression:
        text = text_of(cell)
        if text in ("", "-"):
            return ALWAYS
        return self._expression(text, cell, unary=True, row=row) or ALWAYS

    def _result(self, cell: Element, row: int, output: Output) -> Expression | None:
        text = text_of(cell)
        if text in ("", "-"):
            return None
        result = self._expression(text, cell, row=row)
        is_constant = result is not None and (is_nameless(text) or not (result.names or result.functions))
        if self._findings.thorough and result is not None and is_constant:
            self._check_result(result, cell, row, output)
        return result

    def _check_result(self, result: Expression, cell: Element, row: int, output: Output) -> None:
        """Note a result that needs no context and can never be accepted."""
        try:
            value = result.evaluate({})
            accepted = output.accepts(value)
        except FeelBudgetExceeded:
            return
        except FeelError:
            value, accepted = None, False
        if not accepted:
            self._findings.add(found.OUTPUT_VALUE, cell, row=row, value=to_text(value), output=output.name)


def _annotation(parts: Mapping[str, list[Element]]) -> str:
    """The annotation of a rule of these parts: a column since DMN 1.2, the description in older and Camunda's files."""
    entries = [text_of(entry) for entry in parts.get("annotationEntry", [])]
    entries += [(description.text or "").strip() for description in parts.get("description", [])[:1]]
    return "; ".join(filter(None, entries))
