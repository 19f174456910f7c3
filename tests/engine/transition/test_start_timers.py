"""Timers that begin cases: armed with their version, each firing one case, and nothing twice."""

from datetime import timedelta

import pytest

from engine import commands, queries
from engine.errors import AlreadyDone, InvalidInput, InvalidModel, NotAllowed, NotFound
from engine.models import ProcessInstance, StartTimer
from tests.applications import KEY, model, task
from tests.models import element, timer


def daily(text="R/P1D", kind="Cycle", more=""):
    return model(element("startEvent", "s", timer(text, kind)) + task("a") + more, "s > a > end")


def begun(office):
    return len(office.rows(ProcessInstance))


def planned(office):
    """The only timer that begins cases, as an admin sees it."""
    with office.site.database.reading() as session:
        [row] = queries.start_timers(session, "en")
        return row


@pytest.mark.store
def test_each_firing_of_a_cycle_begins_a_case(office):
    office.deploy(daily())
    office.wait(hours=23)
    assert begun(office) == 0

    assert office.wait(hours=1).timers == 1
    assert office.wait(days=1).timers == 1
    assert office.tick().timers == 0

    assert begun(office) == 2
    assert [task.element_id for task in office.open_tasks()] == ["a", "a"]


@pytest.mark.parametrize(("text", "kind"), [("PT2H", "Duration"), ("2026-03-02T11:00:00+08:00", "Date")])
def test_a_single_time_begins_one_case_even_when_the_model_is_deployed_again(office, text, kind):
    office.deploy(daily(text, kind))

    office.wait(hours=2)
    office.deploy(daily(text, kind, "<!-- newer -->"))
    office.wait(days=3)

    assert begun(office) == 1
    assert [row.state for row in office.rows(StartTimer)] == ["done"]


def test_a_moment_that_had_passed_before_begins_nothing(office):
    office.deploy(daily("2026-01-01T00:00:00Z", "Date"))

    office.wait(days=1)

    assert begun(office) == 0


def test_a_new_version_keeps_the_rhythm_and_runs_its_own_model(office):
    office.deploy(daily())
    office.wait(hours=20)
    newer = office.deploy(daily(more="<!-- newer -->"))

    office.wait(hours=4)

    [case] = office.rows(ProcessInstance)
    [timer_row] = office.rows(StartTimer)
    assert (case.definition_id, newer.number) == (timer_row.definition_id, 2)


def test_another_time_replaces_the_old_one_and_going_back_arms_it_anew(office):
    first = office.deploy(daily())
    office.deploy(daily("R/PT1H"))
    assert [row.text for row in office.rows(StartTimer)] == ["R/PT1H"]

    office.do(commands.activate_version, first.deployment_id, by="olga")

    assert [(row.text, row.due_at) for row in office.rows(StartTimer)] == [("R/P1D", office.now + timedelta(days=1))]


def test_firings_that_were_missed_begin_one_case_and_the_rhythm_goes_on(office):
    office.deploy(daily("R/PT1H"))
    began = office.now

    office.wait(hours=72, minutes=30)

    assert begun(office) == 1
    assert [row.due_at for row in office.rows(StartTimer)] == [began + timedelta(hours=73)]


def test_after_very_many_missed_firings_the_rhythm_begins_anew(office):
    office.deploy(daily("R/PT1S"))

    office.wait(days=1)

    assert begun(office) == 1
    assert [row.due_at for row in office.rows(StartTimer)] == [office.now + timedelta(seconds=1)]


def test_a_counted_cycle_ends(office):
    office.deploy(daily("R2/PT1H"))

    for _ in range(4):
        office.wait(hours=1)

    assert begun(office) == 2


@pytest.mark.store
def test_a_case_that_cannot_begin_is_told_and_tried_again(office, monkeypatch):
    def refuse(*_):
        raise InvalidInput(why="there is no room")

    office.deploy(daily())
    monkeypatch.setattr(office.site.applications[KEY].record, "create", refuse)
    office.wait(days=1)
    told = planned(office)
    assert (told.state, told.element, told.error.message) == (
        "failed",
        "s",
        "This cannot be accepted: there is no room",
    )
    assert office.wait(days=5).timers == 0

    monkeypatch.undo()
    with pytest.raises(NotAllowed):
        office.do(commands.retry_start, told.id, by="ann")
    office.do(commands.retry_start, told.id)
    with pytest.raises(AlreadyDone):
        office.do(commands.retry_start, told.id)

    assert office.tick().timers == 1
    assert (begun(office), planned(office).state, planned(office).error) == (1, "armed", None)


def test_no_other_start_timer_can_be_tried_again(office):
    with pytest.raises(NotFound):
        office.do(commands.retry_start, 99)


def test_a_time_that_reads_variables_is_refused(office):
    with pytest.raises(InvalidModel) as refused:
        office.deploy(daily("${soon}", "Date"))

    assert "bpmn.start_timer_reads" in [problem.code for problem in refused.value.problems]
