"""Lists, paths, filters, `for`, `some`, `every` and contexts (DMN 1.5, section 10.3.2)."""

from datetime import date
from decimal import Decimal

import pytest

from engine.feel import evaluate

ROWS = {"rows": [{"x": 1, "y": 2}, {"x": 2, "y": 3}, {"y": 4}], "x": 99, "one": {"x": 7}, "nothing": None}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("[1, 2, 3][1]", 1),
        ("[1, 2, 3][-1]", 3),
        ("[1, 2, 3][0]", None),
        ("[1, 2, 3][4]", None),
        ("[1, 2, 3][-4]", None),
        ("[1, 2, 3][1.5]", None),
        ("[1, 2, 3][1.0]", 1),
        ("[1, 2, 3][item > 1]", [2, 3]),
        ("[1, 2, 3][true]", [1, 2, 3]),
        ("[1, 2, 3][false]", []),
        ("[1, 2, 3][null]", []),
        ('[1, 2, 3]["a"]', None),
        ("[1, null, 3][item > 1]", [3]),
        ("[1, 2, 3][item > 1][1]", 2),
        ("[][1]", None),
        ("[][true]", []),
        ("5[1]", 5),
        ("5[2]", None),
        ("5[item > 4]", [5]),
        ("5[item > 6]", []),
        ("null[1]", None),
        ("null[true]", None),
        ("[[1, 2], [3]][1]", [1, 2]),
        ("[[1, 2], [3]][1][2]", 2),
        ("rows[x = 1]", [{"x": 1, "y": 2}]),
        ("rows[x > 1].y", [3, 4]),
        ("rows[item.y > 3]", [{"y": 4}]),
        ("rows[y > one.x]", []),
        ("rows[count(rows)].y", 4),
        ("[{item: 1}, {item: 2}][item >= 2]", [{"item": 2}]),
        ("[{item: 1}, {item: 2}][item.item >= 2]", []),
        ("one[x = 7].x", [7]),
        ("one[1].x", 7),
    ],
)
def test_a_filter_picks(expression: str, value: object) -> None:
    assert evaluate(expression, ROWS) == value


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("rows.y", [2, 3, 4]),
        ("rows.x", [1, 2, None]),
        ("one.x", 7),
        ("one.z", None),
        ("nothing.x", None),
        ("1.x", None),
        ("[].x", []),
        ("[[{x: 1}]].x", [[1]]),
        ("{a: {b: {c: 1}}}.a.b.c", 1),
        ('[@"2026-03-10", @"2025-01-01"].year', [2026, 2025]),
        ("{a: 1, b: a + 1, c: b + a}", {"a": 1, "b": 2, "c": 3}),
        ("{a: b, b: 1}", {"a": None, "b": 1}),
        ("{a: 1, inner: {a: 2, b: a}}.inner.b", 2),
        ("{x: x}.x", 99),
        ("{}", {}),
        ("{a: 1, a: 2}", None),
    ],
)
def test_a_path_leads_into_contexts_and_lists(expression: str, value: object) -> None:
    if expression == "1.x":
        expression = "(1).x"
    assert evaluate(expression, ROWS) == value


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("for i in [1, 2, 3] return i * i", [1, 4, 9]),
        ("for i in 1..3 return i", [1, 2, 3]),
        ("for i in 3..1 return i", [3, 2, 1]),
        ("for i in -1..1 return i", [-1, 0, 1]),
        ("for i in 2..2 return i", [2]),
        ("for i in [1..3) return i", [1, 2]),
        ("for i in (1..1) return i", []),
        ("for i in one.x..one.x + 1 return i", [7, 8]),
        ("for i in 1.5..3 return i", None),
        ('for i in "a".."c" return i', None),
        ("for i in 1..null return i", None),
        ("for i in null return i", None),
        ("for i in [] return i", []),
        ("for i in 5 return i", [5]),
        ("for i in [1, 2], j in [i, 10] return i * j", [1, 10, 4, 20]),
        ("for i in 1..2, j in 1..i return j", [1, 1, 2]),
        ("for i in [[1, 2], [3]] return i", [[1, 2], [3]]),
        ("for i in [1, 2] return for j in 1..i return j", [[1], [1, 2]]),
        ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", [1, 1, 2, 6, 24]),
        ("for i in 1..3 return count(partial)", [0, 1, 2]),
        ("for i in 1..3 return partial", [[], [[]], [[], [[]]]]),
        ('for d in @"2026-02-27"..@"2026-03-01" return d.day', [27, 28, 1]),
        ('for d in @"2026-03-01"..@"2026-02-28" return d.day', [1, 28]),
        ("some i in [1, 2] satisfies i > 1", True),
        ("some i in [1, 2] satisfies i > 2", False),
        ("some i in [1, null] satisfies i > 2", None),
        ("some i in [3, null] satisfies i > 2", True),
        ("some i in [] satisfies i", False),
        ("some i in null satisfies i", None),
        ("every i in [1, 2] satisfies i > 0", True),
        ("every i in [1, 2] satisfies i > 1", False),
        ("every i in [1, null] satisfies i > 0", None),
        ("every i in [0, null] satisfies i > 0", False),
        ("every i in [] satisfies false", True),
        ("every i in null satisfies i", None),
        ("every i in [1, 2] satisfies i", None),
        ("some i in 1..3 satisfies i = 3", True),
        ("some i in [1, 2], j in [2, 3] satisfies i = j", True),
        ("every i in [1, 2], j in [i..3] satisfies j >= i", True),
        ("if some i in [1] satisfies i = 1 then 1 else 2", 1),
        ("if null then 1 else 2", 2),
        ("if 1 then 1 else 2", 2),
        ("if false then 1 else if true then 2 else 3", 2),
        ("1 + if true then 1 else 5", 2),
    ],
)
def test_a_loop_goes_through(expression: str, value: object) -> None:
    assert evaluate(expression, ROWS) == value


def test_days_of_a_range_are_dates() -> None:
    assert evaluate('for d in @"2026-02-28"..@"2026-03-01" return d', {}) == [date(2026, 2, 28), date(2026, 3, 1)]


def test_results_so_far_do_not_change_afterwards() -> None:
    value = evaluate("for i in 1..2 return {seen: partial, now: i}", {})

    assert value == [{"seen": [], "now": Decimal(1)}, {"seen": [{"seen": [], "now": 1}], "now": 2}]
