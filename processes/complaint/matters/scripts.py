"""What staff say and do in a scene at the counter or on the telephone: the table `scripts`, our own wording."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine import clock, reference
from processes.complaint.deadlines import Dated, dated
from processes.complaint.sheets import made

#: What stands before the parts of a script.
HEADS = {"zh": ("先做", "这样说", "态度"), "en": ("Do first", "Say", "Manner")}


@dataclass(frozen=True, kw_only=True)
class Script(Dated):
    """The script of one scene: language → actions, words and manner."""

    scene: str
    parts: Mapping[str, tuple[str, str, str]]


def script(scene: str | None, language: str) -> str:
    """FEEL function: what to do and say in `scene` today, in `language`; empty where no script is in force."""
    today = clock.today()
    found = next((each for each in _scripts() if each.scene == scene and each.holds_on(today)), None)
    if found is None:
        return ""
    short = "zh" if language.startswith("zh") else "en"
    between = "：" if short == "zh" else ": "
    lines = zip(HEADS[short], found.parts[short], strict=True)
    return "\n\n".join(f"{head}{between}{text}" for head, text in lines)


@reference.derived("scripts")
def _scripts() -> list[Script]:
    return made("scripts", _script)


def _script(cells: Mapping[str, str]) -> Script:
    return Script(
        scene=cells["scene"],
        parts={
            "zh": (cells["actions_zh"], cells["zh"], cells["manner_zh"]),
            "en": (cells["actions_en"], cells["en"], cells["manner_en"]),
        },
        **dated(cells),
    )
