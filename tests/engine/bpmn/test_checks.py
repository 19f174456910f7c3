"""The check before a deployment, by planted problems: each code is proven to be found, and what runs is left alone."""

import sys

import pytest

from engine.applications import PathType
from engine.bpmn.checks import CODES, Known, check
from engine.problems import Severity, errors_in
from tests.engine.bpmn.drawing import DECISION, END, FORM, START, TASK, around, on_task, process, timer
from tests.engine.bpmn.planted import PLANTED

KNOWN = Known(
    topics=frozenset({"mail"}),
    groups=frozenset({"staff"}),
    functions=frozenset({"working_days"}),
    paths={"case.level": PathType("string"), "case.person.name": PathType("string", personal=True, readable=False)},
    processes=frozenset({"elsewhere"}),
    pages=frozenset({"intake"}),
)


def found(model: bytes, known: Known = KNOWN, **more: bytes):
    return check({"a.bpmn": model, "ask.form": FORM, "level.dmn": DECISION, **more}, known)


@pytest.mark.parametrize(
    ("code", "severity", "element", "model"), PLANTED, ids=[f"{code}-{element}" for code, _, element, _ in PLANTED]
)
def test_a_planted_problem_is_found_at_its_element(code, severity, element, model):
    matching = [each for each in found(model) if each.code == code]

    assert (severity, element) in [(each.severity, each.element_id) for each in matching]


@pytest.mark.parametrize(
    ("code", "model"), [(code, model) for code, _, _, model in PLANTED], ids=[code for code, *_ in PLANTED]
)
def test_the_texts_of_a_planted_problem_can_be_shown_in_both_languages(code, model):
    for problem in found(model):
        for language in ("en", "zh"):
            assert problem.what(language)
            assert problem.remedy(language)
        assert any("\u4e00" <= character <= "\u9fff" for character in problem.what("zh"))


def test_every_code_is_proven_to_be_found():
    elsewhere = {code for code in CODES if code.split(".")[0] in {"form", "dmn", "xml", "file"}}
    of_sets = {
        *("bpmn.not_bpmn", "bpmn.no_executable", "bpmn.duplicate_process", "bpmn.duplicate_form", "bpmn.no_form_id"),
        *("bpmn.duplicate_decision", "bpmn.too_many_elements", "bpmn.too_many_parts", "bpmn.too_much_text"),
        *("bpmn.too_deep", "bpmn.too_many_problems"),
    }

    of_standard = {
        code
        for name, module in sys.modules.items()
        if name.startswith("engine.bpmn.checks.texts.standard_")
        for code in vars(module).values()
        if code in CODES
    }

    assert {code for code, *_ in PLANTED} == set(CODES) - elsewhere - of_sets - of_standard


RUNS = {
    "conditional flows out of a task": process(
        START, TASK.replace("/>", ' default="t_e"/>'), '<manualTask id="x" camunda:assignee="ann"/>', END,
        ways="s>t t>x t>e x>e", conditions={"t>x": "amount > 5"},
    ),
    "several flows out of a task": process(
        START, TASK, '<manualTask id="x" camunda:assignee="ann"/>', END, ways="s>t t>x t>e x>e"
    ),
    "specific and catch-all error boundary": process(
        START, '<serviceTask id="x" camunda:type="external" camunda:topic="mail"/>', END,
        '<boundaryEvent id="b1" attachedToRef="x"><errorEventDefinition errorRef="err"/></boundaryEvent>',
        '<boundaryEvent id="b2" attachedToRef="x"><errorEventDefinition/></boundaryEvent>',
        ways="s>x x>e b1>e b2>e", declared='<error id="err" errorCode="E1"/>',
    ),
    "two timers behind an event gateway": process(
        START, '<eventBasedGateway id="x"/>', timer("timeDuration", "PT1H").replace('"x"', '"y"'),
        timer("timeDate", "=now()").replace('"x"', '"z"'), END, ways="s>x x>y x>z y>e z>e",
    ),
    "a signal end event": process(
        START, TASK, '<endEvent id="e"><signalEventDefinition signalRef="sig"/></endEvent>',
        declared='<signal id="sig" name="alarm"/>',
    ),
    "a standard loop": around(
        '<serviceTask id="x" camunda:type="external" camunda:topic="mail">'
        '<standardLoopCharacteristics loopMaximum="3"/></serviceTask>'
    ),
    "reserved ids": process('<startEvent id="Start"/>', TASK, '<endEvent id="End"/>', ways="Start>t t>End"),
    "a reminder that repeats": on_task(
        timer("timeCycle", "R/PT24H", attributes='attachedToRef="t" cancelActivity="false"')
    ),
    "a page of the application": around('<userTask id="x" camunda:formKey="app:intake" camunda:assignee="ann"/>'),
    "a loop through a task": process(
        START, '<exclusiveGateway id="x"/>', TASK, '<exclusiveGateway id="y" default="y_x"/>', END,
        ways="s>x x>t t>y y>x y>e", conditions={"y>e": "amount > 5"},
    ),
    "a record path and a function of the application": around(
        '<scriptTask id="x" scriptFormat="feel" camunda:resultVariable="case.level">'
        "<script>if working_days(case.level) > 1 then 1 else 2</script></scriptTask>"
    ),
    "paths joined by a parallel gateway": process(
        START, '<parallelGateway id="x"/><manualTask id="a" camunda:assignee="ann"/>', TASK,
        '<parallelGateway id="j"/>', END, ways="s>x x>a x>t a>j t>j j>e",
    ),
}  # fmt: skip


@pytest.mark.parametrize("model", RUNS.values(), ids=RUNS.keys())
def test_what_the_engine_runs_is_neither_an_error_nor_a_warning(model):
    told = [each for each in found(model) if each.severity is not Severity.NOTE and each.code != "model.translation"]

    assert not [(each.code, each.element_id, each.what()) for each in told]


def test_models_from_outside_may_name_what_is_not_known_here():
    model = around(
        '<userTask id="x" camunda:formKey="app:there" camunda:candidateGroups="others" camunda:dueDate="${later(1)}"/>'
    )

    told = found(model, Known.anything())

    assert {"bpmn.unknown_group", "bpmn.unknown_page", "feel.unknown_function"} <= {each.code for each in told}
    assert not errors_in(told)
    assert "model.translation" not in {each.code for each in told}


def test_problems_stand_in_the_order_of_files_and_of_the_document():
    model = process(START, '<scriptTask id="x"/><serviceTask id="y"/>', END, ways="s>x x>y y>e")

    told = found(model, **{"b.bpmn": process(START, TASK, END, ways="s>t", key="q")})

    assert [each.file for each in told] == sorted(each.file for each in told)
    places = [each.element_id for each in told if each.file == "a.bpmn"]
    assert places.index("x") < places.index("y")


def test_a_process_that_is_only_a_picture_is_not_held_to_what_runs():
    script = '<scriptTask id="x" scriptFormat="python"><script>import os</script></scriptTask>'
    picture = process(script, '<task id="y"/>', ways="", attributes='isExecutable="false"', key="q")

    told = [each for each in found(process(START, TASK, END), **{"b.bpmn": picture}) if each.file == "b.bpmn"]

    assert {"bpmn.not_executable", "bpmn.script_language"} <= {each.code for each in told}
    assert not errors_in(told)


def test_of_a_stretch_that_cannot_be_reached_only_its_beginning_is_told():
    lost = "".join(f'<manualTask id="l{number}" camunda:assignee="ann"/>' for number in range(5))

    told = found(process(START, TASK, lost, END, ways="s>t t>e l0>l1 l1>l2 l2>l3 l3>l4 l4>e"))

    assert [each.element_id for each in told if each.code == "bpmn.unreachable"] == ["l0"]


SAYS_NOTHING = {
    "a data object that is carried out of its sub-process": process(
        START,
        '<subProcess id="x"><extensionElements><camunda:inputOutput><camunda:outputParameter name="y">${y}'
        '</camunda:outputParameter></camunda:inputOutput></extensionElements><dataObject id="y"/>'
        '<startEvent id="s1"/><endEvent id="e1"/><sequenceFlow id="f1" sourceRef="s1" targetRef="e1"/></subProcess>',
        TASK, END, ways="s>x x>t t>e x>e", conditions={"x>t": "y > 5"},
    ),
    "a complex gateway whose conditions ask for its state": process(
        START,
        '<parallelGateway id="f"/><manualTask id="a"/><manualTask id="b"/><complexGateway id="x">'
        "<activationCondition>activationCount >= 1</activationCondition></complexGateway>", END,
        ways="s>f f>a f>b a>x b>x x>e", conditions={"x>e": "waitingForStart"},
    ),
    "a call bound to a version, with the key of its case": around(
        '<callActivity id="x" calledElement="elsewhere" camunda:calledElementBinding="version"'
        ' camunda:calledElementVersion="2"><extensionElements>'
        '<camunda:in businessKey="#{execution.processBusinessKey}"/></extensionElements></callActivity>'
    ),
}  # fmt: skip


@pytest.mark.parametrize("model", SAYS_NOTHING.values(), ids=SAYS_NOTHING.keys())
def test_what_is_meant_so_is_not_warned_of(model):
    told = {"bpmn.data_object_outside", "bpmn.complex_reset", "bpmn.called_version", "bpmn.called_key", "bpmn.binding"}

    assert not told & {each.code for each in found(model)}
