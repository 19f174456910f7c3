"""Our regular expressions agree with Python's where both know the pattern, and never run away."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import FeelBudgetExceeded, FeelError
from engine.feel import Pattern

ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "\\d", "\\w", "^", "$", "\\b", "[a-c1]"])


def _repeated(atom: str) -> st.SearchStrategy[str]:
    signs = ["", ""] if atom in ("^", "$", "\\b") else ["", "*", "+", "?", "*?", "+?", "{1,2}", "{2}", "{0,1}?"]
    return st.sampled_from(signs).map(lambda sign: atom + sign)


PATTERNS = st.recursive(
    ATOMS.flatmap(_repeated),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map("".join)
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"({'|'.join(parts)})")
        | inner.map(lambda part: f"(?:{part})?")
    ),
    max_leaves=6,
)


@given(PATTERNS, st.text("ab1c ", max_size=8))
def test_it_finds_what_python_finds(pattern: str, text: str) -> None:
    ours, theirs = Pattern(pattern).search(text), re.search(pattern, text)

    assert (ours is None) == (theirs is None)
    if ours and theirs:
        assert ours.spans[0] == theirs.span()


@given(PATTERNS, st.text("ab1c", max_size=6))
def test_it_matches_whole_texts_as_python_does(pattern: str, text: str) -> None:
    assert Pattern(pattern).fullmatch(text) == (re.fullmatch(pattern, text) is not None)


@pytest.mark.parametrize(
    ("pattern", "text", "groups"),
    [
        ("(\\d{4})-(\\d{2})", "on 2026-03-10", ["2026-03", "2026", "03"]),
        ("(a)|(b)", "b", ["b", "", "b"]),
        ("(a+?)(a*)", "aaa", ["aaa", "a", "aa"]),
        ("\\p{L}+", "12投诉3", ["投诉"]),
        ("[\\p{Lu}\\-]+", "aB-C", ["B-C"]),
        ("\\u6295", "投", ["投"]),
        ("(['\"]).*?\\1", "say 'it' now", ["'it'", "'"]),
        ("(a)|(b)\\1", "b", ["b", "", "b"]),
        ("([ab])([cd])\\2\\1", "acdadda", ["adda", "a", "d"]),
        ("[^a-z-[x]]", "ax1", ["1"]),
        ("[\\p{IsGreek}]+", "aβδ", ["βδ"]),
    ],
)
def test_groups_hold_their_text(pattern: str, text: str, groups: list[str]) -> None:
    match = Pattern(pattern).search(text)

    assert match is not None
    assert [match.group(number) for number in range(len(match.spans))] == groups


@pytest.mark.parametrize(
    ("pattern", "flags", "text"),
    [
        ("ABC", "i", "xabcx"),
        ("a.c", "s", "a\nc"),
        ("^b$", "m", "a\nb\nc"),
        ("a b", "x", "ab"),
        ("(A)\\1", "i", "aA"),
        ("a+b", "q", "a+b"),
    ],
)
def test_flags_change_the_meaning(pattern: str, flags: str, text: str) -> None:
    assert Pattern(pattern, flags).search(text) is not None
    assert Pattern(pattern).search(text) is None


WRONG = [
    "(",
    ")",
    "[a",
    "*",
    "a**",
    "a{2,1}",
    "a{9999}",
    "\\",
    "[b-a]",
    "a{x}",
    "\\p{Latin}",
    "\\1(a)",
    "(a\\1)",
    "(a)\\2",
    "[a-[b]c]",
    "[a-[b]",
]
NOT_SUPPORTED = ["(?=a)", "(?<n>a)", "[a-" * 200, "(" * 200, "((a{99}){99}){99}", "x" * 2_000]


@pytest.mark.parametrize("pattern", WRONG + NOT_SUPPORTED)
def test_a_pattern_that_is_wrong_or_not_supported_is_refused(pattern: str) -> None:
    with pytest.raises(FeelError):
        Pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a|a)*$", "a*a*a*a*a*a*$", "(a?){50}a{50}$", "(.*)(.*)(.*)x", "(a*)(a*)(a*)\\3\\2\\1!!", "(a*)*\\1!!"],
)
def test_evil_patterns_end_soon(pattern: str) -> None:
    started = time.thread_time()
    try:
        found = Pattern(pattern).fullmatch("a" * 3_000 + "!")
    except FeelBudgetExceeded:
        found = False

    assert not found
    assert time.thread_time() - started < 2
