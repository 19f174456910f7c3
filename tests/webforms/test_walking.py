"""Going through the tasks of a list one after the other, by the filter in the address."""

import pytest

from engine import commands
from engine.commands import Submitted
from tests.office.installation import NOW


@pytest.fixture
def cases(office):
    """Three tasks of Ann, in the order of their list: that of their ids, as all else is the same."""
    return sorted(office.claim(office.start(title)) for title in ("alpha", "beta", "gamma"))


def links(page):
    return [each.get("href").split("?")[0].removeprefix("/tasks/") for each in page.find(".walk a")]


def test_a_task_opened_from_a_list_tells_its_place_there(office, browser, cases):
    mine = browser(office.ann)
    rows = [each.get("href") for each in mine.get("/tasks?box=mine&sort=age").find("a[data-row-link]")]
    assert rows[1] == f"/tasks/{cases[1]}?box=mine&sort=age"
    page = mine.get(rows[1])

    assert "2 of 3" in page.text(".walk")
    assert links(page) == [cases[0], cases[2]]
    assert page.value(".breadcrumb a", "href") == "/tasks?box=mine&sort=age"
    assert links(mine.get(rows[0])) == [cases[1]]
    assert not mine.get(f"/tasks/{cases[1]}").find(".walk")


def test_completing_leads_to_the_next_task_of_the_same_list(office, browser, cases):
    mine = browser(office.ann)
    done = mine.post(f"/tasks/{cases[1]}?box=mine&sort=age", verdict="yes")
    assert done.to == f"/tasks/{cases[2]}?box=mine&sort=age"
    assert "Done: “Review” of R-" in mine.get(done.to).text("#messages")
    assert "2 of 2" in mine.get(done.to).text(".walk")

    assert mine.post(done.to, verdict="yes").to == f"/tasks/{cases[0]}?box=mine&sort=age"
    last = mine.post(f"/tasks/{cases[0]}?box=mine&sort=age", verdict="yes")
    assert last.to == "/tasks?box=mine&sort=age"
    assert "That was the last task of this list." in mine.get(last.to).text("#messages")


def test_what_others_finish_meanwhile_is_passed_over(office, browser, cases):
    office.claim(office.start("delta"), actor=office.ben)
    mine = browser(office.ann)
    assert mine.get(f"/tasks/{cases[0]}?box=mine&q=R-").text(".walk").startswith("1 of 3")

    commands.complete_task(office.site, cases[1], Submitted({"verdict": ["yes"]}), actor=office.ann, now=NOW)
    assert mine.post(f"/tasks/{cases[0]}?box=mine&sort=age", verdict="yes").to.startswith(f"/tasks/{cases[2]}?")


def test_every_act_on_the_page_keeps_the_list(office, browser, cases):
    mine, address = browser(office.ann), f"/tasks/{cases[0]}?box=mine&q=R-&sort=due"

    assert mine.post(address, verdict="no", _draft="1").to == address
    faulty = mine.post(address, status=422, verdict="no", why=" ", _submit="1")
    assert faulty.value("form[data-unsaved-guard]", "action") == address
    assert mine.post(f"/tasks/{cases[0]}/postpone?box=mine&q=R-&sort=due", until="").to == address
    assert mine.post(f"/tasks/{cases[0]}/release?box=mine&sort=due").to == "/tasks?box=mine&sort=due"
    assert mine.post(f"/tasks/{cases[0]}/claim?box=unassigned").to == f"/tasks/{cases[0]}?box=unassigned&sort=due"


def test_an_address_that_names_no_list_is_passed_over(office, browser, cases):
    mine = browser(office.ann)

    assert "1 of 3" in mine.get(f"/tasks/{cases[0]}?box=mine&sort=nothing&show=evil").text(".walk")
    assert not mine.get(f"/tasks/{cases[0]}?box=mine&where=%29%28").find(".walk")
    odd = mine.post(f"/tasks/{cases[0]}?box=//evil.example&sort=age", verdict="yes")
    assert odd.to == f"/tasks/{cases[1]}?box=mine&sort=age"


def test_a_list_is_of_what_the_reader_may_see(office, browser, cases):
    ben = browser(office.ben)

    assert "of 3" in ben.get(f"/tasks/{cases[0]}?box=all").text(".walk")
    assert "of" not in ben.get(f"/tasks/{cases[0]}?box=mine").text(".walk")
    browser(office.out).get(f"/tasks/{cases[0]}?box=all", status=404)
