"""The built-in functions as a whole: each has its examples, none of them crashes, kinds are converted or null."""

import itertools
from pathlib import Path

import pytest

from engine.feel import BUILTINS, evaluate

JUNK = [
    "null",
    "[]",
    "-1",
    '"x"',
    "{}",
    "[1..2]",
    '@"P1D"',
    "[null]",
    "true",
    '@"2026-03-10"',
    "function(a) a",
    "[abs]",
]


@pytest.mark.parametrize("name", sorted(BUILTINS))
def test_a_built_in_function_gives_values_or_null_for_whatever_comes_in(name: str) -> None:
    same = [[junk] * count for count in range(5) for junk in JUNK]
    for arguments in [*same, *itertools.product(JUNK, JUNK)]:
        value = evaluate(f"{name}({', '.join(arguments)})", {})
        assert value is None or not isinstance(value, (float, Exception)), arguments


def test_every_built_in_function_has_examples() -> None:
    text = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_builtins_*.py"))

    assert [name for name in BUILTINS if f"{name}(" not in text] == []


def test_a_single_value_stands_for_its_list_and_back() -> None:
    assert evaluate('upper case(["a"])', {}) == "A"
    assert evaluate('upper case(["a", "b"])', {}) is None
    assert evaluate('list contains("a", "a")', {}) is True


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in sorted(BUILTINS)
        if all(form.least and "any" not in form.kinds[0] for form in BUILTINS[name].forms)
    ],
)
def test_null_in_the_first_place_gives_null(name: str) -> None:
    for form in BUILTINS[name].forms:
        assert evaluate(f"{name}({', '.join(['null'] * form.least)})", {}) is None
