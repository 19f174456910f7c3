r"""Sets of characters in regular expressions: `\d`, `\p{Lu}`, `\p{IsGreek}` (XML Schema, part 2, appendix F)."""

import unicodedata
from collections.abc import Callable

Accepts = Callable[[str], bool]

#: The blocks of Unicode that people name; of the others there is no table in Python.
_BLOCKS = {
    "BasicLatin": (0x0000, 0x007F),
    "Latin-1Supplement": (0x0080, 0x00FF),
    "LatinExtended-A": (0x0100, 0x017F),
    "LatinExtended-B": (0x0180, 0x024F),
    "IPAExtensions": (0x0250, 0x02AF),
    "CombiningDiacriticalMarks": (0x0300, 0x036F),
    "Greek": (0x0370, 0x03FF),
    "GreekandCoptic": (0x0370, 0x03FF),
    "Cyrillic": (0x0400, 0x04FF),
    "Armenian": (0x0530, 0x058F),
    "Hebrew": (0x0590, 0x05FF),
    "Arabic": (0x0600, 0x06FF),
    "Devanagari": (0x0900, 0x097F),
    "Bengali": (0x0980, 0x09FF),
    "Thai": (0x0E00, 0x0E7F),
    "Georgian": (0x10A0, 0x10FF),
    "HangulJamo": (0x1100, 0x11FF),
    "LatinExtendedAdditional": (0x1E00, 0x1EFF),
    "GeneralPunctuation": (0x2000, 0x206F),
    "CurrencySymbols": (0x20A0, 0x20CF),
    "LetterlikeSymbols": (0x2100, 0x214F),
    "NumberForms": (0x2150, 0x218F),
    "Arrows": (0x2190, 0x21FF),
    "MathematicalOperators": (0x2200, 0x22FF),
    "BoxDrawing": (0x2500, 0x257F),
    "CJKSymbolsandPunctuation": (0x3000, 0x303F),
    "Hiragana": (0x3040, 0x309F),
    "Katakana": (0x30A0, 0x30FF),
    "Bopomofo": (0x3100, 0x312F),
    "CJKUnifiedIdeographsExtensionA": (0x3400, 0x4DBF),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "HangulSyllables": (0xAC00, 0xD7A3),
    "PrivateUse": (0xE000, 0xF8FF),
    "CJKCompatibilityIdeographs": (0xF900, 0xFAFF),
    "HalfwidthandFullwidthForms": (0xFF00, 0xFFEF),
}


def is_word(character: str) -> bool:
    """Whether `character` counts as part of a word."""
    return character.isalnum() or character == "_"


def _is_name_start(character: str) -> bool:
    return character.isalpha() or character in "_:"


def _is_name_part(character: str) -> bool:
    return character.isalnum() or character in "_:-.·" or unicodedata.category(character)[0] == "M"


#: The small letter behind a backslash → what it stands for; the capital is all the rest.
CLASSES: dict[str, Accepts] = {
    "d": str.isdecimal,
    "w": is_word,
    "s": str.isspace,
    "i": _is_name_start,
    "c": _is_name_part,
}


def category(name: str) -> Accepts | None:
    """The characters of a general category, its first letter, or a block with `Is` before it; None if unknown."""
    if name.isalpha() and len(name) <= 2:
        return lambda character: unicodedata.category(character).startswith(name)
    block = _BLOCKS.get(name.removeprefix("Is")) if name.startswith("Is") else None
    if block is None:
        return None
    first, last = block
    return lambda character: first <= ord(character) <= last
