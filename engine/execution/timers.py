"""When a timer event is due (BPMN 2.0.2, 10.5.5; ISO 8601), and what is left after it fired.

The state of a timer is a plain dict in its token: `armed` (the moment), `due` (a moment, or None while paused), and for
cycles `every` (ISO duration or cron text) with `left` (firings to come, None: endless), or `moments` to come with
`fired` (keys).
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from engine import clock, feel
from engine.bpmn.cron import is_understood, next_moment
from engine.errors import ModelFault

_REPEAT = re.compile(r"R(\d*)/(.+)")


class NotATime(ModelFault):
    """The timer's value (a {kind}) is no duration, moment, repetition or list of moments that can be waited for."""

    def __init__(self, value: Any) -> None:
        # An incident keeps the message: the type says enough, the value may be personal.
        super().__init__(kind=type(value).__name__)


def armed(kind: str, value: Any, now: datetime) -> dict[str, Any]:
    """The state of a timer of `kind` (duration, date, cycle) armed `now`, whose text gave `value`. Raises NotATime."""
    if kind == "cycle" and value is not None:
        return {"armed": now, **_cycle(value, now)}
    return {"armed": now, "due": _moment(value, now)}


def evaluated_again(state: Mapping[str, Any], kind: str, value: Any, now: datetime) -> dict[str, Any]:
    """The state after what the timer reads has changed. Raises NotATime.

    None pauses it. Of a list only moments still ahead are kept, and none that fired before. A repetition goes on in its
    rhythm, or begins anew where it was paused or its interval has changed, with the firings that were left.
    """
    if value is None:
        return {**state, "due": None}
    if kind != "cycle":
        return {**state, "due": _moment(value, state["armed"])}
    new = _cycle(value, now)
    if "moments" in new:
        fired_before = state.get("fired", [])
        ahead = [item for item in new["moments"] if item["at"] > now and item["key"] not in fired_before]
        return {**_listed(ahead), "armed": state["armed"], "fired": fired_before}
    if state["due"] is not None and state.get("every") == new["every"]:
        return dict(state)
    return {"armed": state["armed"], **new, "left": state.get("left", new["left"])}


def fired(state: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """What firing gives its branch, and the state for the next firing; None when it was the last of a fixed number.

    A list of moments may grow again, so a timer with one stays, paused.
    """
    if "moments" in state:
        item, *rest = state["moments"]
        return {"fired": item}, {**state, **_listed(rest), "fired": [*state["fired"], item["key"]]}
    own = {"fired": {"at": state["due"]}}
    left = state.get("left", 1)
    if left == 1:
        return own, None
    following = _following(state["due"], state["every"])
    return own, {**state, "left": left and left - 1, "due": following} if following else None


def _listed(moments: list[dict[str, Any]]) -> dict[str, Any]:
    return {"moments": moments, "due": moments[0]["at"] if moments else None}


def _cycle(value: Any, now: datetime) -> dict[str, Any]:
    if isinstance(value, list):
        return {**_listed(_moments(value)), "fired": []}
    if isinstance(value, timedelta | feel.YearsMonths):
        value = feel.to_text(value)
    text = value.strip() if isinstance(value, str) else ""
    if is_understood(text):
        return {"every": text, "left": None, "due": next_moment(text, now)}
    repeat = _REPEAT.fullmatch(text)
    count, interval = repeat.groups() if repeat else ("", text)
    first, _, second = interval.partition("/")
    every = second or first
    left = int(count) if count else None
    if left == 0 or (second and first.startswith("P")) or _after(now, every) <= now:
        raise NotATime(value)
    return {"every": every, "left": left, "due": _moment(first, now) if second else _after(now, every)}


def _moments(value: list[Any]) -> list[dict[str, Any]]:
    items = []
    for item in value:
        if isinstance(item, Mapping) and isinstance(item.get("at"), datetime):
            items.append({**item, "key": str(item.get("key", item["at"].isoformat()))})
        elif isinstance(item, datetime):
            items.append({"at": item, "key": item.isoformat()})
        else:
            raise NotATime(item)
    return sorted(items, key=lambda item: item["at"])


def _moment(value: Any, anchor: datetime) -> datetime | None:
    if value is None:
        return None
    if isinstance(value, str):
        text = value.strip()
        duration = feel.parse_duration(text)
        if duration is not None:
            return _later(anchor, duration)
        try:
            value = datetime.fromisoformat(text)
        except ValueError:
            raise NotATime(value) from None
    if isinstance(value, timedelta | feel.YearsMonths):
        return _later(anchor, value)
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=clock.zone())
    if isinstance(value, date):
        return datetime.combine(value, time(), clock.zone())
    raise NotATime(value)


def _following(moment: datetime, every: str) -> datetime | None:
    """The firing after the one at `moment`: of a cron text the next, None when none comes."""
    return next_moment(every, moment) if is_understood(every) else _after(moment, every)


def _after(moment: datetime, text: str) -> datetime:
    duration = feel.parse_duration(text)
    if duration is None:
        raise NotATime(text)
    return _later(moment, duration)


def _later(moment: datetime, duration: feel.Duration) -> datetime:
    """`moment` moved by `duration`, whose days and months are those of the business time zone."""
    local: datetime = feel.in_business_zone(moment)
    return feel.add_duration(local, duration).astimezone(moment.tzinfo)
