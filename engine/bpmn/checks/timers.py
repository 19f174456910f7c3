"""Rules on timers: a time that can be understood, and cycles only where they repeat (BPMN 2.0.2, 10.5.5; ISO 8601)."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from engine import feel
from engine.bpmn.checks.diagram import Diagram, Finding, Node, Rule
from engine.bpmn.checks.texts import events as texts
from engine.bpmn.cron import is_cron, is_understood
from engine.bpmn.elements import Event
from engine.bpmn.expressions import is_expression, is_time, parsed
from engine.errors import FeelSyntaxError, RedressError
from engine.problems import Severity

_REPEAT = re.compile(r"R(\d{0,9})/([^/]+)(?:/([^/]+))?", re.ASCII)

#: A duration whose T is missing, or stands where it must not.
_WRONG_SIDE = re.compile(r"(?:PT(?=\d+[DWY]$)|P(?=\d+[HS]$))(\d+[DWYHS])", re.IGNORECASE)
_UNITS = {
    "Y": ("y", "year", "years", "年"),
    "M": ("month", "months", "mon", "月", "个月"),
    "W": ("w", "week", "weeks", "周", "星期"),
    "D": ("d", "day", "days", "天", "日"),
    "TH": ("h", "hour", "hours", "hr", "hrs", "小时", "时"),
    "TM": ("m", "min", "mins", "minute", "minutes", "分", "分钟"),
    "TS": ("s", "sec", "secs", "second", "seconds", "秒", "秒钟"),
}
_WORDS = sorted((word for words in _UNITS.values() for word in words), key=len, reverse=True)
_IN_WORDS = re.compile(rf"(?<!\d)(\d{{1,9}})\s*({'|'.join(_WORDS)})(?![a-z])", re.IGNORECASE)

#: Why a time cannot be used, in English and Chinese.
Why = tuple[str, str]
_NOT_TIME: Why = ("it is neither a duration nor a moment", "既不是时长也不是时刻")
_NOT_CYCLE: Why = (
    "a cycle begins with R, as R3/PT24H, or is a list of moments",
    "周期以 R 开头，如 R3/PT24H，或为时刻列表",
)
_NOT_AHEAD: Why = ("the duration must lead forward", "时长必须向后推移")
_TOO_LONG: Why = ("it is longer than 1,000 years", "时长超过 1000 年")
_NEVER: Why = ("it has no value, so that the timer would never fire", "没有值，定时器永远不会触发")
_MOST_MONTHS, _MOST_SECONDS = 12 * 1000, timedelta(days=365_250).total_seconds()
_TIMERS = {"duration": "duration", "date": "date", "cycle": "cycle"}


def times(diagram: Diagram) -> Iterator[Finding]:
    """Every timer has a time that can be understood."""
    for _, node in diagram.nodes("startEvent", "intermediateCatchEvent", "boundaryEvent"):
        for event in node.element.events:
            if event.kind == "timer":
                yield from _time(diagram, node, event)


def beginnings(diagram: Diagram) -> Iterator[Finding]:
    """The time of a timer that begins instances is known without one."""
    for scope, node in diagram.nodes("startEvent"):
        for event in () if scope.owners else node.element.events:
            if event.kind == "timer" and (names := _names(event.text)):
                yield diagram.at(node, texts.START_TIMER_READS, diagram.known.risky, names=", ".join(sorted(names)))


def _time(diagram: Diagram, node: Node, event: Event) -> Iterator[Finding]:
    if not event.text:
        yield diagram.at(node, texts.TIMER_EMPTY)
        return
    why = why_no_time(event.text, event.timer)
    meant = times_meant(event.text) if why is not None else ""
    if why is not None and is_cron(event.text):
        yield diagram.at(node, texts.TIMER_CRON, text=event.text)
    elif meant:
        yield diagram.at(node, texts.TIMER_MEANT, text=event.text, meant=meant)
    elif why is not None:
        timer = _TIMERS.get(event.timer, "time")
        yield diagram.at(node, texts.TIMER_TEXT, text=event.text, timer=timer, why=why[0], why_zh=why[1])


def cycles(diagram: Diagram) -> Iterator[Finding]:
    """Cycles stand only where they can repeat: at boundary events that do not interrupt."""
    for _, node in diagram.nodes("intermediateCatchEvent", "boundaryEvent"):
        if node.element.event.timer != "cycle":
            continue
        if node.tag == "intermediateCatchEvent":
            yield diagram.at(node, texts.CYCLE_WAITS, Severity.WARNING)
        elif node.element.interrupting:
            yield diagram.at(node, texts.CYCLE_INTERRUPTS, Severity.WARNING)


def _names(text: str) -> frozenset[str]:
    try:
        return frozenset() if not text or is_time(text) else parsed(text).names
    except FeelSyntaxError:
        return frozenset()  # told with the other expressions


def times_meant(text: str) -> str:
    """The ISO 8601 duration that `5 days`, `PT15D` or `2h` seems to mean; empty where none is seen."""
    wrong = _WRONG_SIDE.fullmatch(text.strip())
    if wrong:
        return f"P{wrong[1]}" if wrong[1][-1] in "DWY" else f"PT{wrong[1]}"
    parts = _IN_WORDS.findall(text)
    if not parts or _IN_WORDS.sub("", text).strip(" ,+") not in {"", "and", "和", "每", "every"}:
        return ""
    units = [(number, next(unit for unit, words in _UNITS.items() if word.lower() in words)) for number, word in parts]
    days = "".join(number + unit for number, unit in units if not unit.startswith("T"))
    hours = "".join(number + unit[1:] for number, unit in units if unit.startswith("T"))
    meant = f"P{days}T{hours}" if hours else f"P{days}"
    return meant if feel.parse_duration(meant) is not None else ""


def why_no_time(text: str, timer: str) -> Why | None:
    """Why `text` cannot be the time of a `duration`, `date` or `cycle`; None where it can, or only running tells."""
    if is_time(text):
        return _of_value(text.strip(), timer)
    try:
        expression = parsed(text)
    except FeelSyntaxError as error:
        if is_expression(text):
            return None  # told with the other expressions
        return str(error.params["why"]), str(error.params.get("why_zh", error.params["why"]))
    if expression.names or expression.functions - feel.BUILTINS.keys():
        return None
    try:
        return _of_value(expression.evaluate({}), timer)
    except RedressError:
        return _NOT_TIME


def _of_value(value: object, timer: str) -> Why | None:
    if value is None:
        return _NEVER
    if timer == "cycle":
        return _of_cycle(value)
    if isinstance(value, str):
        return _of_text(value)
    if isinstance(value, timedelta | feel.YearsMonths):
        return _of_duration(value)
    return None if isinstance(value, date) else _NOT_TIME


def _of_cycle(value: object) -> Why | None:
    if isinstance(value, list | timedelta | feel.YearsMonths):
        return None
    if isinstance(value, str) and is_understood(value):
        return None
    found = _REPEAT.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or (found[1] and int(found[1]) == 0):
        return _NOT_CYCLE
    every = feel.parse_duration(found[3] or found[2])
    if every is None or (found[3] and not _is_moment(found[2])):
        return _NOT_CYCLE
    return _of_duration(every) if _length(every) else _NOT_AHEAD


def _of_text(text: str) -> Why | None:
    duration = feel.parse_duration(text.strip())
    if duration is None:
        return None if _is_moment(text.strip()) else _NOT_TIME
    return _of_duration(duration)


def _of_duration(duration: feel.Duration) -> Why | None:
    longest = _MOST_MONTHS if isinstance(duration, feel.YearsMonths) else _MOST_SECONDS
    length = _length(duration)
    return _NOT_AHEAD if length < 0 else _TOO_LONG if length > longest else None


def _length(duration: feel.Duration) -> float:
    """Months or seconds: enough to tell which way a duration leads."""
    return duration.total if isinstance(duration, feel.YearsMonths) else duration.total_seconds()


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


RULES: list[Rule] = [times, beginnings, cycles]
