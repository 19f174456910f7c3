"""What is shown of a variable is what an editor may send back."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import feel
from engine.queries.literals import literal_text

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20),
    st.decimals(-(10**9), 10**9, places=3),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0)),
    st.integers(-(10**6), 10**6).map(lambda seconds: timedelta(seconds=seconds)),
    st.integers(-500, 500).map(feel.YearsMonths),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab c1", min_size=1), inner, max_size=3),
)


@given(VALUES)
def test_a_literal_gives_the_value_again(value):
    assert feel.parse(literal_text(value)).evaluate({}) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('say "hi"', r'"say \"hi\""'),
        (Decimal("12.50"), "12.5"),
        (datetime(2026, 3, 1, 8, tzinfo=UTC), '@"2026-03-01T08:00:00Z"'),
        ([1, {"a": None}], '[1, {"a": null}]'),
    ],
)
def test_literals_are_those_of_the_language(value, text):
    assert literal_text(value) == text
