"""Who gets a notice: holders of a group where their grant reaches, each once."""

import pytest

from engine.models import Person
from processes.complaint.recipients import members, receivers


@pytest.fixture
def people(bank):
    """Two branches, each with a lead; one lead of everything, and somebody with two grants of one group."""
    for username, *grants in (
        ("first", "approver_t2@BRANCH"),
        ("second", "approver_t2@BRANCH2"),
        ("top", "approver_t2"),
        ("both", "approver_t2@OUTLET", "approver_t2@OUTLET3", "qa@BRANCH"),
    ):
        person = bank.person(username, *grants)
        with bank.database.transaction() as session:
            row = session.get_one(Person, person.id)
            row.email, row.language = f"{username}@bank.test", "en" if username == "top" else ""
    return bank


@pytest.mark.parametrize(
    ("group", "reached"),
    [
        ("approver_t2@OUTLET", ["both", "first", "top"]),
        ("approver_t2@BRANCH", ["first", "top"]),
        ("approver_t2@OUTLET3", ["both", "second", "top"]),
        ("approver_t2", ["both", "first", "second", "top"]),
        ("approver_t2@nowhere", ["both", "first", "second", "top"]),
        ("nobody", []),
    ],
)
def test_a_group_on_a_unit_is_who_holds_it_there_or_above(people, group, reached):
    with people.reading() as session:
        found = receivers(session, None, f"group:{group}")

    assert [address.to for address in found.addresses] == [f"{username}@bank.test" for username in reached]
    assert {address.language for address in found.addresses} <= {"zh", "en"}


def test_who_holds_several_groups_counts_once(people):
    with people.reading() as session:
        found = [person.username for person in members(session, ["qa@OUTLET", "approver_t2@OUTLET"])]

    assert found == ["both", "first", "top"]
