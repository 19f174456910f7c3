"""Operations: what stands still, over all cases; and what people did, for auditors."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine import commands, definitions, history, identity, queries
from engine.errors import TopicFailed
from engine.history import Line
from engine.models import ProcessInstance, StartTimer
from engine.transition import arm_starts, raise_incident
from engine.transition.incidents import kept_reason
from tests.models import bpmn, element, timer
from tests.office import OFFICE
from tests.office.installation import NOW


def tell(office, line, actor="ann", at=NOW):
    with office.site.database.transaction() as session:
        history.audit(session, office.site.vault, "web", line, actor=actor, now=at)


@pytest.fixture
def auditor(office, browser):
    with office.site.database.transaction() as session:
        identity.add_to_group(session, office.out.id, identity.AUDITOR)
        actor = identity.actor(session, office.out.id)
    return browser(actor)


def test_a_quiet_installation_says_so(office, browser):
    assert "No incidents" in browser(office.eva).get("/operations").text()


def test_an_incident_is_shown_counted_and_tried_again(office, browser, broken):
    boss = browser(office.eva)
    page = boss.get("/operations")
    assert "13 brings bad luck" in page.text(".incident")
    assert "Failed (1)" in page.all(".filters a")
    assert page.text("header nav .bar-count") == "1"

    incident = office.ask(queries.incidents, "en")[0]
    boss.post(f"/operations/incidents/{incident.id}/retry")
    assert "No incidents" in boss.get("/operations").text()
    boss.post(f"/operations/incidents/{incident.id}/retry", status=409)


def test_cases_that_begin_by_themselves_are_listed_and_what_failed_is_tried_again(office, browser):
    start = element("startEvent", "s", timer("R/P1D", "Cycle"), name="Every day")
    upload = {"daily.bpmn": bpmn(start, "s > end", "daily", tasks=False)}
    with office.site.database.transaction() as session:
        deployed = definitions.deploy_over(
            session, OFFICE, upload, base_id=definitions.newest_deployment(session, OFFICE.key).id, now=NOW
        )
        arm_starts(session, OFFICE, NOW)
    assert deployed.is_active
    boss = browser(office.eva)
    assert "Every day Waiting" in boss.get("/operations").text()

    with office.site.database.transaction() as session:
        row = session.scalars(select(StartTimer)).one()
        row.state, row.reason = "failed", kept_reason(TopicFailed(why="the record is full"))
    page = boss.get("/operations")
    assert "The automatic step failed: the record is full" in page.text()
    assert page.text("header nav .bar-count") == "1"
    boss.post(f"/operations/starts/{row.id}/retry")
    assert "the record is full" not in boss.get("/operations").text()
    boss.post(f"/operations/starts/{row.id}/retry", status=409)
    browser(office.ann).post(f"/operations/starts/{row.id}/retry", status=403)


def test_messages_that_wait_are_listed(office, browser, broken):
    commands.correlate_message(
        office.site, "late proof", {}, business_key="R-BROKEN", sender_key="1", actor=office.eva, now=NOW
    )

    assert "late proof R-BROKEN" in browser(office.eva).get("/operations").text()


def test_auditors_and_admins_read_the_audit_stream_and_nobody_else(office, browser, auditor):
    assert auditor.get("/operations/audit").find("table")
    assert browser(office.eva).get("/operations/audit").find("table")
    browser(office.ann).get("/operations/audit", status=403)
    auditor.get("/operations", status=403)


def test_the_audit_page_says_when_who_what_and_which_case(office, browser, auditor):
    case_id = office.start()
    detail = {"instance": case_id, "case": "R-ALPHA", "fields": ["person.mobile"], "purpose": "identity"}
    tell(office, Line("personal_shown", "", detail))
    tell(office, Line("log_in_failed", "", {"from": "0a1b", "name_digest": "2c3d"}), actor="")

    failed, seen = auditor.get("/operations/audit").all("tbody tr")[:2]
    assert "Unknown name could not log in – Unknown name, as a digest: 2c3d" in failed
    assert "Ann ann looked at personal data in full R-ALPHA Purpose: To check who somebody is" in seen
    assert "Fields: Mobile" in seen
    page = browser(office.eva, "zh").get("/operations/audit")
    assert "查看了完整个人信息" in page.text("tbody")
    assert page.find("tbody a")[0].get("href") == f"/instances/{case_id}"


def test_the_audit_page_is_filtered_by_day_and_person(auditor, office):
    tell(office, Line("logged_in"))
    tell(office, Line("logged_in"), actor="ben")
    tell(office, Line("logged_out"), at=NOW - timedelta(days=1))

    mine = auditor.get("/operations/audit?person=ann")
    assert [row.split(" ", 2)[2] for row in mine.all("tbody tr")] == ["Ann ann logged in – –"]
    assert "2026-03-01" in mine.value(".filters a", "href")
    assert "logged out" in auditor.get("/operations/audit?day=2026-03-01").text("tbody")
    assert "Nothing on this day" in auditor.get("/operations/audit?day=2025-01-01&person=ann").text()


@pytest.mark.parametrize("day", ["gestern", "9999-12-31", "0001-01-01", ""])
def test_a_day_that_cannot_be_is_not_a_fault(auditor, day):
    assert auditor.get(f"/operations/audit?day={day}&page=7").find("#day")


def test_an_incident_is_explained_in_the_readers_language(office, browser):
    error = TopicFailed(why="no mail server is set up (REDRESS_SMTP_HOST)")
    case_id = office.start()
    with office.site.database.transaction() as session:
        instance = session.get_one(ProcessInstance, case_id)
        what = {"kind": "job", "element_id": "tell", "job_id": "job-1"}
        raise_incident(session, instance, error=error, now=NOW, **what)

    for page in ("/operations", f"/instances/{case_id}"):
        assert "自动步骤失败：没有" in browser(office.eva, "zh").get(page).text(".incident")
        assert error.message in browser(office.eva).get(page).text(".incident")
