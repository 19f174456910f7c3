"""Functions: business knowledge models, boxed functions, invocations, and decision services as functions."""

import pytest

from engine.dmn import load
from engine.errors import FeelBudgetExceeded
from tests.engine.dmn.written import (
    codes,
    context,
    decision,
    file,
    function,
    given,
    invocation,
    item,
    knowledge,
    literal,
    reasons,
    table,
    value,
)  # fmt: skip

ADD = knowledge("add up", "a: number, b: number", "a + b")


@pytest.mark.parametrize(
    ("logic", "expected"),
    [
        ("add up(1, n)", 4),
        ("add up(b: 1, a: n)", 4),
        (invocation("add up", a="1", b="n"), 4),
        (invocation("add up", b="1", a=context(("x", "n"), result="x * 2")), 7),
        ("add up([1], n)", 4),
        ('add up("1", n)', None),
        (invocation("add up", a='"1"', b="n"), None),
        ("add up(1)", None),
        ("add up(1, 2, 3)", None),
        ("add up(a: 1, c: 2)", None),
        ("add up", None),
        ("for i in [1, 2] return add up(i, n)", [4, 5]),
    ],
)
def test_a_knowledge_model_is_called_by_position_by_name_and_by_an_invocation(logic: str, expected: object) -> None:
    source = file(ADD, given("n"), decision("d", logic, needs="fn:add up, data:n", type_="Any"))

    result = value(source, "d", n=3)

    if logic == "add up":
        assert result is not None
    else:
        assert result == expected


def test_a_knowledge_model_sees_its_parameters_and_what_it_requires_and_nothing_else() -> None:
    source = file(
        knowledge("double", "x", "x * 2"),
        knowledge("more", "x", "double(x) + 1", needs="fn:double"),
        knowledge("blind", "x", "n"),
        decision("d", "more(n)", needs="fn:more"),
        decision("e", "blind(1)", needs="fn:blind"),
    )

    assert codes(source) == []
    assert (value(source, "d", n=3), value(source, "e", n=3)) == (7, None)
    assert load(source).get("d").names == {"n"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (table(["< 10 -> 1", "- -> 2"], inputs="x"), 1),
        (context(("y", "x + 1"), result="y * 2"), 8),
        (f"<list>{literal('x')}</list>", [3]),
        (invocation("abs", n="-x"), 3),
    ],
)
def test_the_body_of_a_function_is_any_expression(body: str, expected: object) -> None:
    source = file(knowledge("f", "x", body), decision("d", "f(3)", needs="fn:f"))

    assert value(source, "d") == expected


@pytest.mark.parametrize(("body", "expected"), [("x", 3), ("[x]", 3), ('"3"', None), ("[x, x]", None)])
def test_the_result_of_a_function_is_converted_to_its_type(body: str, expected: object) -> None:
    typed = (
        '<itemDefinition name="tFn"><functionItem outputTypeRef="number"><parameters name="x"/></functionItem>'
        "</itemDefinition>"
    )

    for type_ in ("number", "tFn"):
        source = file(typed, knowledge("f", "x", body, type_=type_), decision("d", "f(3)", needs="fn:f"))
        assert codes(source) == []
        assert value(source, "d") == expected


def test_a_function_in_a_context_is_called_by_later_entries_and_sees_the_names_around_it() -> None:
    logic = context(("base", "10"), ("plus", function("x: number", "x + base + n")), result="plus(1) + plus(x: 2)")

    assert value(file(decision("d", logic)), "d", n=100) == 223


def test_a_function_is_a_value_that_other_functions_take() -> None:
    source = file(
        knowledge("twice", "f, x", "f(f(x))"),
        knowledge("more", "x", "x + 1"),
        decision("d", "twice(more, 1)", needs="fn:twice, fn:more"),
        decision("e", "twice(function(x) x * 3, 1)", needs="fn:twice"),
        decision("f", function("x", "x + 5")),
        decision("g", "f(1)", needs="f"),
    )

    assert [value(source, name) for name in "deg"] == [3, 9, 6]


def test_a_function_may_call_itself_but_not_without_end() -> None:
    factorial = "if n = 0 then 1 else n * factorial(n - 1)"
    source = file(
        knowledge("factorial", "n", factorial),
        knowledge("endless", "n", "endless(n + 1)"),
        decision("d", "factorial(10)", needs="fn:factorial"),
        decision("e", "endless(1)", needs="fn:endless"),
        decision("f", context(("factorial", function("n", factorial)), result="factorial(5)")),
    )

    assert value(source, "d") == 3_628_800
    assert value(source, "f") == 120
    with pytest.raises(FeelBudgetExceeded):
        load(source).evaluate("e", {})


def test_knowledge_models_that_require_one_another_are_told_and_null() -> None:
    source = file(
        knowledge("f", "x", "g(x)", needs="fn:g"),
        knowledge("g", "x", "f(x)", needs="fn:f"),
        decision("d", "f(1)", needs="fn:f"),
    )

    assert codes(source) == ["dmn.cycle"]
    assert value(source, "d") is None


def test_a_knowledge_model_can_be_asked_for_itself() -> None:
    source = file(ADD)

    assert value(source, "add up", a=1, b=2) == 3
    assert value(source, "add_up", a=1, b="x") is None


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (ADD.replace('kind="FEEL"', 'kind="Java"'), "dmn.function_kind"),
        (ADD.replace('kind="FEEL"', 'kind="PMML"'), "dmn.function_kind"),
        (knowledge("add up", "a", "a +"), "feel.syntax"),
        ('<businessKnowledgeModel id="add_up" name="add up"/>', "dmn.no_logic"),
        (knowledge("add up", "a: strnig", "frobnicate(a)"), "feel.unknown_function"),
    ],
)
def test_a_function_that_cannot_run_is_told_and_gives_null(broken: str, code: str) -> None:
    source = file(broken, decision("d", "add up(1)", needs="fn:add up"))

    assert code in codes(source)
    assert value(source, "d") is None


def test_a_call_of_what_is_no_function_is_null_with_a_reason() -> None:
    source = file(decision("d", invocation("n", x="1")))

    assert value(source, "d", n=3) is None
    assert "no function" in reasons(source, "d", n=3)


def test_a_call_of_an_unknown_function_inside_another_is_null_with_a_reason() -> None:
    source = file(decision("f", "function(x) frobnicate(x)"), decision("d", invocation("f", x="1"), needs="f"))

    assert value(source, "d") is None
    assert "frobnicate" in reasons(source, "d")


def test_a_typed_parameter_takes_a_structure() -> None:
    source = file(
        item("tPerson", parts="name: string"),
        knowledge("greet", "who: tPerson", '"Hello, " + who.name'),
        decision("d", 'greet({name: "Ann"})', needs="fn:greet"),
        decision("e", "greet({name: 1})", needs="fn:greet"),
    )

    assert [value(source, name) for name in "de"] == ["Hello, Ann", None]
