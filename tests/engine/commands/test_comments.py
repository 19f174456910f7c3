"""Comments: who may write them and be mentioned, who is told, and that nobody changes them."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from engine import commands, history, queries
from engine.commands.comments import MentionRefused
from engine.errors import Erased, InvalidInput, NotFound, TooLate
from engine.identity import CONSUMER
from engine.models import CaseFollower, HistoryEvent, Membership, Notification
from tests.applications import DESK
from tests.counting import counting


@pytest.fixture
def case(office):
    office.deploy(DESK)
    return office.start()


def say(office, case, text, *, by="ann", key=None):
    return office.do(commands.add_comment, case, text, by=by, key=key)


def told(office, username):
    rows = office.rows(Notification, Notification.person_id == office.people[username].id)
    return [(row.event, row.actor, row.instance_id) for row in rows]


def followers(office, case):
    by_id = {person.id: name for name, person in office.people.items()}
    return {by_id[row.person_id] for row in office.rows(CaseFollower, CaseFollower.instance_id == case)}


def shown(office, case, *, to="ann"):
    with office.site.database.reading() as session:
        return queries.comments(session, office.site, case, actor=office.people[to], now=office.now)


@pytest.mark.store
def test_a_comment_stands_sealed_in_the_history_and_tells_whom_it_mentions(office, case):
    number = say(office, case, "Please look at this, @ben. Call 13800138000.")

    line = next(entry for entry in office.history(case) if entry.kind == "commented")
    assert (line.sequence, line.actor, line.detail) == (number, "ann", {"mentions": ["ben"]})
    assert line.values == {"text": "Please look at this, @ben. Call 13800138000."}
    stored = office.rows(HistoryEvent, HistoryEvent.kind == "commented")[0]
    assert b"13800138000" not in stored.detail + stored.sealed_values
    assert told(office, "ben") == [("mentioned", "ann", case)]
    assert followers(office, case) == {"ann", "ben"}


def test_followers_are_told_of_the_next_comment_and_whoever_stopped_is_not(office, case):
    say(office, case, "first, @ben")
    office.do(lambda site, actor, now: commands.follow_case(site, case, actor=actor), by="eva")
    office.do(lambda site, actor, now: commands.unfollow_case(site, case, actor=actor), by="ann")
    say(office, case, "second", by="ben")

    assert told(office, "eva") == [("commented", "ben", case)]
    assert told(office, "ann") == []
    assert told(office, "ben") == [("mentioned", "ann", case)]


def test_whoever_is_mentioned_is_told_once_and_nobody_of_their_own(office, case):
    say(office, case, "@ben @ben @BEN and myself, @ann")
    say(office, case, "again, @ben")

    assert told(office, "ben") == [("mentioned", "ann", case)] * 2
    assert told(office, "ann") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("请@ben看一下", ["ben"]),
        ("（@ben）", ["ben"]),
        ("@ben.", ["ben"]),
        ("mail to someone@ben.test", []),
        ("at @ 3 pm", []),
    ],
)
def test_mentions_end_where_the_user_name_ends(office, case, text, names):
    say(office, case, text)

    line = next(entry for entry in office.history(case) if entry.kind == "commented")
    assert line.detail["mentions"] == names


@pytest.mark.parametrize(("text", "why"), [("@benny", "nobody called “benny”"), ("看@nobody吧", "nobody called")])
def test_nobody_of_that_name_is_refused(office, case, text, why):
    with pytest.raises(MentionRefused, match=why):
        say(office, case, text)
    assert "commented" not in office.kinds(case)


def test_who_may_not_see_the_case_cannot_be_mentioned_nor_comment(office, case):
    with office.site.database.transaction() as session:
        session.execute(delete(Membership).where(Membership.person_id == office.people["ben"].id))
    office.meet()
    with pytest.raises(MentionRefused, match="Ben may not see this case"):
        say(office, case, "look, @ben")
    with pytest.raises(NotFound):
        say(office, case, "hello", by="ben")
    with pytest.raises(NotFound):
        commands.add_comment(office.site, case, "hello", actor=CONSUMER, now=office.now)

    assert told(office, "ben") == []
    assert "commented" not in office.kinds(case)


@pytest.mark.parametrize("text", ["", "  \n", "x" * 5001])
def test_a_comment_has_1_to_5000_characters(office, case, text):
    with pytest.raises(InvalidInput):
        say(office, case, text)


def test_any_signs_are_kept_as_they_are(office, case):
    texts = ["👩‍👩‍👧 好的", "مرحبا بالعالم", "x" * 5000, "<b>&amp;</b> {{ 1 }}", "two\nlines"]
    for text in texts:
        say(office, case, text)

    assert [row.text for row in shown(office, case).rows] == texts


def test_the_same_key_twice_writes_one_comment(office, case):
    assert say(office, case, "once", key="k") == say(office, case, "once", key="k")
    assert office.kinds(case).count("commented") == 1


def test_ones_own_comment_is_taken_back_within_five_minutes_and_stays_on_record(office, case):
    number = say(office, case, "hasty")
    late = say(office, case, "too late")
    with pytest.raises(NotFound):
        office.do(commands.withdraw_comment, case, number, by="ben")
    office.now += timedelta(minutes=5)
    office.do(commands.withdraw_comment, case, number, by="ann")
    office.now += timedelta(seconds=1)
    with pytest.raises(TooLate, match="five minutes"):
        office.do(commands.withdraw_comment, case, late, by="ann")

    rows = shown(office, case).rows
    assert [(row.text, row.is_withdrawn) for row in rows] == [(None, True), ("too late", False)]
    assert office.kinds(case)[-1] == "comment_withdrawn"
    with office.site.database.reading() as session:
        assert history.verify(session, office.site.vault, office.site.files).broken is None


def test_a_case_that_ended_is_commented_on_until_its_person_is_erased(office, case):
    office.do(commands.cancel_instance, case, "over and done", by="root")
    say(office, case, "afterwards")
    office.do(commands.erase_person, case, "asked for it", by="root")

    assert [row.text for row in shown(office, case).rows] == [None]
    with pytest.raises(Erased):
        say(office, case, "too late")


def test_a_comment_is_one_commit_and_at_most_fifteen_statements(office, case):
    with counting(office.site.database) as count:
        say(office, case, "@ben @eva", key="k")

    assert count.commits == 1
    assert len(count.statements) <= 15, "\n".join(count.statements)
