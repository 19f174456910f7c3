"""One whole case on both databases: filed, worked on by the simulated office, closed, its history intact."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

import processes
from engine import clock, commands, history, identity, travel
from engine.commands import Submitted
from engine.identity import CONSUMER
from engine.models import Incident, ProcessInstance
from engine.site import Site
from processes.complaint.office import habits, hire
from processes.complaint.office.playing import Manner, Office
from processes.complaint.office.staff import Staff

MONDAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
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


@pytest.mark.store
def test_a_case_goes_from_filing_to_its_end(database, vault, tmp_path):
    site = Site(database, processes.load(), vault, tmp_path / "files")
    with database.transaction() as session:
        site.vault.mark_key(session)
        identity.add_missing_groups(session, (*identity.OWN_GROUPS, *site.applications["complaint"].groups))
    travel.mark(site, travel.SCRATCH)
    with clock.at(MONDAY):
        commands.ship(site, "complaint", now=MONDAY)
        started = commands.start_instance(site, "complaint", Submitted(FILED), actor=CONSUMER, now=MONDAY)

    hire(site, MONDAY)
    office = Office(site, Staff(site), Manner(habits()), 1, MONDAY)
    office.take_over()
    office.play()

    with database.reading() as session:
        assert session.get_one(ProcessInstance, started["instance_id"]).status == "completed"
        assert session.scalar(select(Incident.id).limit(1)) is None
        assert history.verify(session, site.vault, None).broken is None
