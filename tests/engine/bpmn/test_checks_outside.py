"""Files from outside: each with its neighbours, what is missing there, and processes that are only pictures."""

import pytest

from engine.bpmn.checks import Known, check
from engine.bpmn.checks.timers import times_meant
from engine.problems import Severity, errors_in
from tests.engine.bpmn.drawing import DECISION, END, FORM, START, TASK, around, process

SOUND = process(START, TASK, END)
PICTURE = 'isExecutable="false"'
BROKEN = '<scriptTask id="x" scriptFormat="python"><script>import os</script></scriptTask>'


def severities(code, files, known):
    return {each.severity for each in check(files, known) if each.code == code}


@pytest.mark.parametrize(
    ("code", "files"),
    [
        ("bpmn.duplicate_process", {"a.bpmn": SOUND, "b.bpmn": SOUND}),
        ("bpmn.duplicate_form", {"a.bpmn": SOUND, "a.form": FORM, "b.form": FORM}),
        ("bpmn.duplicate_decision", {"a.bpmn": SOUND, "a.dmn": DECISION, "b.dmn": DECISION}),
        ("bpmn.unknown_form", {"a.bpmn": SOUND}),
        ("bpmn.unknown_topic", {"a.bpmn": around('<serviceTask id="x"/>')}),
        ("bpmn.unknown_decision", {"a.bpmn": around('<businessRuleTask id="x" camunda:decisionRef="gone"/>')}),
        ("bpmn.unknown_process", {"a.bpmn": around('<callActivity id="x" calledElement="gone"/>')}),
    ],
)
def test_what_is_missing_or_stands_twice_is_an_error_in_an_application_and_a_warning_outside(code, files):
    assert severities(code, files, Known()) == {Severity.ERROR}
    assert severities(code, files, Known.anything()) == {Severity.WARNING}


def test_a_message_that_starts_processes_of_two_files_is_a_warning_outside():
    declared = '<message id="m" name="go"/>'
    start = '<startEvent id="s"><messageEventDefinition messageRef="m"/></startEvent>'
    files = {f"{key}.bpmn": process(start, END, ways="s>e", declared=declared, key=key) for key in "ab"}

    assert severities("bpmn.duplicate_message_start", files, Known.anything()) == {Severity.WARNING}
    assert severities("bpmn.duplicate_message_start", files, Known()) == {Severity.ERROR}


def test_a_file_in_which_nothing_is_executable_can_be_tried_out_but_not_deployed_alone():
    picture = {"a.bpmn": process(START, END, ways="s>e", attributes=PICTURE)}

    assert not errors_in(check(picture, Known.anything()))
    assert [each.code for each in errors_in(check(picture, Known()))] == ["bpmn.no_executable"]


def test_errors_of_a_picture_are_errors_where_it_will_be_tried_out():
    picture = process(START, BROKEN, END, ways="s>x x>e", attributes=PICTURE, key="q")
    files = {"a.bpmn": SOUND, "b.bpmn": picture, "ask.form": FORM}
    known = Known(groups=frozenset({"staff"}))

    assert severities("bpmn.script_language", files, known) == {Severity.WARNING}
    assert severities("bpmn.script_language", {"b.bpmn": picture}, Known.anything()) == {Severity.ERROR}
    rehearsed = check(files, known, rehearsed="q")
    assert "bpmn.script_language" in [each.code for each in errors_in(rehearsed)]


def test_pools_without_a_process_leave_nothing_to_run():
    pools = (
        '<collaboration id="c"><participant id="a"/><messageFlow id="m" sourceRef="a" targetRef="a"/></collaboration>'
    )
    model = process(declared=pools, ways="")
    alone = model[: model.index(b"<process")] + b"</definitions>"

    told = {each.code: each.severity for each in check({"a.bpmn": alone}, Known.anything())}

    assert (told["bpmn.no_process"], told["bpmn.no_executable"]) == (Severity.WARNING, Severity.ERROR)


@pytest.mark.parametrize("conditions", [{"x>a": "status = 1", "x>b": "status = 2"}])
def test_a_gateway_that_may_find_no_way_is_an_error_only_in_an_application(conditions):
    gateway = '<exclusiveGateway id="x"/><manualTask id="a"/><manualTask id="b"/>'
    files = {"a.bpmn": process(START, gateway, END, ways="s>x x>a x>b a>e b>e", conditions=conditions)}

    assert severities("bpmn.no_default", files, Known()) == {Severity.ERROR}
    assert severities("bpmn.no_default", files, Known.anything()) == {Severity.WARNING}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("5 days", "P5D"),
        ("PT15D", "P15D"),
        ("P5H", "PT5H"),
        ("2h", "PT2H"),
        ("1 hour 30 minutes", "PT1H30M"),
        ("5天", "P5D"),
        ("每 5 分钟", "PT5M"),
        ("tomorrow", ""),
        ("3 business days", ""),
        ("P15M", ""),
    ],
)
def test_a_time_in_words_is_told_with_what_it_seems_to_mean(text, meant):
    assert times_meant(text) == meant
