"""Which reasons for not taking up a complaint are lawful."""

from engine import clock
from processes.complaint import codes
from processes.complaint.declining import decline_reasons, lawful_anywhere, lawful_declines, may_decline
from tests.processes.complaint.filing import local

NFRA = "CN-NFRA-2020-3"


def test_order_no_3_knows_one_reason():
    with clock.at(local("2026-03-10")):
        assert may_decline("DEC-NOT-ENTITLED", NFRA)
        assert not may_decline("DEC-ABUSIVE", NFRA)
        assert not may_decline(None, NFRA)
        assert lawful_declines(NFRA, "zh").endswith("(《银行业保险业消费投诉处理管理办法》第十八条)")
        assert "order No. 3 of 2020, Art. 18" in lawful_declines(NFRA, "en")


def test_before_the_order_was_in_force_it_allowed_nothing():
    with clock.at(local("2020-02-29")):
        assert not may_decline("DEC-NOT-ENTITLED", NFRA)


def test_a_regime_without_rows_allows_nothing_and_says_so():
    assert not may_decline("DEC-NOT-ENTITLED", "UK-DISP")
    assert (lawful_declines("UK-DISP", "zh"), lawful_declines(None, "en")) == ("无", "none")


def test_a_company_outside_the_regimes_may_add_reasons():
    assert may_decline("DEC-ABUSIVE", "GENERIC")
    assert lawful_anywhere("DEC-OUT-OF-TIME")
    assert not lawful_anywhere("DEC-TOO-OLD")


def test_every_reason_is_in_the_list_of_reasons():
    assert {reason.code for reason in decline_reasons()} <= set(codes.lists()["outcome_reason"])
