"""The tree of units: reading its table, asking who stands above whom, in memory and in the database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from engine import organisation
from engine.models import UnitAncestor
from engine.organisation import BadOrganisation, Organisation, Unit

DAY = date(2026, 3, 2)


def row(key, parent="", kind="department", zh="名", en="Name", since="", until=""):
    return {
        "key": key,
        "parent": parent,
        "kind": kind,
        "zh": zh,
        "en": en,
        "effective_from": since,
        "effective_to": until,
    }


BANK = [
    row("HQ", kind="head"),
    row("HQ.IT", "HQ"),
    row("B1", "HQ", "branch", "一分行", "Branch one"),
    row("O1", "B1", "outlet"),
    row("O2", "B1", "outlet"),
]


@pytest.fixture
def bank():
    return organisation.read(BANK, DAY)


def test_the_way_up_leads_over_each_superior_to_the_top(bank):
    assert bank.path("O1") == ("O1", "B1", "HQ")
    assert bank.superior("O1") == "B1"
    assert bank.superior("HQ") is None
    assert bank.at("O1", "branch") == "B1"
    assert bank.at("B1", "branch") == "B1"
    assert bank.at("HQ", "branch") is None
    assert bank.roots() == ("HQ",)
    assert [unit.key for unit in bank.below("B1")] == ["O1", "O2"]
    assert (bank["B1"].name("zh_CN"), bank["B1"].name("en")) == ("一分行", "Branch one")


@pytest.mark.parametrize("unknown", ["X", "", None])
def test_a_unit_that_is_not_known_has_no_place(bank, unknown):
    assert bank.path(unknown) == ()
    assert bank.superior(unknown) is None
    assert bank.at(unknown, "head") is None


def test_what_names_no_known_unit_is_head_offices(bank):
    assert bank.placed(["O1", None, "X"]) == {"O1", "HQ"}
    assert bank.placed([]) == {"HQ"}
    assert Organisation().placed(["O1"]) == frozenset()


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([row("A", "B"), row("B", "A")], "unit “A” stands above itself: A → B → A"),
        ([row("A", "A")], "unit “A” stands above itself: A → A"),
        ([row("A", "Z")], "unit “A” stands below “Z”, which does not exist"),
        ([row("A", kind="palace")], "unit “A” is of the kind “palace”; kinds are head, branch"),
        ([row("")], "unit “” needs a key"),
        ([row("A@B")], "unit “A@B” needs a key"),
        ([row("A B")], "unit “A B” needs a key"),
        ([row("A", zh="")], "unit “A” needs a name in Chinese and in English"),
        ([row("A"), row("A")], "unit “A” has two rows that hold on the same day"),
        ([row("A", until="2026-01-31"), row("A", since="2026-01-31")], "unit “A” has two rows"),
        ([row("A", since="2026-02-01", until="2026-01-31")], "unit “A” ends before it begins"),
        ([row("A", since="soon")], "unit “A” has a day that is not written as 2026-03-31"),
        ([{"key": "A"}], "unit “A” has no column parent"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_its_row(rows, why):
    with pytest.raises(BadOrganisation) as refused:
        organisation.read(rows, DAY)
    assert why in refused.value.message


def test_rows_hold_on_their_days_and_a_closed_unit_keeps_its_place():
    rows = [
        row("HQ", kind="head"),
        row("B1", "HQ", "branch"),
        row("B2", "HQ", "branch"),
        row("O1", "B1", "outlet", until="2026-02-28"),
        row("O1", "B2", "outlet", since="2026-03-01"),
        row("old", "B1", "outlet", until="2025-12-31"),
        row("new", "B1", "outlet", since="2026-03-03"),
    ]

    assert organisation.read(rows, date(2026, 2, 28)).superior("O1") == "B1"
    today = organisation.read(rows, DAY)
    assert today.superior("O1") == "B2"
    assert today.path("old") == ("old", "B1", "HQ")
    assert "new" not in today


def test_feel_asks_the_tree_and_finds_somebody_everywhere_in_a_trial_run(bank):
    functions = organisation.functions(lambda: bank)

    assert functions["unit_superior"]("O1") == "B1"
    assert functions["unit_superior"](None) is None
    assert functions["unit_path"]("O1") == ["O1", "B1", "HQ"]
    assert functions["unit_at"]("O1", "head") == "HQ"
    assert functions["has_holder"]("nobody", "O1") is True
    assert functions["acting_person"]() is None


# --- in the database


def stored(session):
    return {(row.unit_key, row.ancestor_key): row.distance for row in session.scalars(select(UnitAncestor))}


@pytest.mark.store
def test_the_database_knows_every_unit_above_every_unit(database, bank):
    with database.transaction() as session:
        organisation.materialise(session, bank)
        organisation.materialise(session, bank)

        assert stored(session)["O1", "O1"] == 0
        assert stored(session)["O1", "HQ"] == 2
        assert len(stored(session)) == 1 + 2 + 2 + 3 + 3


@pytest.mark.store
def test_a_unit_that_moves_takes_all_below_along_and_one_that_left_the_table_keeps_its_place(database, bank):
    moved = organisation.read(
        [row("HQ", kind="head"), row("R", "HQ", "branch"), row("B1", "R", "branch"), row("O1", "B1", "outlet")], DAY
    )
    with database.transaction() as session:
        organisation.materialise(session, bank)
        organisation.materialise(session, moved)

        assert stored(session)["O1", "R"] == 2
        assert stored(session)["O1", "HQ"] == 3
        assert stored(session)["O2", "B1"] == 1


@given(st.lists(st.integers(0, 30), max_size=30))
def test_every_tree_leads_from_each_unit_to_the_top_over_its_superiors(parents):
    """`parents`: for unit n, the number of a unit before it."""
    units = [Unit("0", "", "head", "0", "0")]
    units += [Unit(str(n), str(parent % n), "outlet", str(n), str(n)) for n, parent in enumerate(parents, 1)]
    tree = Organisation(units)

    for unit in tree:
        path = tree.path(unit.key)
        assert path[0] == unit.key
        assert path[-1] == "0"
        assert [tree.superior(key) for key in path] == [*path[1:], None]
        assert all(unit.key in {below.key for below in tree.below(parent)} for parent in path[1:2])
