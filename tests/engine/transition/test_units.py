"""A moving case tells which units it concerns, and its diagram asks who is there."""

import pytest

from engine.errors import InvalidModel, NotFound
from engine.models import InstanceUnit
from engine.organisation import functions
from tests.agreement import disagreements
from tests.applications import model, task
from tests.units import TREE, hire, open_units, user_task


@pytest.fixture
def office(database, vault, tmp_path):
    office = open_units(database, vault, tmp_path, functions=functions(lambda: TREE))
    yield office
    assert disagreements(office) == []


def concerned(office):
    return sorted(row.unit_key for row in office.rows(InstanceUnit))


@pytest.mark.store
def test_a_case_concerns_the_units_that_its_record_names_and_always_the_top(office):
    office.deploy(model(task("a") + task("b") + task("c"), "start > a > b > c > end"))
    office.start()
    assert concerned(office) == ["HQ"]

    office.complete("a", **{"file.phase": "N1"})
    assert concerned(office) == ["HQ", "N1"]
    office.complete("b", **{"file.phase": "S"})
    assert concerned(office) == ["HQ", "S"]
    office.complete("c", **{"file.phase": "no such unit"})
    assert concerned(office) == ["HQ"]


@pytest.mark.store
def test_the_diagram_asks_whether_anybody_holds_a_group_on_a_unit(office):
    here = "${if has_holder(&quot;clerk&quot;, file.phase) then &quot;clerk@&quot; + file.phase else &quot;desk&quot;}"
    office.deploy(model(user_task("a", here), "start > a > end"))
    hire(office, "sue", "clerk@N")

    assert office.claim("a", case=office.start(file__phase="N1"), by="sue")
    assert office.claim("a", case=office.start(file__phase="S1"), by="ann")


@pytest.mark.store
def test_the_diagram_finds_the_way_up(office):
    up = "${&quot;clerk@&quot; + unit_at(unit_superior(file.phase), &quot;branch&quot;)}"
    office.deploy(model(user_task("a", up), "start > a > end"))
    hire(office, "outlet", "clerk@N1")
    hire(office, "sue", "clerk@N")

    case = office.start(file__phase="N1")
    with pytest.raises(NotFound):
        office.claim("a", case=case, by="outlet")
    assert office.claim("a", case=case, by="sue")


def test_a_literal_group_on_a_unit_is_known_to_the_check(office):
    office.deploy(model(user_task("a", "clerk@N1"), "start > a > end"))
    with pytest.raises(InvalidModel):
        office.deploy(model(user_task("a", "ghosts@N1"), "start > a > end"))
