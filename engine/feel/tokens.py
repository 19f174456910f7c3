"""A place in the tokens of a text, moving forward; joins the words of known names that have several."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from engine.errors import FeelSyntaxError
from engine.feel.lexer import Token, tokenize
from engine.feel.reasons import syntax_error


class Tokens:
    """The tokens of one text; `names` are the names known to be more than one word."""

    def __init__(self, text: str, names: Iterable[str]) -> None:
        self._tokens = tokenize(text)
        self._place = 0
        self._names: list[str] = []
        for name in names:
            self.know(name)

    @property
    def at_end(self) -> bool:
        """Whether everything was read."""
        return self.peek().kind == "end"

    def peek(self, distance: int = 0) -> Token:
        """The token `distance` after the next one."""
        return self._tokens[min(self._place + distance, len(self._tokens) - 1)]

    def rest(self) -> Sequence[Token]:
        """All tokens not yet read."""
        return self._tokens[self._place :]

    def advance(self) -> Token:
        """Read one token."""
        token = self.peek()
        if token.kind == "end":
            raise self.error("ends")
        self._place += 1
        return token

    def operator(self) -> str:
        """The text of the next token if it can be an operator, else empty."""
        token = self.peek()
        return token.text if token.kind in ("op", "name") else ""

    def at(self, text: str) -> bool:
        """Whether the next token is the operator or keyword `text`."""
        return self.operator() == text

    def take(self, text: str) -> bool:
        """Read the operator or keyword `text` if it is next; tell whether it was."""
        if not self.at(text):
            return False
        self._place += 1
        return True

    def expect(self, text: str) -> None:
        """Read the operator or keyword `text`; raises FeelSyntaxError if it is not next."""
        if not self.take(text):
            if self.at_end:
                raise self.error("expected_end", expected=text)
            raise self.error("expected", expected=text, found=self.peek().text)

    def end(self) -> None:
        """Raises FeelSyntaxError unless everything was read."""
        if not self.at_end:
            raise self.unexpected()

    def word(self, reserved: frozenset[str] = frozenset()) -> str:
        """Read a name of one word that is not among `reserved`; raises FeelSyntaxError."""
        token = self.peek()
        if token.kind != "name" or token.text in reserved:
            raise self.error("ends") if self.at_end else self.error("name", found=token.text)
        return self.advance().text

    def words_until(self, stop: str) -> str:
        """Read a new name of any number of words, up to the word or sign `stop`."""
        words = [self.word()]
        while self.peek().kind == "name" and not self.at(stop):
            words.append(self.advance().text)
        return " ".join(words)

    def know(self, name: str) -> None:
        """From here on `name` is one name though it has several words."""
        if not name.isidentifier():
            self._names.append(name)

    @contextmanager
    def scope(self) -> Iterator[None]:
        """Names that become known inside the block are forgotten after it."""
        known = len(self._names)
        yield
        del self._names[known:]

    def phrase(self, phrases: Iterable[str] | None = None, before: str = "") -> str | None:
        """Read the longest of `phrases` (default: the known names) that stands here, before the sign `before`."""
        best: tuple[int, str] = (0, "")
        for phrase in self._names if phrases is None else phrases:
            length = self._length_here(phrase)
            if length > best[0] and (not before or self.peek(length).text == before):
                best = (length, phrase)
        self._place += best[0]
        return best[1] or None

    def skip(self, words: list[str]) -> str:
        """Read past `words`, which stand here; gives them as one name."""
        self._place += len(words)
        return " ".join(words)

    def error(self, reason: str, distance: int = 0, *, start: Token | None = None, **params: object) -> FeelSyntaxError:
        """The syntax error `reason` at the next token, or at `start`."""
        return syntax_error((start or self.peek(distance)).start, reason, **params)

    def unexpected(self) -> FeelSyntaxError:
        """The syntax error that the next token cannot stand here."""
        return self.error("ends") if self.at_end else self.error("unexpected", found=self.peek().text)

    def _length_here(self, phrase: str) -> int:
        """How many tokens `phrase` takes up here; 0 if it does not stand here.

        The words may be apart by any white space; a sign inside a name (`a-b`) stands without any.
        """
        place = self._place
        rest = phrase
        while rest:
            token = self._tokens[place]
            if token.kind in ("end", "string") or not rest.startswith(token.text):
                return 0
            rest = rest[len(token.text) :]
            if token.kind == "name" and (rest[:1].isalnum() or rest[:1] == "_"):
                return 0
            rest = rest.lstrip()
            place += 1
        return place - self._place
