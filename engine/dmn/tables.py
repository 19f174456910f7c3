"""Decision tables: which rules match, and what they give (DMN 1.5, section 8)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from engine.dmn.boxed import paths
from engine.dmn.cells import Result, Test
from engine.dmn.frames import Frame
from engine.dmn.hits import HIT_POLICIES, MANY, Faulty, Order, Row, values_of
from engine.dmn.types import ANY, MISFIT, Type, coerce
from engine.errors import FeelError
from engine.feel import Expression, parse_unary

#: The test of a cell without one.
ALWAYS = parse_unary("-")


def one_side(text: str, language: str) -> str:
    """What `language` has of a model's text in both languages, `中文 / English`; all of a text in one."""
    chinese, _, english = text.partition(" / ")
    return chinese if language.startswith("zh") or not english else english


@dataclass(frozen=True, slots=True)
class Input:
    """A column that is tested: its heading, what is tested, its type, and the values allowed (None: any)."""

    id: str
    label: str
    expression: Expression
    type: Type = ANY
    allowed: Expression | None = None

    def accepts(self, value: object) -> bool:
        """Whether `value` is of the type and among the allowed values; null always is."""
        return _accepted(value, self.type, self.allowed)


@dataclass(frozen=True, slots=True)
class Output:
    """A column that is set: its name, type, the values allowed (None: any), and the value if no rule matches.

    `order` gives the list of allowed values from the highest priority to the lowest.
    """

    id: str
    name: str
    label: str
    type: Type = ANY
    allowed: Expression | None = None
    default: Expression | None = None
    order: Expression | None = None

    def accepts(self, value: object) -> bool:
        """Whether `value` is of the type and among the allowed values; null always is."""
        return _accepted(value, self.type, self.allowed)


def _accepted(value: object, declared: Type, allowed: Expression | None) -> bool:
    if value is None or (declared is ANY and allowed is None):
        return True
    if coerce(value, declared) is MISFIT:
        return False
    if allowed is None or allowed.test(value, {}):
        return True
    return isinstance(value, list) and all(item is None or allowed.test(item, {}) for item in value)


@dataclass(frozen=True, slots=True)
class Rule:
    """A row, counted from 1: one test per input, one result per output (None: null), and its annotation."""

    id: str
    row: int
    tests: tuple[Expression, ...]
    results: tuple[Expression | None, ...]
    annotation: str = ""

    def why(self, language: str) -> str:
        """Its annotation in `language` (`zh…`, else English); its id without one."""
        return one_side(self.annotation or self.id, language)


@dataclass(frozen=True, slots=True)
class Hit:
    """What a table gave: its `value`, the same with the `named` outputs, the rules that matched, and what was tested.

    `named` is a row (name of output → value), a list of rows, an aggregated value, or None.
    """

    value: object
    named: object = None
    matched: tuple[str, ...] = ()
    inputs: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A decision table; `hit_policy` and `aggregation` in the words of DMN (`UNIQUE`, `COLLECT`, `SUM`, or empty).

    `whole` is false where a part of it could not be read: such a table gives null.
    """

    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    hit_policy: str = "UNIQUE"
    aggregation: str = ""
    whole: bool = True

    def evaluate(self, frame: Frame) -> object:
        """Its value; null, with the reason told to `frame`, where it has none that may be used."""
        return self.hit(frame).value

    def names(self) -> Iterator[str]:
        """The dotted paths that its cells read."""
        for column in self.inputs:
            yield from paths(column.expression)
        for rule in self.rules:
            for test in rule.tests:
                yield from paths(test)
            for result in filter(None, rule.results):
                yield from paths(result)

    def hit(self, frame: Frame) -> Hit:
        """Its value, and how it came about."""
        values: list[object] = []
        matching: list[Rule] = []
        named: object = None
        value: object = None
        try:
            values = self._input_values(frame)
            matching = self._matching(values, frame)
            named = self._decided(matching, frame)
            value = values_of(named) if len(self.outputs) == 1 else named
        except Faulty as fault:
            frame.tell(*fault.why)
        except FeelError as error:
            frame.explain(error)
        inputs = {column.expression.text: value for column, value in zip(self.inputs, values, strict=False)}
        return Hit(value, named, tuple(rule.id for rule in matching), inputs)

    def _input_values(self, frame: Frame) -> list[object]:
        if not self.whole:
            raise Faulty("a part of its table cannot be read", "决策表中有无法读取的内容")
        values: list[object] = []
        for column in self.inputs:
            value = frame.value(column.expression)
            if not column.accepts(value):
                name = column.label or column.expression.text
                raise Faulty(f"the value of “{name}” is not an allowed one", f"“{name}”的值不在允许范围内")
            values.append(value)
        return values

    def _matching(self, values: list[object], frame: Frame) -> list[Rule]:
        matching: list[Rule] = []
        for rule, tests in zip(self.rules, self._tests, strict=True):
            if all(test.holds(values[place], frame) for place, test in tests):
                matching.append(rule)
                if self.hit_policy == "FIRST":
                    break
        return matching

    @cached_property
    def _tests(self) -> list[list[tuple[int, Test]]]:
        """Of each rule, the columns it tests at all."""
        return [
            [(place, Test(test)) for place, test in enumerate(rule.tests) if test is not ALWAYS] for rule in self.rules
        ]

    @cached_property
    def _results(self) -> list[list[Result]]:
        """Of each rule, its results."""
        return [[Result(result) for result in rule.results] for rule in self.rules]

    def _decided(self, matching: list[Rule], frame: Frame) -> object:
        rows = [self._row(rule, frame) for rule in matching] or self._default(frame)
        if not rows and self.hit_policy not in MANY:
            return None
        return HIT_POLICIES[self.hit_policy](rows, self._orders, self.aggregation)

    @cached_property
    def _orders(self) -> Order:
        """Of each output, its values by priority."""
        values = [output.order.evaluate({}) if output.order else [] for output in self.outputs]
        return [one if isinstance(one, list) else [] for one in values]

    def _row(self, rule: Rule, frame: Frame) -> Row:
        row: Row = {}
        for output, result in zip(self.outputs, self._results[rule.row - 1], strict=True):
            value = result.value(frame)
            if not output.accepts(value):
                raise Faulty(
                    f"row {rule.row} gives “{output.name}” a value that is not allowed or not of type {output.type}",
                    f"第 {rule.row} 行的“{output.name}”不是允许值，或不是 {output.type} 类型",
                )
            row[output.name] = value
        return row

    def _default(self, frame: Frame) -> list[Row]:
        """The default outputs as the only row, where at least one output has a default."""
        if not any(output.default for output in self.outputs):
            return []
        return [{out.name: frame.value(out.default) if out.default else None for out in self.outputs}]
