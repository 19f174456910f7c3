"""Starting a case by hand."""

import uuid

from engine.models import ProcessInstance


def test_only_processes_of_my_groups_are_offered(office, browser):
    assert "Request" in browser(office.ann).get("/start").text("main ul")
    assert "There is nothing you may start" in browser(office.out).get("/start").text()
    browser(office.out).get("/start/request", status=404)


def test_a_started_case_shows_its_number(office, browser):
    mine = browser(office.ann)
    to = mine.post("/start/request", title="gamma", amount="12.50").to

    assert "Started: R-GAMMA." in mine.get(to).text("#messages")
    assert "Case R-GAMMA" in mine.get(to).text("h1")


def test_sending_twice_starts_one_case(office, browser):
    mine, key = browser(office.ann), str(uuid.uuid4())

    assert (
        mine.post("/start/request", key=key, title="a", amount="1").to
        == mine.post("/start/request", key=key, title="a", amount="1").to
    )
    assert office.ask(lambda session: session.query(ProcessInstance).count()) == 1


def test_a_faulty_start_form_comes_back_with_the_input(office, browser):
    page = browser(office.ann).post("/start/request", status=422, title="gamma", amount="-5")

    assert "Amount" in page.text("[role=alert]")
    assert page.value("input[name=title]") == "gamma"
