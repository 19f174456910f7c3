"""What consumers send to their open complaint: material, a withdrawal, answers to the survey; each arrives once."""

import io

import pytest
from sqlalchemy import select

from engine import commands
from engine.errors import FileRefused, InvalidInput, MessageRejected, NotFound, TooLate
from engine.forms import UploadedFile
from engine.models import Attachment, Message, Subscription, UserTask
from processes.complaint import consumer, messages
from processes.complaint.consumer import Survey
from tests.bank import NOW

ANSWERED = Survey(5, 4, "yes", " 谢谢 ")


@pytest.fixture
def case_id(bank):
    return bank.file().case_id


@pytest.fixture
def ended(bank, case_id):
    eva = bank.person("eva", "admin")
    commands.cancel_instance(bank.site, case_id, "the case ends here", actor=eva, now=NOW)
    return case_id


@pytest.fixture
def asked(bank, case_id):
    """A case that waits for the survey."""
    wait_for(bank, case_id, consumer.SURVEY)
    return case_id


def wait_for(bank, case_id, name):
    """Let the case wait for a message, as a later part of the diagram does."""
    with bank.database.transaction() as session:
        row = {"id": name, "element_id": "x", "name": name, "business_key": "elsewhere", "created_at": NOW}
        session.add(Subscription(instance_id=case_id, **row))


def upload(name="bill.txt", content=b"a bill"):
    return UploadedFile(name, "text/plain", len(content), io.BytesIO(content))


def send(bank, case_id, text="新的情况", *files, sender_key="k1"):
    consumer.send_material(bank.site, case_id, text, files, sender_key=sender_key, now=NOW)


def withdraw(bank, case_id, reason="solved", text="", sender_key="k1"):
    consumer.withdraw(bank.site, case_id, reason, text, sender_key=sender_key, now=NOW)


def answer(bank, case_id, survey, sender_key="k1"):
    consumer.answer_survey(bank.site, case_id, survey, sender_key=sender_key, now=NOW)


def written(bank, case_id):
    """(kind, text, number of files) of what consumers wrote."""
    with bank.reading() as session:
        return [(each.kind, each.text, len(each.attachments)) for each in messages.messages(session, case_id)]


def sent(bank):
    """(name, state) of every message."""
    with bank.database.reading() as session:
        return [tuple(row) for row in session.execute(select(Message.name, Message.state))]


def open_tasks(bank):
    with bank.database.reading() as session:
        return set(session.scalars(select(UserTask.element_id).where(UserTask.status == "open")))


def waits_for(bank, case_id):
    with bank.database.reading() as session:
        return consumer.awaited(session, case_id)


# --- material ---------------------------------------------------------------------------------------------------------


def test_an_open_case_takes_material_and_withdrawals_and_no_survey_yet(bank, case_id):
    assert {consumer.MATERIAL, consumer.WITHDRAW} <= waits_for(bank, case_id)
    assert consumer.SURVEY not in waits_for(bank, case_id)


def test_material_opens_a_task_and_stands_in_the_consumers_words(bank, case_id):
    send(bank, case_id, "  新的情况 ", upload(), upload("photo.txt", b"another"))

    assert written(bank, case_id) == [("material", "新的情况", 2)]
    assert sent(bank) == [("material", "delivered")]
    assert "assess_material" in open_tasks(bank)


def test_files_without_a_word_are_told_by_their_names(bank, case_id):
    send(bank, case_id, " ", upload("bill.txt"), upload("receipt.txt", b"b"))

    assert written(bank, case_id) == [("material", "bill.txt\nreceipt.txt", 2)]


def test_neither_word_nor_file_is_nothing(bank, case_id):
    with pytest.raises(InvalidInput, match="Write something"):
        send(bank, case_id, " ")

    assert sent(bank) == []


def test_a_text_may_be_as_long_as_is_said_and_no_longer(bank, case_id):
    send(bank, case_id, "长" * messages.LONGEST)

    with pytest.raises(InvalidInput, match=str(messages.LONGEST)):
        send(bank, case_id, "长" * (messages.LONGEST + 1), sender_key="k2")
    assert len(sent(bank)) == 1


def test_the_same_material_twice_arrives_once(bank, case_id):
    for _ in range(2):
        send(bank, case_id, "新的情况", upload())

    assert written(bank, case_id) == [("material", "新的情况", 1)]
    assert sent(bank) == [("material", "delivered")]
    with bank.database.reading() as session:
        assert len(session.scalars(select(Attachment)).all()) == 1


def test_a_refused_file_leaves_nothing_behind(bank, case_id):
    with pytest.raises(FileRefused, match=r"photo\.jpg"):
        send(bank, case_id, "新的情况", upload("photo.jpg", b"MZ\x90\x00" * 20))

    assert (sent(bank), written(bank, case_id)) == ([], [])


def test_what_we_asked_for_answers_the_request_and_is_not_assessed_as_new(bank, case_id):
    wait_for(bank, case_id, consumer.REQUESTED)

    send(bank, case_id)

    assert [name for name, _ in sent(bank)] == [consumer.REQUESTED]
    assert "assess_material" not in open_tasks(bank)


def test_a_closed_case_takes_no_material_and_keeps_no_words(bank, ended):
    with pytest.raises(consumer.ComplaintClosed):
        send(bank, ended)

    assert written(bank, ended) == []


def test_a_case_that_does_not_exist_takes_nothing(bank):
    with pytest.raises(NotFound):
        send(bank, "nothing")


# --- withdrawal -------------------------------------------------------------------------------------------------------


def test_a_withdrawal_waits_for_staff_and_says_why_in_the_language_of_the_complaint(bank, case_id):
    withdraw(bank, case_id, text=" 已经退款 ")

    [(kind, text, files)] = written(bank, case_id)
    assert (kind, files) == ("withdraw", 0)
    assert text.splitlines()[1:] == ["已经退款"]
    assert "solved" not in text
    assert "confirm_withdrawal" in open_tasks(bank)


def test_the_same_withdrawal_twice_opens_one_task(bank, case_id):
    for _ in range(2):
        withdraw(bank, case_id)

    assert sent(bank) == [("withdraw", "delivered")]
    assert len(written(bank, case_id)) == 1


def test_a_reason_that_is_no_code_is_refused(bank, case_id):
    with pytest.raises(InvalidInput):
        withdraw(bank, case_id, "because")

    assert sent(bank) == []


def test_once_a_measure_has_begun_it_is_too_late_to_withdraw(bank, case_id):
    bank.change(case_id, measure_started_at=NOW)

    with pytest.raises(consumer.WithdrawalTooLate):
        withdraw(bank, case_id)
    assert "confirm_withdrawal" not in open_tasks(bank)


def test_a_closed_case_cannot_be_withdrawn(bank, ended):
    with pytest.raises(MessageRejected):
        withdraw(bank, ended)


# --- survey -----------------------------------------------------------------------------------------------------------


def test_answers_reach_a_case_that_waits_for_them(bank, asked):
    answer(bank, asked, ANSWERED)

    assert [name for name, _ in sent(bank)] == [consumer.SURVEY]


def test_the_same_answers_twice_are_one_message(bank, asked):
    for _ in range(2):
        answer(bank, asked, ANSWERED)

    assert len(sent(bank)) == 1


def test_a_case_that_asked_nothing_takes_no_answers(bank, case_id):
    with pytest.raises(TooLate, match="survey is closed"):
        answer(bank, case_id, ANSWERED)

    assert sent(bank) == []


@pytest.mark.parametrize("scores", [(0, 3), (3, 0), (6, 3), (3, 6)])
def test_a_score_is_a_number_from_one_to_five(bank, asked, scores):
    with pytest.raises(InvalidInput, match="from 1 to 5"):
        answer(bank, asked, Survey(*scores, "yes"))

    assert sent(bank) == []


def test_whether_it_is_solved_is_one_of_the_codes(bank, asked):
    with pytest.raises(InvalidInput):
        answer(bank, asked, Survey(3, 3, "perhaps"))


def test_a_comment_is_no_longer_than_a_message(bank, asked):
    with pytest.raises(InvalidInput, match=str(messages.LONGEST)):
        answer(bank, asked, Survey(3, 3, "yes", "长" * (messages.LONGEST + 1)))
