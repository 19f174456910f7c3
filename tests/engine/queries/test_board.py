"""The board of a team: loads, the week, who is away, and who is best placed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from engine import identity, queries
from engine.models import Absence, GroupLead, Person, UserTask
from tests.counting import counting
from tests.office.installation import NOW

HOUR = timedelta(hours=1)


@pytest.fixture
def lead(office):
    """Ben, who leads the clerks."""
    with office.site.database.transaction() as session:
        session.add(GroupLead(group_key="chiefs", led_key="clerks"))
    return office.ask(identity.actor, office.ben.id)


@pytest.fixture
def tasks(office):
    """Five tasks of the clerks: Ann has three, one of them overdue; Ben has one; nobody has the last."""
    ids = [office.open_task(office.start(f"case{number}")) for number in range(5)]
    holders = [office.ann.id, office.ann.id, office.ann.id, office.ben.id, None]
    dues = [NOW - HOUR, NOW + HOUR, NOW + 26 * HOUR, NOW + 24 * 30 * HOUR, NOW + 5 * HOUR]
    with office.site.database.transaction() as session:
        for task_id, holder, due_at in zip(ids, holders, dues, strict=True):
            task = session.get_one(UserTask, task_id)
            task.assignee_id, task.due_at, task.priority = holder, due_at, 80
    return ids


def board(office, actor):
    return office.ask(queries.board, office.site, actor, NOW)


def load(found, username):
    return next(each for each in found.loads if each.username == username)


def test_a_row_tells_open_overdue_and_late_tasks_and_their_weight(office, lead, tasks):
    ann = load(board(office, lead), "ann")

    assert (ann.tasks, ann.weight, ann.overdue, ann.late, ann.later) == (3, 12, 1, 1, 0)
    assert [(day.tasks, day.late) for day in ann.days][:3] == [(1, 1), (1, 0), (0, 0)]


def test_what_nobody_has_stands_in_the_first_row(office, lead, tasks):
    found = board(office, lead)

    assert (found.nobody.tasks, found.nobody.days[0].tasks) == (1, 1)
    assert [task.id for task in found.of("nobody")] == [tasks[4]]


def test_the_list_shows_what_needs_attention_or_one_persons_tasks(office, lead, tasks):
    found = board(office, lead)

    assert [task.id for task in found.of("")] == [tasks[0], tasks[1], tasks[4]]
    assert [task.id for task in found.of("ann")] == tasks[:3]


def test_the_forecast_of_the_board_is_that_of_the_list(office, lead, tasks):
    listed = office.ask(queries.forecasts, office.site, NOW, tasks)

    assert {task.id: task.forecast for task in board(office, lead).tasks} == listed


def test_the_best_placed_is_there_and_has_least_to_do(office, lead, tasks):
    offers = board(office, lead).of("nobody")[0].offers
    assert board(office, lead).best_placed(offers).username == "ben"

    with office.site.database.transaction() as session:
        session.execute(update(Person).where(Person.id == office.ben.id).values(resting_until=NOW + HOUR))
    assert board(office, lead).best_placed(offers).username == "ann"
    assert board(office, lead).best_placed(offers, but="ann") is None
    assert board(office, lead).best_placed([("nobodies", "")]) is None


def test_absences_of_today_and_of_the_next_days_are_shown_with_who_stands_in(office, lead, tasks):
    with office.site.database.transaction() as session:
        for person, first, last in ((office.ann, 2, 3), (office.ben, 5, 6)):
            days = {"from_on": date(2026, 3, first), "to_on": date(2026, 3, last)}
            session.add(Absence(person_id=person.id, delegate_id=office.eva.id, created_at=NOW, **days))
    found = board(office, lead)

    assert [(each.is_away, each.away.delegate) for each in (load(found, "ann"), load(found, "ben"))] == [
        (True, "Eva"),
        (False, "Eva"),
    ]
    assert load(found, "ann").late == 2


def test_who_leads_nobody_sees_nobody(office, tasks):
    assert board(office, office.ann).loads == ()


def test_a_board_takes_three_questions_however_much_there_is(office, lead, tasks):
    board(office, lead)
    with counting(office.site.database) as count:
        board(office, lead)

    assert len(count.statements) == 3, "\n".join(count.statements)
