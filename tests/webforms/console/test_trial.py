"""`flask process run`."""

import json
import textwrap

import pytest

from tests.applications import model, receive, task, timer, work
from tests.models import boundary, event
from tests.office import OFFICE

PLAIN = """<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">
  <bpmn:signal id="s" name="go"/>
  <bpmn:process id="plain" isExecutable="true">
    <bpmn:startEvent id="start"/>
    <bpmn:parallelGateway id="fork"/>
    <bpmn:intermediateThrowEvent id="shout"><bpmn:signalEventDefinition signalRef="s"/></bpmn:intermediateThrowEvent>
    <bpmn:intermediateCatchEvent id="hear"><bpmn:signalEventDefinition signalRef="s"/></bpmn:intermediateCatchEvent>
    <bpmn:userTask id="ask" name="Ask"/>
    <bpmn:parallelGateway id="join"/>
    <bpmn:endEvent id="end"/>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="fork"/>
    <bpmn:sequenceFlow id="f2" sourceRef="fork" targetRef="hear"/>
    <bpmn:sequenceFlow id="f3" sourceRef="fork" targetRef="ask"/>
    <bpmn:sequenceFlow id="f4" sourceRef="ask" targetRef="shout"/>
    <bpmn:sequenceFlow id="f5" sourceRef="shout" targetRef="join"/>
    <bpmn:sequenceFlow id="f6" sourceRef="hear" targetRef="join"/>
    <bpmn:sequenceFlow id="f7" sourceRef="join" targetRef="end"/>
  </bpmn:process>
</bpmn:definitions>
"""
#: What never ends by itself.
WAITING = (
    '<startEvent id="in"/><sequenceFlow id="in_long" sourceRef="in" targetRef="long"/>'
    '<intermediateCatchEvent id="long">'
    "<timerEventDefinition><timeDuration>P400D</timeDuration></timerEventDefinition></intermediateCatchEvent>"
)
FORM = {"type": "default", "id": "answer", "components": [{"type": "number", "key": "n", "defaultValue": 3}]}


@pytest.fixture
def trial(flask, tmp_path):
    """Runs one file of a model: (content, more words, answers) → what --json prints."""

    def run(content, *words, answers="", status=0):
        (tmp_path / "m").mkdir(exist_ok=True)
        (tmp_path / "m" / "m.bpmn").write_bytes(content if isinstance(content, bytes) else content.encode())
        (tmp_path / "m" / "answer.form").write_text(json.dumps(FORM))
        if answers:
            (tmp_path / "answers.yaml").write_text(textwrap.dedent(answers), "utf-8")
            words = (*words, "--answers", tmp_path / "answers.yaml")
        result = flask("process", "run", tmp_path / "m", *words, "--json")
        assert result.exit_code == status, result.output
        return json.loads(result.stdout) if result.stdout else result.stderr

    return run


def test_a_plain_model_without_application_runs_and_its_signals_are_delivered(trial):
    told = trial(PLAIN)

    assert (told["process"], told["outcome"], told["by"]) == ("plain", "ended", "end")
    assert told["path"].index("ask") < told["path"].index("shout")
    assert {"hear", "join", "end"} <= set(told["path"])
    assert told["waits_for"] == []


def test_the_outcome_is_told_to_people_too(flask):
    result = flask("process", "run", OFFICE.folder, "--vars", '{"amount": 7.5}')

    assert result.stdout.splitlines() == [
        "request: ended by done",
        "elapsed    PT0S",
        "path       begin → review → approve → tell → done",
        "waits for  –",
        "amount = 7.5",
    ]


def test_tasks_are_answered_from_the_file_visit_by_visit_or_with_the_defaults_of_their_form(trial):
    content = model(
        task("a") + task("b") + '<exclusiveGateway id="x" default="x_a"/>', "start > a > x > b > end; x > a"
    )
    content = content.replace(
        b'targetRef="b"></sequenceFlow>',
        b'targetRef="b"><conditionExpression>=ok</conditionExpression></sequenceFlow>',
    )

    told = trial(content, answers="a: [{ok: false}, {ok: true, since: 2026-03-10}]")

    assert told["path"] == ["start", "a", "x", "a", "x", "b", "end"]
    assert told["variables"] == {"ok": True, "since": "2026-03-10", "n": 3}


def test_timers_are_waited_for_in_virtual_time(trial):
    content = model(
        task("a") + task("b") + timer("t", "c", "P2D") + '<subProcess id="c">' + WAITING + "</subProcess>",
        "start > c > a > end; t > b > end2",
    )

    told = trial(content, "--at", "2026-03-10T14:00")

    assert (told["by"], told["elapsed"]) == ("end2", "P2D")


def test_messages_from_outside_come_from_the_answers_before_time_passes(trial):
    content = model(task("a") + receive("m", "paid"), "start > m > a > end")

    assert trial(content, answers="paid: {amount: 12}")["variables"] == {"amount": 12, "n": 3}


def test_a_message_that_the_model_throws_reaches_where_it_waits(trial):
    content = model(
        '<parallelGateway id="f"/><parallelGateway id="j"/>'
        + receive("throw", "ping", "intermediateThrowEvent")
        + receive("catch", "ping"),
        "start > f > catch > j > end; f > throw > j",
    )

    assert trial(content)["outcome"] == "ended"


def test_a_run_that_gets_stuck_says_what_it_waits_for(trial):
    told = trial(model(receive("m", "paid", attributes='name="Payment"') + work("w"), "start > w > m > end"))

    assert (told["outcome"], told["by"]) == ("waiting", "")
    assert told["path"] == ["start", "w"]
    assert told["waits_for"] == [
        {
            "element_id": "m",
            "element_name": "Payment",
            "kind": "message",
            "within": None,
            "depth": 0,
            "what": "“Payment” (m) waits for the message “paid”. "
            "Nothing in these files throws it, so it has to come from outside.",
            "details": {"name": "paid"},
        }
    ]


def test_a_run_without_end_is_stopped(trial):
    content = model(
        '<exclusiveGateway id="x" default="x_i"/><intermediateCatchEvent id="i"><timerEventDefinition>'
        "<timeDuration>P300D</timeDuration></timerEventDefinition></intermediateCatchEvent>",
        "start > i > x > i; x > end: =done",
    )

    told = trial(content, "--at", "2026-03-10")

    assert told["outcome"] == "stopped"
    assert [(each["code"], each["details"]) for each in told["remarks"]] == [
        ("run.too_long", {"due": "2036-11-12T00:00:00+08:00", "years": 10}),
        ("run.circle", {"circle": ["i", "x"], "steps": 10000}),
    ]


def test_a_step_that_fails_is_named_with_what_came_before(trial):
    endless = "=count(for i in 1..999999999 return i) > n"
    gateway = '<exclusiveGateway id="x" default="x_end2"/>'
    content = model(gateway + task("a"), f"start > a > x > end2; x > end: {endless}")

    told = trial(content, status=1)

    assert told["outcome"] == "failed"
    assert "x" in told["by"]
    assert told["path"][:2] == ["start", "a"]
    assert told["waits_for"] == [], "what failed does not wait"
    assert told["failure"]["element_id"] == "x"
    assert told["failure"]["details"] == {"text": endless, "values": {"n": 3}}


def test_of_several_processes_the_one_that_calls_the_others_runs(trial):
    first = model('<callActivity id="c" calledElement="inner"/>', "start > c > end", "outer").decode()
    second = model(task("a"), "start2 > a > end2", "inner").decode()
    content = first.replace("</definitions>", second[second.index("<process") :])

    assert trial(content)["path"] == ["start", "start2", "a", "end2", "c", "end"]
    assert trial(content, "--process", "inner")["path"] == ["start2", "a", "end2"]


def test_several_processes_that_nobody_calls_ask_for_a_choice(trial):
    second = model(task("b"), "start2 > b > end2", "two").decode()
    content = (
        model(task("a"), "start > a > end", "one")
        .decode()
        .replace("</definitions>", second[second.index("<process") :])
    )

    assert "choose one with --process: one, two" in trial(content, status=1)
    assert "no process “three”" in trial(content, "--process", "three", status=1)


def test_of_several_processes_the_one_that_no_message_starts_runs(trial):
    start = '<startEvent id="begun"><messageEventDefinition messageRef="m"/></startEvent>'
    second = model(start, "begun > end2", "two").decode()
    message = '<message id="m" name="begin"/>'
    content = model("", "start > end", "one").decode()

    told = trial(content.replace("</definitions>", message + second[second.index("<process") :]))

    assert told["process"] == "one"


def test_a_process_that_is_not_executable_can_be_tried_out(trial):
    content = model(task("a"), "start > a > end", "one").replace(b'isExecutable="true"', b'isExecutable="false"')

    assert trial(content)["path"] == ["start", "a", "end"]
    assert trial(content, "--process", "one")["outcome"] == "ended"


def test_a_picture_with_errors_is_not_tried_out_but_stands_in_nobodys_way(trial):
    picture = model("", "start2 > nowhere", "two").decode().replace('isExecutable="true"', 'isExecutable="false"')
    content = model("", "start > end", "one").decode().replace("</definitions>", picture[picture.index("<process") :])

    assert trial(content, "--process", "one")["outcome"] == "ended"
    assert "bpmn.flow_end" in trial(content, "--process", "two", status=1)


def test_what_is_called_and_asked_for_but_not_there_is_assumed(trial):
    call = '<callActivity id="c" calledElement="there"/>'
    decide = '<businessRuleTask id="d" camunda:decisionRef="dish" camunda:resultVariable="eaten"/>'

    told = trial(model(call + decide, "start > c > d > end"))

    assert (told["outcome"], told["assumed"], told["variables"]) == ("ended", ["there", "dish"], {"eaten": None})
    assert [each["what"] for each in told["remarks"]] == ["At d the decision “dish” gave no result."]


def test_a_model_with_errors_is_not_run_and_all_of_them_are_told(trial):
    told = trial(model(task("a"), "start > a > nowhere"), status=1)

    assert "bpmn." in told
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("words", "answers", "why"),
    [
        (["--vars", "{"], "", "--vars is not JSON"),
        (["--vars", "[1]"], "", "--vars is not a JSON object"),
        ([], "[", "not readable YAML"),
        ([], "- a", "not a mapping"),
        (["--application", "nobody"], "", "no application “nobody”"),
    ],
)
def test_wrong_input_is_told_in_one_line(trial, words, answers, why):
    told = trial(PLAIN, *words, answers=answers, status=1)

    assert why in told
    assert len(told.splitlines()) == 1


def test_answers_that_are_no_values_fail_the_run_by_name(trial):
    told = trial(PLAIN, answers="ask: yes", status=1)

    assert "“ask”" in told["by"]
    assert [each["element_id"] for each in told["waits_for"]] == ["hear", "ask"]


def test_the_answers_say_what_work_gives_back_and_how_it_fails(trial):
    edge = boundary("edge", "w", event("error", "lost"))
    content = model(work("w") + edge, "start > w > end; edge > w")

    told = trial(content, answers="w: [{error: lost}, {number: 7}]")

    assert (told["path"], told["variables"]) == (["start", "edge", "w", "end"], {"number": 7})
    assert told["remarks"] == []
