"""When a timer event is due (BPMN 2.0.2, 10.5.6; ISO 8601), and what is left after it fired.

The state of a timer is a plain dict in its token: `armed` (moment it was armed), `due` (moment or None while paused),
and for cycles `left` (firings to come, None for endless), `every` (ISO duration), or `moments` still to come and `fired` keys.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from engine import clock, feel
from engine.errors import ModelFault

_REPEAT = re.compile(r"R(\d*)/(.+)")


def armed(kind: str, value: Any, now: datetime) -> dict[str, Any]:
    """The state of a timer armed `now` whose text gave `value`. Raises ModelFault when the value is no time."""
    state: dict[str, Any] = {"armed": now}
    if kind == "cycle" and value is not None:
        return state | _cycle(value, now)
    return state | {"due": _moment(value, now)}


def evaluated_again(state: Mapping[str, Any], kind: str, value: Any, now: datetime) -> dict[str, Any]:
    """The state after what the timer reads has changed: None pauses it, only moments still ahead are kept of a list."""
    if kind == "cycle" and isinstance(value, list):
        fired = state.get("fired", [])
        ahead = [item for item in _moments(value) if item["at"] > now and item["key"] not in fired]
        return dict(state) | {"moments": ahead, "due": ahead[0]["at"] if ahead else None}
    if kind == "cycle" and value is not None:
        return dict(state)
    return dict(state) | {"due": _moment(value, state["armed"])}


def fired(state: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """What firing gives its branch, and the state for the next firing; None when it was the last."""
    if "moments" in state:
        item, *rest = state["moments"]
        after = dict(state) | {
            "moments": rest,
            "fired": [*state.get("fired", []), item["key"]],
            "due": rest[0]["at"] if rest else None,
        }
        return {"fired": item}, after
    payload = {"fired": {"at": state["due"]}}
    if "every" not in state:
        return payload, None
    left = None if state["left"] is None else state["left"] - 1
    if left == 0:
        return payload, None
    return payload, dict(state) | {"left": left, "due": _after(state["due"], state["every"])}


def _cycle(value: Any, now: datetime) -> dict[str, Any]:
    if isinstance(value, list):
        moments = _moments(value)
        return {"moments": moments, "fired": [], "due": moments[0]["at"] if moments else None}
    if isinstance(value, timedelta | feel.YearsMonths):
        return {"left": None, "every": feel.to_text(value), "due": feel.add_duration(now, value)}
    found = _REPEAT.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise _no_time(value)
    count, rest = found.groups()
    first, _, second = rest.partition("/")
    left = int(count) if count else None
    if not second:
        return {"left": left, "every": first, "due": _after(now, first)}
    if first.startswith("P"):
        raise _no_time(value)
    return {"left": left, "every": second, "due": _moment(first, now)}


def _moments(value: list[Any]) -> list[dict[str, Any]]:
    items = []
    for item in value:
        if isinstance(item, Mapping) and isinstance(item.get("at"), datetime):
            items.append({**item, "key": str(item.get("key", item["at"].isoformat()))})
        elif isinstance(item, datetime):
            items.append({"at": item, "key": item.isoformat()})
        else:
            raise _no_time(item)
    return sorted(items, key=lambda item: item["at"])


def _moment(value: Any, anchor: datetime) -> datetime | None:
    if value is None:
        return None
    if isinstance(value, str):
        text = value.strip()
        duration = feel.parse_duration(text)
        if duration is not None:
            return feel.add_duration(anchor, duration)
        try:
            value = datetime.fromisoformat(text)
        except ValueError:
            raise _no_time(value) from None
    if isinstance(value, timedelta | feel.YearsMonths):
        return feel.add_duration(anchor, value)
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=clock.zone())
    if isinstance(value, date):
        return datetime.combine(value, time(), clock.zone())
    raise _no_time(value)


def _after(moment: datetime, text: str) -> datetime:
    duration = feel.parse_duration(text)
    if duration is None:
        raise _no_time(text)
    return feel.add_duration(moment, duration)


def _no_time(value: Any) -> ModelFault:
    return ModelFault("The timer's value “{value}” is neither a duration nor a moment.", value=feel.to_text(value))
