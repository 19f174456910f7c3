"""Topics of automatic work in words."""

from flask_babel import force_locale

import processes
from webforms import topics


def test_every_topic_of_the_shipped_applications_has_words():
    shipped = {topic for application in processes.load().values() for topic in application.topics}

    assert shipped == topics.TOPICS.keys()


def test_a_topic_is_told_in_the_readers_language_and_an_unknown_one_as_it_is(app):
    with app.test_request_context():
        with force_locale("en"):
            assert topics.topic_name("tell_staff") == "Tell staff by e-mail"
        with force_locale("zh"):
            assert topics.topic_name("tell_staff") == "邮件提醒工作人员"
            assert topics.topic_name("stock_count") == "stock_count"
