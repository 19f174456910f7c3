"""What an element says, whichever vendor's attributes say it."""
# ruff: noqa: E501 - a step stays on one line, so that the tables can be read

import pytest
from lxml import etree

from engine.bpmn.adapting import adapt
from engine.bpmn.elements import Element, is_count
from engine.bpmn.parts import Declared, read_element
from tests.engine.bpmn.drawing import NAMESPACES

PROPERTY = '<camunda:properties><camunda:property name="{}" value="{}"/></camunda:properties>'


def read(step: str, declared: str = "") -> Element:
    """The first element of `step` as the reader sees it."""
    root = etree.fromstring(f"<definitions {NAMESPACES}>{step}{declared}</definitions>")
    adapt(root)
    return read_element(root[0], Declared.by(root), "staff", "p")


def task(attributes: str = "", extensions: str = "", inside: str = "", tag: str = "userTask") -> Element:
    holder = f"<extensionElements>{extensions}</extensionElements>" if extensions else ""
    return read(f'<{tag} id="t" {attributes}>{holder}{inside}</{tag}>')


def test_plain_bpmn_is_read():
    element = read('<userTask id="t" name=" Look\n at it " default="f"><documentation>Why</documentation></userTask>')

    assert (element.id, element.name, element.tag, element.default) == ("t", "Look at it", "userTask", "f")
    assert (element.documentation, element.lane, element.parent) == ("Why", "staff", "p")


VENDORS = [
    ("form", "ask", task('camunda:formRef="ask"')),
    ("form", "app:intake", task('camunda:formKey="app:intake"')),
    ("form", "ask", task(extensions='<zeebe:formDefinition formId="ask"/>')),
    ("form", "loan", task('camunda:formKey="camunda-forms:deployment:forms/loan.form"')),
    ("form", "embedded:app:loan.html", task('camunda:formKey="embedded:app:loan.html"')),
    ("properties", {"to": "ann"}, task(extensions='<zeebe:taskHeaders><zeebe:header key="to" value="ann"/></zeebe:taskHeaders>')),
    ("assignee", "ann", task('camunda:assignee="ann"')),
    ("assignee", "=ann", task(extensions='<zeebe:assignmentDefinition assignee="=ann"/>')),
    ("candidate_groups", ("a", "b"), task('camunda:candidateGroups="a, b,"')),
    ("candidate_groups", ("${[a, b]}",), task('camunda:candidateGroups="${[a, b]}"')),
    ("candidate_groups", ("a",), task(extensions='<zeebe:assignmentDefinition candidateGroups="a"/>')),
    ("candidate_users", ("ann", "ben"), task('camunda:candidateUsers="ann,ben"')),
    ("due", "P1D", task('camunda:dueDate="P1D"')),
    ("due", "P1D", task(extensions='<zeebe:taskSchedule dueDate="P1D"/>')),
    ("follow_up", "P1D", task('camunda:followUpDate="P1D"')),
    ("priority", "70", task('camunda:priority="70"')),
    ("topic", "mail", task('camunda:type="external" camunda:topic="mail"', tag="serviceTask")),
    ("topic", "t", task('camunda:topic="mail"', tag="serviceTask")),
    ("topic", "mail", task(extensions='<zeebe:taskDefinition type="mail"/>', tag="serviceTask")),
    ("retries", "5", task(extensions="<camunda:failedJobRetryTimeCycle>5</camunda:failedJobRetryTimeCycle>", tag="serviceTask")),
    ("decision", "level", task('camunda:decisionRef="level"', tag="businessRuleTask")),
    ("decision", "level", task(extensions='<zeebe:calledDecision decisionId="level"/>', tag="businessRuleTask")),
    ("decision", "level", task(extensions="<spiff:calledDecisionId>level</spiff:calledDecisionId>")),
    ("result", "r", task('camunda:resultVariable="r"', tag="businessRuleTask")),
    ("map_result", "singleEntry", task('camunda:mapDecisionResult="singleEntry"', tag="businessRuleTask")),
    ("retries", "3", task(extensions="<camunda:failedJobRetryTimeCycle>R3/PT5M</camunda:failedJobRetryTimeCycle>", tag="serviceTask")),
    ("script", "a + 1", task('scriptFormat="feel"', inside="<script> a + 1 </script>", tag="scriptTask")),
    ("script", "=a", task(extensions='<zeebe:script expression="=a"/>', tag="scriptTask")),
    ("called", "other", task('calledElement="other"', tag="callActivity")),
    ("called", "other", task(extensions='<zeebe:calledElement processId="other"/>', tag="callActivity")),
    ("call_in", (("a", "b"), ("*", "*")), task(extensions='<camunda:in source="a" target="b"/><camunda:in variables="all"/>', tag="callActivity")),
    ("call_out", (("${a + 1}", "b"),), task(extensions='<camunda:out sourceExpression="${a + 1}" target="b"/>', tag="callActivity")),
    ("properties", {"phase": "look"}, task(extensions=PROPERTY.format("phase", "look"))),
    ("attached_to", "x", task('attachedToRef="x"', tag="boundaryEvent")),
    ("interrupting", False, task('cancelActivity="false"', tag="boundaryEvent")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "element"), VENDORS, ids=[f"{name}-{n}" for n, (name, *_) in enumerate(VENDORS)]
)
def test_an_attribute_is_read_in_every_dialect(name, value, element):
    assert getattr(element, name) == value


def test_standard_potential_owners_are_candidate_groups():
    owner = "<potentialOwner><resourceAssignmentExpression><formalExpression>group(staff)</formalExpression></resourceAssignmentExpression></potentialOwner>"

    assert task(inside=owner).candidate_groups == ("staff",)


def test_mappings_of_both_dialects_are_read():
    camunda = (
        '<camunda:inputOutput><camunda:inputParameter name="a">${b}</camunda:inputParameter>'
        '<camunda:outputParameter name="c">${d}</camunda:outputParameter></camunda:inputOutput>'
    )
    zeebe = (
        '<zeebe:ioMapping><zeebe:input source="=b" target="a"/><zeebe:output source="=d" target="c"/></zeebe:ioMapping>'
    )

    assert (task(extensions=camunda).inputs, task(extensions=camunda).outputs) == ({"a": "${b}"}, {"c": "${d}"})
    assert (task(extensions=zeebe).inputs, task(extensions=zeebe).outputs) == ({"a": "=b"}, {"c": "=d"})


def test_the_name_is_told_in_the_language_asked_for():
    element = task('name="处理"', PROPERTY.format("name:en", "Handle"))

    assert [element.named(language) for language in ("en", "en_GB", "zh")] == ["Handle", "Handle", "处理"]
    assert task().named("en") == "t"


def test_a_multi_instance_activity_says_what_it_repeats_for():
    inside = (
        '<multiInstanceLoopCharacteristics isSequential="true" camunda:collection="items" camunda:elementVariable="item">'
        "<completionCondition>nrOfCompletedInstances > 2</completionCondition></multiInstanceLoopCharacteristics>"
    )

    loop = task(extensions=PROPERTY.format("collect", "all"), inside=inside).loop

    assert (loop.kind, loop.collection, loop.item, loop.collect) == ("sequential", "items", "item", "all")
    assert loop.condition == "nrOfCompletedInstances > 2"


@pytest.mark.parametrize(("maximum", "read_as"), [("3", 3), ("²", None), ("-1", None), ("9" * 5000, None), ("", None)])
def test_the_maximum_of_a_standard_loop_is_a_plain_number(maximum, read_as):
    loop = task(inside=f'<standardLoopCharacteristics loopMaximum="{maximum}"/>').loop

    assert (loop.kind, loop.maximum) == ("standard", read_as)


def test_a_count_has_plain_digits_only():
    assert [text for text in ("0", "12", "1.5", "-1", "³", "\u0661", "9" * 10, "") if is_count(text)] == ["0", "12"]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("", ("none", "", "", "")),
        (
            "<timerEventDefinition><timeCycle>R/PT1H</timeCycle></timerEventDefinition>",
            ("timer", "", "R/PT1H", "cycle"),
        ),
        ("<timerEventDefinition/>", ("timer", "", "", "")),
        ('<messageEventDefinition messageRef="m"/>', ("message", "paid", "", "")),
        ('<errorEventDefinition errorRef="gone"/>', ("error", "gone", "", "")),
        (
            "<conditionalEventDefinition><condition>a > 1</condition></conditionalEventDefinition>",
            ("conditional", "", "a > 1", ""),
        ),
        ('<linkEventDefinition name="a"/>', ("link", "a", "", "")),
    ],
)
def test_an_event_says_what_it_waits_for(inside, expected):
    event = read(
        f'<intermediateCatchEvent id="x">{inside}</intermediateCatchEvent>', '<message id="m" name="paid"/>'
    ).event

    assert (event.kind, event.name, event.text, event.timer) == expected
