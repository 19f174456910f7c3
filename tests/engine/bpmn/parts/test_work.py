"""What does automatic steps: topics, also derived ones, expressions and scripts."""
# ruff: noqa: E501 - a step stays on one line, so that the table can be read

import pytest

from engine.bpmn import reader
from engine.bpmn.steps import DecisionStep, ExternalStep, ScriptStep
from tests.engine.bpmn.drawing import around

CONNECTOR = "<camunda:connector><camunda:connectorId>http-connector</camunda:connectorId></camunda:connector>"
JBPM = 'xmlns:drools="http://www.jboss.org/drools"'


def step(xml: str, declared: str = ""):
    (found,) = reader.read_file(around(xml, declared=declared))
    return found.spec.task_specs["x"], found.elements["x"]


def extended(tag: str, inside: str, more: str = "") -> str:
    return f'<{tag} id="x" {more}><extensionElements>{inside}</extensionElements></{tag}>'


TOPICS = [
    ("mail", '<serviceTask id="x" camunda:type="external" camunda:topic="mail"/>'),
    ("SendMail", '<serviceTask id="x" camunda:class="org.example.SendMail"/>'),
    ("mailer", '<serviceTask id="x" camunda:delegateExpression="${mailer}"/>'),
    ("mailer.send", '<serviceTask id="x" camunda:expression="#{mailer.send(order, 3)}"/>'),
    ("http", '<serviceTask id="x" camunda:type="http"/>'),
    ("http-connector", extended("serviceTask", CONNECTOR)),
    ("http/GetRequest", extended("serviceTask", '<spiff:serviceTaskOperator id="http/GetRequest"/>')),
    ("charge", extended("serviceTask", '<zeebe:taskDefinition type="charge"/>')),
    ("charge", extended("scriptTask", '<zeebe:taskDefinition type="charge"/>')),
    ("charge", extended("endEvent", '<zeebe:taskDefinition type="charge"/>').replace("</endEvent>", "<messageEventDefinition/></endEvent>")),
    ("Email", f'<task id="x" {JBPM} drools:taskName="Email"/>'),
    ("rules", f'<businessRuleTask id="x" {JBPM} drools:ruleFlowGroup="rules"/>'),
    ("Check stock", '<serviceTask id="x" operationRef="op"/>'),
    ("Stock", '<serviceTask id="x" implementation="com.example.Stock"/>'),
    ("x", '<serviceTask id="x" implementation="##WebService"/>'),
    ("x", '<serviceTask id="x"/>'),
    ("x", '<sendTask id="x"/>'),
    ("x", '<businessRuleTask id="x"/>'),
    ("Notify", '<intermediateThrowEvent id="x"><messageEventDefinition camunda:class="a.Notify"/></intermediateThrowEvent>'),
]  # fmt: skip
OPERATION = '<interface id="i" name="Stock"><operation id="op" name="Check stock"/></interface>'


@pytest.mark.parametrize(("topic", "xml"), TOPICS, ids=[f"{topic}-{n}" for n, (topic, _) in enumerate(TOPICS)])
def test_what_another_engine_does_with_program_code_is_work_under_a_topic(topic, xml):
    found, element = step(xml, OPERATION)

    assert (type(found), element.topic) == (ExternalStep, topic)


def test_only_a_topic_that_was_derived_is_told():
    told = [[choice.code for choice in step(xml)[1].choices] for xml in (TOPICS[0][1], TOPICS[1][1])]

    assert told == [[], ["bpmn.derived_topic"]]


def test_a_send_task_that_names_a_message_sends_it():
    _, element = step('<sendTask id="x" messageRef="m"/>', '<message id="m" name="paid"/>')

    assert (element.topic, element.event.name) == ("", "paid")


def test_a_business_rule_task_with_a_decision_is_decided():
    found, element = step('<businessRuleTask id="x" camunda:decisionRef="level"/>')

    assert (type(found), element.topic) == (DecisionStep, "")


def test_an_expression_that_calls_nothing_is_calculated_in_place():
    found, element = step('<serviceTask id="x" camunda:expression="${a * 2}" camunda:resultVariable="b"/>')

    assert (type(found), element.script, element.result) == (ScriptStep, "a * 2", "b")


def test_an_expression_that_only_sets_a_variable_sets_it():
    found, element = step('<serviceTask id="x" camunda:expression="${execution.setVariable(\'a\', b + 1)}"/>')

    assert (type(found), element.script, element.result) == (ScriptStep, "b + 1", "a")


def test_injected_fields_are_inputs_of_the_work():
    fields = '<camunda:field name="to" stringValue="ann"/><camunda:field name="of"><camunda:expression>${a}</camunda:expression></camunda:field>'

    assert step(extended("serviceTask", fields, 'camunda:type="mail"'))[1].inputs == {"to": "ann", "of": "${a}"}


SCRIPTS = [
    ("groovy", "total = price * 2", "price * 2", "total", {}),
    ("javascript", 'execution.setVariable("total", price * 2);', "price * 2", "total", {}),
    ("python", "a = 1\nb = c", "null", "", {"a": "=1", "b": "=c"}),
    ("groovy", 'println "done"', "null", "", {}),
    ("feel", "a + 1", "a + 1", "", {}),
]


@pytest.mark.parametrize(("language", "text", "script", "result", "outputs"), SCRIPTS)
def test_a_script_that_only_assigns_is_read_as_feel(language, text, script, result, outputs):
    found, element = step(f'<scriptTask id="x" scriptFormat="{language}"><script>{text}</script></scriptTask>')

    assert type(found) is ScriptStep
    assert (element.script, element.result, dict(element.outputs)) == (script, result, outputs)


@pytest.mark.parametrize("text", ["if (a) b = 1", "import os", "x.save()", "while True: pass", "a = bean.find(b)"])
def test_any_other_script_is_an_error_that_says_why(text):
    _, element = step(f'<scriptTask id="x" scriptFormat="python"><script>{text}</script></scriptTask>')

    (choice,) = element.choices
    assert (choice.code, choice.severity) == ("bpmn.script_language", "error")
    assert choice.params["why"] != choice.params["why_zh"]


@pytest.mark.parametrize(("text", "retries"), [("R3/PT5M", "3"), ("5", "5"), ("PT1M,PT5M", "2"), ("often", "often")])
def test_the_number_of_attempts_is_taken_from_a_cycle(text, retries):
    cycle = f"<camunda:failedJobRetryTimeCycle>{text}</camunda:failedJobRetryTimeCycle>"

    assert step(extended("serviceTask", cycle))[1].retries == retries
