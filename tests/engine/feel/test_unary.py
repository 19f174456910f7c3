"""Unary tests: the cells of decision tables."""

from datetime import date
from decimal import Decimal

import pytest

from engine.feel import Range, parse_unary

CONTEXT = {"limit": 5, "wanted": ["a", "b"], "flag": True, "limits": [Range(Decimal(1), Decimal(5)), 8]}


@pytest.mark.parametrize(
    ("cell", "fitting", "failing"),
    [
        ("-", [1, None, "x"], []),
        ("", [1, None], []),
        ("5", [5, Decimal("5.0")], [4, None, "5"]),
        ("-5", [-5], [5]),
        ('"a"', ["a"], ["b", None, 1]),
        ('"a", "b"', ["a", "b"], ["c"]),
        ('not("a", "b")', ["c", None], ["a"]),
        ("not(null)", [1], [None]),
        ("null", [None], [0, ""]),
        ("true", [True], [False, None]),
        ("false", [False], [True, None]),
        ("> 5", [6], [5, None, "x"]),
        (">= 5, < 0", [5, -1], [4]),
        ("= 5", [5], [6]),
        ("!= 5", [6], [5]),
        ("< limit", [4], [5]),
        ("limit", [5], [4]),
        ("limit + 1", [6], [5]),
        ("wanted", ["a"], ["c"]),
        ('["a", "b"]', ["a"], ["c"]),
        ("[1..5]", [1, 5], [0, 6, None]),
        ("(1..5)", [2], [1, 5]),
        ("]1..5[", [2], [1, 5]),
        ("[1..5), 9", [1, 9], [5]),
        ("? > 3 and ? < 9", [5], [3, 9, None]),
        ('contains(?, "x")', ["axb"], ["ab", None]),
        ('list contains(?, "x")', [["x"], ["y", "x"]], [["y"], None]),
        ("count(?) > 1", [[1, 2]], [[1]]),
        ("flag", [True], [False]),
        ("?.open", [{"open": True}], [{"open": False}, {"open": None}, {"shut": True}]),
        ("?[1] = 5", [[5, 6]], [[6, 5], []]),
        ("if ? > 5 then true else false", [6], [5, None]),
        ("abs(?)", [5], [-5, None]),
        ("(> 5)", [6], [5, None]),
        ("not(> 5, 3)", [4], [6, 3]),
        ("[1..5], [[7..9]]", [3, 8], [6]),
        ("[[7..9], 1]", [8, 1], [10]),
        ("limits", [3, 8], [6]),
        ("[1..null]", [], [1, None]),
        ("? in [1..5]", [3], [6]),
        ("function(x) x", [], [1, None]),
        ('not(contains(?, "x"))', ["ab"], ["axb"]),
        ('date("2026-01-01")', [date(2026, 1, 1)], [date(2026, 1, 2)]),
        ('>= date("2026-01-01")', [date(2026, 1, 1)], [date(2025, 1, 2)]),
        ("some x in ? satisfies x > 3", [[1, 4]], [[1]]),
    ],
)
def test_a_cell_lets_pass(cell: str, fitting: list[object], failing: list[object]) -> None:
    test = parse_unary(cell)

    assert [value for value in fitting if not test.test(value, CONTEXT)] == []
    assert [value for value in failing if test.test(value, CONTEXT)] == []


def test_a_cell_tells_what_it_reads() -> None:
    assert parse_unary("< case.limit, ? > other").names == {"case.limit", "other"}
