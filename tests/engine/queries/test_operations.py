"""What the engine does by itself, and where it stands still."""

from engine import commands, queries
from tests.office.installation import NOW


def test_an_incident_is_counted_until_it_is_tried_again(office):
    case_id = office.start("a", "13")
    office.review(case_id)
    office.approve(case_id)
    assert office.ask(queries.incident_count) == 1
    assert office.ask(queries.job_counts)["failed"] == 1
    found = office.ask(queries.incidents, "zh")[0]
    assert (found.element, found.process, found.business_key) == ("通知", "申请", "R-A")

    commands.retry_job(office.site, found.id, actor=office.eva, now=NOW)
    assert office.ask(queries.incident_count) == 0
    assert office.ask(queries.incidents, "zh", with_resolved=True)[0].resolved_at == NOW
    assert [job.state for job in office.ask(queries.jobs, "en")] == ["waiting"]


def test_jobs_that_are_over_are_shown_when_asked_for(office):
    case_id = office.start()
    office.review(case_id)
    office.approve(case_id)

    assert office.ask(queries.jobs, "en") == ()
    assert [job.topic for job in office.ask(queries.jobs, "en", state="done")] == ["announce"]


def test_messages_wait_until_a_case_takes_them(office):
    office.start()
    commands.correlate_message(
        office.site, "proof", {}, business_key="R-ALPHA", sender_key="1", actor=office.eva, now=NOW
    )

    found = office.ask(queries.waiting_messages, "en")
    assert [(each.name, each.label, each.state) for each in found] == [("proof", "proof", "waiting")]
