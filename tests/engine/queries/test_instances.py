"""The list of cases: filters, counts, and who sees them."""

import pytest

from engine import commands, queries
from engine.errors import NotFound
from tests.office.installation import NOW


def listed(office, actor, **choices):
    found = office.ask(queries.instance_list, office.site, actor, "en", **choices)
    return [row.business_key for row in found.rows]


def test_counts_and_filters_agree(office):
    office.start("a")
    commands.cancel_instance(office.site, office.start("b"), "mistake", actor=office.eva, now=NOW)
    counts = office.ask(queries.instance_counts, office.site, office.ann)

    assert counts == {"all": 2, "active": 1, "completed": 0, "cancelled": 1}
    assert listed(office, office.ann, status="cancelled") == ["R-B"]
    assert listed(office, office.ann, text="r-a") == ["R-A"]
    assert listed(office, office.ann, process="other") == []


def test_staff_of_other_applications_see_nothing(office):
    case_id = office.start()

    assert listed(office, office.out) == []
    with pytest.raises(NotFound):
        office.ask(queries.visible_instance, office.site, case_id, office.out)
    assert not office.ask(queries.may_see_case, office.site, case_id, office.out)
    assert office.ask(queries.may_see_case, office.site, case_id, office.ann)


def test_a_row_tells_what_the_case_waits_for(office):
    office.start("a")
    row = office.ask(queries.instance_list, office.site, office.ann, "zh").rows[0]

    assert (row.process, row.version, row.status, row.waits_at, row.incidents) == ("申请", 1, "active", ("审查",), 0)


def test_the_filter_offers_the_processes_one_may_see(office):
    assert office.ask(queries.process_names, office.site, office.ann, "en") == (("request", "Request"),)
    assert office.ask(queries.process_names, office.site, office.out, "en") == ()
