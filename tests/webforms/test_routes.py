"""Every route says who may use it, answers while somebody else writes, and is as strict as the others."""

import re
import sqlite3

import pytest

from webforms import guards, headers


@pytest.fixture
def routes(app):
    return [rule for rule in app.url_map.iter_rules() if not rule.endpoint.endswith("static")]


@pytest.fixture
def addresses(office, routes):
    """An address for every GET route, with a case that is really there."""
    case_id = office.start()
    values = {
        "task_id": office.claim(case_id),
        "instance_id": case_id,
        "process_key": "request",
    }

    def filled(rule):
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values.get(found[1], "1")), rule.rule)

    return [filled(rule) for rule in routes if "GET" in rule.methods]


def test_every_route_says_who_may_use_it(app, routes):
    silent = [rule.rule for rule in routes if not hasattr(app.view_functions[rule.endpoint], "who")]

    assert len(routes) > 20
    assert silent == []


def test_nothing_but_these_is_open_to_everybody(app, routes):
    public = {rule.endpoint for rule in routes if app.view_functions[rule.endpoint].who is guards.public}

    staff_pages = {"tasks", "start", "instances", "operations", "files", "studio", "reference"}
    assert {endpoint.split(".")[0] for endpoint in public}.isdisjoint(staff_pages)


def test_guarded_pages_ask_strangers_to_log_in(app, browser, routes):
    for rule in routes:
        if "GET" in rule.methods and app.view_functions[rule.endpoint].who is not guards.public:
            address = re.sub(r"<[^>]+>", "1", rule.rule)
            assert browser().get(address, status=302).to.startswith("/login"), rule.rule


def test_pages_for_admins_refuse_others(app, office, browser, routes):
    mine = browser(office.ann)
    for rule in routes:
        if "GET" in rule.methods and app.view_functions[rule.endpoint].who is guards.admin:
            mine.get(re.sub(r"<[^>]+>", "1", rule.rule), status=403)


def test_every_page_answers_while_somebody_else_holds_the_write_lock(office, browser, addresses):
    boss = browser(office.eva)
    lock = sqlite3.connect(office.site.database.url.removeprefix("sqlite:///"), isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    try:
        codes = {address: boss.client.get(address).status_code for address in addresses}
    finally:
        lock.execute("ROLLBACK")
        lock.close()

    assert {address: code for address, code in codes.items() if code not in {200, 302, 400, 404}} == {}


def test_every_answer_carries_the_strict_policy(office, browser):
    for address in ("/tasks", "/login", "/healthz", "/nowhere"):
        answer = browser(office.ann).client.get(address)
        assert answer.headers["Content-Security-Policy"] == headers.POLICY
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


def test_cookies_are_not_for_scripts_or_other_sites(browser):
    cookie = browser().client.post("/language", data={"language": "en"}).headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
