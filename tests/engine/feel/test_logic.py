"""Logic, equality, order, `between`, `in` and `instance of` (DMN 1.5, section 10.3.2)."""

import pytest

from engine.feel import evaluate, parse

#: Things that are no truth value.
OTHER = ["null", "1", '"true"', "[]", "{}", '@"P1D"']


@pytest.mark.parametrize("other", OTHER)
def test_what_is_no_truth_value_counts_as_unknown(other: str) -> None:
    verdicts = [
        evaluate(f"{left} {operator} {right}", {})
        for operator in ("and", "or")
        for left, right in [("true", other), (other, "true"), ("false", other), (other, "false"), (other, other)]
    ]

    assert verdicts == [None, None, False, False, None, True, True, None, None, None]
    assert evaluate(f"not({other})", {}) is None
    assert evaluate(f"if {other} then 1 else 2", {}) == 2


SAME = [
    ("1", "1.0"),
    ('"a"', '"a"'),
    ("true", "true"),
    ("null", "null"),
    ('@"2026-03-10"', 'date("2026-03-10")'),
    ('@"10:00:00Z"', '@"12:00:00+02:00"'),
    ('@"10:00:00@Asia/Shanghai"', '@"02:00:00Z"'),
    ('@"2026-03-10T10:00:00Z"', '@"2026-03-10T11:00:00@Europe/Paris"'),
    ('@"P1D"', '@"PT24H"'),
    ('@"P1Y"', '@"P12M"'),
    ("[1, [2]]", "[1.0, [2]]"),
    ("{a: 1, b: 2}", "{b: 2, a: 1}"),
    ("[1..2)", "[1..2)"),
    ("(< 5)", "(<5)"),
    ("(= 5)", "[5..5]"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_what_is_the_same_is_equal(left: str, right: str) -> None:
    assert evaluate(f"{left} = {right}", {}) is True
    assert evaluate(f"{left} != {right}", {}) is False


DIFFERENT = [
    ("1", "2"),
    ('"a"', '"A"'),
    ("null", "1"),
    ("1", "null"),
    ("null", "[]"),
    ('@"10:00:00"', '@"10:00:00Z"'),
    ("[1, 2]", "[2, 1]"),
    ("[1]", "[1, 1]"),
    ("{a: 1}", "{a: 1, b: null}"),
    ("[1..2]", "[1..2)"),
    ("(< 5)", "(<= 5)"),
    ("{f: function(x) x}.f", "{f: function(x) x}.f"),
]


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_what_differs_is_not_equal(left: str, right: str) -> None:
    assert evaluate(f"{left} = {right}", {}) is False
    assert evaluate(f"{left} != {right}", {}) is True


@pytest.mark.parametrize("right", ['"1"', "true", "[1]", "{a: 1}", '@"P1D"', "[1..2]"])
def test_kinds_that_differ_cannot_be_compared(right: str) -> None:
    for operator in ("=", "!=", "<", "<=", ">", ">="):
        assert evaluate(f"1 {operator} {right}", {}) is None


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ("1", "1.001"),
        ('"A"', '"a"'),
        ('@"2026-03-10"', '@"2026-03-11"'),
        ('@"10:00:00"', '@"10:00:01"'),
        ('@"10:00:00+02:00"', '@"10:00:00Z"'),
        ('@"10:00:00@Asia/Shanghai"', '@"10:00:00Z"'),
        ('@"2026-03-10T10:00:00"', '@"2026-03-10T10:00:01"'),
        ('@"PT59M"', '@"PT1H"'),
        ('@"P11M"', '@"P1Y"'),
    ],
)
def test_values_have_an_order(less: str, more: str) -> None:
    assert evaluate(f"{less} < {more} and {less} <= {more} and {more} > {less} and {more} >= {less}", {}) is True
    assert evaluate(f"{more} < {less} or {more} <= {less} or {less} > {more} or {less} >= {more}", {}) is False


@pytest.mark.parametrize("value", ["true", "null", "[]", "{}", "[1..2]"])
def test_other_values_have_none(value: str) -> None:
    assert [evaluate(f"{value} {operator} {value}", {}) for operator in ("<", "<=", ">", ">=")] == [None] * 4
    assert evaluate(f'@"10:00:00" < @"10:00:00Z" or 1 < {value}', {}) is None


@pytest.mark.parametrize(
    ("expression", "verdict"),
    [
        ("5 between 5 and 6", True),
        ("7 between 5 and 6", False),
        ("null between 5 and 6", None),
        ("1 between 2 and null", False),
        ("3 between 2 and null", None),
        ('"b" between "a" and "c" and true', True),
        ("5 in 5", True),
        ("5 in (4, 5)", True),
        ("5 in (4, null)", False),
        ('5 in (4, "x")', None),
        ('5 in ("x", 5)', True),
        ("5 in > 4", True),
        ("5 in (< 4, >= 5)", True),
        ("5 in (!= 5)", False),
        ("5 in (= 5)", True),
        ("5 in [4, 5]", True),
        ("5 in [[1..3], [5..6]]", True),
        ("5 in ([1..3], (5..6])", False),
        ("5 in (> 4)", True),
        ("5 in {r: (> 4)}.r", True),
        ("[1, 2] in [[1, 2], [3]]", True),
        ("null in [1, null]", True),
        ("null in [1..5]", None),
        ("5 in [1..null]", None),
        ('"x" in [1..5]', None),
        ('"b" in ["a".."c"]', True),
        ('@"P1M" in [@"P0M"..@"P1Y")', True),
        ("5 in [5..5]", True),
        ("5 in ]5..9[", False),
        ("5 in (5..9)", False),
        ("5 in null", False),
        ("5 in (for i in 1..5 return i)", True),
    ],
)
def test_a_value_is_tested(expression: str, verdict: bool | None) -> None:
    assert evaluate(expression, {}) is verdict


@pytest.mark.parametrize(
    ("expression", "verdict"),
    [
        ("1 instance of number", True),
        ("1 instance of string", False),
        ("1 instance of Any", True),
        ("null instance of Any", False),
        ("null instance of Null", True),
        ("null instance of number", False),
        ("1 instance of Null", False),
        ('"a" instance of string', True),
        ("true instance of boolean", True),
        ('@"2026-03-10" instance of date', True),
        ('@"2026-03-10" instance of date and time', False),
        ('@"2026-03-10T10:00:00" instance of date and time', True),
        ('@"2026-03-10T10:00:00" instance of date', False),
        ('@"10:00:00" instance of time', True),
        ('@"P1D" instance of days and time duration', True),
        ('@"P1D" instance of years and months duration', False),
        ('@"P1M" instance of years and months duration', True),
        ("[1, 2] instance of list<number>", True),
        ('[1, "a"] instance of list<number>', False),
        ('[1, "a"] instance of list<Any>', True),
        ("[] instance of list<number>", True),
        ("[[1]] instance of list<list<number>>", True),
        ("1 instance of list<number>", False),
        ("{a: 1} instance of context<a: number>", True),
        ("{a: 1, b: 2} instance of context<a: number>", True),
        ("{a: 1} instance of context<a: string>", False),
        ("{b: 1} instance of context<a: number>", False),
        ("{the name: 1} instance of context<the name: number>", True),
        ("{a: [1]} instance of context<a: list<number>>", True),
        ("[1..2] instance of range<number>", True),
        ("[1..2] instance of range<string>", False),
        ("(function(a: number) a) instance of function<number> -> Any", True),
        ("(function(a: number) a) instance of function<string> -> Any", False),
        ("(function(a) a) instance of function<string> -> Any", True),
        ("(function(a, b) a) instance of function<number> -> Any", False),
        ("abs instance of function<number> -> Any", True),
        ("1 instance of function<number> -> Any", False),
        ("n instance of context<a: number>", True),
        ("-1 instance of number", True),
        ("1 + 1 instance of number", True),
    ],
)
def test_a_value_has_its_type(expression: str, verdict: bool) -> None:
    assert evaluate(expression.replace("1 + 1", "(1 + 1)"), {"n": {"a": 5}}) is verdict


def test_types_of_the_model_are_asked() -> None:
    types = {"tAge": lambda value: value in range(150)}

    assert parse("5 instance of tAge").evaluate({}, types=types) is True
    assert parse("[5, 200] instance of list<tAge>").evaluate({}, types=types) is False
    assert parse("(function(a: tAge) a)(200)").evaluate({}, types=types) is None
    assert parse("5 instance of tAge").evaluate({}) is None
