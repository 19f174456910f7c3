"""The maintained lists of codes with their labels in both languages: `data/code_lists.csv` and `data/form_lists.csv`.

The list `unit` is the organisation's.

Rows and history keep codes only; labels are looked up when shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.errors import InvalidInput
from processes.complaint.sheets import read
from processes.complaint.units import open_units

#: The list that the organisation gives.
UNIT = "unit"

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Code:
    """One code of the list `dimension`; `parent` is the code above it in a tree, or empty."""

    dimension: str
    code: str
    parent: str
    zh: str
    en: str

    def label(self, language: str) -> str:
        """The words for people, in `language` (`zh…`, else English)."""
        return self.zh if language.startswith("zh") else self.en


@cache
def lists() -> Mapping[str, Mapping[str, Code]]:
    """List → code → what is known of it, in the order of the files."""
    found: dict[str, dict[str, Code]] = {}
    for name in ("code_lists.csv", "form_lists.csv"):
        for code in read(DATA / name, _code):
            found.setdefault(code.dimension, {})[code.code] = code
    return found


def codes(list: str) -> "list[dict[str, str]]":  # noqa: A002 - the parameter's name in FEEL
    """All codes of `list` for the options of a form: `value`, `label` (English), `zh`, `en`, and `parent`.

    Raises InvalidInput when there is no such list.
    """
    return [
        {"value": code.code, "label": code.en, "zh": code.zh, "en": code.en, "parent": code.parent}
        for code in _list(list).values()
    ]


def label(list: str, code: str | None, language: str) -> str:  # noqa: A002
    """The words for `code` of `list` in `language`; the code itself when the list does not know it (any more)."""
    known = _list(list).get(code or "")
    return known.label(language) if known else code or ""


def code_label(list: str, code: str | None, language: str) -> str:  # noqa: A002
    """FEEL function: the words for `code` of `list` in `language` (`zh` or `en`)."""
    return label(list, code, language)


def require(names: Iterable[str], code: str) -> str:
    """`code`, if one of the lists `names` has it; raises InvalidInput otherwise."""
    names = tuple(names)
    if not any(code in _list(name) for name in names):
        raise InvalidInput(why=f"“{code}” is not in the list {' or '.join(names)}")
    return code


def _list(name: str) -> Mapping[str, Code]:
    if name == UNIT:
        return {unit.key: Code(UNIT, unit.key, unit.parent, unit.zh, unit.en) for unit in open_units()}
    try:
        return lists()[name]
    except KeyError:
        raise InvalidInput(why=f"there is no list of codes “{name}”") from None


def _code(cells: Mapping[str, str]) -> Code:
    return Code(cells["dimension"], cells["code"], cells["parent"], cells["zh"], cells["en"])
