"""Which texts of a model are FEEL, and what FEEL they are."""

from decimal import Decimal

import pytest

from engine.bpmn.expressions import is_expression, is_iso, parsed
from engine.errors import FeelSyntaxError


@pytest.mark.parametrize("text", ["${a}", "#{a}", "=a", " = a", "${a\n+ b}", "${}", "10 ${currency}"])
def test_wrapped_text_is_an_expression(text):
    assert is_expression(text)


@pytest.mark.parametrize("text", ["", "a", "staff", "a = b", "$a", "${a", "{a}"])
def test_other_text_stands_for_itself(text):
    assert not is_expression(text)


@pytest.mark.parametrize("text", ["P15D", "PT8H", "-P1D", "R3/PT1H", "R/PT1H", "2026-03-31", "2026-03-31T09:00:00Z"])
def test_iso_text_is_a_literal_of_a_timer(text):
    assert is_iso(text)


@pytest.mark.parametrize("text", ["", "Price", "deadline", "=P15D", '"P15D"', "R3", "31.03.2026", "Ping"])
def test_other_text_of_a_timer_is_feel(text):
    assert not is_iso(text)


@pytest.mark.parametrize("text", ["a > 5 and b", "= a > 5 and b", "${a > 5 and b}", "#{a > 5 and b}", "${a > 5 && b}"])
def test_feel_and_simple_juel_mean_the_same(text):
    assert parsed(text).evaluate({"a": Decimal(6), "b": True}) is True
    assert parsed(text).evaluate({"a": Decimal(4), "b": True}) is False


@pytest.mark.parametrize("text", ["a && && b", "= a && b", "${execution.setVariable(a)}", "${", "((", ""])
def test_what_is_neither_is_refused(text):
    with pytest.raises(FeelSyntaxError):
        parsed(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${list[0]}", 7),
        ("${list.size() == 1}", True),
        ("Order ${a} of ${b.c}", "Order 6 of me"),
        ("Order ${a}${missing}", "Order 6"),
        ("PT${a}H", "PT6H"),
        ('a === 6 && b.c != "you"', True),
        ("return a > 5;", True),
        ("= count(list) = 1", True),
        ('contains("a.b(c)", "b")', True),
    ],
)
def test_what_other_engines_write_means_what_it_means_there(text, value):
    assert parsed(text).evaluate({"a": Decimal(6), "b": {"c": "me"}, "list": [Decimal(7)]}) == value
