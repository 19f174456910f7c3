"""One case in full."""

from datetime import timedelta

import pytest

from engine import commands, jobs, queries
from engine.errors import NotFound
from engine.models import ProcessInstance
from tests.office.installation import NOW


@pytest.fixture
def detail(office):
    def ask(case_id, actor=office.eva, language="en"):
        return office.ask(queries.instance_detail, office.site, case_id, actor=actor, language=language, now=NOW)

    return ask


def states(detail):
    return {element.id: element.state for element in detail.elements}


def test_elements_tell_where_the_tokens_stand_and_what_is_done(office, detail):
    case_id = office.start()
    assert states(detail(case_id)) == {"review": "active", "late": "waiting", "begin": "done"}
    assert {each.id: each.due_at for each in detail(case_id).elements}["late"] == NOW + timedelta(days=2)

    office.review(case_id)
    assert states(detail(case_id)) == {"approve": "active", "review": "done", "begin": "done"}
    assert detail(case_id).flows == ("f1", "f2")


def test_a_failed_step_is_an_incident_of_its_element(office, detail):
    case_id = office.start("a", "13")
    office.review(case_id)
    office.approve(case_id)
    found = detail(case_id)

    assert states(found)["tell"] == "incident"
    assert [(each.kind, each.element, each.attempts) for each in found.incidents] == [("job", "Announce", 1)]


def test_an_ended_case_has_no_active_elements(office, detail):
    case_id = office.start()
    office.review(case_id)
    office.approve(case_id)
    found = detail(case_id)

    assert (found.status, found.ended_by) == ("completed", "Settled")
    assert set(states(found).values()) == {"done"}
    assert found.tasks == found.timers == ()


def test_variables_are_for_admins(office, detail):
    case_id = office.start()

    assert [(each.name, each.value) for each in detail(case_id).variables] == [("amount", "7"), ("title", '"alpha"')]
    assert detail(case_id, office.ann).variables == ()


def test_what_every_token_waits_for_is_told_to_admins_in_their_language_without_values(office, detail):
    case_id = office.start("a secret")

    english, chinese = detail(case_id).waits, detail(case_id, language="zh").waits

    assert any("waits until somebody completes it" in each for each in english)
    assert any("waits until 20" in each for each in english)
    assert any("等待人员完成" in each for each in chinese)
    assert not any("a secret" in each for each in (*english, *chinese))
    assert detail(case_id, office.ann).waits == ()
    with pytest.raises(NotFound):
        detail(case_id, office.out)


def test_a_case_whose_state_cannot_be_read_is_still_shown(office, detail):
    case_id = office.start()
    commands.cancel_instance(office.site, case_id, "mistake", actor=office.eva, now=NOW)
    commands.erase_person(office.site, case_id, "on request", actor=office.eva, now=NOW)
    found = detail(case_id)

    assert not found.readable
    assert found.variables == ()
    assert found.elements


def test_nothing_is_stuck_at_any_point_of_a_case(office):
    case_id = office.start("a", "13")
    points = [office.ask(queries.stuck)]
    office.review(case_id)
    points.append(office.ask(queries.stuck))
    office.approve(case_id)
    points.append(office.ask(queries.stuck))

    assert points == [(), (), ()]


def test_a_case_without_anything_to_wait_for_is_stuck(office):
    case_id = office.start()
    jobs.tick(office.site, NOW)
    with office.site.database.transaction() as session:
        copy = session.get(ProcessInstance, case_id)
        session.add(
            ProcessInstance(
                **{column.key: getattr(copy, column.key) for column in ProcessInstance.__table__.columns}
                | {"id": "lost", "business_key": "lost"}
            )
        )

    assert office.ask(queries.stuck) == ("lost",)
