"""One whole case on both databases: filed, worked on by the simulated office, closed, its history intact."""

import pytest
from sqlalchemy import select

from engine import clock, commands, history, travel
from engine.commands import Submitted
from engine.identity import CONSUMER
from engine.models import Incident, ProcessInstance
from processes.complaint.office import habits, hire
from processes.complaint.office.playing import Manner, Office
from processes.complaint.office.staff import Staff
from tests.bank import NOW, fields, set_up, site_on

FILED = fields(**{"complaint.person.email": "", "complaint.preferred_channel": "phone"})


@pytest.mark.store
def test_a_case_goes_from_filing_to_its_end(database, tmp_path):
    site = site_on(database, tmp_path)
    set_up(site)
    travel.mark(site, travel.SCRATCH)
    with clock.at(NOW):
        started = commands.start_instance(site, "complaint", Submitted(FILED), actor=CONSUMER, now=NOW)

    hire(site, NOW)
    office = Office(site, Staff(site), Manner(habits()), 1, NOW)
    office.take_over()
    office.play()

    with database.reading() as session:
        assert session.get_one(ProcessInstance, started["instance_id"]).status == "completed"
        assert session.scalar(select(Incident.id).limit(1)) is None
        assert history.verify(session, site.vault, None).broken is None
