"""Dry runs: nothing stored, time jumps, answers come from a script."""

from datetime import timedelta

import pytest

from engine.bpmn import reader
from engine.dryrun import DryRun, run_to_rest
from engine.errors import InvalidInput, ModelFault, NotFound
from engine.execution import BUDGET
from tests.applications import DESK, FORM, NOW
from tests.models import boundary, bpmn, element, event, timer


@pytest.fixture
def run():
    dry = DryRun(reader.read({"main.bpmn": DESK, "forms/answer.form": FORM}), "main", None, at=NOW)
    dry.start({"colour": "red"})
    return dry


def test_a_run_goes_through_tasks_work_and_messages(run):
    assert [(one.element_id, one.groups) for one in run.tasks] == [("a", ("desk",))]
    run.complete("a", {"verdict": "yes"})
    assert [work.topic for work in run.trace.work] == ["echo"]
    assert run.subscriptions == ["answered"]
    assert run.message("answered", {"word": "x"})
    assert not run.message("answered", {})
    run.complete("b", {})

    assert run.is_ended
    assert run.trace.path == ["start", "a", "w", "answer_came", "b", "end"]
    assert run.variables() == {"colour": "red", "verdict": "yes", "word": "x"}


def test_time_jumps_from_timer_to_timer(run):
    assert run.next_timer() == NOW + timedelta(days=2)
    run.wait(timedelta(days=5))

    assert run.now == NOW + timedelta(days=5)
    assert run.trace.moments("late") == [NOW + timedelta(days=2)]
    assert [one.element_id for one in run.tasks] == ["a", "chase"]


def test_a_task_that_is_not_open_is_said_with_those_that_are(run):
    with pytest.raises(InvalidInput, match="“b” is not open; open are: a"):
        run.complete("b", {})


def test_answers_by_element_run_to_the_end_or_to_where_nothing_happens(run):
    assert run_to_rest(run, {"a": {"verdict": "no"}}) == "waiting"
    assert run.variables()["verdict"] == "no"
    run.message("answered", {})
    assert run_to_rest(run, {"b": [{"verdict": "last"}]}) == "ended"
    assert run.read("verdict") == "last"


def test_answers_of_another_shape_are_refused(run):
    with pytest.raises(InvalidInput, match="not a mapping"):
        run_to_rest(run, {"a": ["yes"]})


def test_messages_are_answered_too(run):
    assert run_to_rest(run, {"answered": {"word": "x"}}) == "ended"
    assert run.variables()["word"] == "x"


def test_setting_a_variable_is_seen_at_once(run):
    run.set("colour", "blue")

    assert run.read("upper case(colour)") == "BLUE"


def test_a_process_that_is_not_there_is_said():
    with pytest.raises(NotFound):
        DryRun(reader.read({"main.bpmn": DESK, "forms/answer.form": FORM}), "none", None, at=NOW)


def booking(work=None, more=""):
    """A run whose step `book` is done by a topic, with an edge for one error and one for any."""
    edges = "".join(
        boundary(key, "book", event("error", code)) for key, code in (("funds", "no_funds"), ("other", "")) if more
    )
    book = element("serviceTask", "book", camunda_type="external", camunda_topic="book")
    behind = "; funds > pay > book; other > end2" if more else ""
    model = reader.read({"main.bpmn": bpmn(edges + book, f"start > book > end{behind}")})
    return DryRun(model, "main", None, at=NOW, work=work)


def test_work_gives_back_what_is_given_for_it():
    run = booking({"book": {"number": "B-7"}})
    run.start({})

    assert run.is_ended
    assert run.variables() == {"number": "B-7"}
    assert run.trace.answered["book"] == 1


def test_work_fails_with_the_error_that_is_given_visit_by_visit():
    run = booking({"book": [{"error": "no_funds"}, {"error": "lost"}]}, more="edges")
    run.start({})
    assert [task.element_id for task in run.tasks] == ["pay"]
    run.complete("pay", {})

    assert run.outcome == "end2"
    assert run.trace.path == ["start", "funds", "pay", "other", "end2"]


@pytest.mark.parametrize(
    ("given", "error", "told"),
    [({"error": "lost"}, ModelFault, "“lost”"), ("lost", InvalidInput, "“book” is not a mapping")],
)
def test_work_that_cannot_be_done_as_given_is_told(given, error, told):
    with pytest.raises(error, match=told):
        booking({"book": given}).start({})


def test_the_limit_of_steps_is_for_each_command():
    gate = element("exclusiveGateway", "x", default="x_end") + element("exclusiveGateway", "m")
    steps = "".join(element("task", f"t{number}") for number in range(400))
    chain = " > ".join(f"t{number}" for number in range(400))
    model = reader.read({"main.bpmn": bpmn(gate + steps, f"start > m > a > {chain} > x; x > m: again; x > end")})
    run = DryRun(model, "main", None, at=NOW)
    run.start({})
    for _ in range(BUDGET // 800 + 1):
        run.complete("a", {"again": True})

    run.complete("a", {"again": False})
    assert run.is_ended


def test_a_circle_within_one_command_is_stopped():
    gate = element("exclusiveGateway", "x", default="x_end") + element("exclusiveGateway", "m")
    work = element("serviceTask", "w", camunda_type="external", camunda_topic="w")
    run = DryRun(
        reader.read({"main.bpmn": bpmn(gate + work, "start > m > w > x; x > m: true; x > end")}), "main", None, at=NOW
    )
    with pytest.raises(ModelFault):
        run.start({})

    assert run.failure.is_endless


def test_a_gateway_that_finds_no_way_on_is_not_in_the_path():
    gate = element("exclusiveGateway", "x")
    run = DryRun(
        reader.read({"main.bpmn": bpmn(gate, "start > x; x > a: n = 1; x > b: n = 2; a > end; b > end")}),
        "main",
        None,
        at=NOW,
    )
    with pytest.raises(ModelFault):
        run.start({})

    assert run.trace.path == ["start"]


BEGUN = bpmn(
    element("startEvent", "told", event("message", "news"))
    + element("startEvent", "heard", event("signal", "alarm"))
    + element("startEvent", "daily", timer("R/P1D", "Cycle")),
    "told > join; heard > join; daily > join; join > end",
)


@pytest.mark.parametrize(("happened", "first"), [("news", "told"), ("alarm", "heard"), ("daily", "daily")])
def test_a_run_begins_with_what_happened(happened, first):
    dry = DryRun(reader.read({"main.bpmn": BEGUN}), "main", None, at=NOW)

    dry.start({"colour": "red"}, happened)

    assert dry.trace.path == [first]
    assert dry.variables() == {"colour": "red"}


def test_what_begins_nothing_is_said():
    dry = DryRun(reader.read({"main.bpmn": BEGUN}), "main", None, at=NOW)

    with pytest.raises(InvalidInput, match="begins with “gossip”"):
        dry.start({}, "gossip")


def test_a_signal_brings_what_it_carries():
    hears = bpmn(element("intermediateCatchEvent", "hears", event("signal", "alarm")), "start > hears > a > end")
    dry = DryRun(reader.read({"main.bpmn": hears}), "main", None, at=NOW)
    dry.start({})

    assert dry.message("alarm", {"level": "high"})

    assert dry.variables() == {"level": "high"}
