"""What helps beside a form: standard answers, technique cards, similar cases, decisions with their reasons."""

from datetime import timedelta

import pytest

from engine import commands, queries, search
from engine.identity import PROCESS_OWNER
from tests.bank import NOW
from tests.counting import counting
from tests.webforms.bank import file_complaint
from tests.webforms.conftest import Browser


@pytest.fixture
def li(bank, bank_app):
    """An intake officer with one complaint to register."""
    file_complaint(Browser(bank_app))
    bank.work()
    return bank.person("li", "intake")


@pytest.fixture
def task_id(bank, li):
    with bank.reading() as session:
        [task] = queries.task_list(session, li, "en", NOW, wanted=queries.TaskFilter("unassigned")).rows
    return task.id


@pytest.fixture
def mine(bank, bank_app, li, task_id):
    commands.claim_task(bank.site, task_id, actor=li, now=NOW)
    return Browser(bank_app, li)


def test_answers_stand_filled_above_a_form_that_somebody_writes(mine, task_id):
    page = mine.get(f"/tasks/{task_id}")
    texts = page.all("[data-answer-text]")

    assert "Standard answers" in page.text(".aids")
    assert any("您的投诉于2026年3月2日收到，编号TS-" in text for text in texts)
    assert "王小明" not in page.text(".aids")
    assert page.find("[data-answer-text]")[0].get("lang") == "zh-Hans"


def test_who_only_reads_gets_cards_but_no_answers(bank_app, li, task_id):
    page = Browser(bank_app, li).get(f"/tasks/{task_id}")

    assert not page.find("[data-answers]")
    assert "Technique cards" in page.text(".aids")
    assert "未成年人" in Browser(bank_app, li, "zh").get(f"/tasks/{task_id}").text(".aid-cards")


def test_a_change_of_the_table_changes_the_page(bank, bank_app, mine, task_id):
    boss, owner = (Browser(bank_app, bank.person(name, PROCESS_OWNER)) for name in ("pat", "quinn"))
    cells = {"key": "hello", "scene": "soothe", "title_zh": "问候", "title_en": "Greeting", "zh": "您好", "en": "Hello"}
    sent = {f"cell-{name}": text for name, text in cells.items()}
    to = boss.post("/tables/standard_answers/row", base="0", comment="A greeting of our own", **sent).to
    assert "Greeting" not in mine.get(f"/tasks/{task_id}").text(".aids")

    owner.post(f"{to}/confirm")
    assert "Greeting" in mine.get(f"/tasks/{task_id}").text(".aids")


def test_decisions_are_told_with_the_rows_that_held(mine, task_id):
    page = mine.get(f"/tasks/{task_id}/reasons")

    assert "Channels of a notice" in page.text("#reasons-found")
    assert "Channel: E-mail" in page.text("#reasons-found")
    assert "Preferred: E-mail" in page.text("#reasons-found")
    assert mine.get(f"/tasks/{task_id}").value(".aids [hx-get]", "hx-select") == "#similar-found"


def test_similar_closed_cases_lead_to_what_was_decided(bank, mine, task_id):
    assert "no closed case like this one" in mine.get(f"/tasks/{task_id}/similar").text()
    other = bank.file(**{"complaint.person.full_name": "李四"})
    bank.change(other.case_id, closed_at=NOW + timedelta(days=1), finding="upheld", close_reason="resolved")
    while search.follow(bank.site):
        pass
    page = mine.get(f"/tasks/{task_id}/similar")

    assert f"{other.number}" in page.text(".similar")
    assert "Upheld · closed after 1 day" in page.text(".similar")
    assert "李" not in page.text()


@pytest.mark.parametrize("part", ["similar", "reasons"])
def test_who_may_not_see_the_task_gets_neither(bank, bank_app, task_id, part):
    Browser(bank_app, bank.person("joe", "qa")).get(f"/tasks/{task_id}/{part}", status=404)
    assert Browser(bank_app).get(f"/tasks/{task_id}/{part}", status=302).to.startswith("/login")


@pytest.mark.parametrize("part", ["similar", "reasons"])
def test_what_unfolds_takes_fifteen_statements_at_most(bank, mine, task_id, part):
    mine.get(f"/tasks/{task_id}/{part}")
    with counting(bank.database) as count:
        mine.get(f"/tasks/{task_id}/{part}")

    assert len(count.statements) <= 15, "\n".join(count.statements)


def test_the_page_of_a_task_reads_the_complaint_once_however_many_parts_ask_for_it(bank, mine, task_id):
    mine.get(f"/tasks/{task_id}")
    with counting(bank.database) as count:
        mine.get(f"/tasks/{task_id}")

    assert sum("complaint_clock" in statement for statement in count.statements) == 1
    assert len(count.statements) <= 36, "\n".join(count.statements)


def test_other_applications_bring_nothing_and_say_nothing(office, browser):
    task = office.claim(office.start())
    page = browser(office.ann).get(f"/tasks/{task}")

    assert not page.find("[data-answers]")
    browser(office.ann).get(f"/tasks/{task}/similar", status=404)
    assert "No decision table was asked" in browser(office.ann).get(f"/tasks/{task}/reasons").text()
