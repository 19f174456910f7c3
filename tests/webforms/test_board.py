"""The board of a lead: who may see it, giving out tasks on it, and how much it asks of the database."""

from datetime import timedelta

import pytest

from engine import commands, identity
from engine.models import GroupLead, UserTask
from tests.counting import counting
from tests.office.installation import NOW


@pytest.fixture
def lead(office):
    """Ben, who leads the clerks."""
    with office.site.database.transaction() as session:
        session.add(GroupLead(group_key="chiefs", led_key="clerks"))
    return office.ask(identity.actor, office.ben.id)


@pytest.fixture
def cases(office):
    """Three cases: Ann has the task of the first, which is overdue."""
    ids = [office.start(f"case{number}") for number in range(3)]
    task_id = office.claim(ids[0])
    with office.site.database.transaction() as session:
        session.get_one(UserTask, task_id).due_at = NOW - timedelta(hours=2)
    return ids


@pytest.fixture
def ben(browser, lead, cases):
    return browser(lead)


def boxes(page):
    return [each.get("value") for each in page.find("input[name=task][form=bulk]")]


def holders(office):
    with office.site.database.reading() as session:
        tasks = session.query(UserTask).filter_by(status="open").order_by(UserTask.created_at, UserTask.id)
        return sorted((task.assignee_id for task in tasks), key=str)


def test_only_leads_and_admins_see_the_board_and_only_leads_find_it_in_the_head(office, browser, ben):
    assert "Board" in ben.get("/tasks").all(".bar-nav a")
    assert "Board" not in browser(office.ann).get("/tasks").all(".bar-nav a")
    browser(office.ann).get("/board", 403)
    browser(office.ann).post("/board/tasks", 403)
    assert "Ann" in browser(office.eva).get("/board").text(".board-team")


def test_the_board_shows_people_with_their_load_and_tasks_that_need_attention(ben):
    page = ben.get("/board")

    assert page.all(".board-team th a") == ["Not taken", "Ann", "Ben"]
    assert "1 overdue" in page.text(".board-team")
    assert len(boxes(page)) == 3
    assert "Overdue" in page.text("#list .table-hover")
    assert len(boxes(ben.get("/board?who=ann"))) == 1


def test_the_board_speaks_chinese(browser, lead, cases):
    page = browser(lead, "zh").get("/board")

    assert page.all(".board-team th a")[0] == "未领取"
    assert "需要关注" in page.text(".filters")


def test_ticked_tasks_are_given_to_a_person_and_taken_back_by_undoing(office, ben):
    tasks = boxes(ben.get("/board?who=nobody"))
    page = ben.post("/board/tasks?who=nobody", 200, act="assign", username="ann", reason="back from leave", task=tasks)

    assert "2 tasks were assigned." in page.text(".notice-success")
    assert holders(office) == [office.ann.id] * 3

    back = [each.get("value") for each in page.find(".notice input[name=task]")]
    assert page.value(".notice form", "action") == "/board/tasks?who=nobody"
    assert "as they were before" in ben.post("/board/tasks", 200, act="restore", task=back).text(".notice-success")
    assert holders(office) == [office.ann.id, None, None]


def test_one_press_gives_a_task_to_whoever_is_best_placed(office, ben):
    button = ben.get("/board?who=nobody").value("button[name=best]", "value")
    assert button.startswith("ben,")

    page = ben.post("/board/tasks", 200, best=button)

    assert "1 task was assigned." in page.text(".notice-success")
    assert office.ben.id in holders(office)


def test_without_ticks_or_a_person_nothing_is_given_and_ticks_stay(office, ben):
    tasks = boxes(ben.get("/board"))

    assert "choose who is to have the tasks" in ben.post("/board/tasks", 422, act="assign", task=tasks).text()
    assert len(ben.post("/board/tasks", 422, act="assign", task=tasks).find("input[checked][form=bulk]")) == 3
    assert "tick the tasks first" in ben.post("/board/tasks", 422, act="assign", username="ann").text()
    assert holders(office) == [office.ann.id, None, None]


def test_a_task_that_changed_hands_meanwhile_is_refused_by_itself(office, ben, cases):
    tasks = boxes(ben.get("/board?who=nobody"))
    office.claim(cases[1])

    page = ben.post("/board/tasks", 200, act="assign", username="ben", task=tasks)

    assert "1 task stayed as it was" in page.text(".notice-warning")
    assert holders(office) == [office.ann.id, office.ann.id, office.ben.id]


def test_wishes_stand_beside_who_has_them(office, ben, cases):
    commands.ask_relief(office.site, office.open_task(cases[0]), "I know the customer", actor=office.ann, now=NOW)

    page = ben.get("/board")
    assert "“Take this one from me”" in page.text(".board-team")
    assert "I know the customer" not in page.text()


def test_the_board_takes_fifteen_statements_at_most(office, ben):
    ben.get("/board")
    with counting(office.site.database) as count:
        ben.get("/board")

    assert len(count.statements) <= 15, "\n".join(count.statements)
