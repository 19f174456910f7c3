"""Conditions put together from lines, and taken apart again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.applications import FieldKind
from engine.errors import InvalidInput
from engine.queries.composing import MOST, SIGNS, Line, Lines, composed, taken_apart
from engine.queries.conditions import condition
from tests.engine.queries.test_conditions import FIELDS

VALUES = {
    FieldKind.TEXT: st.text(st.characters(exclude_categories=["C"]), max_size=10).map(str.strip),
    FieldKind.NUMBER: st.integers(-100, 100).map(str) | st.just("12.50"),
    FieldKind.YES_NO: st.sampled_from(["true", "false"]),
    FieldKind.DAY: st.dates().map(str) | st.sampled_from(["+3", "-20"]),
    FieldKind.MOMENT: st.dates().map(str) | st.sampled_from(["+3", "-20"]),
    FieldKind.CODES: st.sampled_from(["A", 'B"', "中"]),
}


@st.composite
def one_line(draw):
    path = draw(st.sampled_from(sorted(FIELDS)))
    kind = FIELDS[path].kind
    sign = draw(st.sampled_from(SIGNS[kind]))
    return Line(path, sign, "" if sign in {"empty", "filled"} else draw(VALUES[kind]))


@given(st.lists(one_line(), max_size=5), st.booleans())
def test_what_is_put_together_can_be_asked_and_comes_apart_as_it_was(lines, any_of_them):
    wanted = Lines(tuple(lines), any=any_of_them and len(lines) > 1)

    text = composed(wanted, FIELDS)

    assert taken_apart(text, FIELDS) == wanted
    if text:
        assert condition(text, FIELDS).fields == {line.path for line in lines}


@pytest.mark.parametrize(
    "text",
    [
        'case.level = "A" and (case.fast or case.amount > 3)',
        "case.amount > case.priority",
        "case.at < now()",
        'case.at < date and time("2026-03-10T12:00:00Z")',
        "case.amount between 1 and 2",
        'unknown = "A"',
        "case.level = ",
    ],
)
def test_what_says_more_than_lines_can_is_not_taken_apart(text):
    assert taken_apart(text, FIELDS) is None


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (Line("case.name", "=", "x"), "There is no field “case.name”"),
        (Line("case.level", "<", "x"), "“case.level” cannot be asked in this way"),
        (Line("case.amount", "<", "many"), "“case.amount” is compared with a number"),
        (Line("case.amount", "<", "NaN"), "“case.amount” is compared with a number"),
        (Line("case.at", "<", "soon"), "“case.at” is compared with a day, as 2026-03-10"),
        (Line("case.on", "=", "2026-02-30"), "“case.on” is compared with a day"),
    ],
)
def test_a_line_that_does_not_fit_is_refused_with_its_field(line, why):
    with pytest.raises(InvalidInput) as refused:
        composed(Lines((line,)), FIELDS)

    assert why in refused.value.message


def test_a_condition_has_so_many_lines():
    with pytest.raises(InvalidInput, match="at most 12 lines"):
        composed(Lines((Line("case.level", "=", "x"),) * (MOST + 1)), FIELDS)
