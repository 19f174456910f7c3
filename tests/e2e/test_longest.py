"""The longest ways through the office, worked by hand in a real browser; every page visited is checked with axe."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.staging import file_by_hand

pytestmark = pytest.mark.browser

#: What nobody asks for on these ways, so that they go where their story says.
PLAIN = {"appraisal_wanted": "no", "site_check_wanted": "no", "partner_wanted": "no", "panel_wanted": "no"}
#: Triage as it mostly is.
TRIAGE = {
    "complaint__matter_type": "complaint",
    "complaint__respondent_scope": "own",
    "complaint__identity_verified": "verified",
    "complaint__authority_proof": "not_needed",
    "complaint__dup_state": "none",
    "complaint__facts_sufficient": "yes",
    "complaint__event_cause": "none",
    "complaint__appraisal_needed": "no",
    "complaint__partner_involved": "no",
    "complaint__quick_agreed": "no",
    "complaint__cat_b": "B.CARD.CREDIT.USE",
    "complaint__cat_c": "C.PRICE",
}


def to_findings(case, *, legal="no", **triage):
    """From the registration to the findings."""
    case.do("register", **TRIAGE, **{"complaint__flags": "none", **triage})
    if "assign" in case.open_steps():
        case.do("assign")
    case.do("accept_assignment", assignment_reply="accept", no_conflict="yes")
    case.do("first_contact", contact_result="reached")
    case.do("plan", **PLAIN, legal_wanted=legal, complaint__co_units="none")


def mediate(case, proposal):
    """The consumer agrees to mediation on the own page; it takes three days and comes to nothing."""
    case.do("draft_solution", **proposal, solution_next="mediate")
    case.to_consumer()
    case.page.locator("input[name=reply][value=accept]").check(force=True)
    case.page.locator("form[action$='/track/proposal'] button").click()
    case.page.wait_for_load_state()
    case.do("apply_for_mediation", suspension_reason="MEDIATION", joint_application="yes")
    case.look("handler_credit1")
    case.days_go_by(3)
    case.do("mediation_result", suspension_ended="MEDIATION", suspension_outcome="failed")


def extend(case):
    """The handler asks for more time and gets it."""
    case.send("extension", "handler_credit1")
    case.do("request_extension", extension_answer="yes")
    case.do("approve_extension", complaint__extension__decision="approve")


def test_legal_opinion_mediation_extension_and_five_approvals(office, open_page, accessible):
    case = file_by_hand(office, open_page("zh"), "zh", accessible, complaint__amount_claimed="200000")
    to_findings(case, legal="yes", complaint__flags="special_group")
    case.do("findings", findings_result="complete", complaint__finding="not_upheld", complaint__flags="special_group")
    case.do("legal_review", legal_reply="agree")

    gift = {
        "complaint__demand_answers__answer": "reject",
        "complaint__measures": {"rows": {1: 1}},
        "complaint__measures__amount": "120000",
        "complaint__nature": "goodwill",
        "complaint__confidentiality_clause": "no",
        "consult_wanted": "no",
    }
    mediate(case, gift)
    extend(case)

    case.do("draft_solution", **gift, solution_next="submit")
    sound = {"effectiveness": "ok", "legality": "ok", "feasibility": "ok", "approval": "approve"}
    approvers = [case.do("approve", **sound) for _ in range(5)]
    assert len(set(approvers)) == 5
    case.do("issue_decision")

    case.to_consumer()
    assert all(any(word in letter for letter in case.letters()) for word in ("延长办理期限", "调解", "处理决定"))
    case.to_the_end()
    assert case.end() == "complaint_closed"


def test_the_regulator_takes_up_an_open_case_asks_and_gets_an_approved_reply(office, open_page, accessible):
    case = file_by_hand(office, open_page("en", "narrow"), "en", accessible)
    to_findings(case)
    case.send("regulator_transfer", "liaison1")
    case.do("record_transfer", complaint__regulator__authority="PBOC")
    case.send("regulator_query", "liaison1")
    case.do("answer_query")
    case.do("approve_query_answer", reply_reply="approve")
    case.do("findings", findings_result="complete", complaint__finding="upheld")
    case.do("draft_solution", solution_next="submit", consult_wanted="no")
    case.to_step("issue_decision")
    case.do("issue_decision")
    case.do("reply_to_regulator")
    case.do("approve_reply", reply_reply="return")
    case.do("reply_to_regulator")
    case.do("approve_reply", reply_reply="approve")

    case.look("liaison1")
    case.page.locator("a[href*='/notices/']", has_text="Reply to regulator").first.click()
    accessible(case.page)
    case.page.locator("#copy-purpose").select_option(index=1)
    case.page.get_by_role("button", name="Open the letter").click()
    expect(case.page.locator("main")).to_contain_text(case.number)
    accessible(case.page)
    case.to_the_end()
    assert case.end() == "complaint_closed"


def test_a_decision_of_a_branch_is_reviewed_and_upheld(office, open_page, accessible):
    case = file_by_hand(office, open_page("en", "narrow"), "en", accessible)
    to_findings(case)
    case.do("findings", findings_result="complete", complaint__finding="not_upheld")
    case.do("draft_solution", solution_next="submit", consult_wanted="no")
    case.to_step("issue_decision")
    case.do("issue_decision", complaint__branch_decision="yes")

    case.to_consumer()
    page = case.page
    page.locator("section:has(#review-title) summary").click()
    page.locator("input[name=grounds]").first.check(force=True)
    page.fill("textarea[name=wish]", "The fee was never announced. Please look at it again.")
    page.locator("form[action$='/track/review'] button").click()
    page.wait_for_load_state()
    accessible(page)

    review = case.matter("review")
    review.do("review_intake", matter__review__admission="admit")
    reviewer = review.do("review_examine", matter__review__outcome="uphold")
    assert review.do("review_approve", review_reply="approve") != reviewer
    review.look("reviewer1")
    assert review.end() == "review_upheld"

    case.to_consumer()
    expect(page.locator("section:has(#notices-title)")).to_contain_text(re.compile("review", re.IGNORECASE))


def test_twenty_people_in_the_lobby_begin_a_crisis_which_is_led_to_its_end(office, open_page, accessible):
    case = file_by_hand(office, open_page("zh"), "zh", accessible)
    case.do("register", **TRIAGE, complaint__flags="none", complaint__joint_persons="20")

    crisis = case.matter("crisis")
    crisis.do("crisis_declare", crisis_declared="yes", matter__crisis__statement_wanted="yes")
    crisis.do("crisis_checklist")
    crisis.do("crisis_report")
    crisis.do("crisis_approve_report", report_reply="return")
    crisis.do("crisis_report")
    crisis.do("crisis_approve_report", report_reply="approve")
    crisis.do("crisis_send_report")
    crisis.do("crisis_statement")
    crisis.do("crisis_check_statement", statement_reply="approve")
    crisis.do("crisis_approve_statement", statement_reply="approve")
    crisis.do("crisis_publish")
    crisis.do("crisis_log", crisis_goes_on="yes")
    crisis.do("crisis_log", crisis_goes_on="no")
    crisis.do("crisis_end")
    crisis.do("crisis_approve_end", end_reply="approve")

    crisis.look("cp_manager1")
    assert crisis.end().startswith("crisis")
    case.look("cp_manager1")
    case.page.get_by_role("link", name="相关案件").click()
    expect(case.page.get_by_role("main")).to_contain_text(crisis.number)
