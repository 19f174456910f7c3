"""The list of cases and the page of one: where it stands, what happened, and an admin's repairs."""

import pytest
from lxml import etree

from engine import commands, jobs, queries
from engine.bpmn.xml import bpmn
from engine.errors import InvalidInput
from tests.office.installation import NOW
from tests.webforms.conftest import words
from webforms.instances import literal


@pytest.fixture
def case_id(office):
    return office.start()


def test_the_list_filters_by_status_and_number(office, browser, case_id):
    commands.cancel_instance(office.site, office.start("beta"), "mistake", actor=office.eva, now=NOW)
    mine = browser(office.ann)

    assert mine.get("/instances").all(".filters a") == [
        "All (2)",
        "In progress (1)",
        "Completed (0)",
        "Ended by hand (1)",
    ]
    assert mine.get("/instances?status=cancelled").all("tbody th") == ["R-BETA"]
    assert mine.get("/instances?q=alp&process=request").all("tbody th") == ["R-ALPHA"]
    assert "No case fits" in mine.get("/instances?q=zzz").text()


def test_outsiders_see_no_cases(office, browser, case_id):
    assert "There are no cases yet" in browser(office.out).get("/instances").text()
    for page in ("", "/diagram.bpmn", "/state.json"):
        browser(office.out).get(f"/instances/{case_id}{page}", status=404)


def test_the_page_tells_where_the_case_stands_in_a_table_too(office, browser, case_id):
    page = browser(office.ann).get(f"/instances/{case_id}/process")

    rows = {row.get("data-element-id"): words(row) for row in page.find("tr[data-element-id]")}
    assert rows["review"].startswith("Review Active")
    assert rows["late"].startswith("Too late Waiting")
    assert "in 2 days" in rows["late"]
    assert rows["begin"].startswith("Request received Done")


def test_the_diagram_speaks_the_language_of_the_reader(office, browser, case_id):
    names = {}
    for language in ("zh", "en"):
        answer = browser(office.ann, language).client.get(f"/instances/{case_id}/diagram.bpmn")
        task = etree.fromstring(answer.data).find(f".//{bpmn('userTask')}")
        names[language] = task.get("name")

    assert names == {"zh": "审查", "en": "Review"}


def test_the_state_says_what_the_table_says(office, browser, broken):
    state = browser(office.ann).client.get(f"/instances/{broken}/state.json").json

    assert state["elements"]["tell"] == {"active": 1, "done": 0, "incidents": 1, "failed": False, "due": ""}
    assert state["elements"]["review"]["done"] == 1
    assert state["flows"] == ["f1", "f2", "f3"]


def test_history_tells_who_did_what(office, browser, broken):
    mine = browser(office.ann)
    titles = mine.get(f"/instances/{broken}").all(".line-head strong")

    assert titles[0] == "“Announce” failed and waits for repair"
    assert "“Review” was completed" in titles


def test_only_admins_see_variables_and_repairs(office, browser, broken):
    assert not browser(office.ann).get(f"/instances/{broken}").find(".incident form")
    page = browser(office.eva).get(f"/instances/{broken}/process")
    assert "amount 13" in page.text()
    assert page.find(".incident form")
    assert "amount 13" not in browser(office.ann).get(f"/instances/{broken}/process").text()


def test_a_repaired_variable_and_a_retry_let_the_case_go_on(office, browser, broken):
    boss = browser(office.eva)
    boss.post(f"/instances/{broken}/variables", name="amount", value="14", reason="13 was a slip")
    office.site.ports["unlucky"].clear()
    incident = office.ask(queries.incidents, "en")[0]
    assert boss.post(f"/instances/{broken}/incidents/{incident.id}/retry").to == f"/instances/{broken}"
    jobs.tick(office.site, NOW)

    assert office.ask(queries.incidents, "en") == ()
    changed = boss.get(f"/instances/{broken}?kind=admin")
    assert "Variables were changed: amount" in changed.text("#main")
    assert "amount before: 13 → now: 14" in changed.text(".line-changes")
    assert "13 was a slip" in changed.all(".line-text")
    assert not browser(office.ann).get(f"/instances/{broken}?kind=admin").find(".line-changes")


def test_a_variable_needs_a_literal_and_a_reason(office, browser, case_id):
    boss = browser(office.eva)

    page = boss.post(f"/instances/{case_id}/variables", status=422, name="amount", value="hello", reason="because")
    assert "put text into double quotes" in page.text("[role=alert]")
    assert page.text("#value") == "hello"
    page = boss.post(f"/instances/{case_id}/variables", status=422, name="amount", value="1", reason="")
    assert "reason" in page.text("[role=alert]")


@pytest.mark.parametrize("text", ["amount", "1 +", "unknown(1)", "for x in [1] return y"])
def test_what_is_no_literal_is_refused(app, text):
    with app.test_request_context(), pytest.raises(InvalidInput):
        literal(text)


def test_json_is_a_literal_too(app):
    with app.test_request_context():
        assert literal('{"a": [1, true, null, "x"]}') == {"a": [1, True, None, "x"]}


def test_ending_a_case_asks_for_a_reason_first(office, browser, case_id):
    boss = browser(office.eva)
    assert "cannot be undone" in boss.get(f"/instances/{case_id}/cancel").text()
    assert "reason" in boss.post(f"/instances/{case_id}/cancel", status=422, reason="x").text("[role=alert]")

    to = boss.post(f"/instances/{case_id}/cancel", reason="sent by mistake").to
    assert "Ended by hand" in boss.get(to).text()
