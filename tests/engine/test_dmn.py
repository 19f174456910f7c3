"""Decisions: which rules match, what they give, and how contradictions are told."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.dmn import Decisions, load
from engine.errors import DecisionFault, FeelBudgetExceeded, NotFound

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
NAMESPACES = [
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    MODEL,
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
]


def file(*decisions: str) -> bytes:
    return f'<definitions xmlns="{MODEL}" id="d" name="D" namespace="n">{"".join(decisions)}</definitions>'.encode()


def text(value: str) -> str:
    return f"<text>{value.replace('&', '&amp;').replace('<', '&lt;')}</text>"


def table(
    rules: list[str], *, policy: str = "FIRST", inputs: str = "amount", outputs: str = "level", extra: str = ""
) -> str:
    """A decision `level` whose rules are written as `cell | cell -> result | result`."""
    columns = "".join(
        f'<input id="i{n}" label="{name}"><inputExpression id="e{n}">{text(name)}</inputExpression></input>'
        for n, name in enumerate(inputs.split(" | "))
    )
    results = "".join(f'<output id="o{n}" name="{name}"/>' for n, name in enumerate(outputs.split(" | ")))
    rows = "".join(_rule(number, rule) for number, rule in enumerate(rules, 1))
    attributes = f'id="t" hitPolicy="{policy}"{extra}'
    return (
        '<decision id="level" name="Level">'
        f"<decisionTable {attributes}>{columns}{results}{rows}</decisionTable></decision>"
    )


def _rule(number: int, rule: str) -> str:
    tests, results = rule.split(" -> ")
    cells = "".join(f'<inputEntry id="r{number}_i">{text(cell)}</inputEntry>' for cell in tests.split(" | "))
    cells += "".join(f'<outputEntry id="r{number}_o">{text(cell)}</outputEntry>' for cell in results.split(" | "))
    return f'<rule id="r{number}">{cells}</rule>'


def decided(source: bytes, **context: object) -> object:
    return load(source).evaluate("level", context).value


LEVELS = ['>= 50000 -> "MAJOR"', '>= 1000 -> "COMPLEX"', '- -> "NORMAL"']


@pytest.mark.parametrize(("amount", "level"), [(60_000, "MAJOR"), (1000, "COMPLEX"), (1, "NORMAL"), (None, "NORMAL")])
def test_the_first_rule_that_matches_decides(amount: int | None, level: str) -> None:
    outcome = load(file(table(LEVELS))).evaluate("level", {"amount": amount})

    assert outcome.value == {"level": level}
    assert outcome.inputs == {"amount": amount}
    assert outcome.matched == ({"MAJOR": "r1", "COMPLEX": "r2", "NORMAL": "r3"}[level],)


@pytest.mark.parametrize("namespace", NAMESPACES)
@pytest.mark.parametrize("prefix", ["", "dmn:"])
def test_all_versions_are_read_with_and_without_a_prefix(namespace: str, prefix: str) -> None:
    source = file(table(LEVELS)).decode().replace(MODEL, namespace)
    if prefix:
        source = source.replace("</", "</dmn:").replace("<", "<dmn:").replace("<dmn:/dmn:", "</dmn:")
        source = source.replace("xmlns=", "xmlns:dmn=")

    assert decided(source.encode(), amount=1000) == {"level": "COMPLEX"}


def test_several_inputs_must_all_fit() -> None:
    rules = ['"card", "loan" | > 100 -> 1 | "a"', 'not("card") | - -> 2 | -1', "- | - -> 3 |  "]
    source = file(table(rules, inputs="product | case.amount", outputs="priority | why"))

    assert decided(source, product="loan", case={"amount": 101}) == {"priority": 1, "why": "a"}
    assert decided(source, product="loan", case={"amount": 1}) == {"priority": 2, "why": -1}
    assert decided(source, product="card", case={}) == {"priority": 3, "why": None}


def test_unique_gives_nothing_without_a_match_and_refuses_two() -> None:
    source = file(table(['> 5 -> "high"', '> 10 -> "higher"'], policy="UNIQUE"))

    assert decided(source, amount=1) is None
    assert decided(source, amount=6) == {"level": "high"}
    with pytest.raises(DecisionFault, match="several rules match"):
        decided(source, amount=11)


def test_any_wants_the_same_result_of_all_rules() -> None:
    source = file(table(['> 5 -> "high"', '> 10 -> "high"', '> 20 -> "low"'], policy="ANY"))

    assert decided(source, amount=11) == {"level": "high"}
    with pytest.raises(DecisionFault, match="different results"):
        decided(source, amount=21)


@pytest.mark.parametrize("policy", ["COLLECT", "RULE ORDER"])
def test_collecting_gives_all_results_in_the_order_of_rules(policy: str) -> None:
    source = file(table(["> 5 -> 1", "> 10 -> 2", "> 1 -> 3"], policy=policy))

    assert decided(source, amount=7) == [{"level": 1}, {"level": 3}]
    assert decided(source, amount=0) == []


@given(st.lists(st.integers(-100, 100), min_size=1, max_size=8), st.integers(0, 9))
def test_aggregations_agree_with_the_list_of_results(results: list[int], amount: int) -> None:
    rules = [f"> {number} -> {result}" for number, result in enumerate(results)]
    matching = results[:amount]
    expected = {"SUM": sum(matching), "MIN": min(matching, default=None), "MAX": max(matching, default=None)}

    for aggregation, value in {**expected, "COUNT": len(matching)}.items():
        source = file(table(rules, policy="COLLECT", extra=f' aggregation="{aggregation}"'))
        result = decided(source, amount=amount)
        assert result == (value if matching or aggregation == "COUNT" else None)


def test_a_sum_of_texts_is_a_fault() -> None:
    source = file(table(['- -> "a"'], policy="COLLECT", extra=' aggregation="SUM"'))

    with pytest.raises(DecisionFault, match="SUM"):
        decided(source, amount=1)


def test_without_a_match_the_default_output_counts() -> None:
    source = file(table(["> 5 -> 1"])).replace(
        b'name="level"/>', b'name="level"><defaultOutputEntry><text>9</text></defaultOutputEntry></output>'
    )

    outcome = load(source).evaluate("level", {"amount": 1})

    assert (outcome.value, outcome.matched) == ({"level": 9}, ())


def test_a_literal_expression_gives_any_value() -> None:
    source = file(f'<decision id="level" name="L"><literalExpression>{text("amount * 2 &lt; 3".replace("&lt;", "<"))}'
                  "</literalExpression></decision>")  # fmt: skip

    assert decided(source, amount=1) is True


CHAIN = (
    '<decision id="base" name="Base amount"><variable name="base amount"/>'
    f"<literalExpression>{text('amount * factor')}</literalExpression></decision>"
)
REQUIRED = '<informationRequirement id="q"><requiredDecision href="#base"/></informationRequirement>'


def test_required_decisions_come_first_and_stand_under_their_names() -> None:
    needing = table(["> 100 -> base amount + 1"], inputs="base amount").replace(
        "<decisionTable", REQUIRED + "<decisionTable"
    )
    decisions = load(file(needing, CHAIN))

    outcome = decisions.evaluate("level", {"amount": 60, "factor": 2})

    assert outcome.value == {"level": 121}
    assert [(one.decision, one.value) for one in outcome.required] == [("base", 120)]
    assert decisions.ids == ("base", "level")
    assert decisions.get("level").names == {"amount", "factor"}


def test_a_required_table_with_one_output_is_seen_as_its_value() -> None:
    needing = (
        '<decision id="second" name="Second"><informationRequirement><requiredDecision href="#level"/>'
        f"</informationRequirement><literalExpression>{text('Level + 1')}</literalExpression></decision>"
    )
    decisions = load(file(needing, table(["> 1 -> 5"]).replace("<decision ", "<decision ", 1)))

    assert decisions.evaluate("second", {"amount": 2}).value == 6


def test_a_decision_describes_itself() -> None:
    source = file(table(LEVELS)).replace(b'<rule id="r1">', b'<rule id="r1"><description>Art. 29</description>')

    decision = load(source).get("level")

    assert (decision.id, decision.name, decision.outputs) == ("level", "Level", ("level",))
    assert [(column.label, column.expression.text) for column in decision.inputs] == [("amount", "amount")]
    assert [(rule.id, rule.row, rule.annotation) for rule in decision.rules][:2] == [
        ("r1", 1, "Art. 29"),
        ("r2", 2, ""),
    ]
    assert decision.names == {"amount"}


def test_an_unknown_decision_is_not_found() -> None:
    decisions = load(file(table(LEVELS)))

    with pytest.raises(NotFound, match="nowhere"):
        decisions.evaluate("nowhere", {})


def _typed(rules: list[str], column: str) -> Decisions:
    return load(file(table(rules)).replace(b'name="level"/>', column.encode()))


def test_typed_outputs_refuse_other_types_when_calculated() -> None:
    decisions = _typed(["- -> amount"], 'name="level" typeRef="integer"/>')

    assert decisions.evaluate("level", {"amount": 3}).value == {"level": Decimal(3)}
    for wrong in ("3", 3.5, date(2026, 1, 1)):
        with pytest.raises(DecisionFault, match="row 1"):
            decisions.evaluate("level", {"amount": wrong})


def test_values_outside_the_allowed_ones_are_faults() -> None:
    allowed = f'name="level"><outputValues>{text(chr(34) + "a" + chr(34))}</outputValues></output>'
    decisions = _typed(["- -> amount"], allowed)

    assert decisions.evaluate("level", {"amount": "a"}).value == {"level": "a"}
    with pytest.raises(DecisionFault, match="not allowed"):
        decisions.evaluate("level", {"amount": "b"})

    inputs = file(table(["- -> 1"])).replace(
        b"</input>", f"<inputValues>{text('[0..9]')}</inputValues></input>".encode()
    )
    assert decided(inputs, amount=9) == {"level": 1}
    with pytest.raises(DecisionFault, match="amount"):
        decided(inputs, amount=10)


def test_functions_of_the_application_work_in_cells() -> None:
    decisions = load(file(table(["> limit(1) -> limit(2)"])))

    assert decisions.evaluate("level", {"amount": 12}, {"limit": lambda n: n * 10}).value == {"level": 20}


def test_a_table_of_much_work_is_stopped() -> None:
    work = "count(for i in 1..3000 return i) = 0 -> 1"
    decisions = load(file(table([work] * 50, inputs="amount")))

    with pytest.raises(FeelBudgetExceeded):
        decisions.evaluate("level", {})
