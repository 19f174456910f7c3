"""What is told of a step that failed."""

import pytest

from engine.errors import RedressError
from engine.execution import StepFailed
from engine.execution.waiting import failure_of, paragraph
from tests.models import Case, Shelf, bpmn, element

ENDLESS = "count(for i in 1..999999999 return i) + n"
TABLE = (
    b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="d">'
    b'<decision id="dish" name="dish"><variable name="dish"/><decisionTable hitPolicy="UNIQUE">'
    b'<input id="i"><inputExpression><text>season</text></inputExpression></input><output id="o" name="dish"/>'
    b"@</decisionTable></decision></definitions>"
)
ROW = b"<inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry>"


def test_an_expression_that_failed_is_told_with_the_values_it_read():
    script = f"<script>{ENDLESS}</script>"
    failure = failing(bpmn(element("scriptTask", "s", script, scriptFormat="feel"), "start > a > s > end"), n=3)

    assert (failure.element.id, failure.is_endless) == ("s", False)
    assert paragraph(failure.said, "en") == f"It was calculating “{ENDLESS}”, where n = 3."
    assert paragraph(failure.said, "zh") == f"当时正在计算“{ENDLESS}”，其中：n = 3。"


def test_a_gateway_that_finds_no_way_on_is_told_with_its_conditions():
    failure = failing(
        bpmn(element("exclusiveGateway", "x"), "start > a > x; x > c: n > 5; x > b: m; b > end; c > end"), n=3
    )

    assert paragraph(failure.said, "en") == "Its conditions are “n > 5”, “m”, where m = null, n = 3."


def test_a_decision_that_failed_is_told_with_what_it_reads():
    twice = TABLE.replace(b"@", b"<rule id='r1'>@</rule><rule id='r2'>@</rule>").replace(b"@", ROW)
    task = element("businessRuleTask", "d", camunda_decisionRef="dish", camunda_resultVariable="eaten")
    failure = failing(Shelf({"m.bpmn": bpmn(task, "start > a > d > end"), "dish.dmn": twice}), season="winter")

    assert paragraph(failure.said, "en") == 'It asked the decision “dish”, where season = "winter".'


def test_a_circle_without_a_wait_is_an_endless_failure():
    content = bpmn(
        element("exclusiveGateway", "x") + element("task", "t"), "start > a > t > x; x > end: no; x > t: not(no)"
    )

    assert failing(content, no=False).is_endless


def test_a_step_that_nothing_stands_at_any_more_is_no_failure_to_tell():
    case = Case(bpmn("", "start > a > end"))

    assert failure_of(case.execution, StepFailed(1, "gone", RedressError("it failed"))) is None


def failing(content: bytes | Shelf, **values):
    """What is told of the step that fails behind the task `a`."""
    case = Case(content, **values)
    execution = case._fresh().load(case.state)
    execution.complete(case.token("a"), {})
    with pytest.raises(StepFailed) as caught:
        execution.advance()
    return failure_of(execution, caught.value)
