"""Regular expressions that always end in bounded time, for `matches`, `replace`, `split` and form fields.

Python's `re` can need exponential time for patterns like `(a+)+$`, and patterns come from strangers. Here a search
tries the same ways in the same order, but meets each place of the text with each step of the pattern only once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from engine.errors import FeelBudgetExceeded, FeelError
from engine.feel.budget import spend
from engine.feel.characters import Accepts, is_word
from engine.feel.patterns import Anchor, Back, Character, Choice, Group, Part, PatternReader, Repeat, Sequence

_MAX_STEPS_OF_PATTERN = 4_000
#: Work of one search outside of an evaluation, which has its own budget.
_MAX_WORK = 300_000
#: Visits of a step of the pattern that cost one step of the evaluation, and how many are paid at once.
_VISITS_PER_STEP = 2
_BATCH = 64
#: How much more a visit costs where what was kept is part of it.
_WEIGHT_OF_MEMORY = 8
_FLAGS = frozenset("smixq")


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern was found: `spans[0]` is all of it, `spans[n]` its group n, None where that took no part."""

    text: str
    spans: tuple[tuple[int, int] | None, ...]

    def group(self, number: int) -> str:
        """The text of group `number`; empty if it took no part or does not exist."""
        span = self.spans[number] if number < len(self.spans) else None
        return self.text[span[0] : span[1]] if span else ""


@dataclass(frozen=True, slots=True)
class _Step:
    """One step of a compiled pattern.

    Take a character, go on, keep the place under a number, hold at an anchor, or take a group's text once more. Of the
    `ways` to go on the first to be tried stands last.
    """

    accepts: Accepts | None = None
    ways: tuple[int, ...] = ()
    keep: int | None = None
    anchor: str = ""
    back: int = 0


#: A step, a place in the text, and the places kept so far.
_Way = tuple[int, int, tuple[int, ...]]


class Pattern:
    """A compiled pattern. Raises FeelError for a pattern that is wrong, too large, or uses what is not supported."""

    def __init__(self, text: str, flags: str = "") -> None:
        if not _FLAGS.issuperset(flags):
            raise FeelError(why=f"the flags “{flags[:20]}” are unknown", why_zh=f"标志“{flags[:20]}”未知")
        reader = PatternReader(text, flags)
        part = reader.read()
        self.groups = reader.groups
        self._lines = "m" in flags and "q" not in flags
        self._any_case = "i" in flags
        # What a group took decides how it goes on behind a reference to it: there a step and a place alone do not tell.
        self._remembers = False
        self._steps: list[_Step] = []
        self._add(Group(0, part))

    def search(self, text: str, start: int = 0) -> Match | None:
        """The first match at or after `start`; raises FeelBudgetExceeded if that takes too much work."""
        met: set[object] = set()
        for place in range(start, len(text) + 1):
            if (match := self._match_at(text, place, met)) is not None:
                return match
        return None

    def fullmatch(self, text: str) -> bool:
        """Whether all of `text` fits; raises FeelBudgetExceeded if that takes too much work."""
        return self._match_at(text, 0, set(), whole=True) is not None

    def finditer(self, text: str) -> Iterator[Match]:
        """All matches from left to right that do not overlap; raises as `search`."""
        place = 0
        while place <= len(text) and (match := self.search(text, place)) is not None:
            yield match
            begin, end = match.spans[0] or (place, place)
            place = end if end > begin else end + 1

    def _match_at(  # noqa: C901, PLR0912, PLR0915  (the one hot loop: as functions its branches took three times as long)
        self, text: str, start: int, met: set[object], *, whole: bool = False
    ) -> Match | None:
        """A match that starts at `start`; `met` holds the pairs of step and place known to lead nowhere."""
        steps, length, end = self._steps, len(text), len(self._steps)
        waiting: list[_Way] = [(0, start, (-1,) * (2 * self.groups + 2))]
        visited = 0
        while waiting:
            number, place, kept = waiting.pop()
            way_here: object = (number, place, kept) if self._remembers else place * (end + 1) + number
            if way_here in met:
                continue
            met.add(way_here)
            visited += 1
            if visited % _BATCH == 0:
                self._pay(len(met))
            if number == end:
                if whole and place < length:
                    continue
                spend(visited % _BATCH // _VISITS_PER_STEP)
                return Match(text, _spans(kept))
            step = steps[number]
            if step.accepts is not None:
                if place < length and step.accepts(text[place]):
                    waiting.append((number + 1, place + 1, kept))
            elif step.ways:
                for way in step.ways:
                    waiting.append((way, place, kept))
            elif step.keep is not None:
                waiting.append((number + 1, place, (*kept[: step.keep], place, *kept[step.keep + 1 :])))
            elif step.back:
                again = self._after(step.back, text, place, kept)
                if again is not None:
                    waiting.append((number + 1, again, kept))
            elif self._holds(step.anchor, text, place):
                waiting.append((number + 1, place, kept))
        spend(visited % _BATCH // _VISITS_PER_STEP)
        return None

    def _after(self, group: int, text: str, place: int, kept: tuple[int, ...]) -> int | None:
        """The place behind the text of `group`, if that stands at `place` once more."""
        begin, end = kept[2 * group], kept[2 * group + 1]
        if begin < 0 or end < 0:
            return place
        spend((end - begin) // _BATCH)
        taken, here = text[begin:end], text[place : place + end - begin]
        if taken == here or (self._any_case and taken.lower() == here.lower()):
            return place + len(taken)
        return None

    def _pay(self, met: int) -> None:
        weight = _WEIGHT_OF_MEMORY if self._remembers else 1
        spend(weight * _BATCH // _VISITS_PER_STEP)
        if weight * met > _MAX_WORK:
            raise FeelBudgetExceeded()

    def _holds(self, anchor: str, text: str, place: int) -> bool:
        match anchor:
            case "^":
                return place == 0 or (self._lines and text[place - 1] == "\n")
            case "$":
                return place == len(text) or (self._lines and text[place] == "\n")
        before = place > 0 and is_word(text[place - 1])
        after = place < len(text) and is_word(text[place])
        return (before != after) == (anchor == "b")

    def _add(self, part: Part) -> None:
        """Append the steps of `part`."""
        match part:
            case Sequence():
                for inner in part.parts:
                    self._add(inner)
            case Choice():
                self._add_choice(part)
            case Group():
                self._append(_Step(keep=2 * part.number))
                self._add(part.part)
                self._append(_Step(keep=2 * part.number + 1))
            case Repeat():
                self._add_repeat(part)
            case _:
                self._append(self._step(part))

    def _step(self, part: Character | Anchor | Back) -> _Step:
        match part:
            case Character():
                return _Step(part.accepts)
            case Anchor():
                return _Step(anchor=part.place)
        self._remembers = True
        return _Step(back=part.number)

    def _append(self, step: _Step) -> int:
        if len(self._steps) >= _MAX_STEPS_OF_PATTERN:
            raise FeelError(why="the pattern is too large", why_zh="正则表达式过大")
        self._steps.append(step)
        return len(self._steps) - 1

    def _add_choice(self, choice: Choice) -> None:
        fork = self._append(_Step())
        starts: list[int] = []
        ends: list[int] = []
        for inner in choice.parts:
            starts.append(len(self._steps))
            self._add(inner)
            ends.append(self._append(_Step()))
        self._steps[fork] = replace(self._steps[fork], ways=tuple(reversed(starts)))
        for end in ends:
            self._steps[end] = _Step(ways=(len(self._steps),))

    def _add_repeat(self, repeat: Repeat) -> None:
        before = len(self._steps)
        for _ in range(repeat.least):
            self._add(repeat.part)
            if len(self._steps) == before:
                return
        if repeat.most is None:
            fork = self._append(_Step())
            self._add(repeat.part)
            self._append(_Step(ways=(fork,)))
            self._steps[fork] = self._fork(fork + 1, len(self._steps), lazy=repeat.lazy)
            return
        forks: list[int] = []
        for _ in range(repeat.most - repeat.least):
            forks.append(self._append(_Step()))
            self._add(repeat.part)
        for fork in forks:
            self._steps[fork] = self._fork(fork + 1, len(self._steps), lazy=repeat.lazy)

    def _fork(self, into: int, past: int, *, lazy: bool) -> _Step:
        return _Step(ways=(into, past) if lazy else (past, into))


def _spans(kept: tuple[int, ...]) -> tuple[tuple[int, int] | None, ...]:
    pairs = zip(kept[::2], kept[1::2], strict=True)
    return tuple((begin, end) if begin >= 0 and end >= 0 else None for begin, end in pairs)


@lru_cache(maxsize=512)
def compile_pattern(text: str, flags: str = "") -> Pattern:
    """The pattern `text`, read once; raises as `Pattern`."""
    return Pattern(text, flags)
