"""What the engine does by itself: leases, retries, incidents, and each result once."""

from datetime import timedelta

import pytest

from engine import commands, jobs
from engine.applications import Decided, WorkResult
from engine.errors import BpmnError, ModelFault, TopicFailed, TopicFailedForGood
from engine.jobs import BACK_OFF, LEASE
from tests.applications import model, task, timer, work
from tests.counting import counting

CATCH = '<boundaryEvent id="refused" attachedToRef="w"><errorEventDefinition errorRef="REFUSED"/></boundaryEvent>'


def given(**inputs):
    """An input mapping."""
    parts = "".join(
        f'<camunda:inputParameter name="{name}">{text}</camunda:inputParameter>' for name, text in inputs.items()
    )
    return f"<extensionElements><camunda:inputOutput>{parts}</camunda:inputOutput></extensionElements>"


def lease(office):
    """The job that is due now, leased; None where none is."""
    due = jobs.due_jobs(office.site, office.now, most=1)
    return jobs.lease(office.site, due[0], office.now) if due else None


@pytest.fixture
def case(office):
    office.deploy(model(work("w") + CATCH + task("b") + task("c"), "start > w > b > end; refused > c > end2"))
    return office.start(colour="red")


@pytest.mark.store
def test_work_is_done_outside_any_transaction_and_its_result_goes_into_the_case(office, case):
    office.topics.result = {"found": "much"}

    assert office.tick() == jobs.Done(jobs=1)

    [work_done] = office.topics.calls
    [job] = office.jobs()
    assert (work_done.id, work_done.attempt, work_done.variables) == (job.id, 1, {"colour": "red"})
    assert (job.state, job.finished_at) == ("done", office.now)
    assert office.open(case) == ["b"]
    assert not office.tick()


@pytest.mark.store
def test_a_tick_asks_once_when_nothing_is_due(office, case):
    office.tick()

    with counting(office.site.database) as count:
        assert not office.tick()

    assert len(count.statements) == 1, "\n".join(count.statements)
    assert count.commits == 0


@pytest.mark.store
def test_a_tick_does_what_its_own_timers_call_for(office):
    elements = task("a") + timer("t", "a", "PT1H") + work("w") + task("b")
    office.deploy(model(elements, "start > a > end; t > w > b > end2"))
    case = office.start()

    assert office.wait(hours=1) == jobs.Done(timers=1, jobs=1)
    assert office.open(case) == ["b"]


@pytest.mark.store
def test_failed_work_is_tried_again_later_and_later_and_then_becomes_an_incident(office, case):
    office.topics.errors = [TopicFailed(why="no line"), ConnectionError("secret"), TopicFailed(why="still no line")]

    waits = []
    while not office.incidents():
        office.tick()
        [job] = office.jobs()
        waits.append(job.due_at - office.now)
        office.now = max(office.now, job.due_at)

    assert waits[:2] == list(BACK_OFF[:2])
    [incident] = office.incidents()
    assert (incident.kind, incident.job_id) == ("job", job.id)
    assert incident.message == "The automatic step failed: still no line"
    assert (job.state, job.attempts) == ("failed", 3)
    assert [work_done.id for work_done in office.topics.calls] == [job.id] * 3
    assert office.kinds(case)[-1] == "incident"


def test_the_incident_of_an_unforeseen_error_names_its_kind_and_no_values(office, case):
    office.topics.errors = [ConnectionError("secret")] * 3
    while not office.incidents():
        office.wait(hours=1)

    assert office.incidents()[0].message == "ConnectionError"


def test_work_that_cannot_succeed_becomes_an_incident_at_once_and_goes_on_when_retried(office, case):
    office.topics.errors = [TopicFailedForGood(why="no such address")]
    office.tick()
    [incident] = office.incidents()

    office.do(commands.retry_job, incident.id)
    office.tick()

    assert office.incidents() == []
    assert office.open(case) == ["b"]
    assert office.topics.calls[1].attempt == 1


@pytest.mark.store
def test_a_retry_by_a_person_works_with_the_variables_as_they_stand_then(office):
    office.deploy(model(work("w", inside=given(address="=lower case(mail)")) + task("b"), "start > w > b > end"))
    case = office.start(mail="TYPO")
    office.topics.errors = [TopicFailedForGood(why="no such address")]
    office.tick()
    [incident] = office.incidents()

    office.do(commands.set_variables, case, {"mail": "ANN"}, "was mistyped")
    office.do(commands.retry_job, incident.id)
    office.tick()

    first, second = office.topics.calls
    assert (first.inputs, second.inputs) == ({"address": "typo"}, {"address": "ann"})
    assert (second.id, second.variables, second.attempt) == (first.id, {"mail": "ANN"}, 1)
    assert office.open(case) == ["b"]


def test_a_retry_whose_inputs_cannot_be_calculated_is_refused_and_the_incident_stays(office):
    endless = "=count(for i in 1..size, j in 1..size return i)"
    office.deploy(model(work("w", inside=given(parts=endless)), "start > w > end"))
    case = office.start(size=1)
    office.topics.errors = [TopicFailedForGood(why="no such address")]
    office.tick()
    [incident] = office.incidents()
    office.do(commands.set_variables, case, {"size": 10**6}, "made it worse")

    with pytest.raises(ModelFault, match="takes too long"):
        office.do(commands.retry_job, incident.id)

    assert [row.id for row in office.incidents()] == [incident.id]
    assert [job.state for job in office.jobs()] == ["failed"]


def test_a_topic_that_is_not_installed_becomes_an_incident(office, case):
    del office.site.applications["desk"].topics["echo"]
    office.tick()

    assert "no topic “echo” is installed" in office.incidents()[0].message


def test_a_bpmn_error_goes_to_its_boundary_event(office, case):
    office.topics.errors = [BpmnError("REFUSED")]
    office.tick()

    assert office.open(case) == ["c"]
    assert [job.state for job in office.jobs()] == ["done"]


def test_a_bpmn_error_that_nobody_catches_becomes_an_incident_at_once(office, case):
    office.topics.errors = [BpmnError("OTHER")]
    office.tick()

    assert [incident.kind for incident in office.incidents()] == ["job"]
    assert len(office.topics.calls) == 1


@pytest.mark.store
def test_a_crashed_workers_work_is_done_again_under_the_same_id_and_completes_once(office, case):
    dead = lease(office)
    assert lease(office) is None

    office.now += LEASE
    assert office.tick().jobs == 1
    assert jobs.run_job(office.site, dead, office.now) is False

    assert {work_done.id for work_done in office.topics.calls} == {dead.work.id}
    assert office.kinds(case).count("work_requested") == 1
    assert office.open(case) == ["b"]


@pytest.mark.store
def test_a_job_that_another_worker_took_meanwhile_is_left_alone(office, case):
    [due] = jobs.due_jobs(office.site, office.now, most=5)
    assert lease(office)

    assert jobs.lease(office.site, due, office.now) is None


def test_a_job_whose_workers_keep_dying_becomes_an_incident(office, case):
    for _ in range(3):
        assert lease(office)
        office.now += LEASE
    office.tick()

    assert "its worker stopped before the end" in office.incidents()[0].message
    assert office.topics.calls == []


def test_a_failure_of_a_worker_that_lost_its_lease_changes_nothing(office, case):
    dead = lease(office)
    office.now += LEASE
    other = lease(office)
    office.topics.errors = [TopicFailed(why="late")]

    jobs.run_job(office.site, dead, office.now)

    assert office.jobs()[0].version == other.version
    assert jobs.run_job(office.site, other, office.now) is True


@pytest.mark.store
def test_the_result_of_a_cancelled_job_is_dropped(office):
    office.deploy(model(work("w") + timer("late", "w", "P1D") + task("c"), "start > w > end; late > c > end2"))
    case = office.start()
    leased = lease(office)
    office.now += timedelta(days=1)
    office.tick()
    assert [job.state for job in office.jobs()] == ["cancelled"]

    assert jobs.run_job(office.site, leased, office.now) is False

    assert office.open(case) == ["c"]
    assert [job.state for job in office.jobs()] == ["cancelled"]


def test_the_incident_of_a_job_that_a_timer_cancels_is_closed(office):
    office.deploy(model(work("w") + timer("late", "w", "P1D") + task("c"), "start > w > end; late > c > end2"))
    office.start()
    office.topics.errors = [TopicFailedForGood(why="never")]
    office.tick()
    assert len(office.incidents()) == 1

    office.wait(days=1)

    assert office.incidents() == []


def test_a_step_that_fails_behind_finished_work_is_parked(office):
    failing = (
        '<scriptTask id="s" scriptFormat="feel" camunda:resultVariable="file.level"><script>x</script></scriptTask>'
    )
    office.deploy(model(work("w") + failing, "start > w > s > end"))
    office.start()
    office.tick()

    assert [job.state for job in office.jobs(kind="topic")] == ["done"]
    assert [incident.element_id for incident in office.incidents()] == ["s"]
    assert len(office.topics.calls) == 1


def test_one_tick_does_only_so_much(office, case):
    office.start()
    assert jobs.run_jobs(office.site, office.now, most=1) == 1
    assert jobs.run_jobs(office.site, office.now) == 1


def test_what_a_topic_decided_is_told_in_the_history_of_the_case(office, case):
    office.topics.result = WorkResult({"found": "much"}, [Decided("which", ("first",), {"colour": "red"}, ["x"])])

    assert office.tick() == jobs.Done(jobs=1)

    [line] = [line for line in office.history(case) if line.kind == "decided"]
    assert (line.element_id, line.detail["decision"], line.detail["rules"]) == ("w", "which", ["first"])
    assert line.values == {"inputs": {"colour": "red"}, "value": ["x"]}
    assert office.open(case) == ["b"]


def test_a_topic_learns_that_no_other_attempt_follows(office, case):
    office.topics.errors = [TopicFailed(why="not now")] * 3
    for wait in BACK_OFF[:3]:
        office.tick()
        office.wait(seconds=wait.total_seconds())
    assert [call.is_last for call in office.topics.calls] == [False, False, True]
