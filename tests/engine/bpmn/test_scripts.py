"""Scripts that only assign, as FEEL."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import feel
from engine.bpmn import scripts
from engine.errors import FeelSyntaxError


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("java", "return approved == true;", True),
        ("groovy", "amount > 5 && kind == 'a'", True),
        ("javascript", 'kind === "a" ? "x" : "y"', "x"),
        ("python", "not approved or amount == 6", True),
        ("juel", "amount + 1", 7),
        ("groovy", '"Order " + amount', "Order 6"),
        ("javascript", "/* why */ amount // what", 6),
    ],
)
def test_an_expression_has_its_value(language, text, value):
    context = {"approved": True, "amount": 6, "kind": "a"}

    assert feel.evaluate(scripts.value(text, language), context) == value


def test_later_assignments_see_earlier_ones():
    found = scripts.script("a = b + 1; c = a * 2;\nd = c", "groovy")

    values = {name: feel.evaluate(text, {"b": 1}) for name, text in found.assigned.items()}
    assert values == {"a": 2, "c": 4, "d": 4}


def test_variables_of_the_script_alone_are_not_given_away():
    found = scripts.script('var a = 2; let b = a + 1; execution.setVariable("c", a + b)', "javascript")

    assert {name: feel.evaluate(text, {}) for name, text in found.assigned.items()} == {"c": 5}


def test_signs_inside_texts_divide_nothing():
    assert dict(scripts.script("a = 'x; y = {1}'", "groovy").assigned) == {"a": '"x; y = {1}"'}


@pytest.mark.parametrize(
    "text",
    [
        "if (a) { b }",
        "a = 1; a = 2",
        "bean.save(a)",
        "for x in y: pass",
        "return 1; a = 2",
        "var a",
        "a = [x: 1",
        "a = new Date()",
    ],
)
def test_more_than_assignments_is_refused(text):
    with pytest.raises(FeelSyntaxError) as caught:
        scripts.script(text, "groovy")

    assert caught.value.params["why"]
    assert caught.value.params["why_zh"]


def test_an_unknown_language_is_refused():
    with pytest.raises(FeelSyntaxError):
        scripts.script("1", "cobol")


@pytest.mark.parametrize(
    ("language", "known"),
    [
        ("", True),
        ("feel", True),
        ("https://www.omg.org/spec/DMN/20191111/FEEL/", True),
        ("http://www.w3.org/1999/XPath", True),
        ("groovy", False),
    ],
)
def test_the_languages_that_tools_write_by_themselves_are_known(language, known):
    assert scripts.is_default(language) is known


@given(st.text(max_size=60), st.sampled_from(["groovy", "python", "javascript", "java", ""]))
def test_no_text_breaks_the_reading(text, language):
    try:
        found = scripts.script(text, language)
    except FeelSyntaxError:
        return
    for feel_text in [*found.assigned.values(), *filter(None, [found.value])]:
        feel.parse(feel_text)
