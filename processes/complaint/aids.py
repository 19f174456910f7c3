"""What helps whoever works at a step: the tables `standard_answers` and `technique_cards`, chosen for a case.

Answers come filled with facts that the reader sees beside the form anyway, names masked as there.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine import clock, reference
from engine.errors import Erased
from engine.reference.table import SEPARATOR
from processes.complaint import codes, masking
from processes.complaint.deadlines import Dated, dated
from processes.complaint.facts import fact
from processes.complaint.matters.tables import ComplaintMatter
from processes.complaint.notices import words
from processes.complaint.record import ComplaintRecord
from processes.complaint.register import REGISTER
from processes.complaint.sheets import made
from processes.complaint.wording import institution

#: What stands where a fact is not known: (Chinese, English).
GAPS: Mapping[str, tuple[str, str]] = {
    "number": ("编号", "number"),
    "name": ("姓名", "name"),
    "received_on": ("收到日期", "day of receipt"),
    "due_on": ("答复期限", "day of our answer"),
    "reply_by": ("提交期限", "day of your reply"),
    "business": ("业务", "business"),
    "institution": ("机构名称", "institution"),
    "hotline": ("客服电话", "hotline"),
    "me": ("经办人", "handler"),
    "today": ("日期", "date"),
}

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, kw_only=True)
class _Aid(Dated):
    """A row of one of the tables: its titles and texts by language, the steps it is for (none: all)."""

    key: str
    steps: frozenset[str]
    titles: Mapping[str, str]
    texts: Mapping[str, str]

    def is_for(self, step: str) -> bool:
        """Whether it is for `step`, today."""
        return (not self.steps or step in self.steps) and self.holds_on(clock.today())


@dataclass(frozen=True, kw_only=True)
class _Answer(_Aid):
    scene: str
    #: codes of business, each with all below it; none: any
    categories: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class _Card(_Aid):
    signs: frozenset[str]


@dataclass(frozen=True)
class Answer:
    """A standard answer, filled; the title is in the reader's language, the text in the complainant's."""

    key: str
    title: str
    text: str


@dataclass(frozen=True)
class Card:
    """A technique card in the reader's language; `fits`: the case has one of its signs."""

    key: str
    title: str
    lines: Sequence[str]
    fits: bool


@dataclass(frozen=True)
class Aids:
    """What is there for one step of one case: answers by the words for their scene, cards that fit first."""

    answers: Mapping[str, Sequence[Answer]]
    #: `zh` or `en`
    language: str
    cards: Sequence[Card]


def aids(session: Session, instance_id: str, step: str, reader: str, language: str) -> Aids:
    """What helps at `step`, the id of a user task; `reader` is the name of who works there."""
    record = REGISTER.find(session, instance_id)
    spoken = (record.complaint.language if record else None) or _short(language)
    known = _facts(record, spoken) if record else _facts_of_matter(session, instance_id)
    known |= {"me": reader, "today": clock.today(), **_institution(spoken)}
    business = _business(record.complaint.cat_b) if record else frozenset[str]()
    found: dict[str, list[Answer]] = {}
    # what is for this very step comes before what is for all
    for each in sorted(_answers(), key=lambda answer: not answer.steps):
        if each.is_for(step) and (not each.categories or each.categories & business):
            scene = codes.label("answer_scene", each.scene, language)
            filled = _filled(each.texts[_short(spoken)], known, spoken)
            found.setdefault(scene, []).append(Answer(each.key, each.titles[_short(language)], filled))
    return Aids(found, _short(spoken), _cards_for(record, step, _short(language)))


def _cards_for(record: ComplaintRecord | None, step: str, short: str) -> list[Card]:
    signs = _signs(record) if record else frozenset[str]()
    cards = [
        Card(each.key, each.titles[short], each.texts[short].splitlines(), fits=bool(each.signs & signs))
        for each in sorted(_cards(), key=lambda card: bool(card.signs))
        if each.is_for(step)
    ]
    return sorted(cards, key=lambda card: not card.fits)


def _signs(record: ComplaintRecord) -> frozenset[str]:
    """Signs of the case, as the table of cards names them."""
    row = record.complaint
    signs = {row.emotion, *row.special_needs, *row.flags}
    if row.root_case or row.dup_state not in {None, "none"}:
        signs.add("repeat")
    if row.joint_persons > 1:
        signs.add("joint")
    return frozenset(sign for sign in signs if sign)


def _business(code: str | None) -> frozenset[str]:
    """A code of business, and those above it."""
    known = {name: each for list_ in codes.BUSINESS for name, each in codes.lists()[list_].items()}
    found: set[str] = set()
    while code and code not in found:
        found.add(code)
        code = known[code].parent if code in known else ""
    return frozenset(found)


def _facts(record: ComplaintRecord, language: str) -> dict[str, Any]:
    row = record.complaint
    try:
        name = masking.name(record.get("person.full_name") or "")
    except Erased:
        name = ""
    return {
        "number": row.number,
        "name": name,
        "received_on": _day(row.received_at),
        "due_on": _day(record.clocks.due_at()),
        "reply_by": fact(row, "material.reply_by"),
        "business": codes.label_in(codes.BUSINESS, row.cat_b, language),
    }


def _facts_of_matter(session: Session, instance_id: str) -> dict[str, Any]:
    """A companion case has its number; whose complaint it is about is not told here."""
    matter = session.get(ComplaintMatter, instance_id)
    return {"number": matter.number} if matter else {}


def _institution(language: str) -> dict[str, Any]:
    known = institution(_short(language))
    return {"institution": known["unit_name"], "hotline": known["hotline"]}


def _filled(text: str, known: Mapping[str, Any], language: str) -> str:
    """`text` with what is `known`; the word for what is not, in brackets."""

    def of(found: re.Match[str]) -> str:
        value = known.get(found[1])
        if value:
            return words(value, language)
        gap = GAPS.get(found[1], (found[1], found[1]))
        return f"【{gap[0]}】" if _short(language) == "zh" else f"[{gap[1]}]"

    return _PLACEHOLDER.sub(of, text)


@reference.derived("standard_answers")
def _answers() -> list[_Answer]:
    return made("standard_answers", _answer)


@reference.derived("technique_cards")
def _cards() -> list[_Card]:
    return made("technique_cards", _card)


def _answer(cells: Mapping[str, str]) -> _Answer:
    return _Answer(scene=cells["scene"], categories=_codes(cells["categories"]), **_common(cells))


def _card(cells: Mapping[str, str]) -> _Card:
    return _Card(signs=_codes(cells["signs"]), **_common(cells))


def _common(cells: Mapping[str, str]) -> dict[str, Any]:
    return {
        "key": cells["key"],
        "steps": _codes(cells["steps"]),
        "titles": {"zh": cells["title_zh"], "en": cells["title_en"]},
        "texts": {"zh": cells["zh"], "en": cells["en"]},
        **dated(cells),
    }


def _codes(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split(SEPARATOR)))


def _day(moment: datetime | None) -> object:
    return moment.astimezone(clock.zone()).date() if moment else None


def _short(language: str) -> str:
    return "zh" if language.startswith("zh") else "en"
