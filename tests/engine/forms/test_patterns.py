"""Patterns of form fields: JavaScript's regular expressions, made safe."""

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.forms.patterns import PatternRefused, SlowPattern, compile_pattern


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^\d{4}$", "1234"),
        (r"^[A-Z]{2}-\d+\/\d+$", "AB-1/22"),
        (r"^(?<year>\d{4})-(?<month>\d\d)$", "2026-03"),
        (r"^(\d{1,3}\.){3}\d{1,3}$", "10.0.0.1"),
        (r"^(?:cat|dog)s?$", "dogs"),
        (r"^[^@]+@[^@]+\.[^@]+$", "a@b.c"),
        (r"[)\]*+]{2}", ")+"),
        (r"^[[&&~~||]{3}$", "[&|"),
    ],
)
def test_everyday_patterns_work(pattern, text):
    assert compile_pattern(pattern).search(text)


def test_digits_are_ascii_as_in_javascript():
    assert not compile_pattern(r"^\d$").search("\u0663")


@pytest.mark.parametrize("pattern", [r"\p{L}", "(", "[^]", "a{2}{3}", r"(?<1>a)"])
def test_what_python_cannot_use_is_refused(pattern):
    with pytest.raises(PatternRefused):
        compile_pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "^(a+)+$",
        "^(a*)*$",
        "^(a|a)*$",
        "^(a|ab)+$",
        "^((a{1,9}){1,9}){1,9}$",
        "^(a?){30}$",
        "^a*a*a*a*$",
        "a*a*a*b",
        "^(a+,){9}$",
        r"^(a)\1$",
        "^(?:(?:a+))+$",
        "^(a{1,99})*$",
    ],
)
def test_patterns_that_may_take_very_long_are_refused(pattern):
    with pytest.raises(SlowPattern):
        compile_pattern(pattern)


@given(st.text(alphabet="ab(){}[]|*+?^$\\.,:<>=!P12-", max_size=20))
def test_any_text_is_a_pattern_or_refused(source):
    with contextlib.suppress(PatternRefused):
        compiled = compile_pattern(source)
        assert isinstance(compiled, re.Pattern)
        compiled.search("aab1" * 64)
