import pytest


@pytest.mark.parametrize(("language", "heading"), [("zh", "帮助"), ("en", "Help")])
def test_help_is_there_without_logging_in_in_both_languages(browser, language, heading):
    page = browser(language=language).get("/help")

    assert page.text("h1") == heading
