"""Requirements: what a decision sees, in which order decisions are made, and how often."""

import pytest

from engine.dmn import load
from tests.engine.dmn.written import codes, decision, file, given, reasons, table, value

CHAIN = [
    decision("level", "base amount + 1", needs="base amount"),
    given("amount", "number"),
    decision("base amount", "amount * factor", needs="data:amount, data:factor"),
    given("factor", "number"),
]


def test_required_decisions_come_first_and_stand_under_their_names() -> None:
    decisions = load(file(*CHAIN))

    outcome = decisions.decide("level", {"amount": 60, "factor": 2})

    assert (outcome.value, outcome.reasons) == (121, ())
    assert [(one.decision, one.value) for one in outcome.required] == [("base_amount", 120)]
    assert decisions.ids == ("base_amount", "level")
    assert decisions.get("level").names == {"amount", "factor"}
    assert codes(file(*CHAIN)) == []


@pytest.mark.parametrize("name", ["base_amount", "base amount"])
def test_a_decision_is_asked_for_by_id_or_by_name(name: str) -> None:
    assert value(file(*CHAIN), name, amount=2, factor=3) == 6


def test_a_decision_is_made_once_however_many_require_it() -> None:
    asked: list[int] = []
    source = file(
        decision("a", "ask()"),
        decision("b", "a + 1", needs="a"),
        decision("c", "a + 2", needs="a"),
        decision("d", "a + b + c", needs="a, b, c"),
    )

    result = load(source).evaluate("d", {}, {"ask": lambda: asked.append(1) or 10})

    assert (result, asked) == (33, [1])


def test_only_what_is_needed_is_evaluated() -> None:
    asked: list[int] = []
    source = file(decision("a", "ask()"), decision("b", "1"))

    assert load(source).evaluate("b", {}, {"ask": lambda: asked.append(1)}) == 1
    assert asked == []


def test_a_required_table_with_several_outputs_is_seen_as_a_context() -> None:
    source = file(
        decision("both", table(["- -> 1 | 2"], outputs="one | other one")),
        decision("sum", "both.one + both.other one", needs="both"),
    )

    assert value(source, "sum") == 3


def test_a_name_may_hold_signs_where_it_is_required_and_is_calculated_where_it_is_not() -> None:
    source = file(
        given("a"),
        given("b"),
        decision("a-b", "a-b", needs="data:a, data:b"),
        decision("twice", "a-b * 2", needs="a-b"),
    )

    assert value(source, "twice", a=5, b=3) == 4


def test_keys_of_several_words_are_known_where_a_context_is_read() -> None:
    logic = '{first name: "Ann", "last name": "Lee"}'
    source = file(decision("who", logic), decision("d", "who.first name + who.last name", needs="who"))

    assert codes(source) == []
    assert value(source, "d") == "AnnLee"


def test_the_variable_names_the_result_not_the_decision() -> None:
    first = decision("first", "5").replace('<variable name="first"/>', '<variable name="five"/>')
    source = file(first, decision("second", "five + 1", needs="first"))

    assert value(source, "second") == 6
    assert value(source, "five") == 5


def test_a_decision_without_declared_inputs_reads_the_context() -> None:
    assert value(file(decision("level", "case.amount + 1")), "level", case={"amount": 1}) == 2


def test_an_input_is_taken_under_its_own_name_where_its_variable_has_another() -> None:
    source = file(
        given("amount").replace('variable name="amount"', 'variable name="sum"'),
        decision("d", "sum + 1", needs="data:amount"),
    )

    assert (value(source, "d", amount=1), value(source, "d", sum=2)) == (2, 3)


def test_a_missing_input_is_null() -> None:
    source = file(given("amount"), decision("level", "amount = null", needs="data:amount"))

    assert value(source, "level") is True


def test_a_requirement_that_is_missing_is_told_and_null() -> None:
    source = file(decision("level", "other", needs="other"))

    assert codes(source) == ["dmn.reference"]
    assert value(source, "level") is None


def test_decisions_that_require_one_another_are_told_and_null() -> None:
    circle = [decision("a", "b", needs="b"), decision("b", "a", needs="a"), decision("c", "a", needs="a")]
    source = file(*circle, decision("d", "1"))

    assert codes(source) == ["dmn.cycle"]
    assert [value(source, name) for name in "abcd"] == [None, None, None, 1]
    assert "requires itself" in reasons(source, "b")


def test_a_long_chain_of_decisions_is_no_trouble() -> None:
    links = [decision(f"d{n}", f"d{n - 1} + 1", needs=f"d{n - 1}") for n in range(1, 2000)]

    assert value(file(*links, decision("d0", "1")), "d1999") == 2000


def test_a_fault_of_a_required_decision_is_told_by_its_name() -> None:
    wrong = table(["- -> 1", "- -> 2"], policy="UNIQUE")
    outcome = load(file(decision("first", wrong), decision("last", "first", needs="first"))).decide("last", {})

    assert outcome.value is None
    assert [reason.params["decision"] for reason in outcome.reasons] == ["first"]


def test_one_unreadable_decision_does_not_keep_others_from_being_made() -> None:
    source = file(decision("good", "1 + 1"), decision("bad", "1 +"))

    assert codes(source) == ["feel.syntax"]
    assert (value(source, "good"), value(source, "bad")) == (2, None)
    assert reasons(source, "bad")
    assert [problem.code for problem in load(source).problems] == ["feel.syntax"]
