"""A complaint beside a task: what it is about and how much time is left, personal values masked."""

import pytest

from engine import clock, queries
from tests.webforms.bank import NOW, Bank, app_of, file_complaint
from tests.webforms.conftest import Browser


@pytest.fixture
def bank(tmp_path):
    bank = Bank(tmp_path)
    with clock.at(NOW):
        yield bank
    bank.database.dispose()


@pytest.fixture
def page(bank, tmp_path):
    """The task of the first case, as an intake officer reads it."""
    app = app_of(bank, tmp_path)
    file_complaint(Browser(app))
    bank.work()
    li = bank.person("li", "intake")
    with bank.database.reading() as session:
        task = queries.task_list(session, li, "en", NOW, box="groups").rows[0]

    def read(language):
        return Browser(app, li, language).get(f"/tasks/{task.id}")

    return read


def test_the_panel_tells_the_essence_in_the_readers_language(page):
    aside = page("en").text("aside")
    assert "The complaint Received Time limits Decision: in 2 weeks" in aside
    assert "Refund" in aside
    assert "信用卡年费未经告知被收取" in aside

    assert "退款" in page("zh").text("aside")


def test_names_and_numbers_are_masked_and_not_repeated_from_the_form(page):
    aside = page("en").text("aside")

    assert "王*明" in aside or "王**" in aside
    assert "王小明" not in aside
    assert "13800138000" not in aside
    assert "查询码是" not in aside
    assert "Personal answers are not repeated here." in aside
