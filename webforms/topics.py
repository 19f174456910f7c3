"""What the topics of automatic work are called; a topic that an installation adds is shown as it is."""

from flask import Flask
from flask_babel import lazy_gettext

#: Topic → words.
TOPICS = {
    "notice": lazy_gettext("Send a notice"),
    "matter_notice": lazy_gettext("Send a notice of a companion case"),
    "tell_staff": lazy_gettext("Tell staff by e-mail"),
    "warning_figures": lazy_gettext("Count figures for early warning"),
    "raise_warnings": lazy_gettext("Raise early warnings"),
    "invite_partner": lazy_gettext("Send the partner a link"),
    "score_partner": lazy_gettext("Count the partner's points"),
    "count_effect": lazy_gettext("Count the effect of a rectification"),
    "convert_sign": lazy_gettext("Make a complaint of a sign"),
}


def topic_name(topic: str) -> str:
    """What a topic is called."""
    return str(TOPICS.get(topic, topic))


def init_app(app: Flask) -> None:
    """Give the templates of `app` the filter `topic_name`."""
    app.jinja_env.filters["topic_name"] = topic_name
