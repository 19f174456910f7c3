"""What the heaviest form of the process, which registers and triages a complaint, costs the database."""

import pytest

from engine import clock, commands, identity, jobs
from engine.commands import Submitted
from engine.identity import CONSUMER
from engine.models import Incident, Job, Person, UserTask
from processes.complaint.office import Recruit, hire
from tests.bank import open_site
from tests.counting import counting
from tests.processes.complaint.filing import local

FILED = {
    "complaint.person.full_name": ["王小明"],
    "complaint.person.mobile": ["13800138000"],
    "complaint.narrative": ["信用卡年费未经告知被收取，要求退还。"],
    "complaint.demands": ["D.REFUND"],
    "complaint.language": ["zh"],
    "complaint.capacity": ["self"],
    "complaint.preferred_channel": ["phone"],
    "complaint.truth_statement": ["true"],
    "complaint.privacy_notice_read": ["true"],
}
REGISTERED = {
    "complaint.channel": ["CH.PORTAL"],
    "complaint.received_at": ["2026-03-10T14:00"],
    "complaint.received_by_unit": ["HQ.CC"],
    "complaint.matter_type": ["complaint"],
    "complaint.respondent_scope": ["own"],
    "complaint.identity_verified": ["verified"],
    "complaint.authority_proof": ["not_needed"],
    "complaint.cat_a": ["A.FRONT.E.APP"],
    "complaint.cat_b": ["B.CARD.CREDIT.USE"],
    "complaint.cat_c": ["C.PRICE"],
    "complaint.flags": ["none"],
    "complaint.event_cause": ["none"],
    "complaint.emotion": ["calm"],
    "complaint.dup_state": ["none"],
    "complaint.facts_sufficient": ["yes"],
    "complaint.facts_clear": ["true"],
    "complaint.dispute_simple": ["true"],
    "complaint.summary": ["年费未告知即收取，要求退还"],
}
NOW = local("2026-03-10")


@pytest.fixture
def site(tmp_path):
    site = open_site(tmp_path)
    hire(site, NOW, [Recruit("lin", "林", ["intake"])])
    yield site
    site.database.dispose()


def test_registering_a_complaint_is_one_commit_and_at_most_twenty_statements(site):
    """Five more than other commands: assignment, recusal, units, links and what staff are told take one each."""
    with clock.at(NOW):
        case = commands.start_instance(site, "complaint", Submitted(FILED), actor=CONSUMER, now=NOW)["instance_id"]
        jobs.tick(site, NOW)
        with site.database.reading() as session:
            task_id = session.query(UserTask.id).filter_by(instance_id=case, status="open").scalar()
            lin = identity.actor(session, session.query(Person.id).filter_by(username="lin").scalar())
        commands.claim_task(site, task_id, actor=lin, now=NOW)

        with counting(site.database) as count:
            done = commands.complete_task(site, task_id, Submitted(REGISTERED), actor=lin, now=NOW, key="k")

    with site.database.reading() as session:
        assert session.query(Incident).count() == 0
        following = session.query(Job.element_id, Job.topic).filter_by(instance_id=case, state="waiting").all()
    assert [tuple(row) for row in following] == [("accept_assignment", "tell_staff")]
    assert done == {"instance_id": case, "parked": False}
    assert count.commits == 1
    assert len(count.statements) <= 20, "\n".join(count.statements)
