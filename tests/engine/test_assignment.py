"""Who gets a new task: nearest, least loaded, idle longest; who is absent, unskilled or barred does not."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import commands
from engine.assignment import load_of
from engine.commands import Leave
from engine.errors import NotAllowed
from engine.models import Person, UserTaskGroup
from tests.agreement import disagreements
from tests.applications import NOW, model
from tests.counting import counting
from tests.stores import copied
from tests.units import TREE, auto_task, hire, one_task, open_units, user_task

TODAY = NOW.date()


def nobody_called_bar(_session, facts):
    if facts.username.startswith("bar"):
        raise NotAllowed


@pytest.fixture
def office(database, vault, tmp_path):
    office = open_units(database, vault, tmp_path, access_rules=(nobody_called_bar,))
    yield office
    assert disagreements(office) == []


def assignee(office, case=None):
    person_id = office.task("a", case).assignee_id
    return next((person.username for person in office.rows(Person, Person.id == person_id)), None)


def given_to(office, **values):
    """Start a case and tell who got its task."""
    return assignee(office, office.start(by="root", **values))


def offered(office):
    return sorted((row.group_key, row.unit_key) for row in office.rows(UserTaskGroup))


@pytest.mark.store
def test_the_nearest_who_may_gets_it_before_those_above_who_have_less_to_do(office):
    office.deploy(auto_task("clerk@N1", camunda_priority="80"))
    hire(office, "top", "clerk")
    hire(office, "branch", "clerk@N")
    hire(office, "outlet", "clerk@N1")
    hire(office, "elsewhere", "clerk@S1")

    assert [given_to(office) for _ in range(3)] == ["outlet"] * 3


@pytest.mark.parametrize(("priority", "load"), [(100, 4), (80, 4), (79, 3), (60, 3), (40, 2), (39, 1), (0, 1)])
def test_urgent_tasks_weigh_more(priority, load):
    assert load_of(priority) == load


def test_the_least_loaded_gets_it_and_at_a_tie_whoever_is_idle_longest(office):
    office.deploy(auto_task("clerk", camunda_priority="=file.level"))
    for name in ("one", "two"):
        hire(office, name, "clerk")

    assert given_to(office, file__level=80) == "one"  # weighs 4
    assert given_to(office, file__level=20) == "two"
    assert given_to(office, file__level=20) == "two"
    assert given_to(office, file__level=40) == "two"  # 1 + 1 + 2: both have 4 now
    assert given_to(office, file__level=20) == "one"
    for task in office.open_tasks():
        office.now += timedelta(minutes=1)
        by = assignee_of(office, task)
        office.do(commands.complete_task, task.id, commands.Submitted(values={}), by=by)
    last = by
    assert given_to(office) == ({"one", "two"} - {last}).pop()


def assignee_of(office, task):
    return next(person.username for person in office.rows(Person, Person.id == task.assignee_id))


def test_tasks_that_open_together_are_shared_out(office):
    together = '<parallelGateway id="split"/>'
    office.deploy(
        model(
            together + user_task("a", "clerk", assign="auto") + user_task("b", "clerk", assign="auto"),
            "start > split > a > end; split > b > end2",
        )
    )
    one, two = hire(office, "one", "clerk"), hire(office, "two", "clerk")
    office.start(by="root")

    assert {task.assignee_id for task in office.open_tasks()} == {one, two}


def test_only_tasks_that_say_so_are_assigned_by_themselves(office):
    office.deploy(one_task("clerk@N1"))
    hire(office, "outlet", "clerk@N1")

    assert given_to(office) is None
    assert offered(office) == [("clerk", "N1")]


@pytest.mark.parametrize("unit", ["nowhere", ""])
def test_a_unit_that_is_not_known_means_everywhere(office, unit):
    office.deploy(auto_task(f"clerk@{unit}"))
    hire(office, "south", "clerk@S1")

    assert given_to(office) == "south"
    assert offered(office) == [("clerk", "")]


@pytest.mark.parametrize(
    ("skills", "who"),
    [("", "plain"), ("en", "english"), ("en cards", "expert"), ("=[&quot;en&quot;]", "english"), ("cards fr", None)],
)
def test_the_skills_of_the_task_are_those_of_the_person(office, skills, who):
    office.deploy(auto_task("clerk", skills=skills))
    hire(office, "plain", "clerk")
    hire(office, "english", "clerk", skills=["en"])
    hire(office, "expert", "clerk", skills=["en", "cards"])

    assert given_to(office) == who


def test_where_nobody_of_the_unit_may_it_goes_up_and_history_says_so(office):
    office.deploy(auto_task("clerk@N1"))
    hire(office, "bar", "clerk@N1")
    hire(office, "branch", "clerk@N")
    case = office.start(by="root")

    assert assignee(office) == "branch"
    assert offered(office) == [("clerk", "N")]
    moved = next(line for line in office.history(case) if line.kind == "task_moved_up")
    assert (moved.detail["from"], moved.detail["to"]) == ("N1", "N")


def test_where_nobody_at_all_may_the_leads_get_it_too_and_history_says_why(office):
    office.deploy(auto_task("clerk@N1"))
    hire(office, "bar", "clerk@N1")
    hire(office, "chief", "chief@N")
    case = office.start(by="root")

    assert assignee(office) is None
    assert offered(office) == [("chief", "N1"), ("clerk", "N1")]
    alert = next(line for line in office.history(case) if line.kind == "nobody_eligible")
    assert (alert.detail["groups"], alert.detail["barred"], alert.detail["absent"]) == (["clerk"], 1, 0)
    office.claim("a", by="chief")


def test_a_group_that_nobody_holds_there_is_offered_to_all_who_hold_it(office):
    office.deploy(auto_task("clerk@N1"))
    hire(office, "south", "clerk@S1")
    office.start(by="root")

    assert offered(office) == [("chief", ""), ("clerk", "")]
    office.claim("a", by="south")


def away(office, username, delegate="", days=3):
    leave = Leave(username, TODAY, TODAY + timedelta(days=days), delegate)
    return office.do(commands.record_absence, leave)


@pytest.mark.store
def test_whoever_stands_in_gets_the_tasks_of_the_absent_and_only_on_those_days(office):
    office.deploy(auto_task("clerk@N1"))
    hire(office, "outlet", "clerk@N1")
    hire(office, "deputy", "chief@N")
    away(office, "outlet", "deputy")
    case = office.start(by="root")

    assert assignee(office, case) == "deputy"
    line = next(line for line in office.history(case) if line.kind == "task_given")
    assert (line.detail["to"], line.detail["for"]) == ("deputy", "outlet")
    office.now += timedelta(days=4)
    assert given_to(office) == "outlet"


def test_a_task_for_somebody_by_name_goes_to_whoever_stands_in_if_that_person_may_do_it(office):
    office.deploy(one_task("clerk", camunda_assignee="outlet"))
    hire(office, "outlet", "clerk@N1")
    hire(office, "deputy", "clerk@N")
    hire(office, "bar", "clerk@N")
    assert given_to(office) == "outlet"

    absence = away(office, "outlet", "deputy")
    assert given_to(office) == "deputy"
    office.do(commands.end_absence, absence)
    away(office, "outlet", "bar")
    assert given_to(office) == "outlet"


def test_people_who_left_or_who_are_away_without_a_delegate_get_nothing(office):
    office.deploy(auto_task("clerk"))
    hire(office, "away", "clerk")
    gone = hire(office, "gone", "clerk")
    away(office, "away", days=100)
    with office.site.database.transaction() as session:
        session.get_one(Person, gone).is_active = False

    assert given_to(office) is None


def test_a_start_that_assigns_a_task_stays_within_the_budget(office):
    office.deploy(auto_task("clerk@N1", skills="en"))
    for number in range(20):
        hire(office, f"clerk{number}", "clerk@N1", skills=["en"])
    with counting(office.site.database) as count:
        office.start(by="root", file__phase="N1")

    assert count.commits == 1
    assert len(count.statements) <= 15, "\n".join(count.statements)


UNITS = st.sampled_from(["", "HQ", "N", "N1", "N2", "S", "S1"])
PEOPLE = st.lists(
    st.tuples(st.sampled_from(["bar", "joe"]), st.frozensets(UNITS, min_size=1, max_size=2), st.sets(st.just("en"))),
    min_size=1,
    max_size=5,
)
FAR = 9


def distance(held, unit):
    """How far above `unit` somebody who holds the group on the units `held` stands; FAR and more: not above it."""
    if not unit:
        return 0
    path = TREE.path(unit)
    return min(path.index(one) if one in path else len(path) if not one else FAR for one in held)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=PEOPLE, unit=UNITS, skills=st.sampled_from(["", "en"]))
def test_the_nearest_who_may_share_the_load_and_nobody_gets_what_they_may_not_do(
    tmp_path_factory, vault, people, unit, skills
):
    folder = tmp_path_factory.mktemp("office")
    database = copied(folder)
    office = open_units(database, vault, folder, access_rules=(nobody_called_bar,))
    office.deploy(auto_task(f"clerk@{unit}", skills=skills))
    may = {}
    for number, (name, units, knows) in enumerate(people):
        grants = [f"clerk@{held}" if held else "clerk" for held in units]
        person_id = hire(office, f"{name}{number}", *grants, skills=knows)
        reach = set() if "" in units else units
        if name != "bar" and knows >= set(skills.split()) and (far := distance(reach or {""}, unit)) < FAR:
            may[person_id] = far
    for _ in people:
        office.start(by="root")

    shares = Counter(task.assignee_id for task in office.open_tasks())
    nearest = {person_id for person_id, far in may.items() if far == min(may.values())}
    assert set(shares) <= (nearest or {None})
    assert max(shares.values()) - min(shares[one] for one in nearest or {None}) <= 1
    database.dispose()
