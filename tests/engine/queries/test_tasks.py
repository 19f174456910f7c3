"""The task list: who sees what, in which order, and how urgent it is."""

from datetime import timedelta

import pytest

from engine import queries
from engine.models import UserTask
from engine.queries import TaskFilter
from tests.office.installation import NOW


def change(office, task_id, **values):
    with office.site.database.transaction() as session:
        for name, value in values.items():
            setattr(session.get(UserTask, task_id), name, value)


def counts(office, now=NOW):
    """Boxes that hold something for Ann."""
    return {box: count for box, count in office.ask(queries.task_counts, office.ann, now).items() if count}


@pytest.mark.parametrize(
    ("distance", "urgency"),
    [
        (None, ""),
        (timedelta(0), "overdue"),
        (timedelta(seconds=1), "today"),
        (timedelta(hours=14, minutes=59), "today"),  # 23:59 in Shanghai
        (timedelta(hours=15), "soon"),
        (queries.tasks.SOON, "soon"),
        (queries.tasks.SOON + timedelta(seconds=1), "later"),
    ],
)
def test_urgency_follows_the_days_of_the_business_time_zone(distance, urgency):
    assert queries.urgency(NOW + distance if distance is not None else None, NOW) == urgency


def test_a_task_is_counted_for_its_group_until_somebody_takes_it(office):
    case_id = office.start()
    assert counts(office) == {"groups": 1, "unassigned": 1, "all": 1}

    office.claim(case_id)
    assert counts(office) == {"mine": 1, "groups": 1, "all": 1}
    assert office.ask(queries.task_counts, office.out, NOW)["all"] == 0
    assert office.ask(queries.task_counts, office.eva, NOW)["all"] == 1


def test_every_box_holds_as_many_rows_as_it_counts(office):
    for title in ("a", "b", "c"):
        office.start(title)
    office.claim(office.start("d"))
    later = NOW + timedelta(days=3)
    change(office, office.open_task(office.start("e")), due_at=later + timedelta(hours=1))
    for days in (0, 2):
        change(office, office.open_task(office.start(f"f{days}")), follow_up_at=later + timedelta(days=days))
    counts = office.ask(queries.task_counts, office.ann, later)

    for box in queries.BOXES:
        assert office.ask(queries.task_list, office.ann, "en", later, wanted=TaskFilter(box)).total == counts[box]
    assert {box: counts[box] for box in ("overdue", "today", "follow_up", "waiting")} == {
        "overdue": 6,
        "today": 1,
        "follow_up": 1,
        "waiting": 1,
    }


def test_tasks_without_a_deadline_come_last_and_ties_go_by_priority(office):
    first, second, third = (office.open_task(office.start(title)) for title in ("a", "b", "c"))
    change(office, first, due_at=None)
    change(office, third, priority=90)

    found = office.ask(queries.task_list, office.ann, "en", NOW, wanted=TaskFilter("all"))
    assert [row.id for row in found.rows] == [third, second, first]


def test_the_list_can_go_by_priority(office):
    first, second = (office.open_task(office.start(title)) for title in ("a", "b"))
    change(office, first, priority=10)
    found = office.ask(queries.task_list, office.ann, "en", NOW, wanted=TaskFilter("all", sort=("priority",)))

    assert [(row.id, row.importance) for row in found.rows] == [(second, "high"), (first, "low")]


def test_a_page_after_the_last_is_the_last(office):
    office.start()
    found = office.ask(queries.task_list, office.ann, "en", NOW, wanted=TaskFilter("all"), page=99)

    assert (found.page, found.pages, len(found.rows)) == (1, 1, 1)


def test_the_next_task_is_of_the_same_case_before_a_more_urgent_one(office):
    here, elsewhere = office.start("a"), office.start("b")
    task_here, task_elsewhere = office.claim(here), office.claim(elsewhere)
    change(office, task_here, due_at=None)

    assert office.ask(queries.next_task, office.ann, here) == task_here
    assert office.ask(queries.next_task, office.ann, "another") == task_elsewhere
    assert office.ask(queries.next_task, office.ben, here) is None
