"""Errors are pages with a way on, in the reader's language, and JSON for programs; never a trace."""

import pytest
from flask import Blueprint
from werkzeug.exceptions import RequestEntityTooLarge

from engine.errors import ChainBroken, Conflict, InvalidForm, InvalidInput, TaskTaken
from webforms.guards import public, who

JSON = {"Accept": "application/json"}


@pytest.fixture
def app(app):
    """The pages, and one for every fault."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.testing = False
    faults = {
        "taken": TaskTaken(name="Li"),
        "input": InvalidInput(why="give a reason of 3 to 500 characters"),
        "form": InvalidForm({"age": ("“{label}” must be filled in", {"label": "Age"})}),
        "broken": ChainBroken(why="secret value"),
        "large": RequestEntityTooLarge(),
        "bug": ZeroDivisionError("secret value"),
        "conflict": Conflict(),
    }
    faulty = Blueprint("faulty", __name__)

    @faulty.get("/faulty/<name>")
    @who(public)
    def fail(name):
        raise faults[name]

    app.register_blueprint(faulty)
    return app


@pytest.mark.parametrize(
    ("name", "status", "text"),
    [
        ("taken", 409, "This task was taken by Li in the meantime."),
        ("input", 422, "give a reason of 3 to 500 characters"),
        ("large", 413, "Send fewer or smaller files"),
        ("conflict", 409, "This changed in the meantime."),
        ("broken", 500, "This is our fault."),
        ("bug", 500, "This is our fault."),
    ],
)
def test_a_fault_is_a_page_that_says_what_to_do(browser, name, status, text):
    page = browser().get(f"/faulty/{name}", status=status)

    assert text in page.text()
    assert page.find("main a.btn")
    assert "secret value" not in page.answer.text
    assert "Traceback" not in page.answer.text


def test_a_fault_is_told_in_chinese_to_the_last_word(browser):
    assert "请填写 3 到 500 个字的理由" in browser(language="zh").get("/faulty/input", status=422).text()
    assert "Li" in browser(language="zh").get("/faulty/taken", status=409).text()


def test_programs_get_json(browser):
    answer = browser().get("/faulty/form", status=422, headers=JSON).answer

    assert answer.json == {"message": "Some fields need another look.", "errors": {"age": "“Age” must be filled in"}}
    assert browser().get("/nowhere", status=404, headers=JSON).answer.json["message"]


def test_a_missing_page_and_a_wrong_method_are_pages_too(browser):
    assert "Not found" in browser().get("/nowhere", status=404).text()
    answer = browser().post("/healthz", status=405).answer
    assert "GET" in answer.headers["Allow"]


def test_a_form_without_its_token_is_refused_and_tells_how_to_keep_the_input(app, browser):
    app.config["WTF_CSRF_ENABLED"] = True

    assert "what you typed is still there" in browser().post("/login", status=400, username="ann").text()
