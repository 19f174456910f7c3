from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from engine import access, identity, organisation, projections
from engine.access import acted, check_rules
from engine.applications import Application, Group, TaskFacts
from engine.errors import NotAllowed, SeparationOfDuty
from engine.identity import CONSUMER, SYSTEM, Actor, as_actor
from engine.models import Person, ProcessInstance, UserTask, UserTaskGroup
from engine.organisation import Organisation
from tests.units import TREE

APPLICATION = Application("demo", "演示", "Demo", Path(), groups=(Group("intake", "受理", "Intake"),))
OTHER = Application("other", "其他", "Other", Path(), groups=(Group("sales", "销售", "Sales"),))


def person(*groups):
    return Actor(1, "ann", "Ann", frozenset(groups))


@pytest.mark.parametrize(
    ("actor", "assignee", "sees", "claims", "completes"),
    [
        (person("intake"), None, True, True, False),
        (person("intake"), 1, True, True, True),
        (person("intake"), 2, True, False, False),
        (person("sales"), None, False, False, False),
        (person("sales"), 1, True, True, True),
        (person("admin"), None, True, False, False),
        (person("admin"), 2, True, False, False),
        (person("admin", "intake"), None, True, True, False),
        (person("auditor", "process-owner"), None, False, False, False),
        (person(), None, False, False, False),
        (CONSUMER, None, False, False, False),
        (SYSTEM, None, False, False, False),
    ],
)
def test_who_sees_claims_and_completes_a_task(actor, assignee, sees, claims, completes):
    assert access.may_see_task(actor, {"intake"}, assignee) is sees
    assert access.may_claim(actor, {"intake"}, assignee) is claims
    assert access.may_complete(actor, assignee) is completes


def test_a_task_is_assigned_by_admins_to_people_in_a_candidate_group():
    assert access.may_assign(person("admin"))
    assert not access.may_assign(person("intake"))
    assert access.may_be_assigned(person("intake"), ["intake"])
    assert not access.may_be_assigned(person("admin"), ["intake"])
    assert access.may_be_assigned(person("sales"), [])
    assert not access.may_be_assigned(CONSUMER, [])


def test_a_task_is_released_by_its_assignee_or_an_admin():
    assert access.may_release(person(), 1)
    assert access.may_release(person("admin"), 2)
    assert not access.may_release(person("intake"), 2)
    assert not access.may_release(person("admin"), None)


@pytest.mark.parametrize(
    ("actor", "sees", "starts", "starts_as_sales"),
    [
        (person("intake"), True, True, False),
        (person("sales"), False, False, True),
        (person("admin"), True, True, True),
        (person("auditor"), True, False, False),
        (CONSUMER, False, False, False),
    ],
)
def test_who_sees_and_starts_an_instance(actor, sees, starts, starts_as_sales):
    assert access.is_staff(actor, APPLICATION) is sees
    assert access.may_start(actor, APPLICATION, ()) is starts
    assert access.may_start(actor, APPLICATION, ("sales",)) is starts_as_sales


@pytest.mark.parametrize(
    ("group", "deploys", "operates", "audits"),
    [
        ("admin", True, True, True),
        ("process-owner", True, False, False),
        ("auditor", False, False, True),
        ("intake", False, False, False),
    ],
)
def test_who_deploys_operates_and_audits(group, deploys, operates, audits):
    actor = person(group)

    assert access.may_deploy(actor) is deploys
    assert access.may_operate(actor) is operates
    assert access.may_audit(actor) is audits


def task(instance, number, moment, *, assignee=None, completed_by=None, role=""):
    return UserTask(
        id=f"task-{number}",
        instance_id=instance.id,
        definition_id=instance.definition_id,
        element_id="Task",
        status="open",
        assignee_id=assignee,
        completed_by=completed_by,
        role=role,
        created_at=moment,
    )


@pytest.fixture
def people(database, moment):
    with database.transaction() as session:
        return [identity.add_person(session, name, name, moment) for name in ("ann", "ben")]


@pytest.mark.parametrize(
    ("held", "offered", "is_offered"),
    [
        (["clerk"], "clerk", True),
        (["clerk"], "clerk@N1", True),
        (["clerk@N1"], "clerk", True),
        (["clerk@N1"], "clerk@N1", True),
        (["clerk@N"], "clerk@N1", True),
        (["clerk@HQ"], "clerk@N1", True),
        (["clerk@N1"], "clerk@N", False),
        (["clerk@S", "clerk@N2"], "clerk@N1", False),
        (["clerk@S", "clerk@N1"], "clerk@N1", True),
        (["chief@N"], "clerk@N1", False),
        (["clerk@S"], "clerk@nowhere", True),
        (["clerk@S"], "clerk@", True),
        ([], "user:ann", True),
        (["clerk"], "user:ben", False),
    ],
)
@pytest.mark.store
def test_a_task_on_a_unit_is_offered_to_those_who_hold_the_group_there_or_above(
    database, instance_of, moment, held, offered, is_offered
):
    actor = as_actor(Person(id=1, username="ann", name="Ann"), [access.parts(grant) for grant in held])
    with database.transaction() as session:
        organisation.materialise(session, TREE)
        session.add(task(instance_of(session), 1, moment))
        session.flush()
        group, unit = access.offer(offered, TREE)
        session.add(UserTaskGroup(task_id="task-1", group_key=group, unit_key=unit))

        keys = access.offers(session, "task-1")
        assert access.may_see_task(actor, keys, None) is is_offered
        assert access.may_claim(actor, keys, None) is is_offered
        assert bool(session.scalar(select(UserTask.id).where(access.visible_tasks(actor)))) is is_offered
        held_on = [access.parts(grant) for grant in held]
        lead = as_actor(Person(id=1, username="ann", name="Ann"), [("lead", unit) for _, unit in held_on], held_on)
        seen = bool(session.scalar(select(UserTask.id).where(access.visible_tasks(lead))))
        assert seen is access.may_see_task(lead, keys, None) is is_offered
        assert access.may_claim(lead, keys, None) is (offered == "user:ann")


def test_a_group_everywhere_counts_for_more_than_the_same_on_a_unit():
    actor = as_actor(Person(id=1, username="ann", name="Ann"), [("clerk", ""), ("clerk", "N1"), ("chief", "N1")])

    assert actor.everywhere == {"clerk"}
    assert actor.held_on == {("chief", "N1")}


def test_without_an_organisation_a_group_may_have_any_name():
    assert access.offer("team@office", Organisation()) == ("team@office", "")
    assert access.is_offered(person("team@office"), "team@office")


def test_those_who_lead_a_group_there_see_and_assign_its_tasks_but_do_not_take_them():
    ann = Person(id=1, username="ann", name="Ann")
    north = as_actor(ann, [("chief", "N")], [("clerk", "N")])
    everywhere = as_actor(ann, [("chief", "")], [("clerk", "")])

    for actor, seen, unseen in (
        (north, ["clerk@N1", "clerk@N", "clerk@HQ"], ["clerk@S1", "clerk@S", "clerk@HQ"]),
        (north, ["clerk"], ["user:ben"]),
        (everywhere, ["clerk@S1", "clerk@S", "clerk@HQ"], ["boss@S1"]),
    ):
        assert access.may_assign(actor, seen)
        assert access.may_see_task(actor, seen, 2)
        assert not access.may_claim(actor, seen, None)
        assert not access.may_assign(actor, unseen)
        assert not access.may_see_task(actor, unseen, None)


UNIT_SETS = st.frozensets(st.sampled_from([unit.key for unit in TREE]), max_size=2)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases=st.lists(UNIT_SETS, max_size=4), held=UNIT_SETS, own=st.sets(st.integers(0, 3)))
def test_people_see_the_cases_of_their_own_subtree_and_those_they_have_a_task_in(
    database, people, instance_of, moment, cases, held, own
):
    application = replace(APPLICATION, organisation=lambda: TREE, units_of=lambda record: [])
    actor = as_actor(Person(id=people[0], username="ann", name="Ann"), [("intake", unit) for unit in held])
    with database.transaction() as session:
        organisation.materialise(session, TREE)
        expected = set()
        for number, units in enumerate(cases):
            instance = instance_of(session, f"case-{number}")
            projections.write_units(session, instance.id, frozenset(), TREE.placed(units))
            if number in own:
                session.add(task(instance, number, moment, assignee=people[0]))
                session.flush()
            reached = {above for unit in TREE.placed(units) for above in TREE.path(unit)}
            if held and (reached & held or number in own):
                expected.add(instance.id)

        visible = access.visible_instances(actor, {"demo": application})
        assert set(session.scalars(select(ProcessInstance.id).where(visible))) == expected
        for number in range(len(cases)):
            seen = access.may_see_instance(session, actor, application, f"case-{number}")
            assert seen is (f"case-{number}" in expected)
        session.rollback()


GROUPS = st.frozensets(st.sampled_from(["intake", "sales", "admin", "auditor"]))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(GROUPS, st.sampled_from([None, 0, 1])), max_size=6),
    asking=st.tuples(GROUPS, st.sampled_from([None, 0, 1])),
)
def test_the_filter_shows_exactly_the_tasks_that_the_decision_allows(
    database, people, instance_of, moment, rows, asking
):
    groups, who = asking
    actor = Actor(None if who is None else people[who], "x", "x", groups)
    with database.transaction() as session:
        instance = instance_of(session)
        expected = set()
        for number, (task_groups, assignee) in enumerate(rows):
            assignee_id = None if assignee is None else people[assignee]
            session.add(task(instance, number, moment, assignee=assignee_id))
            session.add_all(UserTaskGroup(task_id=f"task-{number}", group_key=key) for key in task_groups)
            if access.may_see_task(actor, task_groups, assignee_id):
                expected.add(f"task-{number}")

        assert set(session.scalars(select(UserTask.id).where(access.visible_tasks(actor)))) == expected
        session.rollback()


def test_the_filter_shows_the_instances_of_ones_own_applications(database, instance_of):
    applications = {"demo": APPLICATION, "other": OTHER}
    with database.transaction() as session:
        instance_of(session)

        def seen(actor):
            return session.scalars(
                select(ProcessInstance.id).where(access.visible_instances(actor, applications))
            ).all()

        assert seen(person("intake")) == seen(person("auditor")) == seen(person("admin")) == ["case-1"]
        assert seen(person("sales")) == seen(CONSUMER) == []


def facts(person_id, roles, **properties):
    return TaskFacts("case-1", "Task", properties, person_id, frozenset(), roles)


def test_the_roles_in_which_people_acted_are_those_of_this_instance(database, people, instance_of, moment):
    ann, ben = people
    with database.transaction() as session:
        here, elsewhere = instance_of(session), instance_of(session, "case-2")
        session.add_all(
            [
                task(here, 1, moment, completed_by=ann, role="investigator"),
                task(here, 2, moment, completed_by=ann, role="author"),
                task(here, 3, moment, completed_by=ben),
                task(here, 4, moment, role="reviewer"),
                task(elsewhere, 5, moment, completed_by=ben, role="author"),
            ]
        )
        session.flush()

        assert acted(session, here.id) == {ann: {"investigator", "author"}}


def test_whoever_acted_in_an_excluded_role_may_not_do_the_task(database):
    roles = {1: frozenset({"author"}), 2: frozenset({"investigator"})}
    with database.reading() as session:
        with pytest.raises(SeparationOfDuty, match="as author"):
            check_rules(session, APPLICATION, facts(1, roles, not_role="reviewer author"))
        for allowed in (
            facts(2, roles, not_role="reviewer author"),
            facts(3, roles, not_role="author"),
            facts(1, roles),
        ):
            check_rules(session, APPLICATION, allowed)


def test_the_rules_of_the_application_are_asked_too(database):
    def nobody(session, asked):
        raise NotAllowed(f"not {asked.person_id}")

    application = Application("demo", "演示", "Demo", Path(), access_rules=(lambda session, asked: None, nobody))
    with database.reading() as session, pytest.raises(NotAllowed, match="not 7"):
        check_rules(session, application, facts(7, {}))
