"""Decision tables: which rules match, what they give, and how contradictions are told."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine.dmn import load
from engine.dmn.tables import Rule, one_side
from engine.errors import FeelBudgetExceeded, NotFound
from engine.feel import parse_unary
from tests.engine.dmn.written import MODEL, NAMESPACES, codes, decision, file, reasons, table, text, value

LEVELS = ['>= 50000 -> "MAJOR"', '>= 1000 -> "COMPLEX"', '- -> "NORMAL"']


def tabled(rules: list[str], **options: str) -> bytes:
    return file(decision("level", table(rules, **options)))


@pytest.mark.parametrize(("amount", "level"), [(60_000, "MAJOR"), (1000, "COMPLEX"), (1, "NORMAL"), (None, "NORMAL")])
def test_the_first_rule_that_matches_decides(amount: int | None, level: str) -> None:
    outcome = load(tabled(LEVELS)).decide("level", {"amount": amount})

    assert (outcome.value, outcome.named) == (level, {"level": level})
    assert outcome.inputs == {"amount": amount}
    assert outcome.matched == ({"MAJOR": "r1", "COMPLEX": "r2", "NORMAL": "r3"}[level],)


@pytest.mark.parametrize("namespace", NAMESPACES)
@pytest.mark.parametrize("prefix", ["", "dmn:"])
def test_all_versions_are_read_with_and_without_a_prefix(namespace: str, prefix: str) -> None:
    source = tabled(LEVELS).decode().replace(MODEL, namespace)
    if prefix:
        source = source.replace("</", "</dmn:").replace("<", "<dmn:").replace("<dmn:/dmn:", "</dmn:")
        source = source.replace("xmlns=", "xmlns:dmn=")

    assert value(source.encode(), "level", amount=1000) == "COMPLEX"


def test_several_inputs_must_all_fit() -> None:
    rules = ['"card", "loan" | > 100 -> 1 | "a"', 'not("card") | - -> 2 | -1', "- | - -> 3 |  "]
    source = tabled(rules, inputs="product | case.amount", outputs="priority | why")

    assert value(source, "level", product="loan", case={"amount": 101}) == {"priority": 1, "why": "a"}
    assert value(source, "level", product="loan", case={"amount": 1}) == {"priority": 2, "why": -1}
    assert value(source, "level", product="card", case={}) == {"priority": 3, "why": None}


def test_a_cell_may_test_its_input_by_a_question_mark_and_read_other_names() -> None:
    source = tabled(["odd(?) -> 1", "? > limit -> 2", "< limit / 2, limit -> 3"], policy="FIRST")

    assert [value(source, "level", amount=n, limit=10) for n in (3, 12, 4, 10, 8)] == [1, 2, 3, 3, None]


CELLS = [
    "[5..7]",
    "(5..7]",
    "]-5 .. 5.0[",
    "[7..5]",
    "5",
    "5, 7",
    '"5"',
    '"a", "b,c"',
    "true",
    "false, true",
    "-5",
    "< 5",
    ">= 5.0",
    '5, "a"',
    "not(5)",
    "null",
]
VALUES = [Decimal(5), Decimal(-5), Decimal("7.0"), "5", "a", "b,c", True, False, None, [Decimal(5)], ["a", "x"]]


@pytest.mark.parametrize("cell", CELLS)
def test_looking_constants_up_agrees_with_feel(cell: str) -> None:
    decisions = load(tabled([f'{cell} -> "yes"']))

    for tested in VALUES:
        expected = "yes" if parse_unary(cell).test(tested, {}) else None
        assert decisions.evaluate("level", {"amount": tested}) == expected


# --- hit policies -----------------------------------------------------------------------------------------------------

ORDERED = (
    'id="o0" name="level"/>',
    'id="o0" name="level"><outputValues><text>"high", "mid", "low"</text></outputValues></output>',
)
RULES = ['> 1 -> "low"', '> 2 -> "high"', '> 3 -> "mid"', '> 4 -> "high"']


@pytest.mark.parametrize(
    ("policy", "aggregation", "rules", "results"),
    [
        ("UNIQUE", "", ["< 1 -> 1", "> 4 -> 2"], {0: 1, 2: None, 5: 2}),
        ("UNIQUE", "", ["> 1 -> 1", "> 2 -> 1"], {0: None, 2: 1, 3: None}),
        ("ANY", "", ["> 1 -> 1", "> 2 -> 1", "> 3 -> 2"], {0: None, 2: 1, 3: 1, 4: None}),
        ("FIRST", "", RULES, {0: None, 2: "low", 4: "low"}),
        ("PRIORITY", "", RULES, {0: None, 2: "low", 3: "high", 5: "high"}),
        ("OUTPUT ORDER", "", RULES, {0: [], 2: ["low"], 4: ["high", "mid", "low"], 5: ["high", "high", "mid", "low"]}),
        ("RULE ORDER", "", RULES, {0: [], 2: ["low"], 4: ["low", "high", "mid"]}),
        ("COLLECT", "", RULES, {0: [], 2: ["low"], 4: ["low", "high", "mid"]}),
        ("COLLECT", "SUM", ["> 1 -> 5", "> 2 -> 7", "> 3 -> -2"], {0: None, 2: 5, 3: 12, 4: 10}),
        ("COLLECT", "MIN", ["> 1 -> 5", "> 2 -> 7", "> 3 -> -2"], {0: None, 2: 5, 3: 5, 4: -2}),
        ("COLLECT", "MAX", ["> 1 -> 5", "> 2 -> 7", "> 3 -> -2"], {0: None, 2: 5, 3: 7, 4: 7}),
        ("COLLECT", "COUNT", ["> 1 -> 5", "> 2 -> 7", "> 3 -> 7"], {0: 0, 2: 1, 3: 2, 4: 3}),
        ("COLLECT", "SUM", ['> 1 -> "a"'], {2: None}),
    ],
)
def test_every_hit_policy_with_no_match_one_and_several(
    policy: str, aggregation: str, rules: list[str], results: dict[int, Any]
) -> None:
    extra = f' aggregation="{aggregation}"' if aggregation else ""
    source = tabled(rules, policy=policy, extra=extra)
    if "ORDER" in policy or policy == "PRIORITY":
        source = source.replace(*(part.encode() for part in ORDERED))

    assert codes(source) == []
    assert {amount: value(source, "level", amount=amount) for amount in results} == results


def test_priority_counts_the_first_output_most_and_then_the_next() -> None:
    rules = ["- -> 2 | 1", "- -> 1 | 2", "- -> 1 | 3"]
    source = tabled(rules, policy="OUTPUT ORDER", outputs="a | b")
    for name, allowed in (("a", "1, 2"), ("b", "3, 2, 1")):
        source = source.replace(
            f'name="{name}"/>'.encode(), f'name="{name}"><outputValues>{text(allowed)}</outputValues></output>'.encode()
        )

    assert value(source, "level", amount=1) == [{"a": 1, "b": 3}, {"a": 1, "b": 2}, {"a": 2, "b": 1}]
    assert value(source.replace(b"OUTPUT ORDER", b"PRIORITY"), "level", amount=1) == {"a": 1, "b": 3}


@pytest.mark.parametrize(
    ("policy", "extra", "rules", "why"),
    [
        ("UNIQUE", "", ["> 5 -> 1", "> 10 -> 2"], "several rules match"),
        ("ANY", "", ["> 5 -> 1", "> 10 -> 2"], "different results"),
        ("COLLECT", ' aggregation="SUM"', ['- -> "a"'], "SUM"),
    ],
)
def test_a_table_that_contradicts_itself_gives_null_and_says_why(
    policy: str, extra: str, rules: list[str], why: str
) -> None:
    source = tabled(rules, policy=policy, extra=extra)
    outcome = load(source).decide("level", {"amount": 11})

    assert outcome.value is None
    assert outcome.matched
    assert why in reasons(source, "level", amount=11)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in str(outcome.reasons[0].params["why_zh"]))


def test_no_match_needs_no_reason() -> None:
    assert reasons(tabled(["> 5 -> 1"], policy="UNIQUE"), "level", amount=1) == ""


# --- defaults, types and allowed values -------------------------------------------------------------------------------


def _with_output(rules: list[str], column: str, **options: str) -> bytes:
    return tabled(rules, **options).replace(b'0" name="level"/>', f'0" name="level"{column}</output>'.encode())


def test_without_a_match_the_default_output_counts() -> None:
    source = _with_output(["> 5 -> 1"], f"><defaultOutputEntry>{text('9 + amount')}</defaultOutputEntry>")
    outcome = load(source).decide("level", {"amount": 1})

    assert (outcome.value, outcome.matched) == (10, ())
    assert value(source, "level", amount=6) == 1


def test_of_several_outputs_those_without_a_default_are_null() -> None:
    source = _with_output(
        ["> 5 -> 1 | 2"], f"><defaultOutputEntry>{text('9')}</defaultOutputEntry>", outputs="level | b"
    )

    assert value(source, "level", amount=1) == {"level": 9, "b": None}


@pytest.mark.parametrize(("given", "result"), [(3, Decimal(3)), ("3", None), (3.5, None), (date(2026, 1, 1), None)])
def test_an_output_of_another_type_is_null_with_its_row(given: object, result: object) -> None:
    source = _with_output(["- -> amount"], ' typeRef="integer">')

    assert value(source, "level", amount=given) == result
    assert ("row 1" in reasons(source, "level", amount=given)) == (result is None)


def test_values_outside_the_allowed_ones_give_null_with_a_reason() -> None:
    outputs = _with_output(["- -> amount"], f"><outputValues>{text(chr(34) + 'a' + chr(34))}</outputValues>")
    inputs = tabled(["- -> 1"]).replace(b"</input>", f"<inputValues>{text('[0..9]')}</inputValues></input>".encode())

    assert value(outputs, "level", amount="a") == "a"
    assert "not allowed" in reasons(outputs, "level", amount="b")
    assert [value(inputs, "level", amount=n) for n in (9, 10)] == [1, None]
    assert "amount" in reasons(inputs, "level", amount=10)


def test_an_empty_cell_and_a_dash_always_hold() -> None:
    source = tabled([" | - -> 1", "1 |  -> 2"], inputs="a | b").replace(b"<text></text>", b"<text/>")

    assert value(source, "level") == 1


# --- around tables ----------------------------------------------------------------------------------------------------


def test_a_decision_describes_itself() -> None:
    source = tabled(LEVELS).replace(b'<rule id="r1">', b'<rule id="r1"><description>Art. 29</description>')

    found = load(source).get("level")

    assert (found.id, found.name, found.outputs) == ("level", "level", ("level",))
    assert [(column.label, column.expression.text) for column in found.inputs] == [("amount", "amount")]
    assert [(rule.id, rule.row, rule.annotation) for rule in found.rules][:2] == [("r1", 1, "Art. 29"), ("r2", 2, "")]
    assert found.names == {"amount"}


def test_an_unknown_decision_is_not_found() -> None:
    with pytest.raises(NotFound, match="nowhere"):
        load(tabled(LEVELS)).evaluate("nowhere", {})


def test_functions_of_the_application_work_in_cells() -> None:
    decisions = load(tabled(["> limit(1) -> limit(2)"]))

    assert decisions.evaluate("level", {"amount": 12}, {"limit": lambda n: n * 10}) == 20


def test_a_table_of_much_work_is_stopped() -> None:
    decisions = load(tabled(["count(for i in 1..3000 return i) = 0 -> 1"] * 50))

    with pytest.raises(FeelBudgetExceeded):
        decisions.evaluate("level", {})


@pytest.mark.parametrize(
    ("annotation", "chinese", "english"),
    [
        ("金额大 / A large amount", "金额大", "A large amount"),
        ("one language", "one language", "one language"),
        ("", "r", "r"),
    ],
)
def test_a_rule_says_why_it_is_there_in_the_readers_language(annotation: str, chinese: str, english: str) -> None:
    rule = Rule("r", 1, (), (), annotation)

    assert (rule.why("zh_CN"), rule.why("en")) == (chinese, english)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [("分级 / Level", "分级", "Level"), ("Level", "Level", "Level"), ("", "", "")],
)
def test_a_text_in_both_languages_is_told_in_the_readers(text, zh, en):
    assert (one_side(text, "zh"), one_side(text, "en")) == (zh, en)
