"""The built-in functions, by example."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from engine.feel import BUILTINS, YearsMonths, evaluate, parse

EXAMPLES: list[tuple[str, object]] = [
    ("not(true)", False),
    ("not(1)", None),
    ("string(1.50)", "1.5"),
    ("string(null)", None),
    ('string([1, "a", {b: true}])', '[1, "a", {b: true}]'),
    ('number("1 200,5", " ", ",")', Decimal("1200.5")),
    ('number("-3")', Decimal(-3)),
    ('number("x")', None),
    ("is defined(missing)", False),
    ("is defined(nothing)", True),
    ("is defined({a: null}.a)", True),
    ("is defined({a: null}.b)", False),
    ('string length("投诉😀")', Decimal(3)),
    ('substring("foobar", 3)', "obar"),
    ('substring("foobar", -3, 2)', "ba"),
    ('substring("foobar", 0)', None),
    ('substring before("a-b-c", "-")', "a"),
    ('substring before("abc", "-")', ""),
    ('substring after("a-b-c", "-")', "b-c"),
    ('upper case("aé")', "AÉ"),
    ('lower case("AÉ")', "aé"),
    ('trim("  a ")', "a"),
    ('contains("complaint", "plain")', True),
    ('starts with("abc", "ab")', True),
    ('ends with("abc", "bc")', True),
    ('matches("13800138000", "^1\\\\d{10}$")', True),
    ('matches("ABC", "b", "i")', True),
    ('replace("abc-def", "(\\\\w+)-(\\\\w+)", "$2-$1")', "def-abc"),
    ('split("a; b;c", ";\\\\s*")', ["a", "b", "c"]),
    ('string join(["a", null, "b"], ", ")', "a, b"),
    ('string join(["a", "b"])', "ab"),
    ("list contains([1, null], null)", True),
    ("count([1, null, 2])", Decimal(3)),
    ("count(5)", Decimal(1)),
    ("min(3, 1, 2)", Decimal(1)),
    ('max(["a", "c", "b"])', "c"),
    ("min([])", None),
    ("sum([1, 2.5])", Decimal("3.5")),
    ("sum([])", None),
    ('sum([duration("PT1H"), duration("PT30M")])', timedelta(minutes=90)),
    ('sum([1, "a"])', None),
    ("mean(1, 2, 3)", Decimal(2)),
    ("all([true, null])", None),
    ("all([false, null])", False),
    ("any([])", False),
    ("append([1], 2, 3)", [1, 2, 3]),
    ("concatenate([1], [2], 3)", [1, 2, 3]),
    ("insert before([1, 3], 2, 2)", [1, 2, 3]),
    ("remove([1, 2, 3], -1)", [1, 2]),
    ("remove([1], 2)", None),
    ("sublist([1, 2, 3], 2, 1)", [2]),
    ("reverse([1, 2])", [2, 1]),
    ("index of([1, 2, 1], 1)", [1, 3]),
    ("union([1, 2], [2, 3])", [1, 2, 3]),
    ("distinct values([1, 1.0, 2])", [1, 2]),
    ("flatten([[1, [2]], 3])", [1, 2, 3]),
    ("sort([3, 1, 2])", [1, 2, 3]),
    ('sort([1, "a"])', None),
    ("floor(-1.5)", Decimal(-2)),
    ("ceiling(-1.5)", Decimal(-1)),
    ("floor(1.56, 1)", Decimal("1.5")),
    ("abs(-1)", Decimal(1)),
    ('abs(duration("-PT1H"))', timedelta(hours=1)),
    ('abs(duration("-P1Y"))', YearsMonths(12)),
    ("decimal(2.5, 0)", Decimal(2)),
    ("decimal(1234.5, -2)", Decimal(1200)),
    ("round half up(2.5, 0)", Decimal(3)),
    ("round half down(2.5, 0)", Decimal(2)),
    ("round up(1.121, 2)", Decimal("1.13")),
    ("round down(1.129, 2)", Decimal("1.12")),
    ("modulo(-12, 5)", Decimal(3)),
    ("modulo(1, 0)", None),
    ("odd(3)", True),
    ("even(3)", False),
    ('get value({a: 1}, "a")', Decimal(1)),
    ("get entries({a: 1})", [{"key": "a", "value": Decimal(1)}]),
    ("today() instance of date", True),
    ("now() instance of date and time", True),
    ('date("2026-02-29")', None),
    ("date(2026, 2, 28)", date(2026, 2, 28)),
    ("date(2026, 13, 1)", None),
    ('date(date and time("2026-02-28T10:00:00"))', date(2026, 2, 28)),
    ('time("10:30:00")', time(10, 30)),
    ("time(10, 30, 1.5)", time(10, 30, 1, 500_000)),
    ('time(date and time("2026-02-28T10:00:00"))', time(10)),
    ('date and time("2026-02-28T10:00:00")', datetime(2026, 2, 28, 10)),  # noqa: DTZ001
    ('date and time(date("2026-02-28"), time("10:00:00"))', datetime(2026, 2, 28, 10)),  # noqa: DTZ001
    ('duration("P1D")', timedelta(days=1)),
    ('duration("P1Y2M")', YearsMonths(14)),
    ('duration("soon")', None),
    ('years and months duration(date("2025-01-15"), date("2026-03-14"))', YearsMonths(13)),
    ('years and months duration(date("2026-03-14"), date("2025-01-15"))', YearsMonths(-13)),
    ('day of week(date("2026-03-10"))', "Tuesday"),
    ('month of year(date("2026-03-10"))', "March"),
    ('day of year(date("2026-03-10"))', Decimal(69)),
    ('week of year(date("2026-03-10"))', Decimal(11)),
]


@pytest.mark.parametrize(("expression", "value"), EXAMPLES, ids=[text for text, _ in EXAMPLES])
def test_a_built_in_function_gives(expression: str, value: object) -> None:
    result = evaluate(expression, {"nothing": None})

    assert result == value
    assert type(result) is type(value) or isinstance(value, list)


def test_every_built_in_function_has_an_example() -> None:
    shown = {name for expression, _ in EXAMPLES for name in parse(expression).functions}

    assert shown >= BUILTINS.keys()


@pytest.mark.parametrize("name", sorted(BUILTINS))
def test_nulls_never_crash_a_built_in_function(name: str) -> None:
    least = BUILTINS[name].least
    counts = range(least, least + 4)

    for count in filter(BUILTINS[name].accepts, counts):
        for junk in ("null", "[]", "-1", '"x"', "{}", "[1..2]", '@"P1D"', "[null]", "true"):
            evaluate(f"{name}({', '.join([junk] * count)})", {})


def test_a_single_value_stands_for_its_list_and_back() -> None:
    assert evaluate('upper case(["a"])', {}) == "A"
    assert evaluate('upper case(["a", "b"])', {}) is None
    assert evaluate('list contains("a", "a")', {}) is True
