"""Mail of notifications: at once or once a day, as each person chose, in the own language."""

from datetime import timedelta

import pytest

from engine import commands, notifications
from engine.models import Notification, Person
from tests.applications import NOW


@pytest.fixture
def task_id(office, news):
    news.reads("ann")
    news.reads("ben", "zh")
    office.start()
    return office.claim("a")


def sent(news):
    return [(to, subject) for to, subject, *_ in news.post.sent]


def test_what_somebody_wants_at_once_is_mailed_once_in_the_own_language(office, news, task_id):
    office.do(commands.delegate_task, task_id, "ben", "out today", by="ann")
    notifications.mail_news(office.site, office.now)
    notifications.mail_news(office.site, office.now)

    number = office.instance(office.task("a").instance_id).business_key
    assert sent(news) == [("ben@office.test", f"{number}  请您接手：a")]
    text = news.post.sent[0][2]
    assert "https://office.test/notifications" in text
    assert "Ann" not in text
    assert "out today" not in text


def test_what_is_read_or_over_before_it_is_mailed_is_not_mailed(office, news, task_id):
    office.do(commands.delegate_task, task_id, "ben", "out today", by="ann")
    office.do(commands.read_notifications, [office.rows(Notification)[0].id], by="ben")
    news.chooses("ann", answered="mail")
    office.do(commands.decline_task, task_id, "no time", by="ben")
    office.complete("a")
    notifications.mail_news(office.site, office.now)

    assert sent(news) == []


def test_an_address_that_fails_now_gets_it_with_the_next_digest(office, news, task_id):
    office.do(commands.delegate_task, task_id, "ben", "out today", by="ann")
    news.post.failures = 1
    notifications.mail_news(office.site, office.now)
    notifications.send_digests(office.site, office.now)

    assert sent(news) == [("ben@office.test", "Redress 每日摘要：1 条通知")]


@pytest.mark.store
def test_the_digest_goes_out_once_a_day_with_all_that_is_new(office, news, task_id):
    news.chooses("ann", answered="digest")
    news.chooses("ben", handed="page")
    for _ in range(2):
        office.do(commands.delegate_task, task_id, "ben", "out today", by="ann")
        office.do(commands.decline_task, task_id, "no time", by="ben")

    notifications.send_digests(office.site, NOW - timedelta(hours=2))
    assert sent(news) == []
    for minutes in (0, 1, 60):
        notifications.send_digests(office.site, NOW + timedelta(minutes=minutes))
    assert sent(news) == [("ann@office.test", "Redress, daily digest: 2 notifications")]
    assert news.post.sent[0][2].count("Not taken over, it stays with you: a") == 2
    assert "no time" not in news.post.sent[0][2]
    notifications.send_digests(office.site, NOW + timedelta(days=1))
    assert len(news.post.sent) == 1


def test_who_has_no_address_is_told_in_the_page_only(office, news, task_id):
    with office.site.database.transaction() as session:
        session.get_one(Person, office.people["ben"].id).email = ""
    office.do(commands.release_task, task_id, by="ann")
    office.do(commands.assign_task, task_id, "ben", by="root")
    notifications.mail_news(office.site, office.now)

    assert [row.mailing for row in office.rows(Notification)] == [""]
    assert sent(news) == []
