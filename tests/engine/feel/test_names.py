"""Names: of several words, with signs and keywords in them, in nested contexts (DMN 1.5, section 10.3.1)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import FeelSyntaxError
from engine.feel import evaluate, parse

CONTEXT = {
    "Full Name": "Li Wei",
    "Name": "Wei",
    "a": 5,
    "b": 2,
    "a+b": 100,
    "a - b": 200,
    "Profit/Loss": 7,
    "date and time of receipt": "now",
    "in arrears": True,
    "for sale": 1,
    "if only": 2,
    "x and y": 3,
    "not ok": 4,
    "day of week": "mine",
    "1st": 0,
    "Tom 2": 22,
    "it's": 8,
    "it’s late": 9,
    "金额（元）": 10,
    "año": 11,
    "e\u0301tat": 12,
    "🐎": 13,
    "🐎 race": 14,
    "50% off": 15,
    "outer": {"inner": {"deep name": 16, "plain": 17}, "end date": 18},
    "rows": [{"unit price": 3, "qty": 2}, {"unit price": 5, "qty": 1}],
    "a.b": 19,
}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("Full Name", "Li Wei"),
        ("Full \n  Name", "Li Wei"),
        ("Full /* really */ Name", "Li Wei"),
        ("Name", "Wei"),
        ("a+b", 100),
        ("a +b", 7),
        ("a - b", 200),
        ("a-b", 3),
        ("Profit/Loss + 1", 8),
        ("date and time of receipt", "now"),
        ("in arrears and true", True),
        ("for sale + if only + x and y", 6),
        ("not ok > 3", True),
        ("day of week", "mine"),
        ("Tom 2 + 1", 23),
        ("it's + it’s late", 17),
        ("金额（元） * 2", 20),
        ("año + e\u0301tat", 23),
        ("🐎 + 🐎 race", 27),
        ("50% off", 15),
        ("outer.inner.deep name + outer.end date", 34),
        ("outer . inner . plain", 17),
        ("rows.unit price", [3, 5]),
        ("rows[unit price > 4].qty", [1]),
        ("rows[1].unit price * rows[1].qty", 6),
        ("a.b", 19),
        ("{b c: 1, d: b c + 1}.d", 2),
        ("{o: {b c: 1}, d: o.b c}.d", 1),
        ("[{b c: 1}, {b c: 2}][b c = 2].b c", [2]),
        ('{"b c": 1}.b c', 1),
        ("{a+c: 1, d: a+c + 1}.d", 2),
        ("{x.y: 4}.x.y", 4),
        ("{if: 1}.if", 1),
        ("for the row in rows return the row.unit price", [3, 5]),
        ("for i-th in [1, 2] return i-th * 2", [2, 4]),
        ("some big one in [1, 9] satisfies big one > 8", True),
        ("(function(the first, b-2) the first - b-2)(9, 4)", 5),
        ("(function(the first) the first)(the first: 9)", 9),
    ],
)
def test_a_name_is_the_longest_that_is_known(expression: str, value: object) -> None:
    assert evaluate(expression, CONTEXT) == value


def test_names_of_inner_contexts_are_forgotten_outside() -> None:
    assert evaluate("{a b: 1, x: 2}.x - 1", {}) == 1
    assert evaluate("{p: {a-b: 1}, q: {a: 5, b: 3, r: a-b}}.q.r", {}) == 2


def test_names_may_be_told_to_the_parser() -> None:
    expression = parse(
        "Monthly income > income and date of birth = null", frozenset({"Monthly income", "date of birth"})
    )

    assert expression.names == {"Monthly income", "income", "date of birth"}


WORDS = st.lists(
    st.sampled_from(["if", "in", "and", "rate", "x1", "date", "time", "of", "+", "-", "7"]), min_size=1, max_size=4
)


@given(WORDS.map(" ".join).map("the {}".format))
def test_any_name_is_found_whatever_words_it_holds(name: str) -> None:
    assert evaluate(f"1 + {name} * 2", {name: 4}) == Decimal(9)
    assert evaluate(f"c.{name}", {"c": {name: 4}}) == Decimal(4)
    assert evaluate(f"{{{name}: 3, result: {name} + 1}}.result", {}) == Decimal(4)


def test_of_many_names_with_one_beginning_the_longest_counts_and_reading_stays_quick() -> None:
    names = frozenset({"a b", "a b c", *(f"a {number}" for number in range(5_000))})

    assert parse("a b c + a 7", names).names == {"a b c", "a 7"}
    assert parse("[" + "a b, " * 1_000 + "1]", names).names == {"a b"}


def test_a_name_of_very_many_words_is_not_known() -> None:
    with pytest.raises(FeelSyntaxError):
        parse(" ".join("abcdefghij" * 4), frozenset({" ".join("abcdefghij" * 4)}))
