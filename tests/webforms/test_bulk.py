"""Several tasks of the list at once, what became of each, and undoing it."""

from datetime import timedelta

import pytest

from engine import clock, commands, identity, queries
from engine.models import UserTask


@pytest.fixture
def cases(office):
    """Three cases, each with a task in ann's group."""
    return [office.start(f"case{number}") for number in range(3)]


@pytest.fixture
def ann(office, browser, cases):
    return browser(office.ann)


def boxes(page):
    return [each.get("value") for each in page.find("input[name=task][form=bulk]")]


def holders(office):
    with office.site.database.reading() as session:
        return [task.assignee_id for task in session.query(UserTask).filter_by(status="open")]


def together(browser, act, tasks, status=200, **more):
    return browser.post("/tasks/bulk?box=groups", status, act=act, task=tasks, **more)


def undo(browser, page):
    act = page.value(".notice button[name=act]", "value")
    return together(browser, act, [each.get("value") for each in page.find(".notice input[name=task]")])


def test_ticked_tasks_are_taken_at_once_and_the_filter_stays(office, ann):
    page = together(ann, "claim", boxes(ann.get("/tasks?box=groups"))[:2])

    assert "2 tasks are yours now." in page.text(".notice-success")
    assert sorted(holders(office), key=str) == [office.ann.id, office.ann.id, None]
    assert page.text(".filters a[aria-current]").startswith("My groups")


def test_what_was_taken_is_given_back_by_undoing(office, ann):
    page = together(ann, "claim", boxes(ann.get("/tasks?box=groups")))

    page = undo(ann, page)

    assert "3 tasks are as they were before." in page.text(".notice-success")
    assert set(holders(office)) == {None}
    assert not page.find(".notice button[name=act]")


def test_what_was_given_back_is_taken_again_by_undoing(office, ann):
    together(ann, "claim", boxes(ann.get("/tasks?box=groups")))
    page = together(ann, "release", boxes(ann.get("/tasks?box=mine")))
    assert set(holders(office)) == {None}

    undo(ann, page)

    assert set(holders(office)) == {office.ann.id}


def test_rows_that_changed_meanwhile_are_left_alone_and_tell_why(office, browser, ann):
    seen = boxes(ann.get("/tasks?box=groups"))
    admin = browser(office.eva)
    commands.claim_task(office.site, seen[0].split(",")[0], actor=office.ann, now=clock.now())

    page = together(admin, "assign", seen, username="ann")

    assert "2 tasks were assigned." in page.text(".notice-success")
    assert "1 task stayed as it was" in page.text(".notice-warning")
    assert "This task changed hands in the meantime: Ann has it now." in page.text(".notice-warning")


def test_somebody_of_a_team_too_large_for_a_list_is_named(office, browser, ann):
    with office.site.database.transaction() as session:
        for number in range(queries.MOST_CHOICES):
            identity.add_person(session, f"many{number}", "Many", clock.now())
    admin = browser(office.eva)
    page = admin.get("/tasks?box=all")

    assert page.find("input#to")
    assert not page.find("select#to")
    together(admin, "assign", boxes(page)[:1], username="ann")
    assert office.ann.id in holders(office)


def test_assigning_is_undone_only_while_nothing_else_happened(office, browser, ann):
    admin = browser(office.eva)
    page = together(admin, "assign", boxes(admin.get("/tasks?box=all")), username="ann")
    with office.site.database.reading() as session:
        one = session.query(UserTask).first().id
    commands.release_task(office.site, one, actor=office.ann, now=clock.now())

    page = undo(admin, page)

    assert "2 tasks are as they were before." in page.text(".notice-success")
    assert "This task was given back in the meantime; nobody has it now." in page.text(".notice-warning")


def test_a_task_put_off_leaves_the_list_until_its_day_and_comes_back_by_undoing(office, ann):
    together(ann, "claim", boxes(ann.get("/tasks?box=groups")))
    until = (clock.today() + timedelta(days=3)).isoformat()

    page = together(ann, "postpone", boxes(ann.get("/tasks?box=mine")), until=until)

    assert "3 tasks were put off." in page.text(".notice-success")
    assert [each for each in page.all(".filters a") if each.startswith(("Mine", "Put off"))] == [
        "Mine (0)",
        "Put off (3)",
    ]
    undo(ann, page)
    assert "Mine (3)" in ann.get("/tasks").all(".filters a")


@pytest.mark.parametrize(
    ("act", "more", "why"),
    [
        ("claim", {}, "tick the tasks first"),
        ("assign", {"task": ["x,0"]}, "choose who is to have the tasks"),
        ("postpone", {"task": ["x,0"]}, "choose a day from tomorrow on, at most a year away"),
        ("postpone", {"task": ["x,0"], "until": "soon"}, "write the day as 2026-03-10"),
        ("dance", {"task": ["x,0"]}, "choose what to do with the tasks"),
        ("claim", {"task": [f"{number},0" for number in range(101)]}, "tick at most 100 tasks at once"),
    ],
)
def test_what_cannot_be_asked_is_told_and_nothing_is_done(office, ann, act, more, why):
    page = ann.post("/tasks/bulk?box=groups", 422, act=act, **more)

    assert why in page.text(".notice-error")
    assert set(holders(office)) == {None}


@pytest.mark.parametrize("forged", ["", ",", "nowhere", "nowhere,x,y,z", "a" * 5000])
def test_a_forged_row_is_refused_by_itself(ann, forged):
    page = together(ann, "claim", [forged])

    assert "1 task stayed as it was" in page.text(".notice-warning")


def test_the_address_of_a_result_leads_back_to_the_list(ann):
    assert ann.get("/tasks/bulk?box=groups", 302).to == "/tasks?box=groups&sort=due"


def test_a_day_in_the_past_is_refused(office, ann):
    mine = boxes(ann.get("/tasks?box=groups"))
    together(ann, "claim", mine)

    page = together(ann, "postpone", boxes(ann.get("/tasks?box=mine")), until=clock.today().isoformat())

    assert "choose a day from tomorrow on" in page.text(".notice-warning")


def test_one_task_is_put_off_on_its_page(office, ann):
    task = boxes(ann.get("/tasks?box=groups"))[0].split(",")[0]
    ann.post(f"/tasks/{task}/claim")
    day = clock.today() + timedelta(days=1)

    ann.post(f"/tasks/{task}/postpone", until=day.isoformat())

    assert "put off until" in ann.get(f"/tasks/{task}").text()
    ann.post(f"/tasks/{task}/postpone", until="")
    assert "put off until" not in ann.get(f"/tasks/{task}").text()
