"""Who may see a complaint: number and code, a limit on guesses, lost codes, codes given anew by staff."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine import clock, commands, history, identity
from engine.errors import InvalidInput, NotAllowed, NotFound
from engine.models import HistoryEvent
from processes.complaint import access_code, messages, visits
from tests.bank import ANSWERS, NOW

ADDRESS, ELSEWHERE = "192.0.2.7", "192.0.2.8"
#: Right in form, and nobody's.
GUESS = "AAAAAAAAAA"
MAIL = ANSWERS["complaint.person.email"]


@pytest.fixture
def filed(bank):
    return bank.file()


@pytest.fixture
def agent(bank):
    return bank.person("agent", "intake")


def open_case(bank, filed, code=None, address=ADDRESS, now=NOW):
    return visits.open_case(bank.site, filed.number, code or filed.code, address, now)


def guess(bank, number, times, address=ADDRESS):
    for _ in range(times):
        with pytest.raises(visits.AccessRefused):
            visits.open_case(bank.site, number, GUESS, address, NOW)


def is_valid(bank, visit):
    with bank.database.reading() as session:
        return visits.is_valid(session, visit)


def current_code(bank, filed):
    with bank.reading() as session:
        return access_code.current(session, filed.case_id)


def lines(bank, kind):
    """(actor, detail) of the lines of the history."""
    with bank.database.reading() as session:
        query = select(HistoryEvent.actor, HistoryEvent.detail).where(HistoryEvent.kind == kind)
        return [tuple(row) for row in session.execute(query)]


# --- opening ----------------------------------------------------------------------------------------------------------


def test_number_and_code_open_the_case_they_belong_to(bank, filed):
    bank.file()

    visit = open_case(bank, filed)

    assert visit.instance_id == filed.case_id
    assert is_valid(bank, visit)


def test_the_code_of_another_complaint_opens_nothing(bank, filed):
    other = bank.file()

    with pytest.raises(visits.AccessRefused):
        open_case(bank, filed, other.code)


def test_a_wrong_code_and_an_unknown_number_are_refused_alike(bank, filed):
    refusals = []
    for number in (filed.number, "TS-20260101-HQ-99999"):
        with pytest.raises(visits.AccessRefused) as refused:
            visits.open_case(bank.site, number, GUESS, ADDRESS, NOW)
        refusals.append((refused.value.status, str(refused.value)))

    assert refusals[0] == refusals[1]
    assert refusals[0][0] == 422


def test_a_number_is_locked_after_five_guesses_from_anywhere_and_for_a_while(bank, filed):
    guess(bank, filed.number, identity.FAILURES - 1)
    guess(bank, f" {filed.number.lower()} ", 1, ELSEWHERE)

    with pytest.raises(visits.LockedOut, match="15 minutes"):
        open_case(bank, filed, address="192.0.2.9")
    assert open_case(bank, filed, now=NOW + identity.LOCK_OUT + timedelta(seconds=1)).instance_id == filed.case_id


def test_numbers_that_do_not_exist_are_locked_like_others(bank):
    guess(bank, "TS-20260101-HQ-99999", identity.FAILURES)

    with pytest.raises(visits.LockedOut):
        visits.open_case(bank.site, "TS-20260101-HQ-99999", GUESS, ELSEWHERE, NOW)


def test_an_address_that_tries_many_numbers_is_locked_and_others_are_not(bank, filed):
    for number in range(identity.FAILURES_PER_ADDRESS):
        guess(bank, f"TS-20260101-HQ-{number:05}", 1)

    with pytest.raises(visits.LockedOut):
        open_case(bank, filed)
    assert open_case(bank, filed, address=ELSEWHERE).instance_id == filed.case_id


def test_who_gets_in_starts_to_count_anew(bank, filed):
    guess(bank, filed.number, identity.FAILURES - 1)
    open_case(bank, filed)

    guess(bank, filed.number, identity.FAILURES - 1)
    assert open_case(bank, filed).instance_id == filed.case_id


def test_visits_of_a_whole_branch_do_not_lock_its_address(bank, filed):
    for _ in range(identity.FAILURES_PER_ADDRESS + 1):
        visit = open_case(bank, filed)

    assert is_valid(bank, visit)


def test_asking_for_new_codes_is_limited_apart_from_opening(bank, filed):
    for _ in range(identity.FAILURES):
        visits.count_request(bank.site, filed.number, ADDRESS, NOW)

    with pytest.raises(visits.LockedOut):
        visits.count_request(bank.site, filed.number, ELSEWHERE, NOW)
    assert open_case(bank, filed).instance_id == filed.case_id


# --- a lost code ------------------------------------------------------------------------------------------------------


def test_a_new_code_goes_to_the_recorded_address_and_ends_the_old_one(bank, filed):
    visit = open_case(bank, filed)

    visits.send_new_code(bank.site, filed.number, MAIL, NOW)

    [(to, _, text, *_)] = bank.post.sent
    assert to == MAIL
    assert not is_valid(bank, visit)
    guess(bank, filed.number, 1)
    with pytest.raises(visits.AccessRefused):
        open_case(bank, filed)
    assert current_code(bank, filed) in text
    assert is_valid(bank, open_case(bank, filed, current_code(bank, filed)))


def test_the_recorded_address_is_written_to_whichever_contact_was_named(bank, filed):
    visits.send_new_code(bank.site, filed.number.lower(), "138-0013-8000", NOW)

    assert [to for to, *_ in bank.post.sent] == [MAIL]


@pytest.mark.parametrize("contact", ["", " ", "somebody@example.test", "13900139000"])
def test_who_names_no_contact_of_the_complaint_gets_nothing(bank, filed, contact):
    visits.send_new_code(bank.site, filed.number, contact, NOW)

    assert bank.post.sent == []
    assert is_valid(bank, open_case(bank, filed))


def test_the_letter_is_written_in_the_language_of_the_complaint(bank):
    filed = bank.file(**{"complaint.language": "en"})

    visits.send_new_code(bank.site, filed.number, MAIL, NOW)

    assert bank.post.sent[0][1] == f"New access code for complaint {filed.number}"


def test_a_sent_code_is_recorded_without_the_code(bank, filed):
    visits.send_new_code(bank.site, filed.number, MAIL, NOW)

    [(actor, detail)] = lines(bank, "access_code_sent")
    assert actor == identity.CONSUMER.username
    assert b"email" in detail
    assert current_code(bank, filed).encode() not in detail
    with bank.reading() as session:
        assert history.verify(session, bank.site.vault, None).broken is None


def test_mail_that_fails_is_not_told_to_who_asked_and_leaves_no_address_in_the_log(bank, filed, caplog):
    bank.post.failures = 1

    visits.send_new_code(bank.site, filed.number, MAIL, NOW)

    assert "TopicFailed" in caplog.text
    assert MAIL not in caplog.text


def test_without_an_address_staff_are_told_once_a_day_and_the_old_code_stays(bank):
    filed = bank.file(**{"complaint.person.email": "", "complaint.preferred_channel": "phone"})

    for hours in (0, 1, 24):
        visits.send_new_code(bank.site, filed.number, "13800138000", NOW + timedelta(hours=hours))

    with bank.reading() as session:
        assert len(messages.messages(session, filed.case_id)) == 2
    assert is_valid(bank, open_case(bank, filed))
    assert lines(bank, "access_code_sent") == []


def test_nothing_is_sent_for_somebody_who_was_erased(bank, filed):
    eva = bank.person("eva", "admin")
    commands.cancel_instance(bank.site, filed.case_id, "the case ends here", actor=eva, now=NOW)
    commands.erase_person(bank.site, filed.case_id, "the person asked for it", actor=eva, now=NOW)

    visits.send_new_code(bank.site, filed.number, MAIL, clock.now())

    assert bank.post.sent == []
    assert lines(bank, "access_code_sent") == []


# --- codes given by staff ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("check", visits.IDENTITY_CHECKS)
def test_staff_give_a_new_code_and_say_how_they_checked_the_identity(bank, filed, agent, check):
    visit = open_case(bank, filed)

    code = visits.reissue_code(bank.site, filed.case_id, check, actor=agent, now=NOW)

    assert code != filed.code
    assert not is_valid(bank, visit)
    assert is_valid(bank, open_case(bank, filed, code))
    [(actor, detail)] = lines(bank, "access_code_reissued")
    assert (actor, check.encode() in detail, code.encode() in detail) == ("agent", True, False)


@pytest.mark.parametrize("check", ["", "trust"])
def test_without_a_check_of_the_identity_there_is_no_new_code(bank, filed, agent, check):
    with pytest.raises(InvalidInput, match="how you checked"):
        visits.reissue_code(bank.site, filed.case_id, check, actor=agent, now=NOW)

    assert is_valid(bank, open_case(bank, filed))


def test_an_admin_may_give_codes_and_others_may_not(bank, filed):
    visits.reissue_code(bank.site, filed.case_id, "document", actor=bank.person("eva", "admin"), now=NOW)

    with pytest.raises(NotAllowed):
        visits.reissue_code(bank.site, filed.case_id, "document", actor=bank.person("otto", "auditor"), now=NOW)
    for nobody in (bank.person("guest"), identity.CONSUMER):
        with pytest.raises(NotFound):
            visits.reissue_code(bank.site, filed.case_id, "document", actor=nobody, now=NOW)
    assert len(lines(bank, "access_code_reissued")) == 1


def test_a_case_that_does_not_exist_gets_no_code(bank, agent):
    with pytest.raises(NotFound):
        visits.reissue_code(bank.site, "nothing", "document", actor=agent, now=NOW)
