"""How a trial of `flask process run` went: as data for JSON, and as lines for people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from engine import feel
from engine.dryrun import Remark
from engine.execution.waiting import Failure, Said, Wait, paragraph, plain, texts

#: Waits that are told to people, one a line.
_SHOWN = 50
_WORDS = {
    "en": {
        **{each: each for each in ("ended", "waiting", "stopped", "failed", "elapsed", "path", "assumed")},
        "waits": "waits for",
    },
    "zh": {
        "ended": "已结束",
        "waiting": "等待中",
        "stopped": "已停止",
        "failed": "失败",
        "elapsed": "经过时间",
        "path": "路径",
        "assumed": "假定",
        "waits": "等待",
    },
}
#: Language → how the end event follows the outcome, and how the reason of a failure does.
_BY = {"en": (" by {by}", ": {by}"), "zh": ("，结束于 {by}", "：{by}")}


@dataclass(frozen=True)
class Told:
    """How a trial went."""

    process: str
    #: `ended`, `waiting` (nothing more happens by itself), `stopped` (after ten years or too many steps) or `failed`
    outcome: str
    #: the end event, or why it failed
    by: str
    #: element ids in the order in which they completed
    path: list[str]
    #: what every token waits for: `element_id`, `element_name`, `kind` (see `engine.execution.waiting.Wait`), `within`
    #: (id of the element that owns or holds it, or null), `depth`, `what` in sentences, and their `details`
    waits_for: list[dict[str, Any]]
    #: virtual time that passed, in ISO 8601
    elapsed: str
    variables: dict[str, Any]
    #: processes and decisions that the files lack; a process then ends at once, a decision gives nothing
    assumed: list[str] = field(default_factory=list)
    #: the step that failed: `element_id`, `element_name`, `what` in sentences, and their `details`
    failure: dict[str, Any] | None = None
    #: what else explains the run, as answers that were not used: `code`, `what` and its `details`
    remarks: list[dict[str, Any]] = field(default_factory=list)


def as_text(told: Told, language: str) -> str:
    """The lines for people: outcome and path, a line for everything that waits, what failed, what else is to say."""
    words = _WORDS[language]
    outcome = words[told.outcome] + (_BY[language][told.outcome == "failed"].format(by=told.by) if told.by else "")
    return "\n".join(
        [
            f"{told.process}: {outcome}",
            f"{words['elapsed']:<10} {told.elapsed}",
            f"{words['path']:<10} {' → '.join(told.path) or '–'}",
            f"{words['waits']:<10} {'' if told.waits_for else '–'}".rstrip(),
            *(f"  {'  ' * wait['depth']}{wait['kind']}: {wait['what']}" for wait in told.waits_for[:_SHOWN]),
            *([f"  … {len(told.waits_for) - _SHOWN}"] if len(told.waits_for) > _SHOWN else []),
            *([f"{words['assumed']:<10} {', '.join(told.assumed)}"] if told.assumed else []),
            *([told.failure["what"]] if told.failure else []),
            *(remark["what"] for remark in told.remarks),
            *(f"{name} = {feel.to_text(typed(value))}" for name, value in told.variables.items()),
        ]
    )


def wait_json(wait: Wait, language: str) -> dict[str, Any]:
    """An entry of `waits_for`."""
    return {
        "element_id": wait.element.id,
        "element_name": wait.element.name,
        "kind": wait.kind,
        "within": wait.within.id if wait.within else None,
        "depth": wait.depth,
        "what": wait.what(language),
        "details": plain_json(wait.details),
    }


def failure_json(failure: Failure, why: str, language: str) -> dict[str, Any]:
    """The entry `failure`; `why` is the message of its error in `language`."""
    said = Said(texts.FAILED, {"element": failure.element, "why": why.rstrip(".。")})
    return {
        "element_id": failure.element.id,
        "element_name": failure.element.name,
        "what": paragraph((said, *failure.said), language),
        "details": {name: plain_json(plain(value)) for each in failure.said for name, value in each.params.items()},
    }


def remark_json(remark: Remark, language: str) -> dict[str, Any]:
    """An entry of `remarks`."""
    return {"code": remark.code, "what": remark.what(language), "details": plain_json(remark.details)}


def typed(value: Any) -> Any:
    """Values of JSON or YAML as FEEL's, through and through."""
    if isinstance(value, Mapping):
        return {str(name): typed(each) for name, each in value.items()}
    if isinstance(value, list):
        return [typed(each) for each in value]
    return feel.from_python(value)


def plain_json(value: Any) -> Any:
    """Values of FEEL as JSON's: whole numbers as such, moments and durations as ISO text."""
    if isinstance(value, Mapping):
        return {str(name): plain_json(each) for name, each in value.items()}
    if isinstance(value, list):
        return [plain_json(each) for each in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if value is None or isinstance(value, bool | int | str) else feel.to_text(value)
