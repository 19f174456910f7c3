"""What explains a dry run beside where it stands."""

import pytest

from engine.bpmn import reader
from engine.dryrun import DryRun, remarks, run_to_rest
from engine.errors import InvalidInput, RedressError
from tests.applications import FORM, NOW, model, receive, task, work
from tests.models import catch, condition, element, event, throwing

LOOP = '<exclusiveGateway id="x" default="x_t"/><task id="t"/>'


def tried(content, answers, **values):
    """(code, English sentence) of the remarks about a run, and the run."""
    files = reader.read({"main.bpmn": content, "answer.form": FORM})
    run = DryRun(files, "main", None, at=NOW)
    try:
        run.start(values)
        outcome = run_to_rest(run, answers)
    except RedressError:
        outcome = "failed"
    return [(each.code, each.what("en")) for each in remarks(run, files, answers, outcome)], run


def codes(content, answers, **values):
    return [code for code, _ in tried(content, answers, **values)[0]]


def test_a_run_that_used_all_answers_needs_no_remark():
    assert codes(model(task("a") + receive("m", "paid"), "start > a > m > end"), {"a": {}, "paid": [{}]}) == []


@pytest.mark.parametrize(
    ("answers", "code", "sentence"),
    [
        ({"aa": {}}, "answers.unknown", "no element and no message has that name; is “a” meant?"),
        ({"zebra": {}}, "answers.unknown", "no element and no message has that name."),
        ({"b": {}}, "answers.not_reached", "The answers for b were not used: it was not reached."),
        ({"w": {"error": "E"}}, "answers.not_reached", "The answers for w were not used: it was not reached."),
        ({"end": {}}, "answers.not_asked", "it asks nobody."),
        ({"m": {}}, "answers.not_asked", "what it waits for stands under its name, “paid”."),
        ({"paid": {}}, "answers.not_waited_for", "The answers for “paid” were not used: m never waited for it."),
        ({"a": [{}, {}]}, "answers.left_over", "Of 2 answers for “a” 1 were used"),
        ({"a": {"verdct": "x"}}, "answers.unknown_field", "have verdct, which its form “answer” does not ask for"),
    ],
)
def test_answers_that_were_not_used_say_why(answers, code, sentence):
    content = model(
        task("a") + task("b") + receive("m", "paid") + work("w") + catch("never", condition("ready")),
        "start > a > never > m > b > w > end",
    )

    ((found, told),) = tried(content, answers)[0]
    assert (found, sentence in told) == (code, True), told


def test_a_signal_of_the_answers_reaches_everything_that_waits_for_it():
    heard = catch("c", event("signal", "go")) + catch("d", event("signal", "go"))
    content = model(heard + '<parallelGateway id="f"/>', "start > f > c > end; f > d > end2")

    found, run = tried(content, {"go": {}})
    assert (found, run.is_ended) == ([], True)


def test_a_signal_that_was_thrown_before_anybody_waited_is_told():
    content = model(throwing("t", event("signal", "go")) + catch("c", event("signal", "go")), "start > t > c > end")

    ((code, told),) = tried(content, {})[0]
    assert code == "signal.unheard"
    assert told.startswith("The signal “go” was thrown by t before c waited for it")


def test_a_message_that_was_thrown_waits_for_somebody_who_waits_for_it():
    content = model(
        receive("t", "go", "intermediateThrowEvent") + task("a") + receive("c", "go"), "start > t > a > c > end"
    )

    found, run = tried(content, {})
    assert (found, run.is_ended) == ([], True)


def test_a_circle_is_told_with_its_elements():
    found, run = tried(model(LOOP, "start > t > x > t; x > end: done"), {})

    assert run.failure.is_endless
    assert found == [
        ("run.circle", "The run was stopped after 10000 steps: at its end it went round x, t again and again.")
    ]


def test_a_circle_through_tasks_is_told_as_well():
    assert codes(model(LOOP + task("a"), "start > a > t > x; x > a; x > end: done").replace(b"x_t", b"x_a"), {}) == [
        "run.circle"
    ]


def test_a_decision_without_result_is_told_once_with_what_it_tested():
    table = (
        b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="d">'
        b'<decision id="dish" name="dish"><variable name="dish"/><decisionTable><input id="i"><inputExpression>'
        b'<text>season</text></inputExpression></input><output id="o" name="dish"/><rule id="r"><inputEntry>'
        b'<text>"winter"</text></inputEntry><outputEntry><text>1</text></outputEntry></rule></decisionTable>'
        b"</decision></definitions>"
    )
    content = model(element("businessRuleTask", "d", camunda_decisionRef="dish"), "start > d > end")
    files = reader.read({"main.bpmn": content, "dish.dmn": table})
    run = DryRun(files, "main", None, at=NOW)
    run.start({"season": "summer"})

    (remark,) = remarks(run, files, {}, "ended")
    assert remark.what("en") == 'At d the decision “dish” gave no result for season = "summer".'
    assert remark.details == {"element": "d", "decision": "dish", "inputs": {"season": "summer"}}


@pytest.mark.parametrize(("key", "given"), [("a", "yes"), ("a", [3]), ("paid", "yes")])
def test_answers_that_are_no_mapping_are_refused_with_what_the_form_asks_for(key, given):
    run = DryRun(
        reader.read({"m.bpmn": model(task("a") + receive("m", "paid"), "start > a > m > end"), "f.form": FORM}),
        "main",
        None,
        at=NOW,
    )
    run.start({})

    with pytest.raises(InvalidInput, match=f"the answers for “{key}” are not a mapping"):
        run_to_rest(run, {key: given})


def test_a_list_without_answers_is_as_no_answer():
    assert tried(model(task("a"), "start > a > end"), {"a": []})[1].is_ended
