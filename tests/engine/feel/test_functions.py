"""Functions as values, calls by position and by name, conversions (DMN 1.5, sections 10.3.2.9.4 and 10.3.2.13)."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from engine.errors import FeelBudgetExceeded, FeelError, FeelSyntaxError
from engine.feel import BUILTINS, DefinedFunction, Function, Type, evaluate, parse

DOUBLE = DefinedFunction(["x"], lambda x: x * 2, [Type("number")])


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("(function(x) x + 1)(2)", 3),
        ("(function() 5)()", 5),
        ("{f: function(a: number, b: number) a - b, r: f(5, 3)}.r", 2),
        ("{f: function(a: number, b: number) a - b, r: f(b: 5, a: 3)}.r", -2),
        ("{f: function(a) a}.f(1)", 1),
        ("[function(x) x * 2, function(x) x * 3][2](5)", 15),
        ("{n: 10, f: function(x) x + n, r: f(1)}.r", 11),
        ("{make: function(n) function(x) x + n, r: make(10)(1)}.r", 11),
        ("{fact: function(n) if n <= 1 then 1 else n * fact(n - 1), r: fact(10)}.r", 3628800),
        ("for i in [1, 2] return (function(x) x * i)(10)", [10, 20]),
        ("{f: function(x) x, r: f(1, 2)}.r", None),
        ("{f: function(x) x, r: f()}.r", None),
        ("{f: function(x) x, r: f(y: 1)}.r", None),
        ("{f: function(x, y) x, r: f(x: 1)}.r", None),
        ("{f: 1, r: f(1)}.r", None),
        ("(1)(2)", None),
        ("null(1)", None),
        ('(function(x: number) 1)("a")', None),
        ("(function(x: number) x)([5])", 5),
        ("(function(x: list<number>) count(x))(5)", 1),
        ("(function(x: list<number>) x)([5])", [5]),
        ("(function(x: number) x)([5, 6])", None),
        ("(function(x: number) x = null)(null)", True),
        ('(function(x: date and time) x)(@"2026-03-10")', datetime(2026, 3, 10, tzinfo=UTC)),
        ('(function(x: Any) x)("a")', "a"),
        ("(function(f: function<number> -> number) f(2))(function(n) n + 1)", 3),
        ("(function(f) f(-2))(abs)", 2),
        ('(function(f) f("ab"))(string length)', 2),
        (
            '(function(a: string) external {java: {class: "java.lang.Math", "method signature": "cos(double)"}})(1)',
            None,
        ),
        ("{abs: function(x) 42, r: abs(-1)}.r", 42),
        ("count([1, 2])", 2),
        ("double(4)", 8),
        ("double(x: 4)", 8),
        ("double([4])", 8),
        ('double("4")', None),
        ("tools.double(4)", 8),
        ("sort(for f in [double] return f(1))", [2]),
    ],
)
def test_a_function_is_called(expression: str, value: object) -> None:
    assert evaluate(expression, {"count": 7, "double": DOUBLE, "tools": {"double": DOUBLE}}) == value


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('substring(string: "foobar", start position: 3)', "obar"),
        ('substring(start position: -3, length: 2, string: "foobar")', "ba"),
        ('number(from: "1.000,5", decimal separator: ",", grouping separator: ".")', Decimal("1000.5")),
        ('number(from: "1,5", decimal separator: ",")', Decimal("1.5")),
        ("date(year: 2026, month: 3, day: 10).day", 10),
        ('date(from: "2026-03-10").day', 10),
        ("time(hour: 1, minute: 2, second: 3).minute", 2),
        ("min(list: [2, 1])", 1),
        ("sum(list: [2, 1])", 3),
        ("list replace(list: [1, 2], position: 1, newItem: 5)", [5, 2]),
        ("list replace(list: [1, 2], match: function(item, newItem) item > 1, newItem: 5)", [1, 5]),
        ("sort(list: [1, 2], precedes: function(x, y) x > y)", [2, 1]),
        ("before(point1: 1, point2: 2)", True),
        ("before(point: 1, range: [2..3])", True),
        ("before(range: [2..3], point: 4)", True),
        ("before(range1: [1..2], range2: [3..4])", True),
        ('get value(m: {a: 1}, key: "a")', 1),
        ('context put(context: {a: 1}, key: "b", value: 2)', {"a": 1, "b": 2}),
        ('matches(input: "a", pattern: "A", flags: "i")', True),
        ("modulo(dividend: 5, divisor: 3)", 2),
        ("not(negand: true)", False),
        ("is(value1: 1, value2: 1)", True),
        ('substring(text: "foobar", start position: 3)', None),
        ('substring(string: "foobar")', None),
        ("abs(number: 1)", None),
        ("before(point1: 1, range: [2..3])", None),
    ],
)
def test_a_built_in_function_is_called_by_the_names_of_the_standard(expression: str, value: object) -> None:
    assert evaluate(expression, {}) == value


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ('substring("a")', "substring takes 2-3 values, not 1"),
        ("date(1, 2)", "date takes 1/3 values, not 2"),
        ("abs(x: 1)", "abs has no parameters called x"),
        ('matches(a, "[")', "the pattern “[” cannot be used"),
        ('replace(input: a, pattern: "[", replacement: "")', "the pattern “[” cannot be used"),
        ("{a: 1, a: 2}", "“a” stands twice"),
        ('@"tomorrow"', "“tomorrow” is not a date"),
        ("a instance of thing", "the type “thing” is unknown"),
    ],
)
def test_what_can_only_be_null_is_null_and_noted(expression: str, reason: str) -> None:
    read = parse(expression)

    assert read.evaluate({"a": "x"}) is None
    assert reason in str(read.mistakes[0])


@pytest.mark.parametrize(
    "text", ["f(a: 1, 2)", "f(1, a: 2)", "f(a: 1, a: 2)", "function(a, a) a", "function(1) 1", "f(1"]
)
def test_a_call_that_mixes_up_names_is_refused(text: str) -> None:
    with pytest.raises(FeelSyntaxError):
        parse(text)


def test_a_function_comes_out_as_a_value_that_can_be_called() -> None:
    function = evaluate("function(x: number) x + 1", {})

    assert isinstance(function, Function)
    assert function([Decimal(1)]) == 2
    assert function.named({"x": Decimal(1)}) == 2
    assert function(["a"]) is None


def test_the_name_of_a_built_in_function_alone_is_no_value() -> None:
    assert evaluate("date = null", {}) is True
    assert evaluate("count", {}) is None
    assert evaluate("{f: count}.f", {}) is BUILTINS["count"]


def test_an_applications_function_takes_values_by_position_only() -> None:
    assert evaluate("twice(2)", {}, {"twice": lambda x: x * 2}) == 4
    with pytest.raises(FeelError, match="position"):
        evaluate("twice(x: 2)", {}, {"twice": lambda x: x * 2})


def test_functions_that_call_themselves_without_end_are_stopped() -> None:
    for text in ("{f: function(n) f(n + 1), r: f(1)}.r", "{f: function(n) [n, [f([n])]], r: f(1)}.r"):
        with pytest.raises(FeelBudgetExceeded):
            evaluate(text, {})


def test_functions_that_call_themselves_widely_are_stopped() -> None:
    with pytest.raises(FeelBudgetExceeded):
        evaluate("{f: function(n) if n = 0 then 1 else f(n - 1) + f(n - 1), r: f(60)}.r", {})


def test_what_an_expression_calls_leaves_out_its_own_functions() -> None:
    assert parse("{f: function(g) g(1) + h(2), r: f(abs)}").functions == {"h"}
    assert parse("for f in fs return f(k)").functions == set()
    assert parse("function(a) a + b").names == {"b"}
    assert parse("tools.double(a) + {t: {f: abs}, r: t.f(1)}.r").invoked == {"tools.double"}
    assert parse("for i in xs return partial[1] + i").names == {"xs"}
