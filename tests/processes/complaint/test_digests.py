"""What leads are sent by themselves: the digest of the morning, and the access review of the quarter."""

import pytest

from engine import clock, models
from engine.organisation import materialise
from processes.complaint.digests import send_access_reviews, send_digests
from tests.processes.complaint.filing import SUBMITTED, local

TUESDAY = ("2026-03-10", "08:30")


@pytest.fixture
def leads(transaction):
    """Two leads with different languages, and a handler."""
    with transaction() as session:
        for key, name in (("approver_t1", "Team leads"), ("approver_t3", "Branch executives"), ("handler", "Handlers")):
            session.add(models.PersonGroup(key=key, name_zh="组", name_en=name))
        for number, (username, language, group) in enumerate(
            (("zhao", "zh", "approver_t1"), ("anne", "en", "approver_t3"), ("han", "zh", "handler")), 1
        ):
            session.add(
                models.Person(
                    id=number,
                    username=username,
                    name=username.title(),
                    email=f"{username}@bank.test",
                    language=language,
                    created_at=local("2026-01-01"),
                )
            )
            session.flush()
            session.add(models.Membership(person_id=number, group_key=group))


@pytest.fixture
def tick(site):
    """Lets a chore run at a moment."""

    def tick(chore, day, at="09:00", site=site):
        with clock.at(local(day, at)):
            chore(site, local(day, at))

    return tick


def test_each_lead_reads_the_figures_in_the_own_language_once_a_day(leads, tick, post, file_complaint):
    file_complaint("case-1")
    file_complaint("case-2", {**SUBMITTED, "person.full_name": "李四"})
    tick(send_digests, *TUESDAY)
    tick(send_digests, "2026-03-10", "12:00")

    sent = {to: (subject, text) for to, subject, text, *_ in post.sent}
    assert set(sent) == {"zhao@bank.test", "anne@bank.test"}
    assert len(post.sent) == 2
    assert sent["zhao@bank.test"][0] == "每日简报 2026年3月10日"
    assert "Open: 2" in sent["anne@bank.test"][1]
    assert "Of these overdue: 0" in sent["anne@bank.test"][1]
    assert "张小三" not in sent["zhao@bank.test"][1]


def test_late_and_urgent_complaints_are_listed(leads, tick, post, file_complaint):
    file_complaint("case-1")
    tick(send_digests, "2026-03-25")
    assert "Due within two days: 1" in post.sent[-1][2]
    tick(send_digests, "2026-03-26")
    text = next(text for to, _, text, *_ in post.sent[2:] if to.startswith("anne"))
    assert "Of these overdue: 1" in text
    assert "TS-20260310-HQ-00001  2026-03-25 23:59" in text


@pytest.mark.parametrize(("day", "at"), [("2026-03-10", "08:29"), ("2026-03-14", "09:00"), ("2026-10-01", "09:00")])
def test_nothing_is_sent_before_half_past_eight_and_on_days_off(leads, tick, post, day, at):
    tick(send_digests, day, at)
    tick(send_access_reviews, day, at)
    assert post.sent == []


def test_one_address_that_fails_keeps_nobody_else_waiting(leads, tick, post):
    post.failures = 1
    tick(send_digests, *TUESDAY)
    assert [to for to, *_ in post.sent] == ["anne@bank.test"]


def test_heads_of_units_review_who_may_do_what_once_a_quarter(leads, tick, post):
    tick(send_access_reviews, "2026-04-01")
    tick(send_access_reviews, "2026-04-02")
    tick(send_access_reviews, "2026-05-06")
    [(to, subject, text, *_)] = post.sent
    assert (to, subject) == ("anne@bank.test", "Access review 1 April 2026")
    assert "Han (han): 组 / Handlers" in text

    tick(send_access_reviews, "2026-07-01")
    assert len(post.sent) == 2


def test_a_lead_of_a_unit_reads_the_figures_of_that_part(leads, tick, post, file_complaint, transaction, site):
    file_complaint("case-1")
    file_complaint("case-2", {**SUBMITTED, "person.full_name": "李四"})
    with transaction() as session:
        materialise(session, site.applications.organisation())
        session.query(models.Membership).filter_by(group_key="approver_t3").one().unit_key = "BRANCH"
        session.add(models.Membership(person_id=2, group_key="approver_t1", unit_key="OUTLET3"))
        session.add(models.InstanceUnit(instance_id="case-1", unit_key="OUTLET"))
        session.add(models.InstanceUnit(instance_id="case-2", unit_key="HQ"))

    tick(send_digests, *TUESDAY)

    sent = {to: text for to, _, text, *_ in post.sent}
    assert "Open: 1" in sent["anne@bank.test"]
    assert "未办结：2" in sent["zhao@bank.test"]
