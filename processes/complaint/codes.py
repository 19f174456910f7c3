"""The maintained lists of codes with their labels in both languages: the tables `code_lists` and `form_lists`.

Rows and history keep codes only; labels are looked up when shown, also those of codes that are no longer offered.
The list `unit` is the organisation's, the list `partner` the table of partners.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from engine import clock, reference
from engine.errors import InvalidInput
from engine.reference import Validity
from processes.complaint.sheets import made
from processes.complaint.units import open_units

#: The list that the organisation gives.
UNIT = "unit"

#: The list that the table of partners gives.
PARTNER = "partner"

#: The lists that name the kind of business.
BUSINESS = ("cat_b", "cat_b_insurance")

TABLES = ("code_lists", "form_lists")
PARTNERS = "partners"

_VALIDITY = Validity()


@dataclass(frozen=True)
class Code:
    """One code of the list `dimension`; `parent` is the code above it in a tree, or empty."""

    dimension: str
    code: str
    parent: str
    zh: str
    en: str
    effective_from: date = date.min
    effective_to: date = date.max

    def label(self, language: str) -> str:
        """The words for people, in `language` (`zh…`, else English)."""
        return self.zh if language.startswith("zh") else self.en


def lists() -> Mapping[str, Mapping[str, Code]]:
    """List → code → what is known of it today, in the order of the tables.

    Of a code with several rows it is the one in force, else the last that was, else the first that will be.
    """
    return _lists_on(clock.today())


def codes(list: str) -> "list[dict[str, str]]":  # noqa: A002 - the parameter's name in FEEL
    """The codes of `list` that are in force today, for a form: `value`, `label` (English), `zh`, `en`, and `parent`.

    Raises InvalidInput when there is no such list.
    """
    today = clock.today()
    return [
        {"value": code.code, "label": code.en, "zh": code.zh, "en": code.en, "parent": code.parent}
        for code in _list(list).values()
        if code.effective_from <= today <= code.effective_to
    ]


def label(list: str, code: str | None, language: str) -> str:  # noqa: A002
    """The words for `code` of `list` in `language`; the code itself when the list does not know it (any more)."""
    known = _list(list).get(code or "")
    return known.label(language) if known else code or ""


def label_in(names: Iterable[str], code: str | None, language: str) -> str:
    """The words for `code` of the first of the lists `names` that has it; the code itself when none has."""
    holding = next((name for name in names if code in _list(name)), None)
    return label(holding, code, language) if holding else code or ""


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


@reference.derived(*TABLES, PARTNERS)
def _lists_on(day: date) -> Mapping[str, Mapping[str, Code]]:
    found: dict[str, dict[str, Code]] = {}
    rows = [code for name in TABLES for code in made(name, _code)] + made(PARTNERS, _partner)
    for code in rows:
        known = found.setdefault(code.dimension, {})
        other = known.get(code.code)
        known[code.code] = code if other is None else max(code, other, key=lambda each: _closeness(each, day))
    return found


def _closeness(code: Code, day: date) -> tuple[bool, int]:
    """Rows that have begun before those that will, and of these the one whose first day is nearest to `day`."""
    return code.effective_from <= day, -abs((code.effective_from - day).days)


def _partner(cells: Mapping[str, str]) -> Code:
    return _code({**cells, "dimension": PARTNER, "code": cells["key"], "parent": ""})


def _code(cells: Mapping[str, str]) -> Code:
    return Code(
        dimension=cells["dimension"],
        code=cells["code"],
        parent=cells["parent"],
        zh=cells["zh"],
        en=cells["en"],
        effective_from=_VALIDITY.begins(cells),
        effective_to=_VALIDITY.ends(cells),
    )
