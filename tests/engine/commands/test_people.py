"""Accounts, and the erasure of a person's data."""

import pytest

from engine import commands
from engine.errors import Conflict, Erased, NotAllowed, NotFound
from engine.identity import SYSTEM, WeakPassword
from engine.models import DataSubject, Person
from tests.applications import DESK


def test_an_account_is_added_with_its_groups(office):
    person_id = commands.add_person(
        office.site, "Fay", "Fay", "a long enough password", ["desk"], by="olga", now=office.now
    )

    assert office.rows(Person, Person.id == person_id)[0].username == "fay"
    with pytest.raises(WeakPassword):
        commands.add_person(office.site, "gus", "Gus", "short", [], by="olga", now=office.now)
    with pytest.raises(NotFound):
        commands.add_person(office.site, "gus", "Gus", "a long enough password", ["none"], by="olga", now=office.now)
    assert office.rows(Person, Person.username == "gus") == []


def test_the_language_of_a_person_is_kept(office):
    commands.set_language(office.site, "en", actor=office.people["ann"])

    assert office.rows(Person, Person.username == "ann")[0].language == "en"
    with pytest.raises(NotAllowed):
        commands.set_language(office.site, "en", actor=SYSTEM)


@pytest.mark.store
def test_erasing_destroys_the_key_and_leaves_the_chain_whole(office):
    office.deploy(DESK)
    case = office.start(colour="red")
    with pytest.raises(Conflict, match="still open"):
        office.do(commands.erase_person, case, "asked for it")
    office.do(commands.cancel_instance, case, "moved away")
    with pytest.raises(NotAllowed):
        office.do(commands.erase_person, case, "asked for it", by="ann")

    office.do(commands.erase_person, case, "asked for it")

    assert office.rows(DataSubject)[0].wrapped_key is None
    entries = office.history(case)
    assert entries[-1].kind == "person_erased"
    assert entries[0].erased
    assert entries[0].values is None
    instance = office.instance(case)
    with office.site.database.reading() as session, pytest.raises(Erased):
        office.site.vault.open(session, instance.subject_id, instance.sealed_state, "any")
