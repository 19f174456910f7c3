"""What changes from one content to the next."""

from engine.reference import changes
from tests.engine.reference.prices import prices, row

TABLE = prices()


def test_rows_are_added_changed_ended_and_taken_away():
    old = [row("tea"), row("nuts"), row("salt"), row("rice")]
    new = [row("tea"), row("nuts", price="3"), row("salt", until="2026-06-30"), row("salt", since="2026-07-01")]

    found = changes(TABLE, old, new)

    assert found.counts == {"added": 1, "changed": 1, "ended": 1, "removed": 1}
    assert (found.changed[0].columns, found.changed[0].new["price"]) == (("price",), "3")
    assert found.ended[0].new["thing"] == "salt"
    assert found.added[0]["effective_from"] == "2026-07-01"
    assert found.removed[0]["thing"] == "rice"


def test_a_longer_life_is_a_change_and_not_an_end():
    found = changes(TABLE, [row(until="2026-06-30")], [row()])

    assert found.counts == {"added": 0, "changed": 1, "ended": 0, "removed": 0}


def test_another_order_is_no_change():
    assert not changes(TABLE, [row("tea"), row("nuts")], [row("nuts"), row("tea")])
