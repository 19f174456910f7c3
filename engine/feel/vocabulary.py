"""Names of several words, or with signs in them, as they stand in the tokens of a text."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from engine.errors import FeelSyntaxError
from engine.feel.lexer import Token, is_plain, tokenize

#: The texts of a name's tokens, each with whether white space comes before it.
_Parts = tuple[tuple[str, bool], ...]


#: Tokens of the longest name that is known.
_LONGEST = 32


class Vocabulary:
    """Names that are more than one token. Where several stand in a place, the longest counts (section 10.3.1.3)."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        #: First token → length → tokens → the name, as often as it was added.
        self._by_first: dict[str, dict[int, dict[_Parts, list[str]]]] = {}
        self._added: list[tuple[_Parts, str]] = []
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Know `name` from here on; a plain one needs no knowing."""
        parts = () if is_plain(name) else _parts(name)
        if parts:
            by_length = self._by_first.setdefault(parts[0][0], {})
            by_length.setdefault(len(parts), {}).setdefault(parts, []).append(name)
            self._added.append((parts, name))

    def __len__(self) -> int:
        return len(self._added)

    @property
    def names(self) -> list[str]:
        """All that was added."""
        return [name for _, name in self._added]

    def forget(self, length: int) -> None:
        """Forget what was added after there were `length` names."""
        while len(self._added) > length:
            parts, _ = self._added.pop()
            self._by_first[parts[0][0]][len(parts)][parts].pop()

    def longest(self, tokens: Sequence[Token], place: int) -> tuple[int, str]:
        """How many tokens the longest name at `place` takes, and the name; 0 if none stands there."""
        by_length = self._by_first.get(tokens[place].text)
        if by_length is None:
            return (0, "")
        for length in sorted(by_length, reverse=True):
            found = by_length[length].get(_read(tokens[place : min(place + length, len(tokens) - 1)]))
            if found:
                return length, found[-1]
        return (0, "")


@lru_cache(maxsize=64)
def vocabulary(names: frozenset[str]) -> Vocabulary:
    """`names`, laid out once for all expressions that may use them; not to be added to."""
    return Vocabulary(names)


def _read(tokens: Sequence[Token]) -> _Parts:
    """`tokens` as the parts of a name; none where a text is among them."""
    if any(token.kind == "string" for token in tokens):
        return ()
    ends = [tokens[0].start, *(token.end for token in tokens)] if tokens else []
    return tuple((token.text, token.start > end) for token, end in zip(tokens, ends, strict=False))


@lru_cache(maxsize=4096)
def _parts(name: str) -> _Parts:
    """The tokens of `name`; none if it could never be written in an expression."""
    try:
        tokens = tokenize(name)[:-1]
    except FeelSyntaxError:
        return ()
    return _read(tokens) if len(tokens) <= _LONGEST else ()
