"""The pages of people, of the organisation, and of cases that belong to another part of it."""

from datetime import timedelta

import pytest

from engine import clock, commands, history, queries
from engine.identity import SYSTEM
from engine.models import Absence, InstanceUnit
from engine.queries.people import person_row
from tests.bank import NOW
from tests.webforms.bank import pages_of
from tests.webforms.conftest import Browser


@pytest.fixture
def boss(bank):
    return bank.person("boss", "admin")


@pytest.fixture
def open_as(bank, tmp_path):
    app = pages_of(bank.site, tmp_path)
    return lambda actor: Browser(app, actor)


def first_task(bank, case_id):
    bank.work()
    with bank.reading() as session:
        return queries.tasks_of(session, case_id, SYSTEM, "en", NOW)[0].id


def test_an_admin_grants_a_group_on_a_unit_and_takes_it_away(bank, boss, open_as):
    joe, page = bank.person("joe", "handler@OUTLET"), open_as(boss)
    address = f"/people/{joe.id}"

    assert "Case handlers · First branch main outlet" in page.get(address).text("main ul")
    shown = page.get(page.post(f"{address}/grants", group="approver_t1", unit="BRANCH").to)
    assert "saved and noted" in shown.text("#messages")
    assert "Team leads · First branch" in shown.text("main")
    shown = page.get(page.post(f"{address}/grants/revoke", group="handler", unit="OUTLET").to)
    assert "main outlet ·" not in shown.text("main")
    with bank.reading() as session:
        assert [one.unit for one in person_row(session, joe.id, "en", NOW).grants] == ["BRANCH"]
    refused = page.post(f"{address}/grants", 404, group="handler", unit="MOON")
    assert "There is no unit “MOON”" in refused.text("#messages")
    assert refused.value("#group option[selected]") == "handler"


def test_skills_and_absences_are_recorded_and_shown_in_the_list(bank, boss, open_as):
    joe, page = bank.person("joe", "handler@OUTLET"), open_as(boss)
    bank.person("sue", "handler@BRANCH")
    address = f"/people/{joe.id}"
    page.post(f"{address}/skills", skills="en B.CARD")
    page.post(f"{address}/absences", from_on="2026-03-02", to_on="2026-03-04", delegate="sue", reason="leave")

    row = next(row for row in page.get("/people?q=joe").all("tbody tr") if "joe" in row)
    assert "B.CARD, en" in row
    assert "Away today" in row
    assert "Sue stands in · leave" in page.get(address).text("main")

    for fields, why in (
        ({"from_on": "soon", "to_on": ""}, "give the first and the last day"),
        ({"from_on": "2026-03-04", "to_on": "2026-03-09"}, "another one is recorded from 2026-03-02 to 2026-03-04"),
        ({"from_on": "2026-04-09", "to_on": "2026-04-04"}, "it ends before it begins"),
    ):
        refused = page.post(f"{address}/absences", 422, **fields, reason="on leave")
        assert why in refused.text("#messages"), why
        typed = {name: refused.value(f"#{name}") for name in (*fields, "reason")}
        assert typed == {**fields, "reason": "on leave"}
    with bank.reading() as session:
        absence = session.query(Absence).one().id
    assert "Sue" not in page.get(page.post(f"{address}/absences/{absence}/end").to).text("main")


def test_an_absence_that_is_still_to_come_can_be_called_off(bank, boss, open_as):
    address, page = f"/people/{bank.person('joe', 'handler@OUTLET').id}", open_as(boss)
    for first, last in (("2026-03-01", "2026-03-04"), ("2026-04-01", "2026-04-04")):
        page.post(f"{address}/absences", from_on=first, to_on=last)

    buttons = page.get(address).all("form button")
    assert [text for text in buttons if text.endswith("2026")] == ["Is back Mar 1, 2026", "Call it off Apr 1, 2026"]


def test_people_is_for_admins_and_the_organisation_for_all_staff(bank, open_as):
    page = open_as(bank.person("joe", "handler@OUTLET"))

    page.get("/people", status=403)
    page.get("/people/1", status=403)
    page.post("/people/1/grants", status=403, group="admin")
    tree = page.get("/organisation").all("tbody tr")
    assert tree[0].startswith("Head office HQ Head office –")
    outlet = next(row for row in tree if "OUTLET " in row)
    assert outlet.startswith("– – First branch main outlet OUTLET Outlet First branch 1 0")
    assert "Organisation" in page.get("/tasks").text("header")


def test_open_cases_count_in_every_unit_above(bank, boss, open_as):
    case_id = bank.file().case_id
    with bank.database.transaction() as session:
        session.add(InstanceUnit(instance_id=case_id, unit_key="OUTLET3"))

    rows = open_as(boss).get("/organisation").all("tbody tr")
    assert [row.split(" 1")[0] for row in rows if row.endswith(" 1")] == [
        "Head office HQ Head office – 0",
        "– Second branch BRANCH2 Branch Head office 0",
        "– – Second branch main outlet OUTLET3 Outlet Second branch 0",
    ]


def test_a_case_of_another_part_of_the_organisation_is_refused_and_the_attempt_is_noted(bank, boss, open_as):
    case_id = bank.file().case_id
    joe = bank.person("joe", "handler@OUTLET4")
    page = open_as(joe)

    assert "another part of the organisation" in page.get(f"/instances/{case_id}", status=403).text()
    page.get(f"/instances/{case_id}/state.json", status=403)
    page.get("/instances/nothing", status=404)
    assert page.get("/instances").all("tbody tr") == []

    with bank.reading() as session:
        lines = history.read(session, bank.site.vault, f"{history.AUDIT}2026-03-02:web")
    noted = [(line.actor, line.detail["instance"]) for line in lines if line.kind == "case_refused"]
    assert noted == [("joe", case_id)] * 2
    assert "asked for a case of another part" in open_as(boss).get("/operations/audit").text("tbody")


def test_the_unit_of_a_case_sees_it_and_whoever_has_a_task_in_it(bank, open_as):
    case_id = bank.file().case_id
    task_id = first_task(bank, case_id)
    far = bank.person("far", "intake@OUTLET4")
    open_as(far).get(f"/instances/{case_id}", status=403)
    open_as(bank.person("top", "handler@HQ")).get(f"/instances/{case_id}")
    open_as(bank.person("all", "handler")).get(f"/instances/{case_id}")

    commands.claim_task(bank.site, task_id, actor=far, now=clock.now())
    assert "TS-" in open_as(far).get(f"/instances/{case_id}").text("h1")


def test_a_task_is_handed_over_accepted_and_declined_on_its_page(bank, open_as):
    case_id = bank.file().case_id
    joe, sue = bank.person("joe", "intake"), bank.person("sue", "intake")
    task_id = first_task(bank, case_id)
    commands.claim_task(bank.site, task_id, actor=joe, now=clock.now())
    address = f"/tasks/{task_id}"

    mine, hers = open_as(joe), open_as(sue)
    assert "Hand over to" in mine.get(address).text()
    shown = mine.get(mine.post(f"{address}/delegate", username="sue", reason="on leave tomorrow").to)
    assert "offered to Sue" in shown.text()
    assert "Joe asks you to take this task over" in hers.get(address).text()
    refused = hers.get(hers.post(f"{address}/decline", reason="").to)
    assert "give a reason of 3 to 500 characters" in refused.text("#messages")
    hers.post(f"{address}/decline", reason="so am I")
    mine.post(f"{address}/delegate", username="sue", reason="please anyway")
    assert "The task is yours now" in hers.get(hers.post(f"{address}/accept").to).text("#messages")
    assert "Hand over to" not in mine.get(address).text()
    with clock.at(NOW + timedelta(days=1)):
        assert "was accepted by Sue" in open_as(bank.person("root", "admin")).get(f"/instances/{case_id}").text()
