"""Two languages: chosen by hand, remembered, else as the browser prefers."""

import os

from babel.messages.pofile import read_po

from engine import identity
from webforms import language


def test_the_browser_decides_until_somebody_chooses(app):
    client = app.test_client()

    assert 'lang="en"' in client.get("/login", headers={"Accept-Language": "fr, en;q=0.8"}).text
    assert 'lang="zh-Hans"' in client.get("/login", headers={"Accept-Language": "fr"}).text
    client.post("/language", data={"language": "zh"})
    assert 'lang="zh-Hans"' in client.get("/login", headers={"Accept-Language": "en"}).text


def test_the_choice_of_a_person_is_remembered(office, browser):
    browser(office.ann).post("/language", language="zh", next="/tasks?box=all")

    assert office.ask(identity.actor, office.ann.id).language == "zh"


def test_switching_leads_back_to_the_same_page_and_nowhere_else(browser):
    assert browser().post("/language", language="zh", next="/start?").to == "/start"
    assert browser().post("/language", language="xx", next="//evil.example").to == "/"


def test_switching_on_the_answer_to_a_form_leads_to_the_page_above(browser):
    assert browser().post("/language", language="zh", next="/tasks/1/claim?").to == "/tasks/1"
    assert browser().post("/language", language="zh", next="/nowhere/at/all").to == "/"


def test_a_catalogue_is_compiled_again_when_its_text_is_newer(tmp_path):
    language.compile_catalogues(tmp_path)
    compiled = tmp_path / "zh/LC_MESSAGES/messages.mo"
    first = compiled.read_bytes()
    compiled.write_bytes(b"old")
    language.compile_catalogues(tmp_path)
    assert compiled.read_bytes() == b"old"

    os.utime(compiled, (0, 0))
    language.compile_catalogues(tmp_path)
    assert compiled.read_bytes() == first


def test_the_catalogue_is_readable():
    with (language.CATALOGUES / "zh/LC_MESSAGES/messages.po").open("rb") as file:
        assert len(read_po(file)) > 100
