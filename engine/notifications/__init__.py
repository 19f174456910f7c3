"""What people are told of: rows in the transaction of what happened, mail when its time has come.

Beside the history, which keeps everything: a notification is for one person, is read once, and is forgotten.
"""

from engine.notifications.due import tell_due
from engine.notifications.kinds import (
    COMMENTED,
    DUE_SOON,
    KIND_OF,
    KINDS,
    MENTIONED,
    OVERDUE,
    USUAL,
    WAYS,
    WISH,
)
from engine.notifications.mailing import mail_news, send_digests
from engine.notifications.writing import News, forget, news_in, tell_followers, tell_people, wanting_mail

__all__ = [
    "COMMENTED",
    "DUE_SOON",
    "KINDS",
    "KIND_OF",
    "MENTIONED",
    "OVERDUE",
    "USUAL",
    "WAYS",
    "WISH",
    "News",
    "forget",
    "mail_news",
    "news_in",
    "send_digests",
    "tell_due",
    "tell_followers",
    "tell_people",
    "wanting_mail",
]
