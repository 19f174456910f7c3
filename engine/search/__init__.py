"""Finding cases: tokens of their words, kept beside them; who may see what is asked with the question (queries)."""

from engine.search.index import follow, mark, rebuild
from engine.search.words import LONGEST, SHORTEST, Asked, Kind, asked, phone, tidy, tokens, unit_token

__all__ = [
    "LONGEST",
    "SHORTEST",
    "Asked",
    "Kind",
    "asked",
    "follow",
    "mark",
    "phone",
    "rebuild",
    "tidy",
    "tokens",
    "unit_token",
]
