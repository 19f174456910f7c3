"""What staff say and do in a scene at the counter or on the telephone: `data/scripts.csv`, our own wording."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from engine import clock
from processes.complaint.deadlines import DATA
from processes.complaint.sheets import read

#: What stands before the parts of a script.
HEADS = {"zh": ("先做", "这样说", "态度"), "en": ("Do first", "Say", "Manner")}


@dataclass(frozen=True)
class Script:
    """The script of one scene: language → actions, words and manner."""

    scene: str
    parts: Mapping[str, tuple[str, str, str]]
    effective_from: date
    effective_to: date | None


def script(scene: str | None, language: str) -> str:
    """FEEL function: what to do and say in `scene` today, in `language`; empty where no script is in force."""
    today = clock.today()
    found = next((each for each in _scripts() if each.scene == scene and _holds(each, today)), None)
    if found is None:
        return ""
    short = "zh" if language.startswith("zh") else "en"
    between = "：" if short == "zh" else ": "
    lines = zip(HEADS[short], found.parts[short], strict=True)
    return "\n\n".join(f"{head}{between}{text}" for head, text in lines)


def _holds(script: Script, day: date) -> bool:
    return script.effective_from <= day <= (script.effective_to or day)


@cache
def _scripts() -> list[Script]:
    return read(DATA / "scripts.csv", _script)


def _script(cells: Mapping[str, str]) -> Script:
    return Script(
        scene=cells["scene"],
        parts={
            "zh": (cells["actions_zh"], cells["zh"], cells["manner_zh"]),
            "en": (cells["actions_en"], cells["en"], cells["manner_en"]),
        },
        effective_from=date.fromisoformat(cells["effective_from"]),
        effective_to=date.fromisoformat(cells["effective_to"]) if cells["effective_to"] else None,
    )
