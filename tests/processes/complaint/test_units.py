"""The shipped table of units, and the list of codes that forms show."""

from engine import clock, reference
from processes.complaint import codes, units
from processes.complaint.matters import RECORDS
from processes.complaint.units import organisation
from tests.processes.complaint.filing import local


def test_the_shipped_organisation_has_a_head_office_branches_outlets_departments_and_a_partner():
    tree = organisation()

    assert tree.roots() == ("HQ",)
    kinds = [unit.kind for unit in tree]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "head": 1,
        "department": 14,
        "branch": 2,
        "outlet": 4,
        "partner": 1,
    }
    assert all(tree.at(unit.key, "branch") for unit in tree if unit.kind == "outlet")


def test_forms_choose_among_the_units_that_are_open():
    options = {option["value"]: option for option in codes.codes("unit")}

    assert {"HQ.CP", "HQ.CC", "BRANCH", "OUTLET"} <= options.keys()
    assert options["OUTLET"]["parent"] == "BRANCH"
    assert codes.label("unit", "BRANCH", "zh") == "第一分行"
    with clock.at(local("2011-12-31")):
        assert units.open_units() == []


def test_a_closed_unit_is_no_choice_but_keeps_its_place():
    shipped = reference.rows("organisation")
    closed = {**shipped[-1], "key": "OLD", "parent": "BRANCH", "effective_to": "2026-03-09"}
    with reference.instead("organisation", (*shipped, closed)):
        with clock.at(local("2026-03-10")):
            assert "OLD" not in {unit.key for unit in units.open_units()}
            assert organisation().superior("OLD") == "BRANCH"
        with clock.at(local("2026-03-09")):
            assert "OLD" in {unit.key for unit in units.open_units()}


def test_a_companion_case_concerns_the_units_of_its_complaint_and_of_those_who_work_on_it():
    review = RECORDS["review"].blank({"complaint.accused_unit": "OUTLET", "complaint.owner_unit": "handler@BRANCH"})
    rectification = RECORDS["rectification"].blank({"rectification.owner": "dept_it@HQ.IT"})

    assert {"OUTLET", "BRANCH"} <= set(units.units_of(review))
    assert "HQ.IT" in set(units.units_of(rectification))
