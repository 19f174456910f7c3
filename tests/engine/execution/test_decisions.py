"""Business rule tasks: which decision runs, and where its result goes."""

import pytest

from engine.errors import DecisionFault
from engine.execution import Fact, StepFailed
from engine.execution.decisions import result_of
from tests.models import Case, Shelf, bpmn, element

HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="http://redress.example/t">'
TABLE = (
    HEAD + '<decision id="level" name="level"><decisionTable id="t" hitPolicy="{policy}">'
    '<input id="i"><inputExpression id="ie" typeRef="number"><text>amount</text></inputExpression></input>'
    '<output id="o" name="grade" typeRef="string"/>{more}'
    '<rule id="small"><inputEntry id="e1"><text>&lt; 100</text></inputEntry>'
    '<outputEntry id="o1"><text>"low"</text></outputEntry>{one}</rule>'
    '<rule id="any"><inputEntry id="e2"><text>{second}</text></inputEntry>'
    '<outputEntry id="o2"><text>"high"</text></outputEntry>{two}</rule>'
    "</decisionTable></decision></definitions>"
)


def table(policy="UNIQUE", second="&gt;= 100", *, wide=False):
    more = '<output id="p" name="days" typeRef="number"/>' if wide else ""
    entries = [f'<outputEntry id="p{n}"><text>{n}</text></outputEntry>' if wide else "" for n in (1, 2)]
    return TABLE.format(policy=policy, second=second, more=more, one=entries[0], two=entries[1]).encode()


def decided(dmn, amount, **attributes):
    task = element(
        "businessRuleTask", "rule", camunda_decisionRef="level", **{f"camunda_{k}": v for k, v in attributes.items()}
    )
    return Case(Shelf({"m.bpmn": bpmn(task, "start > rule > a > end"), "t.dmn": dmn}), amount=amount)


def test_a_single_entry_goes_to_the_result_variable_and_the_matched_rule_is_told():
    case = decided(table(), 50, resultVariable="grade", mapDecisionResult="singleEntry")
    (fact,) = [fact for fact in case.told(Fact) if fact.kind == "decided"]

    assert case.variables == {"amount": 50, "grade": "low"}
    assert fact.detail == {"decision": "level", "rules": ["small"]}
    assert fact.values == {"inputs": {"amount": 50}, "value": {"grade": "low"}}


def test_without_a_result_variable_each_output_is_a_variable():
    assert decided(table(wide=True), 500).variables == {"amount": 500, "grade": "high", "days": 2}


def test_every_shape_of_a_result():
    collect = table("COLLECT", "-")

    assert decided(table(wide=True), 5, resultVariable="x", mapDecisionResult="singleResult").variables["x"] == {
        "grade": "low",
        "days": 1,
    }
    assert decided(collect, 5, resultVariable="x", mapDecisionResult="collectEntries").variables["x"] == ["low", "high"]
    assert decided(collect, 5, resultVariable="x", mapDecisionResult="resultList").variables["x"] == [
        {"grade": "low"},
        {"grade": "high"},
    ]
    assert decided(table(), 5, resultVariable="x").variables["x"] == {"grade": "low"}


def test_what_no_rule_matches_is_null():
    case = decided(table(second="&gt; 900"), 500, resultVariable="x", mapDecisionResult="singleEntry")

    assert case.variables["x"] is None


@pytest.mark.parametrize(
    ("dmn", "shape"),
    [
        (table("COLLECT", "-"), "singleEntry"),
        (table("COLLECT", "-"), "singleResult"),
        (table(wide=True), "singleEntry"),
    ],
)
def test_several_values_where_one_is_expected_fail_at_the_task(dmn, shape):
    with pytest.raises(StepFailed, match="expected") as failed:
        decided(dmn, 5, resultVariable="x", mapDecisionResult=shape)
    assert failed.value.element_id == "rule"
    assert failed.value.error.params["decision"] == "level"


def test_a_decision_that_is_not_deployed_fails_by_its_name():
    task = element("businessRuleTask", "rule", camunda_decisionRef="other")
    with pytest.raises(StepFailed, match="no decision “other”"):
        Case(bpmn(task, "start > rule > end"))


def test_a_called_process_uses_the_decisions_of_its_own_deployment():
    task = element(
        "businessRuleTask",
        "rule",
        camunda_decisionRef="level",
        camunda_resultVariable="x",
        camunda_mapDecisionResult="singleEntry",
    )
    called = {"m.bpmn": bpmn(task, "start > rule > a > end", key="called"), "t.dmn": table()}
    everything = '<extensionElements><camunda:in variables="all"/></extensionElements>'
    call = element("callActivity", "call", everything, calledElement="called")
    case = Case(Shelf(bpmn(call, "start > call > end"), called), amount=5)

    assert case.execution.context(case.token("a"))["x"] == "low"


@pytest.mark.parametrize(("value", "entries"), [(None, []), ({"a": 1}, [1]), ([{"a": 1}, {"a": 2}], [1, 2]), (5, [5])])
def test_entries_are_collected_from_any_result(value, entries):
    assert result_of("d", value, "collectEntries") == entries


def test_entries_of_rows_with_several_outputs_are_refused():
    with pytest.raises(DecisionFault):
        result_of("d", [{"a": 1, "b": 2}], "collectEntries")


def test_a_table_that_contradicts_itself_stops_the_case_with_the_reason():
    with pytest.raises(StepFailed, match="several rules match") as failed:
        decided(table(second="&lt; 100"), 5, resultVariable="x")

    assert isinstance(failed.value.error, DecisionFault)
    assert failed.value.error.params["decision"] == "level"
