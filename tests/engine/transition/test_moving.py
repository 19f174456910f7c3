"""One transaction, tried again with failing steps parked, and stored results under their keys."""

import pytest

from engine.errors import ConcurrentUpdate, InvalidInput, ModelFault
from engine.execution import StepFailed
from engine.models import Command, Incident, Mark, Person
from engine.transition import carry_out
from tests.applications import DESK, model, task


def test_what_fails_is_rolled_back(office):
    def attempt(session, _parks):
        session.add(Mark(name="x", value="y"))
        session.flush()
        raise InvalidInput(why="no")

    with pytest.raises(InvalidInput):
        carry_out(office.site, attempt, key="k")

    assert office.rows(Mark) == office.rows(Command) == []


def test_a_failing_step_is_given_back_to_be_parked_once(office):
    seen = []

    def attempt(_session, parks):
        seen.append(dict(parks))
        raise StepFailed(3, "s", ModelFault(element="s", why="x"))

    with pytest.raises(ModelFault):
        carry_out(office.site, attempt)

    assert [list(parks) for parks in seen] == [[], [3]]


def test_a_result_is_kept_sealed_under_its_key(office):
    results = [carry_out(office.site, lambda *_: {"id": "secret"}, key="k", name="n") for _ in range(2)]

    assert results == [{"id": "secret"}] * 2
    [kept] = office.rows(Command)
    assert (kept.name, b"secret" in kept.sealed_result) == ("n", False)


def test_a_row_that_somebody_else_wrote_first_is_a_conflict(office):
    def attempt(session, _parks):
        session.add(Person(username="ann", name="x", created_at=office.now))

    with pytest.raises(ConcurrentUpdate):
        carry_out(office.site, attempt)


def test_a_properties_phase_follows_the_diagram_into_the_record(office):
    marked = DESK.replace(
        b'camunda:formRef="answer"/>',
        b'camunda:formRef="answer"><extensionElements><camunda:properties>'
        b'<camunda:property name="phase" value="first"/>'
        b"</camunda:properties></extensionElements></userTask>",
        1,
    )
    office.deploy(marked)
    case = office.start()

    assert office.record(case).phase == "first"
    assert office.rows(Incident) == []


def test_what_a_sending_says_of_the_case_holds_once_it_was_sent(office):
    sending = (
        '<sendTask id="s" camunda:type="external" camunda:topic="echo"><extensionElements><camunda:properties>'
        '<camunda:property name="phase" value="told"/></camunda:properties></extensionElements></sendTask>'
    )
    office.deploy(model(sending + task("a"), "start > s > a > end"))
    case = office.start()
    assert office.record(case).phase is None

    office.tick()

    assert office.record(case).phase == "told"
