"""Logging in and out leaves lines in the audit stream, and a flood of guesses leaves only a few."""

from datetime import timedelta

import argon2
import pytest

from engine import identity, values
from engine.commands.log_ins import log_in, log_out
from engine.identity import FAILURES, FAILURES_PER_ADDRESS, LOCK_OUT, LockedOut, LogInRefused
from engine.models import HistoryEvent

pytestmark = pytest.mark.store

PASSWORD = "correct horse battery"
HASH = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
ADDRESS = "192.0.2.7"


@pytest.fixture(autouse=True)
def ann(site, moment):
    """Ann, who has a password; gives her id."""
    with site.database.transaction() as session:
        return identity.add_person(session, "ann", "Ann Li", moment, password_hash=HASH)


def fail(site, now, username="ann", times=1, address=ADDRESS):
    for _ in range(times):
        with pytest.raises(LogInRefused):
            log_in(site, username, "wrong password", address, now)


def lines(site):
    """Kind, actor and detail of every line, in order."""
    with site.database.reading() as session:
        events = session.query(HistoryEvent).order_by(HistoryEvent.sequence)
        return [(event.kind, event.actor, values.loads(event.detail)) for event in events]


def kinds(site):
    return [kind for kind, _, _ in lines(site)]


def test_coming_and_going_stand_in_the_stream_of_the_day(site, moment):
    actor = log_in(site, " ANN", PASSWORD, ADDRESS, moment)
    log_out(site, actor=actor, now=moment)

    assert [(kind, who) for kind, who, _ in lines(site)] == [("logged_in", "ann"), ("logged_out", "ann")]
    with site.database.reading() as session:
        assert session.query(HistoryEvent.stream).first()[0] == "audit:2026-03-02:web"


def test_a_failure_names_a_known_person_and_only_a_digest_of_anything_else(site, moment):
    fail(site, moment)
    fail(site, moment, "my secret password", times=2)

    (_, who, detail), (_, nobody, first), (_, _, second) = lines(site)
    assert (who, nobody) == ("ann", "")
    assert "name_digest" not in detail
    assert first["name_digest"] == second["name_digest"]
    assert "secret" not in str(lines(site))
    assert ADDRESS not in str(lines(site))


def test_the_attempt_that_locks_is_told_once_and_those_after_it_not_at_all(site, moment):
    fail(site, moment, times=FAILURES)
    for _ in range(20):
        with pytest.raises(LockedOut):
            log_in(site, "ann", PASSWORD, ADDRESS, moment)

    assert kinds(site) == ["log_in_failed"] * FAILURES + ["locked_out"]
    assert lines(site)[-1][2]["what"] == "name"


def test_an_address_that_tries_many_names_brings_few_lines(site, moment):
    with site.database.transaction() as session:
        for _ in range(FAILURES_PER_ADDRESS - 1):
            identity.failed(session, f"log-in from:{ADDRESS}", moment, FAILURES_PER_ADDRESS)
    fail(site, moment)
    for number in range(20):
        with pytest.raises(LockedOut):
            log_in(site, f"name {number}", PASSWORD, ADDRESS, moment)

    assert kinds(site) == ["log_in_failed", "locked_out"]
    assert lines(site)[-1][2]["what"] == "address"


def test_who_logs_in_at_the_last_attempt_was_not_locked_out(site, moment):
    fail(site, moment, times=FAILURES - 1)
    assert log_in(site, "ann", PASSWORD, ADDRESS, moment).username == "ann"

    assert kinds(site) == ["log_in_failed"] * (FAILURES - 1) + ["logged_in"]
    fail(site, moment, times=FAILURES)


def test_a_lock_passes(site, moment):
    fail(site, moment, times=FAILURES)

    assert log_in(site, "ann", PASSWORD, ADDRESS, moment + LOCK_OUT + timedelta(seconds=1)).name == "Ann Li"


def test_somebody_without_a_password_is_not_let_in_with_any(site, moment):
    with site.database.transaction() as session:
        identity.add_person(session, "ben", "Ben", moment)

    for password in ("", "nobody’s password"):
        with pytest.raises(LogInRefused):
            log_in(site, "ben", password, ADDRESS, moment)
    assert kinds(site) == ["log_in_failed"] * 2


def test_somebody_who_was_shut_out_is_refused_like_everybody(site, moment, ann):
    with site.database.transaction() as session:
        identity.set_active(session, ann, active=False)

    with pytest.raises(LogInRefused):
        log_in(site, "ann", PASSWORD, ADDRESS, moment)
    assert kinds(site) == ["log_in_failed"]
