"""The rows that are in force for this process."""

import hashlib
import threading

import pytest

from engine import identity, reference
from engine.models import ReferenceVersion
from tests.counting import counting
from tests.engine.reference.prices import declared, prices, row

pytestmark = pytest.mark.store


@pytest.fixture
def store_version(database, moment):
    """Puts rows into the database as a version: (table, rows, number, state)."""
    with database.transaction() as session:
        person_id = identity.add_person(session, "ann", "Ann", moment)

    def store(table, rows, number=1, state=reference.CONFIRMED):
        content = reference.write(table, rows)
        with database.transaction() as session:
            session.add(
                ReferenceVersion(
                    table_name=table.name,
                    number=number,
                    base=number - 1,
                    content=content,
                    sha256=hashlib.sha256(content).hexdigest(),
                    state=state,
                    proposed_by=person_id,
                    proposed_at=moment,
                )
            )

    return store


def things():
    return [each["thing"] for each in reference.rows("prices")]


def test_without_a_version_the_rows_are_the_shipped_ones(database):
    declared()
    reference.follow(database)

    assert things() == ["tea", "nuts"]


def test_the_newest_confirmed_version_is_in_force(database, store_version):
    table = declared()
    store_version(table, [row("salt")], 1)
    store_version(table, [row("rice")], 2)
    store_version(table, [row("milk")], 3, reference.REJECTED)
    store_version(table, [row("oil")], 4, reference.PROPOSED)
    assert things() == ["tea", "nuts"]

    reference.follow(database)

    assert things() == ["rice"]


def test_refreshing_asks_one_question_while_nothing_changed(database, store_version):
    table = declared()
    store_version(table, [row("salt")])
    reference.follow(database)
    before = reference.rows("prices")

    with counting(database) as count:
        reference.follow(database)

    assert len(count.statements) == 1
    assert reference.rows("prices") is before


def test_reading_asks_nothing(database, store_version):
    store_version(declared(), [row("salt")])
    reference.follow(database)

    with counting(database) as count:
        things()

    assert count.statements == []


def test_where_the_table_overlays_shipped_rows_stay_beside_those_of_the_version(database, store_version):
    table = declared(overlays=True)
    store_version(table, [row("nuts", price="9"), row("salt")])
    reference.follow(database)

    assert [(each["thing"], each["price"]) for each in reference.rows("prices")] == [
        ("tea", "2.50"),
        ("nuts", "9"),
        ("salt", "2.50"),
    ]


def test_what_is_made_of_a_table_is_kept_until_its_rows_are_others(database, store_version):
    table = declared()
    made = []

    @reference.derived("prices")
    def first(letters):
        made.append(letters)
        return things()[0][:letters]

    assert [first(2), first(2), first(3)] == ["te", "te", "tea"]
    store_version(table, [row("salt")])
    reference.follow(database)
    assert [first(2), first(2)] == ["sa", "sa"]
    assert made == [2, 3, 2]


def test_rows_can_be_tried_by_one_thread_without_the_others_seeing_them():
    declared()
    seen = []

    with reference.instead("prices", (row("gold"),)):
        other = threading.Thread(target=lambda: seen.append(things()))
        other.start()
        other.join()
        assert things() == ["gold"]

    assert seen == [["tea", "nuts"]]
    assert things() == ["tea", "nuts"]


def test_a_version_of_a_table_that_the_program_no_longer_has_is_passed_over(database, store_version):
    store_version(prices(name="forgotten"), [row("salt")])
    declared()
    reference.follow(database)

    with pytest.raises(KeyError):
        reference.rows("forgotten")
    assert things() == ["tea", "nuts"]
