"""Reads decision tables and their cells."""

from collections.abc import Iterator, Mapping

from engine.dmn import problems as found
from engine.dmn.evaluation import AGGREGATIONS, HIT_POLICIES, fits
from engine.dmn.tables import Input, Output, Rule, Table
from engine.dmn.types import ItemType, resolve
from engine.dmn.xml import Element, child, children, tag, text_of
from engine.errors import FeelError
from engine.feel import Expression, check, parse, parse_unary, to_text
from engine.feel.problems import UNKNOWN_FUNCTION
from engine.problems import Problem, Severity

_ALWAYS = parse_unary("-")


class TableReader:
    """The part of the reader that knows tables; the whole is `engine.dmn.reading.Reader`."""

    def __init__(
        self, file: str, functions: frozenset[str] | None, names: frozenset[str], items: Mapping[str, ItemType]
    ) -> None:
        self.problems: list[Problem] = []
        self._file = file
        self._functions = functions
        self._names = names
        self._items = items
        self._ids: set[str] = set()

    # --- findings -------------------------------------------------------------------------------------------------

    def problem(self, code: str, element: Element, **params: object) -> None:
        """Note the problem `code` of `element`."""
        self.problem_at(element.get("id", ""), element.get("name", "") or element.get("label", ""), code, **params)

    def problem_at(self, element_id: str, element_name: str, code: str, **params: object) -> None:
        """Note the problem `code` of the element `element_id`."""
        severity = Severity.WARNING if code == found.TYPE else Severity.ERROR
        self.problems.append(Problem(code, self._file, element_id, element_name, severity, params))

    def unsupported(self, element: Element) -> None:
        """Note that `element` would be ignored."""
        self.problem(found.UNSUPPORTED, element, what=tag(element))

    def unique(self, element_id: str, element: Element) -> bool:
        """Whether no element before had `element_id`; else a problem is noted."""
        if element_id and element_id in self._ids:
            self.problem(found.DUPLICATE, element, id=element_id)
            return False
        self._ids.add(element_id)
        return bool(element_id)

    def check_language(self, element: Element) -> None:
        """Note an expression language other than FEEL."""
        language = element.get("expressionLanguage", "")
        if language and "feel" not in language.lower():
            self.problem(found.LANGUAGE, element, language=language)

    def type_of(self, reference: str, element: Element) -> str:
        """The type `reference` means; a problem is noted if it means none."""
        item = resolve(reference, self._items)
        if not item.name:
            self.problem(found.TYPE, element, type=reference)
        return item.name or "Any"

    def expression(self, text: str, element: Element, *, unary: bool = False, row: int = 0) -> Expression | None:
        """The expression `text`; None where it cannot be read. Its problems are noted."""
        place = {"element_id": element.get("id", ""), "element_name": element.get("label", "")}
        functions = self._functions or frozenset()
        problems = check(text, functions, unary=unary, names=self._names, file=self._file, row=row, **place)
        unreadable = [problem for problem in problems if problem.code != UNKNOWN_FUNCTION]
        self.problems += problems if self._functions is not None else unreadable
        return None if unreadable else (parse_unary if unary else parse)(text, self._names)

    # --- tables ---------------------------------------------------------------------------------------------------

    def table(self, element: Element, decision_id: str) -> Table:
        """The decision table `element`."""
        policy = element.get("hitPolicy", "UNIQUE")
        aggregation = element.get("aggregation", "")
        inputs = tuple(self._input(column) for column in children(element, "input"))
        outputs = tuple(self._outputs(element, decision_id))
        if policy not in HIT_POLICIES:
            self.problem(found.HIT_POLICY, element, policy=policy)
        if aggregation and (policy != "COLLECT" or aggregation not in AGGREGATIONS or len(outputs) != 1):
            self.problem(found.AGGREGATION, element, aggregation=aggregation)
        rows = enumerate(children(element, "rule"), 1)
        rules = tuple(self._rule(rule, row, inputs, outputs) for row, rule in rows)
        return Table(inputs, outputs, rules, policy, aggregation)

    def _input(self, element: Element) -> Input:
        inner = child(element, "inputExpression")
        text = text_of(inner)
        if inner is not None:
            self.check_language(inner)
        expression = self.expression(text or "null", element)
        if not text:
            self.problem(found.NO_LOGIC, element)
        item = resolve(inner.get("typeRef", "") if inner is not None else "", self._items)
        allowed = text_of(child(element, "inputValues")) or item.allowed
        return Input(
            id=element.get("id", ""),
            label=element.get("label", ""),
            expression=expression or parse("null"),
            allowed=self.expression(allowed, element, unary=True) if allowed else None,
        )

    def _outputs(self, element: Element, decision_id: str) -> Iterator[Output]:
        columns = list(children(element, "output"))
        if not columns:
            self.problem(found.COLUMNS, element)
        names: set[str] = set()
        for column in columns:
            name = column.get("name") or column.get("label") or (decision_id if len(columns) == 1 else "")
            if not name or name in names:
                self.problem(found.OUTPUT_NAME, column, name=name or column.get("id", ""))
            names.add(name)
            yield self._output(column, name)

    def _output(self, element: Element, name: str) -> Output:
        reference = element.get("typeRef", "")
        allowed = text_of(child(element, "outputValues")) or resolve(reference, self._items).allowed
        default = text_of(child(element, "defaultOutputEntry"))
        return Output(
            id=element.get("id", ""),
            name=name,
            label=element.get("label", ""),
            type=self.type_of(reference, element),
            allowed=self.expression(allowed, element, unary=True) if allowed else None,
            default=self.expression(default, element) if default else None,
        )

    # --- rules ----------------------------------------------------------------------------------------------------

    def _rule(self, element: Element, row: int, inputs: tuple[Input, ...], outputs: tuple[Output, ...]) -> Rule:
        rule_id = element.get("id", "") or f"row_{row}"
        if element.get("id"):
            self.unique(rule_id, element)
        tests, results = list(children(element, "inputEntry")), list(children(element, "outputEntry"))
        if (len(tests), len(results)) != (len(inputs), len(outputs)):
            given, expected = len(tests) + len(results), len(inputs) + len(outputs)
            self.problem(found.CELLS, element, row=row, given=given, expected=expected)
        return Rule(
            id=rule_id,
            row=row,
            tests=tuple(self._test(cell, row) for cell in tests),
            results=tuple(self._result(cell, row, output) for cell, output in zip(results, outputs, strict=False)),
            annotation=_annotation(element),
        )

    def _test(self, cell: Element, row: int) -> Expression:
        self.check_language(cell)
        return self.expression(text_of(cell), cell, unary=True, row=row) or _ALWAYS

    def _result(self, cell: Element, row: int, output: Output) -> Expression | None:
        self.check_language(cell)
        text = text_of(cell)
        result = self.expression(text, cell, row=row) if text else None
        if result is not None and not (result.names or result.functions):
            self._check_result(result, cell, row, output)
        return result

    def _check_result(self, result: Expression, cell: Element, row: int, output: Output) -> None:
        """Note a result that needs no context and can never be accepted."""
        try:
            value = result.evaluate({})
            accepted = fits(output, value)
        except FeelError:
            value, accepted = None, False
        if not accepted:
            self.problem(found.OUTPUT_VALUE, cell, row=row, value=to_text(value), output=output.name)


def _annotation(element: Element) -> str:
    """The annotation of a rule: its column since DMN 1.2, its description in older and Camunda's files."""
    entries = [text_of(entry) for entry in children(element, "annotationEntry")]
    description = child(element, "description")
    if description is not None:
        entries.append((description.text or "").strip())
    return "; ".join(filter(None, entries))
