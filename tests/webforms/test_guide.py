import pytest

from webforms.guide import GUIDES


@pytest.mark.parametrize(("language", "heading"), [("zh", "帮助"), ("en", "Help")])
def test_help_is_there_without_logging_in_in_both_languages(browser, language, heading):
    page = browser(language=language).get("/help")

    assert page.text("h1") == heading


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_is_a_page_whose_pictures_and_links_are_there(browser, name, language):
    consumer = browser(language=language)
    page = consumer.get(f"/help/{name}")

    assert page.text("h1")
    assert page.find(".guide img")
    for picture in page.find(".guide img"):
        assert picture.get("src").endswith(f".{language}.png")
        with consumer.client.get(picture.get("src")) as answer:
            assert answer.status_code == 200
    for link in page.find(".guide a"):
        consumer.get(link.get("href"))


def test_there_is_no_guide_for_nobody(browser):
    browser().get("/help/nobody", 404)
    browser().get("/help/images/nothing.png", 404)
