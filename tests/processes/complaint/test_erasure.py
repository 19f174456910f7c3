"""Erasing a person: nothing of theirs stands in clear before, and nothing of it can be read afterwards."""

import io
import json
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from engine import attachments, clock, commands, history, upkeep
from engine.commands import Submitted
from engine.db import Base
from engine.errors import Erased
from engine.forms import UploadedFile
from engine.models import Attachment, Draft, Incident, Job, Message, ProcessInstance, UserTask
from processes.complaint import consumer
from tests.bank import NOW
from tests.webforms.bank import file_complaint
from tests.webforms.conftest import Browser

#: What the person told us, by the place it is put into; all of it our own invention.
PERSON = {
    "complaint.person.full_name": "欧阳司晨",
    "complaint.person.mobile": "13912345678",
    "complaint.person.email": "ouyang.sichen@example.test",
    "complaint.person.id_type": "resident_id",
    "complaint.person.id_no": "11010519491231002X",
    "complaint.narrative": "柜员赵丽娜让我买了理财，后来亏了三万。",
}
WORDS = {
    "draft": "草稿里写的翡翠茶馆",
    "answer": "核实时提到的琥珀巷",
    "material": "补充材料说起的珊瑚桥",
    "file": "附件内容是玛瑙的账单",
    "file name": "珍珠的存折.txt",
    "withdrawal": "撤诉原因写着孔雀路",
}
SECRETS = [*(value for name, value in PERSON.items() if name != "complaint.person.id_type"), *WORDS.values(), "赵丽娜"]
#: What somebody began to type in the form of another task.
DRAFT = {"complaint.texts.new_facts": [WORDS["draft"]]}
KEY_OF = text(
    "SELECT id, wrapped_key FROM data_subject WHERE id = (SELECT subject_id FROM process_instance WHERE id = :case)"
)
#: As the bytes of UTF-8, and as JSON may escape them.
TRACES = sorted({form for each in SECRETS for form in (each.encode(), json.dumps(each)[1:-1].encode())})


class Careless:
    """A mail port that fails and says to whom it could not send."""

    def send(self, to, subject, text, html, message_id):
        raise RuntimeError(f"cannot send to {to}: {text}")


def upload(name, content):
    return UploadedFile(name, "text/plain", len(content), io.BytesIO(content))


def open_task(bank, element_id):
    with bank.database.reading() as session:
        query = select(UserTask.id).where(UserTask.element_id == element_id, UserTask.status == "open")
        return session.scalars(query).one()


@pytest.fixture
def admin(bank):
    return bank.person("eva", "admin")


@pytest.fixture
def officer(bank):
    return bank.person("ann", *(group.key for group in bank.site.applications["complaint"].groups))


@pytest.fixture
def filed(bank, bank_app, officer, admin):
    """A case with the person's values in every place: number, access code, case."""
    number, code = file_complaint(Browser(bank_app), **PERSON)
    case = bank.only_case_id()
    fail_and_retry(bank, admin)
    task_id, file = open_task(bank, "register"), upload(WORDS["file name"], WORDS["file"].encode())
    commands.claim_task(bank.site, task_id, actor=officer, now=NOW)
    consumer.send_material(bank.site, case, WORDS["material"], [file], sender_key="m1", now=NOW)
    consumer.withdraw(bank.site, case, "other", WORDS["withdrawal"], sender_key="w1", now=NOW)
    submitted = Submitted(values={"complaint.summary": WORDS["answer"]})
    commands.complete_task(bank.site, task_id, submitted, actor=officer, now=NOW, key=str(uuid.uuid4()))
    bank.work()
    task_id = open_task(bank, "assess_material")
    commands.claim_task(bank.site, task_id, actor=officer, now=NOW)
    commands.save_draft(bank.site, task_id, DRAFT, actor=officer, now=NOW)
    return number, code, case


def fail_and_retry(bank, admin):
    """Let the first notice fail for good, with the person's address and the letter in the error, and then be sent."""
    bank.site.ports["mail"] = Careless()
    for hours in (0, 1, 2):
        with clock.at(NOW + timedelta(hours=hours)):
            bank.work()
    with bank.database.reading() as session:
        incident = session.scalars(select(Incident.id)).one()
    bank.site.ports["mail"] = bank.post
    commands.retry_job(bank.site, incident, actor=admin, now=NOW)
    bank.work()


def rows(bank):
    """Every value of every table."""
    with bank.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(text(f'SELECT * FROM "{table.name}"')):
                yield from ((table.name, value) for value in row)


def found_in(bank, folder, log):
    """Where something of the person stands in clear."""
    places = [(name, value if isinstance(value, bytes) else str(value).encode()) for name, value in rows(bank)]
    places += [(path.name, path.read_bytes()) for path in folder.rglob("*") if path.is_file()]
    places.append(("log", log.encode()))
    return sorted({(name, trace.decode()) for name, content in places for trace in TRACES if trace in content})


def erase(bank, case, admin):
    commands.cancel_instance(bank.site, case, "the case ends here", actor=admin, now=NOW)
    commands.erase_person(bank.site, case, "the person asked for it", actor=admin, now=NOW)


def test_the_case_fills_every_place_that_may_hold_personal_values(bank, filed):
    with bank.database.reading() as session:
        for table in (Draft, Job, Message, Attachment, Incident):
            assert session.scalars(select(table).limit(1)).first() is not None, table.__name__
    assert bank.post.sent


def test_nothing_personal_stands_in_clear_before_the_erasure(bank, filed, tmp_path, caplog, capfd):
    assert found_in(bank, tmp_path, caplog.text + "".join(capfd.readouterr())) == []


def test_nothing_is_left_after_the_erasure_and_the_history_stays_whole(bank, filed, admin, tmp_path, caplog, capfd):
    with bank.database.reading() as session:
        subject = session.get(ProcessInstance, filed[2]).subject_id
        _, key = session.execute(KEY_OF, {"case": filed[2]}).one()

    erase(bank, filed[2], admin)

    assert found_in(bank, tmp_path, caplog.text + "".join(capfd.readouterr())) == []
    with bank.database.reading() as session:
        assert bank.site.vault.erased_subjects(session) == [subject]
        assert key not in set(session.scalars(text("SELECT wrapped_key FROM data_subject")))
        assert history.verify(session, bank.site.vault, None).broken is None
        for file in session.scalars(select(Attachment)).all():
            with pytest.raises(Erased):
                attachments.read(session, bank.site, file)


def test_another_persons_case_stays_as_it_was(bank, bank_app, filed, admin):
    other = Browser(bank_app)
    number, code = file_complaint(other, **{"complaint.person.full_name": "林小满"})
    erase(bank, filed[2], admin)

    visitor = Browser(bank_app)
    visitor.post("/track", 303, number=number, code=code)
    assert number in visitor.get("/track/case").text("h1")


def test_pages_of_the_erased_case_say_so(bank, bank_app, filed, admin):
    visitor = Browser(bank_app)
    visitor.post("/track", 303, number=filed[0], code=filed[1])
    erase(bank, filed[2], admin)

    browser = Browser(bank_app, admin)
    assert "The personal data of this case was erased" in browser.get(f"/instances/{filed[2]}").text()
    assert "erased" in visitor.get("/track/case", 410).text()
    assert browser.get("/instances").tree is not None
    assert browser.get("/operations").tree is not None


def test_the_destroyed_key_is_nowhere_and_a_restored_back_up_does_not_bring_it_back(bank, filed, admin, tmp_path):
    bank.site.ports["seals"] = tmp_path / "seals"
    with bank.database.reading() as session:
        subject, key = session.execute(KEY_OF, {"case": filed[2]}).one()
    erase(bank, filed[2], admin)
    upkeep.keep_up(bank.site, NOW)
    assert [path for path in tmp_path.rglob("*") if path.is_file() and key in path.read_bytes()] == []
    with bank.database.transaction() as session:
        session.execute(
            text("UPDATE data_subject SET wrapped_key = :key, erased_at = NULL WHERE id = :id"),
            {"key": key, "id": subject},
        )

    assert upkeep.erase_again(bank.site, NOW) == 1
