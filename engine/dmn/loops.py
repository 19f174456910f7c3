"""Boxed conditional, filter and iterators of DMN 1.4 (DMN 1.5, sections 10.2.2.8 to 10.2.2.11)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from engine.dmn.boxed import Boxed, outside
from engine.dmn.frames import Frame
from engine.feel import parse
from engine.feel.budget import spend

#: What a loop makes of its source: a range gives its members, one value is taken as the list of it, null gives null.
_MEMBERS = parse("for member in source return member")
_PICKED = parse("items[place]")
_ITEM = "item"


@dataclass(frozen=True, slots=True)
class Conditional:
    """If the condition is true, the one; otherwise the other."""

    condition: Boxed
    yes: Boxed
    no: Boxed

    def evaluate(self, frame: Frame) -> object:
        """The value of the branch taken."""
        return (self.yes if self.condition.evaluate(frame) is True else self.no).evaluate(frame)

    def names(self) -> Iterable[str]:
        """What all three parts read."""
        return (name for part in (self.condition, self.yes, self.no) for name in part.names())


@dataclass(frozen=True, slots=True)
class Filter:
    """The items of a list for which the condition is true, or the one at the number it gives."""

    source: Boxed
    condition: Boxed

    def evaluate(self, frame: Frame) -> object:
        """The list of items, or one item."""
        value = self.source.evaluate(frame)
        if value is None:
            return None
        items = value if isinstance(value, list) else [value]
        kept: list[object] = []
        for item in items:
            spend(1)
            verdict = self.condition.evaluate(_around(item, frame))
            if isinstance(verdict, Decimal):
                return _PICKED.evaluate({"items": items, "place": verdict})
            if verdict is True:
                kept.append(item)
        return kept

    def names(self) -> Iterable[str]:
        """What the list and the condition read, `item` excepted."""
        yield from self.source.names()
        yield from outside(self.condition.names(), [_ITEM])


def _around(item: object, frame: Frame) -> Frame:
    """Inside a filter `item` is the item, and the entries of a context are names of their own."""
    inner = frame.within({_ITEM: item})
    return inner.within(item) if isinstance(item, Mapping) else inner


@dataclass(frozen=True, slots=True)
class For:
    """The values of the body for each member; it sees those before as `partial`."""

    name: str
    source: Boxed
    body: Boxed

    def evaluate(self, frame: Frame) -> object:
        """The list of values; null where the source is no list."""
        members = _members(self.source, frame)
        if members is None:
            return None
        results: list[object] = []
        for member in members:
            spend(1)
            results.append(self.body.evaluate(frame.within({self.name: member, "partial": results})))
        return results

    def names(self) -> Iterable[str]:
        """What the source reads, and the body beside the member."""
        yield from self.source.names()
        yield from outside(self.body.names(), [self.name, "partial"])


@dataclass(frozen=True, slots=True)
class Quantified:
    """Whether the condition is true for some member, or for every one; null where that cannot be told."""

    every: bool
    name: str
    source: Boxed
    condition: Boxed

    def evaluate(self, frame: Frame) -> object:
        """True, false or null."""
        members = _members(self.source, frame)
        if members is None:
            return None
        deciding, unknown = not self.every, False
        for member in members:
            spend(1)
            verdict = self.condition.evaluate(frame.within({self.name: member}))
            if verdict is deciding:
                return deciding
            unknown = unknown or not isinstance(verdict, bool)
        return None if unknown else not deciding

    def names(self) -> Iterable[str]:
        """What the source reads, and the condition beside the member."""
        yield from self.source.names()
        yield from outside(self.condition.names(), [self.name])


def _members(source: Boxed, frame: Frame) -> Iterator[object] | None:
    found = _MEMBERS.evaluate({"source": source.evaluate(frame)})
    return iter(found) if isinstance(found, list) else None
