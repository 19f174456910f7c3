"""An ended complaint opened again: number, person, story, and what the old access code opens."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engine import clock
from engine.applications import Start
from engine.models import ProcessInstance
from processes.complaint import access_code, views, visits
from processes.complaint.links import refusals
from processes.complaint.links.tables import ComplaintLink
from processes.complaint.numbers import next_number
from processes.complaint.register import REGISTER
from processes.complaint.tables import Complaint
from processes.complaint.topics import notice
from tests.processes.complaint.filing import SUBMITTED, local
from tests.processes.complaint.test_views import Work
from tests.rows import add_instance

NUMBER = "TS-20260310-HQ-00001"
AT = local("2026-05-04")

pytestmark = pytest.mark.store


@pytest.fixture
def end(transaction):
    """Ends a case, as its process does."""

    def end(instance_id):
        with transaction() as session:
            session.get_one(ProcessInstance, instance_id).status = "completed"
            session.get_one(Complaint, instance_id).closed_at = AT - timedelta(days=10)

    return end


@pytest.fixture
def reopen(transaction, site):
    """Starts a case as the message `reopen` does: (id, number of the ended one, values) → its number."""

    def reopen(instance_id, number, values=None, at=AT):
        with clock.at(at), transaction() as session:
            subject_id = site.vault.create_subject(session, at)
            new = next_number(session, {"reopens": number}, at)
            add_instance(session, instance_id, application="complaint", number=new, subject_id=subject_id, at=at)
            REGISTER.create(session, Start(instance_id, subject_id, new, values or {}, "system", at))
        return new

    return reopen


def test_each_opening_has_the_next_number_and_links_back(file_complaint, end, reopen, transaction):
    file_complaint("a")
    end("a")
    assert reopen("b", NUMBER) == f"{NUMBER}-2"
    end("b")
    assert reopen("c", NUMBER) == f"{NUMBER}-3"
    with transaction() as session:
        links = session.execute(select(ComplaintLink.from_id, ComplaintLink.to_id, ComplaintLink.kind)).all()
    assert sorted(links) == [("b", "a", "reopened"), ("c", "b", "reopened")]


def test_person_story_and_classification_are_the_old_ones_and_periods_begin_anew(
    file_complaint, end, reopen, record_of
):
    file_complaint("a", {**SUBMITTED, "cat_b": "B.CARD.CREDIT.USE", "cat_c": "C.PRICE", "received_by_unit": "HQ.CC"})
    record_of(lambda record: record.set("texts.conclusion", "无误"), "a")
    end("a")
    reopen("b", NUMBER, {"narrative": "复核后重新办理"})

    def read(record):
        paths = ("person.full_name", "person.mobile", "cat_b", "demands", "received_by_unit", "reopens", "narrative")
        return [record.get(path) for path in (*paths, "texts.conclusion", "received_at", "clock.due_at")]

    name, mobile, cat_b, demands, unit, reopens, story, conclusion, received_at, due_at = record_of(read, "b")
    assert (name, mobile, cat_b) == ("张小三", SUBMITTED["person.mobile"], "B.CARD.CREDIT.USE")
    assert (demands, unit, reopens) == (["D.REFUND", "D.EXPLAIN"], "HQ.CC", NUMBER)
    assert (story, conclusion, received_at) == ("复核后重新办理", None, AT)
    assert due_at == local("2026-05-19", "23:59:59")


def test_both_cases_belong_to_one_person_so_that_one_erasure_takes_both(file_complaint, end, reopen, transaction):
    file_complaint("a")
    end("a")
    reopen("b", NUMBER)
    with transaction() as session:
        found = [
            (session.get_one(Complaint, each).subject_id, session.get_one(ProcessInstance, each).subject_id)
            for each in "ab"
        ]
    assert len({subject for pair in found for subject in pair}) == 1


def test_a_case_that_has_not_ended_or_does_not_exist_is_not_opened_again(file_complaint, end, reopen):
    file_complaint("a")
    with pytest.raises(refusals.StillOpen, match=NUMBER):
        reopen("b", NUMBER)
    end("a")
    reopen("b", NUMBER)
    with pytest.raises(refusals.StillOpen, match=f"{NUMBER}-2"):
        reopen("c", NUMBER)
    with pytest.raises(refusals.NoSuchComplaint):
        reopen("c", "TS-20260310-HQ-00099")


def test_the_access_code_of_the_old_number_opens_the_newest_with_the_old_letters(
    file_complaint, end, reopen, transaction, site
):
    file_complaint("a")
    inputs = {"template": "N01", "to": "consumer"}
    with clock.at(local("2026-03-10")):
        notice(site, Work("job-1", "notice", "a", "", "send", inputs, {}, 1, local("2026-03-10")))
    end("a")
    reopen("b", NUMBER)
    with transaction() as session:
        code = access_code.current(session, "a")
    visit = visits.open_case(site, NUMBER, code, "10.0.0.1", AT)
    assert visit.instance_id == "b"
    with clock.at(AT), transaction() as session:
        assert visits.is_valid(session, visit)
        page = views.tracking(session, "b", "zh")
    assert page.number == f"{NUMBER}-2"
    assert [each.template for each in page.notices] == ["N01"]


def test_reopened_cases_can_be_counted(file_complaint, end, reopen, transaction):
    file_complaint("a")
    end("a")
    reopen("b", NUMBER)
    with transaction() as session:
        counted = select(func.count()).select_from(ComplaintLink).where(ComplaintLink.kind == "reopened")
        assert session.scalar(counted) == 1
