"""Which units a companion case concerns."""

from processes.complaint.matters import RECORDS
from processes.complaint.register import REGISTER
from processes.complaint.units import units_of


def test_a_companion_case_concerns_its_own_unit_and_those_of_its_complaint():
    record = RECORDS["review"].blank({"unit": "BRANCH", "complaint.accused_unit": "OUTLET"})

    assert set(filter(None, units_of(record))) == {"BRANCH", "OUTLET"}


def test_a_complaint_concerns_the_units_that_it_names():
    assert "OUTLET" in list(units_of(REGISTER.blank({"accused_unit": "OUTLET"})))
