r"""The syntax of regular expressions: that of XPath (F&O 3.1, section 5.6), without look-around, and with `\b`."""

from dataclasses import dataclass

from engine.errors import FeelError
from engine.feel.budget import MAX_NESTING
from engine.feel.characters import CLASSES, Accepts, category

#: Longest pattern, in characters, and largest number of repetitions in `{n,m}`.
MAX_PATTERN = 1_000
MAX_REPEAT = 1_000


@dataclass(frozen=True, slots=True)
class Character:
    """One character that `accepts` takes."""

    accepts: Accepts


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place: `^` start, `$` end, `b` word border, `B` no word border."""

    place: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts one after another."""

    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several parts, the first that leads on."""

    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A part whose text is kept under `number`."""

    number: int
    part: "Part"


@dataclass(frozen=True, slots=True)
class Back:
    """What the group `number` took, once more; nothing if it took no part."""

    number: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part `least` to `most` times (None: any number), as often as possible or, `lazy`, as seldom."""

    part: "Part"
    least: int
    most: int | None
    lazy: bool


Part = Character | Anchor | Back | Sequence | Choice | Group | Repeat


_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v"}


class PatternReader:
    """Reads one pattern.

    Its flags: `i` any case, `s` `.` takes line ends, `x` spaces do not count, `q` all characters stand for themselves.
    """

    def __init__(self, text: str, flags: str) -> None:
        self._text = text
        self._flags = flags
        self._place = 0
        self._nested = 0
        self._closed: set[int] = set()
        self.groups = 0

    def read(self) -> Part:
        """The whole pattern; raises FeelError."""
        if len(self._text) > MAX_PATTERN:
            raise self._error()
        if "q" in self._flags:
            return Sequence(tuple(Character(self._any_case(character.__eq__)) for character in self._text))
        part = self._choice()
        if self._place < len(self._text):
            raise self._error()
        return part

    def _error(self) -> FeelError:
        shown = self._text[:60]
        return FeelError(why=f"the pattern “{shown}” cannot be used", why_zh=f"正则表达式“{shown}”无法使用")

    def _enter(self) -> None:
        self._nested += 1
        if self._nested > MAX_NESTING:
            raise self._error()

    def _peek(self) -> str:
        while "x" in self._flags and self._text[self._place : self._place + 1].isspace():
            self._place += 1
        return self._text[self._place : self._place + 1]

    def _take(self, text: str) -> bool:
        self._peek()
        if not self._text.startswith(text, self._place):
            return False
        self._place += len(text)
        return True

    def _next(self) -> str:
        character = self._text[self._place : self._place + 1]
        if not character:
            raise self._error()
        self._place += 1
        return character

    def _choice(self) -> Part:
        self._enter()
        parts = [self._sequence()]
        while self._take("|"):
            parts.append(self._sequence())
        self._nested -= 1
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def _sequence(self) -> Part:
        parts: list[Part] = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._repeated(self._single()))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _repeated(self, part: Part) -> Part:
        match self._peek():
            case "*":
                least, most = 0, None
            case "+":
                least, most = 1, None
            case "?":
                least, most = 0, 1
            case "{":
                least, most = self._bounds()
            case _:
                return part
        self._place += 1
        lazy = self._take("?")
        if self._peek() in ("*", "+", "{"):
            raise self._error()
        return Repeat(part, least, most, lazy)

    def _bounds(self) -> tuple[int, int | None]:
        """`{n}`, `{n,}` or `{n,m}`, up to its closing bracket."""
        end = self._text.find("}", self._place)
        low, comma, high = self._text[self._place + 1 : end].partition(",")
        if end < 0 or not (low.isdecimal() and len(low) <= 4) or (high and not (high.isdecimal() and len(high) <= 4)):
            raise self._error()
        self._place = end
        least = int(low)
        most = int(high) if high else None if comma else least
        if max(least, most or 0) > MAX_REPEAT or (most is not None and most < least):
            raise self._error()
        return least, most

    def _single(self) -> Part:
        character = self._next()
        match character:
            case "(":
                return self._group()
            case "^" | "$":
                return Anchor(character)
            case "\\" if self._peek() in ("b", "B"):
                return Anchor(self._next())
            case "\\" if self._peek() in tuple("123456789"):
                return self._back()
            case "*" | "+" | "?" | "{":
                raise self._error()
        return Character(self._accepts(character))

    def _accepts(self, character: str) -> Accepts:
        match character:
            case ".":
                return (lambda _: True) if "s" in self._flags else (lambda c: c not in "\n\r")
            case "[":
                return self._any_case(self._class())
            case "\\":
                return self._any_case(self._escape())
        return self._any_case(character.__eq__)

    def _group(self) -> Part:
        if self._take("?:"):
            part = self._choice()
        elif self._peek() == "?":
            raise self._error()
        else:
            self.groups += 1
            number = self.groups
            part = Group(number, self._choice())
            self._closed.add(number)
        if not self._take(")"):
            raise self._error()
        return part

    def _back(self) -> Back:
        r"""`\1`: of several digits as many as there are groups before."""
        number = int(self._next())
        while (digit := self._text[self._place : self._place + 1]).isdecimal() and number * 10 + int(
            digit
        ) <= self.groups:
            number = number * 10 + int(self._next())
        if number not in self._closed:
            raise self._error()
        return Back(number)

    def _any_case(self, accepts: Accepts) -> Accepts:
        if "i" not in self._flags:
            return accepts
        return lambda c: accepts(c) or accepts(c.lower()) or accepts(c.upper())

    def _escape(self) -> Accepts:
        """What follows a backslash."""
        code = self._next()
        if code in "pP":
            return self._category(negated=code == "P")
        if code.lower() in CLASSES:
            accepts = CLASSES[code.lower()]
            return accepts if code.islower() else lambda c: not accepts(c)
        return self._literal(code).__eq__

    def _literal(self, code: str) -> str:
        if code == "u":
            digits = "".join(self._next() for _ in range(4))
            try:
                return chr(int(digits, 16))
            except ValueError:
                raise self._error() from None
        if code.isalnum() and code not in _CONTROLS:
            raise self._error()
        return _CONTROLS.get(code, code)

    def _category(self, *, negated: bool) -> Accepts:
        r"""`\p{L}` and its like, after the letter."""
        end = self._text.find("}", self._place)
        accepts = category(self._text[self._place + 1 : end]) if self._text.startswith("{", self._place) else None
        if accepts is None or end < 0:
            raise self._error()
        self._place = end + 1
        return lambda c: accepts(c) != negated

    def _class(self) -> Accepts:
        r"""`[a-z]`, `[^\d_]`, `[a-z-[aeiou]]`, after its opening bracket."""
        self._enter()
        negated = self._text.startswith("^", self._place)
        self._place += negated
        members: list[Accepts] = []
        without: Accepts | None = None
        while not (members and self._text.startswith("]", self._place)):
            if members and self._text.startswith("-[", self._place):
                self._place += 2
                without = self._class()
                break
            members.append(self._class_member())
        if not self._text.startswith("]", self._place):
            raise self._error()
        self._place += 1
        self._nested -= 1
        chosen, left_out = tuple(members), without
        return lambda c: any(accepts(c) for accepts in chosen) != negated and not (left_out is not None and left_out(c))

    def _class_member(self) -> Accepts:
        first = self._next()
        if first == "\\":
            code = self._text[self._place : self._place + 1]
            if code in ("p", "P") or code.lower() in CLASSES:
                return self._escape()
            first = self._literal(self._next())
        following = self._text[self._place + 1 : self._place + 2]
        if not self._text.startswith("-", self._place) or following in ("", "]", "["):
            return first.__eq__
        self._place += 1
        last = self._next()
        if last == "\\":
            last = self._literal(self._next())
        if last < first:
            raise self._error()
        return lambda c: first <= c <= last
