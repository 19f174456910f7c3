"""Names of several words, or with signs in them, as they stand in the tokens of a text."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from engine.errors import FeelSyntaxError
from engine.feel.lexer import Token, is_plain, tokenize

#: The texts of a name's tokens, each with whether white space comes before it.
_Parts = tuple[tuple[str, bool], ...]


class Vocabulary:
    """Names that are more than one token. Where several stand in a place, the longest counts (section 10.3.1.3)."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_first: dict[str, list[tuple[_Parts, str]]] = {}
        self._added: list[tuple[str, str]] = []
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Know `name` from here on; a plain one needs no knowing."""
        parts = () if is_plain(name) else _parts(name)
        if parts:
            self._by_first.setdefault(parts[0][0], []).append((parts, name))
            self._added.append((parts[0][0], name))

    def __len__(self) -> int:
        return len(self._added)

    @property
    def names(self) -> list[str]:
        """All that was added."""
        return [name for _, name in self._added]

    def forget(self, length: int) -> None:
        """Forget what was added after there were `length` names."""
        while len(self._added) > length:
            first, _ = self._added.pop()
            self._by_first[first].pop()

    def longest(self, tokens: Sequence[Token], place: int) -> tuple[int, str]:
        """How many tokens the longest name at `place` takes, and the name; 0 if none stands there."""
        best = (0, "")
        for parts, name in self._by_first.get(tokens[place].text, ()):
            if len(parts) > best[0] and _stands(parts, tokens, place):
                best = (len(parts), name)
        return best


def _stands(parts: _Parts, tokens: Sequence[Token], place: int) -> bool:
    if place + len(parts) >= len(tokens):
        return False
    for index, (text, spaced) in enumerate(parts):
        token = tokens[place + index]
        if token.text != text or token.kind == "string":
            return False
        if index and spaced != (token.start > tokens[place + index - 1].end):
            return False
    return True


@lru_cache(maxsize=4096)
def _parts(name: str) -> _Parts:
    """The tokens of `name`; none if it could never be written in an expression."""
    try:
        tokens = tokenize(name)[:-1]
    except FeelSyntaxError:
        return ()
    if any(token.kind == "string" for token in tokens):
        return ()
    ends = [0, *(token.end for token in tokens)]
    return tuple((token.text, token.start > end) for token, end in zip(tokens, ends, strict=False))
