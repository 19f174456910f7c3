"""Starting, cancelling and repairing cases."""

from datetime import timedelta
from decimal import Decimal

import pytest

from engine import commands
from engine.commands import Submitted
from engine.errors import AlreadyDone, InstanceEnded, InvalidForm, InvalidInput, NotAllowed, NotFound
from engine.identity import CONSUMER
from engine.models import Command, Incident, ProcessInstance, Timer
from tests.applications import DESK, model, task, timer, work
from tests.counting import counting

AND = '<parallelGateway id="{0}"/>'


def script(key, text, result="file.level"):
    """A step that fails while `text` is no number: the record refuses it."""
    attributes = f'id="{key}" scriptFormat="feel" camunda:resultVariable="{result}"'
    return f"<scriptTask {attributes}><script>{text}</script></scriptTask>"


@pytest.fixture
def broken(office):
    """A case whose step behind its task fails: nothing was given."""
    office.deploy(model(task("a") + script("s", "given") + task("b"), "start > a > s > b > end"))
    return office.start()


# --- starting


@pytest.mark.store
def test_starting_writes_record_variables_and_history_in_one_commit(office):
    office.deploy(DESK)

    with counting(office.site.database) as count:
        case = office.start(file__level=3, colour="red", key="k")

    assert count.commits == 1
    assert office.record(case).level == 3
    started = office.history(case)[0]
    assert (started.kind, started.actor, started.at) == ("instance_started", "ann", office.now)
    assert started.values == {"file.level": 3, "colour": "red"}
    assert office.start(key="k") == case
    assert len(office.rows(ProcessInstance)) == 1


def test_who_may_not_start_a_process_is_refused(office):
    office.deploy(DESK)

    with pytest.raises(NotAllowed):
        office.start(by="olga")
    with pytest.raises(NotFound, match="no active process"):
        office.start("unknown")
    with pytest.raises(NotAllowed):
        commands.start_instance(office.site, "main", Submitted(), actor=CONSUMER, now=office.now)


def test_a_consumer_starts_what_is_public_with_the_form_of_the_start(office):
    start = '<startEvent id="start" camunda:formRef="answer"/>'
    public = model(start + task("a"), "start > a > end").replace(
        b'<startEvent id="start"',
        b'<extensionElements><camunda:properties><camunda:property name="public" value="true"/></camunda:properties>'
        b'</extensionElements><startEvent id="start"',
    )
    office.deploy(public)

    with pytest.raises(InvalidForm):
        commands.start_instance(office.site, "main", Submitted(), actor=CONSUMER, now=office.now)
    sent = Submitted({"verdict": ["late"]})
    started = commands.start_instance(office.site, "main", sent, actor=CONSUMER, now=office.now)

    assert office.open(started["instance_id"]) == ["a"]
    assert office.history(started["instance_id"])[0].actor == "consumer"


def test_a_failing_start_is_parked_like_any_other_command(office):
    office.deploy(model(script("s", "given") + task("a"), "start > s > a > end"))

    case = office.start()

    assert [incident.element_id for incident in office.incidents()] == ["s"]
    assert office.instance(case).status == "active"


def test_what_the_record_refuses_refuses_the_start(office):
    office.deploy(DESK)

    with pytest.raises(InvalidInput, match="there is no “nonsense”"):
        office.start(file__nonsense=1, key="k")

    assert office.rows(ProcessInstance) == []
    assert office.rows(Command) == []


# --- parking


@pytest.mark.store
def test_a_step_that_fails_behind_a_persons_action_is_parked_and_the_action_stands(office, broken):
    assert office.complete("a") == {"instance_id": broken, "parked": True}

    [incident] = office.incidents()
    assert (incident.kind, incident.element_id, incident.created_at) == ("step", "s", office.now)
    assert incident.message == "This cannot be accepted: the level is a number"
    [job] = office.jobs(kind="continue")
    assert (job.state, job.id) == ("failed", incident.job_id)
    assert office.kinds(broken)[-1] == "incident"
    assert office.open(broken) == []


@pytest.mark.store
def test_a_parked_step_goes_on_after_the_variables_were_repaired(office, broken):
    office.complete("a")
    [incident] = office.incidents()

    office.do(commands.retry_job, incident.id)
    [again] = office.incidents()
    assert again.id != incident.id
    office.do(commands.set_variables, broken, {"given": 7}, "was not filled in")
    office.do(commands.retry_job, again.id)

    assert office.incidents() == []
    assert office.open(broken) == ["b"]
    assert office.record(broken).level == 7
    resolved = office.rows(Incident, Incident.id == again.id)[0]
    assert (resolved.resolved_at, resolved.resolved_by) == (office.now, office.people["root"].id)


WAITING = (
    '<intermediateCatchEvent id="s"><timerEventDefinition><timeDuration>=given</timeDuration></timerEventDefinition>'
    "</intermediateCatchEvent>"
)
ENDLESS = script("s", "count(for i in 1..given, j in 1..given, k in 1..given return i)")


@pytest.mark.parametrize(
    ("step", "given", "why"),
    [(WAITING, "soon", "no duration, moment"), (ENDLESS, 10**6, "takes too long")],
    ids=["a timer without a time", "a calculation without an end"],
)
def test_other_steps_that_fail_are_parked_too(office, step, given, why):
    office.deploy(model(task("a") + step, "start > a > s > end"))
    case = office.start(given=given)

    assert office.complete("a")["parked"]

    [incident] = office.incidents()
    assert (incident.kind, incident.element_id) == ("step", "s")
    assert why in incident.message
    assert office.open(case) == []


def test_every_branch_that_fails_is_parked_and_the_others_go_on(office):
    steps = AND.format("fork") + script("s1", "one") + script("s2", "two", "file.phase") + task("ok")
    office.deploy(model(task("a") + steps, "start > a > fork; fork > s1 > end1; fork > ok > end2; fork > s2 > end3"))
    case = office.start()

    assert office.complete("a")["parked"]

    assert office.open(case) == ["ok"]
    assert sorted(incident.element_id for incident in office.incidents()) == ["s1", "s2"]
    reasons = {incident.element_id: incident.message for incident in office.incidents()}
    assert "the level is a number" in reasons["s1"]
    assert "the phase is a text" in reasons["s2"]


def test_an_incident_is_retried_once(office, broken):
    office.complete("a")
    [incident] = office.incidents()
    office.do(commands.retry_job, incident.id)

    with pytest.raises(AlreadyDone):
        office.do(commands.retry_job, incident.id)
    with pytest.raises(NotFound):
        office.do(commands.retry_job, 99)
    with pytest.raises(NotAllowed):
        office.do(commands.retry_job, incident.id, by="ann")


def test_cancelling_a_case_closes_the_incidents_of_its_parked_steps(office, broken):
    office.complete("a")
    office.do(commands.cancel_instance, broken, "no use any more")

    assert office.incidents() == []
    assert [job.state for job in office.jobs(kind="continue")] == ["cancelled"]


# --- repairs


@pytest.mark.store
def test_set_variables_keeps_what_was_and_what_is(office):
    office.deploy(DESK)
    case = office.start(colour="red", file__level=1)

    office.do(commands.set_variables, case, {"colour": "blue", "file.level": Decimal(2)}, "typed wrong")

    line = next(entry for entry in office.history(case) if entry.kind == "variables_set")
    assert line.detail == {"names": ["colour", "file.level"]}
    assert line.values == {
        "before": {"colour": "red", "file.level": 1},
        "after": {"colour": "blue", "file.level": 2},
        "reason": "typed wrong",
    }
    assert office.record(case).level == 2


def test_a_repair_needs_an_admin_and_a_reason_and_an_open_case(office):
    office.deploy(DESK)
    case = office.start()

    with pytest.raises(NotAllowed):
        office.do(commands.set_variables, case, {"x": 1}, "because", by="ann")
    with pytest.raises(NotAllowed):
        office.do(commands.cancel_instance, case, "because", by="ann")
    with pytest.raises(InvalidInput, match="give a reason"):
        office.do(commands.cancel_instance, case, " ")
    with pytest.raises(NotFound):
        office.do(commands.cancel_instance, "none", "because")
    office.do(commands.cancel_instance, case, "because")
    with pytest.raises(InstanceEnded):
        office.do(commands.set_variables, case, {"x": 1}, "because")


@pytest.mark.store
def test_a_cancelled_case_waits_for_nothing(office):
    parts = task("a") + timer("late", "a", "P1D") + work("w") + AND.format("g")
    office.deploy(model(parts, "start > g; g > a > end; g > w > end2; late > end3"))
    case = office.start()

    office.do(commands.cancel_instance, case, "withdrawn by phone")

    assert office.instance(case).status == "cancelled"
    assert office.instance(case).ended_at == office.now
    assert office.open() == office.timers() == office.subscriptions() == []
    assert [job.state for job in office.jobs()] == ["cancelled"]
    last = office.history(case)[-1]
    assert (last.kind, last.detail, last.actor) == ("instance_ended", {"status": "cancelled"}, "root")


def test_repairs_fire_no_timers(office):
    office.deploy(model(task("a") + timer("late", "a", "P1D") + task("c"), "start > a > end; late > c > end2"))
    case = office.start()
    office.now += timedelta(days=2)

    office.do(commands.set_variables, case, {"x": 1}, "only this")

    assert office.open(case) == ["a"]
    assert [row.state for row in office.rows(Timer)] == ["armed"]
