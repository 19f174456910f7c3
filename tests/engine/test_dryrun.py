"""Dry runs: nothing stored, time jumps, answers come from a script."""

from datetime import timedelta

import pytest

from engine.bpmn import reader
from engine.dryrun import DryRun, run_to_rest
from engine.errors import InvalidInput, NotFound
from tests.applications import DESK, FORM, NOW


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
