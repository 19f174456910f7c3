"""Numbers of complaints and the access codes to them."""

from engine.models import Sequence
from processes.complaint import access_code
from processes.complaint.numbers import increased, next_number
from processes.complaint.tables import Complaint
from tests.processes.complaint.filing import local


def test_numbers_run_by_day_and_unit(transaction):
    with transaction() as session:
        day = local("2026-03-10")
        assert next_number(session, {}, day) == "TS-20260310-HQ-00001"
        assert next_number(session, {"complaint.received_by_unit": "hq.cp"}, day) == "TS-20260310-HQCP-00001"
        assert next_number(session, {}, day) == "TS-20260310-HQ-00002"
        assert next_number(session, {}, local("2026-03-11", "00:00")) == "TS-20260311-HQ-00001"
        assert next_number(session, {"complaint.received_by_unit": "总行"}, day) == "TS-20260310-HQ-00003"


def test_a_sequence_goes_on_in_the_next_transaction(transaction):
    with transaction() as session:
        assert [increased(session, "x"), increased(session, "x")] == [1, 2]
    with transaction() as session:
        assert increased(session, "x") == 3
        assert session.get_one(Sequence, "x").value == 3


def test_the_code_opens_its_own_complaint_however_it_is_typed(file_complaint, transaction):
    file_complaint("case-1")
    file_complaint("case-2")
    with transaction() as session:
        code = access_code.current(session, "case-1")
        assert len(code) == 10
        assert set(code) <= set(access_code.ALPHABET)
        typed = f" {code[:5].lower()}-{code[5:]} "
        assert access_code.check_access(session, " ts-20260310-hq-00001", typed) == "case-1"
        assert access_code.check_access(session, "TS-20260310-HQ-00002", code) is None
        assert access_code.check_access(session, "TS-20260310-HQ-00099", code) is None
        assert access_code.check_access(session, "TS-20260310-HQ-00001", "") is None


def test_only_a_digest_is_stored_and_a_new_code_voids_the_old(file_complaint, transaction):
    file_complaint()
    with transaction() as session:
        old = access_code.current(session, "case-1")
        assert old not in session.get_one(Complaint, "case-1").access_hash
        new = access_code.reissue(session, "case-1")
    with transaction() as session:
        assert access_code.current(session, "case-1") == new != old
        assert access_code.check_access(session, "TS-20260310-HQ-00001", old) is None
        assert access_code.check_access(session, "TS-20260310-HQ-00001", new) == "case-1"
