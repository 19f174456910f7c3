"""Many made-up complaints a day, for measuring: their texts are ours, nobody in them exists."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from engine import clock, commands
from engine.identity import CONSUMER
from engine.models import ProcessInstance
from engine.site import Site
from processes.complaint import codes
from processes.complaint.office.playing import Manner, Office
from processes.complaint.tables import PROCESS

#: Hours of the day in which complaints come in.
HOURS = (8, 22)

_SUBJECTS = {
    "zh": ("年费", "转账", "账单", "贷款利率", "理财赎回", "短信提醒", "保险退保", "自助机具"),
    "en": ("an annual fee", "a transfer", "a statement", "a loan's rate", "a redemption", "text alerts", "a refund"),
}
_FAULTS = {
    "zh": ("没有事先告知", "与合同不一致", "多次联系没有答复", "系统出错后一直没有更正"),
    "en": ("nobody told me before", "it differs from the contract", "nobody answers my calls", "the error stays"),
}
_SENTENCES = {
    "zh": "我对{subject}有意见：{fault}，请查清并答复。（编写的例子，第{number}件）",
    "en": "I complain about {subject}: {fault}. Please look into it. (A made-up example, no. {number}.)",
}
_CHANNELS = ("CH.PORTAL", "CH.PHONE", "CH.EMAIL", "CH.COUNTER")


def first_day(now: datetime) -> date:
    """The day on which the next complaints can come in: today before the doors open, else tomorrow."""
    today = now.astimezone(clock.zone())
    return today.date() + timedelta(days=today.hour >= HOURS[0])


@dataclass(frozen=True)
class Arrivals:
    """So many complaints on each of some days; a share of them is worked on, nobody touches the others.

    `before`: how many came in before those, on the same database.
    """

    first_on: date
    days: int
    per_day: int
    worked: float
    seed: int = 1
    before: int = 0

    def plan(self, site: Site, played: Office) -> None:
        """Let them come in while `played` plays, and go on with those that came before."""
        still_open = select(ProcessInstance.id, ProcessInstance.business_key).where(
            ProcessInstance.status == "active", ProcessInstance.key == PROCESS
        )
        with site.database.reading() as session:
            for instance_id, business_key in session.execute(still_open):
                played.manners[instance_id] = self._manner(played, business_key)
        played.take_over()
        for number, (at, dice) in enumerate(self._moments(), self.before + 1):
            played.plan(at, partial(self._start, site, played, number, dice))

    def midnights(self) -> list[datetime]:
        """The end of each of the days."""
        ends = (self.first_on + timedelta(days=day) for day in range(1, self.days + 1))
        return [datetime.combine(end, time(), clock.zone()) for end in ends]

    def _manner(self, played: Office, business_key: str) -> Manner:
        """Whether people work on a case hangs on the seed and its number alone."""
        dice = random.Random(f"{self.seed}:worked:{business_key}")  # noqa: S311 - a game
        if dice.random() < self.worked:
            return played.manner
        return Manner(replace(played.manner.habits, messages={}), idle=True)

    def _moments(self) -> Iterator[tuple[datetime, random.Random]]:
        for day in range(self.days):
            dice = random.Random(f"{self.seed}:{self.before}:{day}")  # noqa: S311 - a game
            opens = datetime.combine(self.first_on + timedelta(days=day), time(HOURS[0]), clock.zone())
            seconds = (HOURS[1] - HOURS[0]) * 3600
            for moment in sorted(dice.randrange(seconds) for _ in range(self.per_day)):
                yield opens + timedelta(seconds=moment), random.Random(dice.random())  # noqa: S311

    def _start(self, site: Site, played: Office, number: int, dice: random.Random) -> str:
        submitted = commands.Submitted(values=_values(number, dice))
        key = f"arrival:{self.seed}:{number}"
        started = commands.start_instance(site, PROCESS, submitted, actor=CONSUMER, now=played.now, key=key)
        instance_id = str(started["instance_id"])
        played.manners[instance_id] = self._manner(played, str(started["business_key"]))
        return instance_id


def _values(number: int, dice: random.Random) -> dict[str, Any]:
    language = dice.choice(("zh", "zh", "zh", "en"))
    words = {"subject": dice.choice(_SUBJECTS[language]), "fault": dice.choice(_FAULTS[language]), "number": number}
    return {
        "complaint.channel": dice.choice(_CHANNELS),
        "complaint.language": language,
        "complaint.capacity": "self",
        "complaint.preferred_channel": dice.choice(("portal", "email", "phone")),
        "complaint.person.full_name": f"{'测试' if language == 'zh' else 'Example '}{number}",
        "complaint.person.mobile": f"139{number:08}",
        "complaint.narrative": _SENTENCES[language].format(**words),
        "complaint.demands": [dice.choice(list(codes.lists()["demand"]))],
        "complaint.amount_claimed": dice.choice((0, 50, 360, 1_500, 20_000)),
        "complaint.truth_statement": True,
        "complaint.privacy_notice_read": True,
    }
