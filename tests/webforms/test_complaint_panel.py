"""A complaint beside a task: what it is about and how much time is left, personal values masked unless asked for."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from engine import clock, commands, queries
from engine.commands.disclosures import PURPOSES
from engine.identity import CONSUMER
from engine.models import ProcessInstance
from engine.queries.audit import audit_lines
from processes.complaint import letters
from processes.complaint.tables import ComplaintNotice
from tests.bank import NOW
from tests.webforms.bank import file_complaint
from tests.webforms.conftest import Browser
from webforms import panels
from webforms.complaint_panel import LABELS


@pytest.fixture
def li(bank):
    return bank.person("li", "intake")


@pytest.fixture
def app(bank, bank_app):
    """The pages, with one complaint filed."""
    file_complaint(Browser(bank_app), **{"complaint.narrative": "年费被收取，请回电13800138000。"})
    bank.work()
    return bank_app


@pytest.fixture
def page(bank, app, li):
    """The task of the first case, as an intake officer reads it."""
    with bank.database.reading() as session:
        task = queries.task_list(session, li, "en", NOW, wanted=queries.TaskFilter("unassigned")).rows[0]

    def read(language):
        return Browser(app, li, language).get(f"/tasks/{task.id}")

    return read


@pytest.fixture
def ask(bank, app, li):
    """Asks for the personal values of the case: (purpose, …) → page."""

    def ask(purpose, status=200, who=li, language="en"):
        address = f"/instances/{bank.only_case_id()}/personal"
        return Browser(app, who, language).post(address, status=status, purpose=purpose)

    return ask


def told(bank):
    with bank.database.reading() as session:
        return [row for row in audit_lines(session, day=NOW.date()).rows if row.kind == "personal_shown"]


def test_the_panel_tells_the_essence_in_the_readers_language(page):
    aside = page("en").text("aside")
    assert "The complaint Received Time limits Decision: in 2 weeks" in aside
    assert "Refund" in aside
    assert "年费被收取，请回电138****8000。" in aside

    assert "退款" in page("zh").text("aside")


def test_what_is_said_of_money_has_its_currency(bank, page):
    with bank.database.transaction() as session:
        session.info["vault"] = bank.site.vault
        record = bank.site.applications["complaint"].record.open(session, bank.only_case_id())
        record.set("measures", [{"type": "M.REFUND", "amount": Decimal("1234.5"), "description": "Pay back the fee"}])

    assert "1,234.50 CNY Pay back the fee" in page("en").text("aside")


def test_only_the_newest_notices_and_those_that_wait_stand_open(bank, page):
    with bank.database.transaction() as session:
        session.info["vault"] = bank.site.vault
        sealing = bank.site.applications["complaint"].record.open(session, bank.only_case_id()).papers.sealing
        [sent] = session.scalars(select(ComplaintNotice))
        for number, state in enumerate(["waiting", *["sent"] * 8]):
            row = letters.sealed(sealing, letters.stored(sealing, sent), f"n{number}", sent.instance_id, NOW)
            row.state = state
            session.add(row)

    aside = page("en")
    assert [text.split(" ")[0] for text in aside.all("aside details summary") if "notice" in text] == ["3"]
    assert "waits for a person" in aside.text("aside")
    assert "更早的 3 份通知" in page("zh").text("aside")


@pytest.mark.parametrize(("language", "label"), [("en", "Consumer withdraws"), ("zh", "投诉人撤回")])
def test_messages_are_called_what_the_diagram_calls_them(bank, page, language, label):
    with bank.database.reading() as session:
        number = session.get_one(ProcessInstance, bank.only_case_id()).business_key
    commands.correlate_message(bank.site, "withdraw", {}, business_key=number, sender_key="w1", actor=CONSUMER, now=NOW)

    aside = page(language).text("aside")
    assert label in aside
    assert "withdraw " not in aside


def test_clocks_are_shown_with_regime_pause_and_extension(bank, page):
    with bank.database.transaction() as session:
        session.info["vault"] = bank.site.vault
        record = bank.site.applications["complaint"].record.open(session, bank.only_case_id())
        record.set("extension.reason_code", "EXT-CROSS")
        record.set("extension.approver", "t1")
        with clock.at(NOW):
            record.set("extension.decision", "approve")
        record.set("pause.mediation.from_on", date(2026, 3, 3))
        record.set("clock.acknowledged_at", NOW)

    aside = page("en").text("aside")

    assert "Decision: Paused Mediation" in aside
    assert "Consumer complaints in banking and insurance (China) (CBIRC Order No. 3 of 2020, Art. 18)" in aside
    assert "Extension until 2026-04-01: approved (Team lead); Several institutions" in aside
    assert "Acknowledgement: met 2026-03-02 09:00 Our own time limits" in aside
    assert "决定： 已暂停 调解" in page("zh").text("aside").replace("决定: ", "决定： ")


def test_names_and_numbers_are_masked_and_not_repeated_from_the_form(page):
    aside = page("en").text("aside")

    assert "王*明" in aside or "王**" in aside
    assert "王小明" not in aside
    assert "13800138000" not in aside
    assert "查询码是" not in aside
    assert "Personal answers are not repeated here." in aside


def test_forms_mask_what_nobody_edits(bank, app, li):
    with bank.database.reading() as session:
        task_id = queries.task_list(session, li, "en", NOW, wanted=queries.TaskFilter("unassigned")).rows[0].id
    mine = Browser(app, li)
    assert "138****8000" in mine.get(f"/tasks/{task_id}").text("main .col-lg-8")
    mine.post(f"/tasks/{task_id}/claim")

    page = mine.get(f"/tasks/{task_id}")
    assert "138****8000" in page.text("main form output")
    assert "13800138000" not in page.text("body")


def test_asked_for_with_a_purpose_everything_is_shown_and_it_is_on_record(bank, ask):
    text = ask("identity").text()

    assert "王小明" in text
    assert "13800138000" in text
    assert "To check who somebody is" in text
    [row] = told(bank)
    assert (row.username, row.detail["purpose"]) == ("li", "identity")
    assert {"person.full_name", "person.mobile", "narrative"} <= set(row.detail["fields"])
    assert row.detail["instance"] == bank.only_case_id()
    assert "王小明" not in str(row)


def test_without_a_purpose_nothing_is_shown_or_told(bank, ask):
    page = ask("", status=422)

    assert "Say what you need the personal data for." in page.text("[role=alert]")
    assert "王小明" not in page.text()
    assert told(bank) == []


def test_every_view_is_a_line_of_its_own(bank, ask):
    for purpose in PURPOSES:
        ask(purpose, language="zh")

    assert len(told(bank)) == len(PURPOSES)


def test_who_may_not_see_the_case_sees_nothing_of_the_person(bank, ask):
    ask("identity", status=404, who=bank.person("otto"))

    assert told(bank) == []


def test_looking_at_the_page_of_the_case_or_task_tells_nothing(bank, page):
    assert page("en").find("#purpose")
    assert told(bank) == []


def test_after_erasure_there_is_nothing_to_ask_for(bank, ask):
    root = bank.person("root", "admin")
    with bank.database.transaction() as session:
        instance = queries.visible_instance(session, bank.site, bank.only_case_id(), root)
        bank.site.vault.erase(session, instance.subject_id, NOW)

    ask("identity", status=410)
    assert told(bank) == []


def test_every_purpose_and_every_masked_field_has_words():
    assert set(panels.PURPOSES) == set(PURPOSES)
    assert {"person.full_name", "person.mobile", "narrative", "messages"} <= set(LABELS)


@pytest.mark.parametrize(
    ("language", "table", "rule"),
    [
        ("en", "the table “Channels of a notice” was applied", "Prefers e-mail ·"),
        ("zh", "已按决策表“通知渠道”判定", "本人希望电子邮件 ·"),
    ],
)
def test_the_history_tells_which_table_decided_and_why(bank, app, li, language, table, rule):
    page = Browser(app, li, language).get(f"/instances/{bank.only_case_id()}")

    told = [line for line in page.all(".timeline li") if table in line]
    assert len(told) == 1
    assert rule in told[0]
