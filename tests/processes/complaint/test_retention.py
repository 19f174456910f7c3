"""How long a file is kept."""

from datetime import date

import pytest

from engine import clock
from processes.complaint.register import ComplaintRegister
from processes.complaint.retention import retentions
from tests.processes.complaint.filing import local


def closed(*started):
    """A complaint received on 10 March and closed on 10 April 2026."""
    with clock.at(local("2026-03-10")):
        complaint = ComplaintRegister().blank({"clock.start": started})
    complaint.set("closed_at", local("2026-04-10"))
    return complaint


@pytest.mark.parametrize(
    ("started", "until"),
    [
        (["CN-NFRA-DEC-1"], date(2031, 4, 10)),
        (["CN-NFRA-DEC-1", "CN-PBOC-DEC-1"], date(2031, 4, 10)),
        (["UK-DISP-FINAL"], date(2032, 3, 10)),
        (["US-CFPB-RESP"], date(2031, 4, 10)),
    ],
)
def test_a_file_is_kept_by_the_longest_rule_of_its_regimes(started, until):
    assert closed(*started).get("retention_until") == until


def test_an_open_case_and_one_that_is_held_have_no_last_day():
    complaint = closed("CN-NFRA-DEC-1")
    complaint.set("hold", True)
    assert complaint.get("retention_until") is None
    complaint.set("hold", False)
    assert complaint.get("retention_until") == date(2031, 4, 10)
    complaint.set("closed_at", None)
    assert complaint.get("retention_until") is None


def test_no_row_keeps_files_for_less_than_the_law_and_one_holds_for_all_others():
    assert {row.regime for row in retentions()} >= {"CN-PBOC-2020-5", "UK-DISP", "*"}
    assert all(row.years >= 5 for row in retentions())
