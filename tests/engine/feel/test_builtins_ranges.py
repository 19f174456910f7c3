"""Relations of points and ranges, and ranges as text (DMN 1.5, sections 10.3.4.1 and 10.3.4.7)."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import Range, evaluate

HOLDS = """
before(1, 10)                         before(1, [2..10])                    before(1, (1..10])
before([1..5], 10)                    before([1..5), 5)                     before([1..5], (5..10])
before([1..5), [5..10])               after(10, 5)                          after(12, [2..5])
after(5, [2..5))                      after([11..20], 10)                   after((10..20], 10)
after((5..10], [1..5])                meets([1..5], [5..10])                met by([5..10], [1..5])
overlaps([1..5], [3..8])              overlaps([3..8], [1..5])              overlaps([1..8], [3..5])
overlaps([1..5], [5..8])              overlaps before([1..5], [3..8])       overlaps before([1..5], [5..8])
overlaps after([3..8], [1..5])        overlaps after([5..8], [1..5])        overlaps after((1..5], [1..5))
overlaps before([1..5), (1..5])       finishes(10, [1..10])                 finishes([5..10], [1..10])
finishes((1..10], [1..10])            finishes([5..10), [1..10))            finished by([1..10], 10)
finished by([1..10], (1..10])         includes([1..10], 5)                  includes([1..10), 1)
includes([1..10], [4..6])             includes([1..10), (1..10))            during(5, [1..10])
during((1..10), [1..10))              during([4..6], [1..10))               starts(1, [1..10])
starts([1..5], [1..10])               starts([1..10), [1..10])              starts((1..5), (1..10))
started by([1..10], 1)                started by([1..10], [1..5])           started by([1..10], [1..10))
coincides(5, 5)                       coincides([1..5], [1..5])             before("a", "b")
after(@"2026-03-10", [@"2026-03-01"..@"2026-03-09"])    includes((> 5), 6)                    before((< 5), [5..6])
meets((<= 5), (>= 5))                 during([1..2], (> 0))
"""
FAILS = """
before(1, 1)                          before(1, [1..10])                    before([1..5], 5)
before([1..5], [5..10])               after(5, 5)                           after(5, [1..5])
after([5..10], [1..5])                meets([1..5), [5..10])                meets([1..5], (5..10])
met by((5..10], [1..5])               overlaps([1..5], [6..8])              overlaps([1..5), [5..8])
overlaps before([1..5], [6..8])       overlaps before([3..8], [1..5])       overlaps after([1..5], [3..8])
finishes(10, [1..10))                 overlaps before([1..5), [1..5])       finishes([5..10), [1..10])
finishes([0..10], [1..10])            includes([1..10), 10)                 includes((1..10], 1)
includes((1..10], [1..5])             during(1, (1..10])                    starts(1, (1..10])
starts((1..5], [1..10])               starts([1..11], [1..10])              started by((1..10], [1..5])
coincides(3, 4)                       coincides([1..5), [1..5])             before((> 5), 6)
meets((< 5), (> 5))                   coincides((> 5), (< 5))
"""
NULL = """
before(1, "a")                        before(1, ["a".."b"])                 before(null, 1)
before(1)                             meets(1, [1..2])                      meets([1..2], null)
overlaps([1..2], ["a".."b"])          includes(1, [1..2])                   during([1..2], 1)
starts([1..2], 1)                     coincides(1, [1..1])                  finished by(1, [1..2])
"""


def expressions(text: str) -> list[str]:
    return re.findall(r"\S.*?\)(?=  |\n)", text)


@pytest.mark.parametrize("expression", expressions(HOLDS))
def test_a_relation_holds(expression: str) -> None:
    assert evaluate(expression, {}) is True


@pytest.mark.parametrize("expression", expressions(FAILS))
def test_a_relation_does_not_hold(expression: str) -> None:
    assert evaluate(expression, {}) is False


@pytest.mark.parametrize("expression", expressions(NULL))
def test_a_relation_of_what_cannot_be_compared_is_null(expression: str) -> None:
    assert evaluate(expression, {}) is None


ENDS = st.integers(0, 6)
RANGES = (
    st.tuples(ENDS, ENDS, st.booleans(), st.booleans())
    .filter(lambda r: r[0] < r[1])
    .map(lambda r: Range(Decimal(r[0]), Decimal(r[1]), r[2], r[3]))
)
CONVERSES = [
    ("before", "after"), ("meets", "met by"), ("overlaps before", "overlaps after"), ("finishes", "finished by"),
    ("includes", "during"), ("starts", "started by"), ("overlaps", "overlaps"), ("coincides", "coincides"),
]  # fmt: skip


@given(RANGES, RANGES)
def test_each_relation_has_its_converse(a: Range, b: Range) -> None:
    for relation, converse in CONVERSES:
        assert evaluate(f"{relation}(a, b)", {"a": a, "b": b}) == evaluate(f"{converse}(b, a)", {"a": a, "b": b})


@given(RANGES, RANGES)
def test_ranges_share_a_point_or_one_comes_first(a: Range, b: Range) -> None:
    context = {"a": a, "b": b}
    verdicts = [evaluate(f"{relation}(a, b)", context) for relation in ("before", "overlaps", "after")]

    assert verdicts.count(True) == 1


@given(RANGES, st.integers(-1, 7))
def test_a_point_lies_in_a_range_as_the_operator_says(a: Range, point: int) -> None:
    assert evaluate("includes(a, p) = (p in a) and during(p, a) = (p in a)", {"a": a, "p": point}) is True


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[1..3]", Range(Decimal(1), Decimal(3))),
        ("(-1.5 .. 3)", Range(Decimal("-1.5"), Decimal(3), low_included=False, high_included=False)),
        ("]1..3[", Range(Decimal(1), Decimal(3), low_included=False, high_included=False)),
        ("(..3]", Range(None, Decimal(3), low_included=False)),
        ("[1..)", Range(Decimal(1), None, high_included=False)),
        ("[1..3", None),
        ("[3..1]", None),
        ("[..3]", None),
        ("(..)", None),
        ("[1..x]", None),
        ("[1..1+1]", None),
        ("1..3", None),
        ("", None),
        ('[1.."a"]', None),
    ],
)
def test_a_range_is_read_from_text(text: str, value: object) -> None:
    assert evaluate("range(text)", {"text": text}) == value


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ('["a".."c")', '["a".."c")'),
        ('[@"2026-03-01"..@"2026-03-09"]', '[@"2026-03-01"..@"2026-03-09"]'),
        ('[date("2026-03-01")..date("2026-03-09")]', '[@"2026-03-01"..@"2026-03-09"]'),
        ('[date and time("2026-03-01T00:00:00Z")..)', '(>= @"2026-03-01T00:00:00Z")'),
        ('(..duration("P1D")]', '(<= @"P1D")'),
    ],
)
def test_the_ends_of_a_range_as_text_are_literals(text: str, literal: str) -> None:
    assert evaluate(f"range(text) = {literal}", {"text": text}) is True
