"""Operations: what stands still, over all cases."""

import pytest

from engine import commands, queries
from tests.office.installation import NOW


@pytest.fixture
def broken(office):
    case_id = office.start("broken", "13")
    office.review(case_id)
    office.approve(case_id)
    return case_id


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


def test_messages_that_wait_are_listed(office, browser, broken):
    commands.correlate_message(
        office.site, "late proof", {}, business_key="R-BROKEN", sender_key="1", actor=office.eva, now=NOW
    )

    assert "late proof R-BROKEN" in browser(office.eva).get("/operations").text()
