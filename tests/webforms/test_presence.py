"""The pages say who else has them open, to those who may open them."""

import pytest

from engine.models import Presence


@pytest.fixture
def case_id(office):
    return office.start()


@pytest.fixture
def task_id(office, case_id):
    return office.claim(case_id)


def rows(office):
    return office.ask(lambda session: [(row.person_id, row.task_id) for row in session.query(Presence)])


def test_opening_a_page_is_told_to_the_next_who_opens_it(office, browser, case_id, task_id):
    ann, ben = browser(office.ann), browser(office.ben)
    assert ann.get(f"/tasks/{task_id}").text(".presence") == ""

    assert ben.get(f"/tasks/{task_id}").text(".presence") == "Ann has this open"
    assert browser(office.eva, "zh").get(f"/instances/{case_id}").text(".presence") == "Ann、Ben 正在查看"
    assert sorted(rows(office)) == [(office.ann.id, task_id), (office.ben.id, task_id), (office.eva.id, None)]


def test_the_script_of_the_page_is_told_the_same(office, browser, case_id, task_id):
    ann, ben = browser(office.ann), browser(office.ben)
    assert ann.post(f"/tasks/{task_id}/here", status=200).answer.text == ""

    assert "Ann has this open" in ben.post(f"/instances/{case_id}/here", status=200).answer.text
    assert "Ben has this open" in ann.post(f"/tasks/{task_id}/here", status=200).answer.text


def test_who_may_not_see_it_learns_nothing_and_leaves_no_trace(office, browser, case_id, task_id):
    browser(office.ann).get(f"/tasks/{task_id}")
    stranger = browser(office.out)

    for address in (f"/tasks/{task_id}/here", f"/instances/{case_id}/here", "/tasks/none/here", "/instances/none/here"):
        assert "Ann" not in stranger.post(address, status=404).answer.text
    stranger.get(f"/tasks/{task_id}", status=404)
    assert rows(office) == [(office.ann.id, task_id)]
    assert browser().post(f"/tasks/{task_id}/here", status=302).to.startswith("/login")
