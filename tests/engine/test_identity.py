import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from engine import identity
from engine.applications import Applications
from engine.commands import log_ins
from engine.errors import InvalidInput, NotFound
from engine.identity import CONSUMER, FAILURES, LOCK_OUT, SYSTEM, LockedOut, LogInRefused, WeakPassword
from engine.models import Attempts, Person
from engine.site import Site
from engine.vault import Vault
from tests.office.installation import PASSWORD, PASSWORD_HASH

ADDRESS = "192.0.2.7"


@pytest.fixture
def ann(database, moment):
    """Ann, a handler; gives her id."""
    with database.transaction() as session:
        identity.add_missing_groups(session)
        ann = identity.add_person(
            session, " Ann ", "Ann Li", moment, email="ann@example.com", language="zh", password_hash=PASSWORD_HASH
        )
        identity.add_to_group(session, ann, "auditor")
    return ann


def log_in(database, now, password=PASSWORD, username="ann", address=ADDRESS):
    site = Site(database, Applications([]), Vault(bytes(range(32))), Path("files"))
    return log_ins.log_in(site, username, password, address, now)


def fail(database, now, times=FAILURES, **how):
    for _ in range(times):
        with pytest.raises(LogInRefused):
            log_in(database, now, "wrong password", **how)


def test_a_person_logs_in_and_is_an_actor_with_groups(database, ann, moment):
    actor = log_in(database, moment, username="ANN ")

    assert (actor.id, actor.username, actor.name, actor.language) == (ann, "ann", "Ann Li", "zh")
    assert actor.groups == {"auditor"}
    assert not actor.is_admin
    assert "example.com" not in repr(actor)


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(database, ann, moment):
    answers = []
    for username in ("ann", "nobody", "", "a" * 500):
        with pytest.raises(LogInRefused) as refused:
            log_in(database, moment, "wrong password", username=username)
        answers.append(refused.value.message)

    assert len(set(answers)) == 1


@pytest.mark.parametrize("username", ["ann", "nobody"])
def test_five_failures_lock_a_name_that_exists_or_not(database, ann, moment, username):
    fail(database, moment, username=username)

    with pytest.raises(LockedOut, match="15 minutes"):
        log_in(database, moment + LOCK_OUT - timedelta(seconds=1), username=username, address="198.51.100.1")


def test_a_lock_ends_by_itself(database, ann, moment):
    fail(database, moment)

    assert log_in(database, moment + LOCK_OUT).id == ann


def test_a_log_in_clears_earlier_failures_of_the_name_but_not_of_the_address(database, ann, moment):
    with database.transaction() as session:
        identity.failed(session, f"log-in from:{ADDRESS}", moment, limit=100)
    fail(database, moment, FAILURES - 1)
    log_in(database, moment)
    fail(database, moment, FAILURES - 1)

    assert log_in(database, moment).id == ann
    with database.reading() as session:
        assert session.scalars(select(Attempts.count)).all() == [2 * (FAILURES - 1) + 1]


def test_failures_that_are_long_past_do_not_count(database, ann, moment):
    fail(database, moment, FAILURES - 1)
    fail(database, moment + LOCK_OUT, FAILURES - 1)

    assert log_in(database, moment + LOCK_OUT).id == ann


def test_an_address_that_tries_many_names_is_locked(database, ann, moment):
    subject = f"log-in from:{ADDRESS}"
    with database.transaction() as session:
        for _ in range(identity.FAILURES_PER_ADDRESS):
            identity.failed(session, subject, moment, identity.FAILURES_PER_ADDRESS)

    with pytest.raises(LockedOut):
        log_in(database, moment)
    assert log_in(database, moment, address="198.51.100.1").id == ann


def test_guesses_at_once_are_not_more_than_guesses_in_turn(database, ann, moment):
    start = threading.Barrier(8)

    def guess(number):
        start.wait()
        try:
            log_in(database, moment, f"guess number {number}")
        except (LogInRefused, LockedOut) as error:
            return type(error)

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(guess, range(8)))

    assert outcomes.count(LogInRefused) == FAILURES
    assert outcomes.count(LockedOut) == 3


def test_what_somebody_typed_as_a_name_is_not_kept(database, moment, tmp_path):
    fail(database, moment, 1, username="MySecretPassword")

    stored = b"".join(path.read_bytes() for path in tmp_path.glob("redress*"))
    assert stored
    assert b"mysecretpassword" not in stored.lower()
    assert ADDRESS.encode() not in stored


def test_a_lock_lasts_its_full_time_and_nothing_is_counted_meanwhile(database, moment):
    last = moment + LOCK_OUT - timedelta(minutes=1)
    with database.transaction() as session:
        assert all(identity.failed(session, "code:1", moment) for _ in range(FAILURES - 1))
        assert identity.failed(session, "code:1", last)
        assert not identity.failed(session, "code:1", last + LOCK_OUT - timedelta(seconds=1))
        assert identity.failed(session, "code:1", last + LOCK_OUT)
        assert not identity.is_locked(session, "code:1", last + LOCK_OUT)


def test_old_counts_are_forgotten_and_locks_in_force_are_not(database, moment):
    with database.transaction() as session:
        identity.failed(session, "code:1", moment)
        for _ in range(FAILURES):
            identity.failed(session, "code:2", moment)
        assert [identity.is_locked(session, f"code:{number}", moment) for number in (1, 2, 3)] == [False, True, False]
        identity.forget_attempts(session, moment)
        assert session.scalar(select(func.count()).select_from(Attempts)) == 2
        identity.forget_attempts(session, moment + LOCK_OUT)
        assert session.scalar(select(func.count()).select_from(Attempts)) == 0


def test_a_person_without_password_or_shut_out_does_not_log_in(database, ann, moment):
    with database.transaction() as session:
        identity.set_active(session, ann, active=False)
        identity.add_person(session, "ben", "Ben", moment)

    for username in ("ann", "ben"):
        for password in (PASSWORD, "", "nobody’s password"):
            with pytest.raises(LogInRefused):
                log_in(database, moment, password, username=username)


def test_a_new_password_ends_all_sessions(database, ann, moment):
    before = log_in(database, moment)
    new = identity.hash_password("another long password")
    with database.transaction() as session:
        identity.set_password_hash(session, ann, new)

    with database.reading() as session:
        with pytest.raises(NotFound):
            identity.actor(session, ann, before.epoch)
        assert identity.actor(session, ann, before.epoch + 1).id == ann
    with pytest.raises(LogInRefused):
        log_in(database, moment)
    assert log_in(database, moment, "another long password").epoch == before.epoch + 1


@pytest.mark.parametrize("text", ["", "elevenchars", "x" * 201])
def test_a_weak_or_endless_password_is_refused_with_the_limits(text):
    with pytest.raises(WeakPassword, match="12 to 200"):
        identity.hash_password(text)


def test_a_broken_hash_opens_for_nobody():
    assert not identity.verify("not a hash", PASSWORD)


@pytest.mark.parametrize("username", ["ann", "ANN", "system", "Consumer", "  "])
def test_a_user_name_must_be_free(database, ann, moment, username):
    with database.transaction() as session, pytest.raises(InvalidInput):
        identity.add_person(session, username, "Somebody", moment)


def test_groups_are_added_once_and_left(database, ann):
    with database.transaction() as session:
        identity.add_missing_groups(session)
        identity.add_to_group(session, ann, "admin")
        identity.add_to_group(session, ann, "admin")
        assert identity.actor(session, ann).is_admin
        identity.remove_from_group(session, ann, "admin")
        identity.remove_from_group(session, ann, "admin")
        assert not identity.actor(session, ann).is_admin
        with pytest.raises(NotFound, match="no group “ghosts”"):
            identity.add_to_group(session, ann, "ghosts")


def test_a_person_that_does_not_exist_is_not_found(database, ann):
    with database.transaction() as session:
        for change in (identity.actor, identity.raise_epoch):
            with pytest.raises(NotFound):
                change(session, ann + 1)


def test_the_language_is_kept(database, ann):
    with database.transaction() as session:
        identity.set_language(session, ann, "en")
    with database.reading() as session:
        assert session.get_one(Person, ann).language == "en"


def test_system_and_consumer_are_nobody_with_rights():
    for nobody in (SYSTEM, CONSUMER):
        assert nobody.id is None
        assert not nobody.groups
