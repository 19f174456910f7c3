"""Decision services: evaluated as they are, and called as functions."""

import pytest

from engine.dmn import load
from engine.errors import FeelBudgetExceeded
from tests.engine.dmn.written import codes, decision, file, given, invocation, value


def _service(name: str, outputs: str, *, hidden: str = "", data: str = "", decisions: str = "", type_: str = "") -> str:
    variable = f'<variable name="{name}" typeRef="{type_}"/>' if type_ else f'<variable name="{name}"/>'
    parts = [
        ("outputDecision", outputs),
        ("encapsulatedDecision", hidden),
        ("inputDecision", decisions),
        ("inputData", data),
    ]
    inner = "".join(f'<{tag} href="#{one}"/>' for tag, names in parts for one in filter(None, names.split(", ")))
    return f'<decisionService id="{name.replace(" ", "_")}" name="{name}">{variable}{inner}</decisionService>'


MODEL = [
    given("n", "number"),
    decision("base", '"never"'),
    decision("middle", "base + n", needs="base, data:n", type_="number"),
    decision("top", "middle * 2", needs="middle"),
    decision("side", "middle - 1", needs="middle"),
]
ONE = _service("one", "top", hidden="middle", data="n", decisions="base")
BOTH = _service("both of them", "top, side", hidden="middle", data="n", decisions="base")


def test_a_decision_service_is_evaluated_without_its_input_decisions() -> None:
    source = file(*MODEL, ONE, BOTH)

    assert codes(source) == []
    assert value(source, "one", n=1, base=10) == 22
    assert value(source, "both of them", n=1, base=10) == {"top": 22, "side": 10}
    assert value(source, "both_of_them", n=1) == {"top": None, "side": None}
    assert value(source, "one", n="x", base=10) is None


def test_a_decision_service_is_a_function_of_its_input_data_and_then_its_input_decisions() -> None:
    source = file(
        *MODEL, ONE, BOTH,
        decision("a", "one(1, 10)", needs="fn:one"),
        decision("b", "one(base: 20, n: 1)", needs="fn:one"),
        decision("c", "both of them(1, 10).side", needs="fn:both of them"),
        decision("d", invocation("one", n="2", base="5"), needs="fn:one"),
        decision("e", 'one("x", 10)', needs="fn:one"),
        decision("f", "one(1)", needs="fn:one"),
    )  # fmt: skip

    assert [value(source, name, n=1000) for name in "abcdef"] == [22, 42, 10, 14, None, None]


def test_the_result_of_a_decision_service_is_converted_to_its_type() -> None:
    source = file(*MODEL, _service("text", "top", data="n", decisions="base", type_="string"))

    assert value(source, "text", n=1, base=1) is None


def test_a_decision_service_without_outputs_is_told() -> None:
    assert codes(file(*MODEL, '<decisionService id="s" name="s"/>')) == ["dmn.no_logic"]
    assert codes(file(*MODEL, _service("s", "nothing"))) == ["dmn.reference"]


def test_a_decision_that_calls_the_service_it_belongs_to_is_stopped() -> None:
    source = file(_service("s", "d"), decision("d", "s()", needs="fn:s"))

    with pytest.raises(FeelBudgetExceeded):
        load(source).evaluate("d", {})
