"""The words that cases are found by, and what somebody looks for: texts to tokens.

Chinese, Japanese and Korean text has no blanks: each two signs that stand side by side are a word, so that any part of
two signs and more is found. Words of other scripts count whole, in small letters, from two signs on. Nothing of the
order of words is kept: who has the index alone learns less of the texts.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from engine.applications import FoundBy
from engine.vault import Vault

#: Signs of a question.
LONGEST = 200
#: Signs of the shortest word.
SHORTEST = 2

_CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
#: A run of signs without blanks between words, or a word.
_RUNS = re.compile(f"([{_CJK}]+)|[^\\W_{_CJK}]+")
#: What parts the words of a name beside blanks: 阿依古丽·买买提.
_PARTS = re.compile(r"[\s,.·•・]+")
_BETWEEN_CJK = re.compile(f"(?<=[{_CJK}])\\s+(?=[{_CJK}])")
_PHONE = re.compile(r"\+?[\d\s()./-]+")
_NUMBER = re.compile(r"(?=.*[A-Z])(?=.*\d)[A-Z0-9]+(?:[-_/][A-Z0-9]+)*[-_/]?", re.ASCII)
#: Digits of a phone number.
_DIGITS = range(5, 21)


class Kind(StrEnum):
    """What a word is; the same word gives another token for each kind."""

    NUMBER = "number"
    NAME = "name"
    PHONE = "phone"
    TEXT = "text"
    #: not asked for, but added to the question of somebody who sees the cases of some units only
    UNIT = "unit"


#: What a word may be, any of which is enough: kind → tokens that have to be there together.
Readings = Mapping[Kind, frozenset[str]]


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: all of `words` have to be there."""

    #: tidied, as it was typed otherwise
    text: str
    #: in capitals, where it may be a business key
    number: str
    words: tuple[Readings, ...]
    #: what is too short to look for
    left_out: tuple[str, ...]
    is_too_long: bool = False

    @property
    def kinds(self) -> frozenset[Kind]:
        """What the words may be."""
        return frozenset(kind for word in self.words for kind in word)


def tidy(text: str) -> str:
    """`text` with one form for each sign (NFKC), without invisible signs, blanks made single."""
    folded = unicodedata.normalize("NFKC", text.encode("utf-8", "ignore").decode())
    shown = (sign for sign in folded if unicodedata.category(sign) != "Cf")
    return " ".join("".join(shown).split())


def phone(text: str) -> str:
    """The digits of a phone number, without the country code of a Chinese mobile number."""
    digits = "".join(sign for sign in text if sign.isdigit())
    return digits.removeprefix("86") if len(digits) == 13 else digits


def tokens(vault: Vault, found: FoundBy, number: str = "") -> set[str]:
    """The tokens of the case with this business key: of every beginning of the key, and of what it is found by."""
    by_kind: Mapping[Kind, Iterable[str]] = {
        Kind.NAME: {word for name in found.names for word in _name_words(tidy(name))},
        Kind.PHONE: {phone(tidy(each)) for each in found.phones} - {""},
        Kind.NUMBER: {*_beginnings(number.upper()), *(tidy(each).upper() for each in found.numbers)} - {""},
        Kind.TEXT: {word for text in found.texts for word in _text_words(tidy(text))},
    }
    return {vault.token(kind, word) for kind, words in by_kind.items() for word in words}


def unit_token(vault: Vault, unit_key: str) -> str:
    """The token of the cases that concern a unit."""
    return vault.token(Kind.UNIT, unit_key)


def asked(vault: Vault, text: str) -> Asked:
    """What the typed `text` asks for; without words where nothing of it can be looked for."""
    if len(text) > LONGEST:
        return Asked("", "", (), (), is_too_long=True)
    text = tidy(text)
    number = text.upper() if _is_number(text.upper()) else ""
    parts = [text] if _is_phone(text) else text.split()
    words = [_readings(part) for part in parts]
    short = [run for part, found in zip(parts, words, strict=True) for run in _too_short(part, found)]
    return Asked(
        text=text,
        number=number,
        words=tuple(
            {kind: frozenset(vault.token(kind, each) for each in found) for kind, found in word.items()}
            for word in words
            if word
        ),
        left_out=tuple(dict.fromkeys(short)),
    )


def _readings(part: str) -> dict[Kind, set[str]]:
    """What one word of a question may be: kind → words of that kind."""
    found = {Kind.NAME: _name_words(part), Kind.TEXT: _text_words(part)}
    if _is_phone(part):
        found[Kind.PHONE] = {phone(part)}
    if _is_number(part.upper()) or "@" in part:
        found[Kind.NUMBER] = {part.upper()}
    return {kind: words for kind, words in found.items() if words}


def _too_short(part: str, found: Mapping[Kind, set[str]]) -> Iterator[str]:
    """The runs of `part` that cannot be looked for, and that nothing else that it may be covers."""
    if Kind.NUMBER in found or Kind.PHONE in found:
        return
    for run in _RUNS.finditer(part):
        if len(run[0]) < SHORTEST and (run[1] or not found):
            yield run[0]


def _is_number(upper: str) -> bool:
    return len(upper) > SHORTEST and (_NUMBER.fullmatch(upper) is not None or (upper.isascii() and upper.isdigit()))


def _is_phone(text: str) -> bool:
    return _PHONE.fullmatch(text) is not None and len(phone(text)) in _DIGITS


def _beginnings(number: str) -> set[str]:
    return {number[:length] for length in range(SHORTEST + 1, len(number) + 1)}


def _name_words(name: str) -> set[str]:
    """The words of a tidy name: a Chinese name whole, others word by word."""
    words = _PARTS.split(_BETWEEN_CJK.sub("", name).casefold())
    return {word for word in words if len(word) >= SHORTEST and any(map(str.isalpha, word))}


def _text_words(text: str) -> set[str]:
    """The words of a tidy text."""
    words = set()
    for run in _RUNS.finditer(text.casefold()):
        signs = run[0]
        if run[1] is None:
            words.add(signs)
        else:
            words.update(map("".join, pairwise(signs)))
    return {word for word in words if len(word) >= SHORTEST}
