"""How alike two texts are: the Sørensen–Dice coefficient of their character trigrams, Chinese and English alike."""

import unicodedata
from collections import Counter

#: Characters of a text that are compared; what a story is about stands at its beginning.
MOST = 2_000

GRAM = 3


def similarity(one: str, other: str) -> float:
    """0.0 for texts without a common trigram to 1.0 for the same text; blanks, signs and case do not count.

    The same whichever text comes first; 0.0 where one of them is shorter than a trigram.
    """
    first, second = _trigrams(one), _trigrams(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if first and second else 0.0


def _trigrams(text: str) -> Counter[str]:
    folded = unicodedata.normalize("NFKC", text[:MOST]).casefold()
    signs = "".join(sign for sign in folded if sign.isalnum())
    return Counter(signs[start : start + GRAM] for start in range(len(signs) - GRAM + 1))
