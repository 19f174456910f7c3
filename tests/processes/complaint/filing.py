"""What the tests file: moments in Shanghai, and a complaint of our own writing."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(text, clock_time="14:00"):
    """A moment in Shanghai."""
    return datetime.combine(date.fromisoformat(text), time.fromisoformat(clock_time), SHANGHAI)


def end_of(text):
    """The last second of a day in Shanghai."""
    return local(text, "23:59:59")


#: A complaint as the portal's form gives it; our own writing.
SUBMITTED = {
    "person.full_name": "张小三",
    "person.mobile": "+86 138 0000 8000",
    "person.email": "zhang@example.test",
    "narrative": "我的信用卡在没有通知的情况下被收取了年费，客服说不能退。",
    "demands": ["D.REFUND", "D.EXPLAIN"],
    "amount_claimed": 360,
    "channel": "CH.PORTAL",
    "truth_statement": True,
    "privacy_notice_read": True,
}
