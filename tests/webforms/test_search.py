"""The one box: what staff find, what they are told when nothing fits, and who looked for what."""

from itertools import pairwise
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from engine import commands, queries, search
from engine.models import HistoryEvent, ProcessInstance
from engine.search import Kind
from processes.complaint.messages import Message, write_message
from processes.complaint.profiles import add_observation
from tests.bank import NOW
from tests.counting import counting
from tests.webforms.bank import file_complaint
from tests.webforms.conftest import Browser

STORY = "手机银行误扣了两次手续费，客服说三天退，至今没有退款。Teller 95588 hung up."


@pytest.fixture
def filed(bank, bank_app):
    """(number, access code) of two complaints: one of 王小明, one of 李四."""
    first = file_complaint(Browser(bank_app), **{"complaint.narrative": STORY})
    second = file_complaint(
        Browser(bank_app), **{"complaint.person.full_name": "李四", "complaint.person.mobile": "13911112222"}
    )
    bank.work()
    return first, second


@pytest.fixture
def li(bank, bank_app):
    return Browser(bank_app, bank.person("li", "intake"))


def found(browser, question):
    return browser.get(f"/search?q={quote(question)}").all("tbody th")


def case_of(bank, number):
    with bank.reading() as session:
        return session.query(ProcessInstance.id).filter_by(business_key=number).scalar()


def audited(bank):
    """What the audit stream has of searches: (user name, detail)."""
    with bank.reading() as session:
        rows = session.query(HistoryEvent).filter_by(kind="searched").order_by(HistoryEvent.sequence).all()
        return [(row.actor, row.detail.decode()) for row in rows]


def test_cases_are_found_by_name_phone_and_words_and_persons_stay_masked(bank, filed, li):
    (first, _), (second, _) = filed
    page = li.get("/search?q=" + quote("王小明"))

    assert page.all("tbody th") == [first]
    assert page.all("tbody td")[:2] == ["name", "王*明"]
    assert page.value("#search") == "王小明"
    assert "王小明" not in page.text()
    assert found(li, "139-1111-2222") == [second]
    assert found(li, "退款") == [first]
    assert found(li, "手续费 TELLER") == [first]
    assert found(li, "年费") == [second]
    assert "1 case fits" in li.get("/search?q=" + quote("年费")).text()


def test_a_whole_number_opens_the_case_and_its_beginning_lists_it(bank, filed, li):
    (first, _), (second, _) = filed

    assert li.get(f"/search?q=+{first.lower()}", 302).to == f"/instances/{case_of(bank, first)}"
    assert sorted(found(li, first[:14])) == sorted([first, second])
    assert audited(bank) == []


def test_messages_and_observations_are_found_too(bank, filed, li):
    (first, _), _ = filed
    case_id, root = case_of(bank, first), bank.person("eva", "admin")
    with bank.database.transaction() as session:
        session.info["vault"] = bank.site.vault
        write_message(session, case_id, Message("m1", "consumer", "material", "附上流水截图", (), NOW))
    add_observation(bank.site, case_id, "behaviour", "希望晚上联系", actor=root, now=NOW)
    assert found(li, "截图") == []
    bank.work()

    assert found(li, "截图") == [first]
    assert found(li, "晚上 截图 退款") == [first]


def test_people_of_another_unit_and_strangers_find_nothing(bank, bank_app, filed):
    branch = Browser(bank_app, bank.person("bo", "handler_branch@HQ.IT"))
    (first, _), _ = filed

    for question in ("王小明", "退款", first, "13800138000"):
        assert found(branch, question) == []
        assert "No case fits" in branch.get("/search?q=" + quote(question)).text()
    assert Browser(bank_app).get("/search?q=x", 302).to.startswith("/login")


def test_who_looked_for_a_person_or_words_is_on_record_without_what_was_typed(bank, bank_app, filed, li):
    found(li, "王小明")
    found(li, "王小明")
    found(li, "没有这个人")

    lines = audited(bank)
    assert [actor for actor, _ in lines] == ["li", "li", "li"]
    assert '"name"' in lines[0][1]
    assert "王小明" not in lines[0][1]
    assert lines[0][1] == lines[1][1] != lines[2][1]
    page = Browser(bank_app, bank.person("aud", "auditor"))
    assert "searched for a person or for words" in page.get("/operations/audit").text()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("", "What are you looking for?"),
        ("%20%20", "What are you looking for?"),
        (quote("卡"), "Type at least two letters or characters"),
        (quote("🙂"), "Type at least two letters or characters"),
        ("x" * 201, "Use at most 200 characters"),
        (quote("‏עמלה שגויה"), "No case fits"),
        (quote("卡 退款"), "single characters are too short to search for: 卡"),
        ("%00%22*(", "Type at least two letters or characters"),
    ],
)
def test_questions_that_find_nothing_get_a_kind_answer(filed, li, question, answer):
    assert answer in li.get(f"/search?q={question}&page=7").text()


def test_the_page_speaks_chinese_and_the_box_stands_on_every_staff_page(bank_app, bank, filed):
    chen = Browser(bank_app, bank.person("chen", "intake"), "zh")

    assert chen.get("/tasks").value("#search", "placeholder") == "编号、姓名、电话、文字"
    assert "查到 1 件案件" in chen.get("/search?q=" + quote("退款")).text()
    assert not Browser(bank_app).get("/complain").find("#search")


def test_a_page_of_results_takes_fifteen_statements_at_most(bank, filed, li):
    found(li, "王小明")
    with counting(bank.database) as count:
        assert found(li, "王小明")

    assert len(count.statements) <= 15, "\n".join(count.statements)


def test_nothing_finds_who_was_erased(bank, filed, li):
    (first, _), _ = filed
    case_id, root = case_of(bank, first), bank.person("eva", "admin")
    commands.cancel_instance(bank.site, case_id, "done", actor=root, now=NOW)
    commands.erase_person(bank.site, case_id, "asked for it", actor=root, now=NOW)
    assert found(li, "王小明") == found(li, "退款") == []

    list(search.rebuild(bank.site))

    assert found(li, "王小明") == found(li, "退款") == []
    assert found(li, first[:-1]) != []


@pytest.fixture
def eva(bank):
    return bank.person("eva", "admin")


@pytest.fixture
def stranger(bank):
    return bank.person("stranger", "process-owner")


def seen_by(bank, actor, question):
    with bank.reading() as session:
        rows = queries.found_cases(session, bank.site, search.asked(bank.site.vault, question), actor, "zh").rows
    assert all(row.where == (Kind.TEXT,) for row in rows)
    return [row.instance_id for row in rows]


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("银行卡年费误扣退款客服，。 ab1", min_size=5, max_size=60))
@example(STORY)
def test_every_two_chinese_signs_of_a_story_find_its_case_for_staff_only(bank, eva, stranger, text):
    story = f"我的卡{text}"
    values = {"complaint.narrative": story}
    started = commands.start_instance(bank.site, "complaint", commands.Submitted(values=values), actor=eva, now=NOW)
    search.follow(bank.site)

    for pair in map("".join, pairwise(story)):
        if all("\u4e00" <= sign <= "\u9fff" for sign in pair):
            assert started["instance_id"] in seen_by(bank, eva, pair)
            assert seen_by(bank, stranger, pair) == []
