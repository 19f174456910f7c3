"""What mail says of notifications: no names of people, nothing of what a case holds."""

from collections.abc import Mapping
from datetime import datetime

from engine import clock
from engine.notifications.kinds import COMMENTED, DUE_SOON, MENTIONED, OVERDUE, PASSED, WISH

#: Whoever has chosen no language reads this one.
HOME = "zh"

#: Event → what happened. `{step}` is the name of the task, `{due}` its deadline.
SAID: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "task_given": "新任务：{step}",
        "task_assigned": "新任务：{step}",
        "task_handed": "请您接手：{step}",
        "task_accepted": "已有人接手：{step}",
        "task_declined": "对方未接手，仍由您办理：{step}",
        "task_released": "已收回，不再由您办理：{step}",
        PASSED: "已交由他人办理：{step}",
        MENTIONED: "有评论提到您",
        COMMENTED: "有新评论",
        DUE_SOON: "即将到期：{step}（{due}）",
        OVERDUE: "已逾期：{step}（{due}）",
        WISH: "有同事需要您的支持",
    },
    "en": {
        "task_given": "New task: {step}",
        "task_assigned": "New task: {step}",
        "task_handed": "You are asked to take over: {step}",
        "task_accepted": "Taken over: {step}",
        "task_declined": "Not taken over, it stays with you: {step}",
        "task_released": "Taken back, no longer yours: {step}",
        PASSED: "Given to somebody else: {step}",
        MENTIONED: "You were mentioned in a comment",
        COMMENTED: "A new comment",
        DUE_SOON: "Due soon: {step} ({due})",
        OVERDUE: "Overdue: {step} ({due})",
        WISH: "A colleague asks for your support",
    },
}

SUBJECT = {"zh": "Redress 每日摘要：{count} 条通知", "en": "Redress, daily digest: {count} notifications"}
FOOT = {
    "zh": "请登录查看：{url}/notifications\n如何接收通知，可在“我的页面”中设置：{url}/me",
    "en": "Log in to read more: {url}/notifications\nHow you are told is your choice, on “My page”: {url}/me",
}


def said(event: str, language: str, *, step: str, due_at: datetime | None) -> str:
    """What happened, in `language` (zh or en)."""
    due = due_at.astimezone(clock.zone()).strftime("%Y-%m-%d %H:%M") if due_at else "–"
    return SAID[language][event].format(step=step, due=due)


def line(number: str, text: str) -> str:
    """One line of a digest, and the subject of a single mail."""
    return f"{number}  {text}" if number else text
