"""A place in the tokens of a text, moving forward; joins the words of known names that have several."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from engine.errors import FeelSyntaxError
from engine.feel.lexer import Token, tokenize
from engine.feel.reasons import syntax_error
from engine.feel.vocabulary import Vocabulary, vocabulary

#: Signs that may stand inside a name where it is declared (rule 30).
_IN_NAMES = frozenset({"+", "-", "*", "**", "/", ".", "..", "'", "’"})


class Tokens:
    """The tokens of one text; `names` are the names known to be more than one word."""

    def __init__(self, text: str, names: Iterable[str]) -> None:
        self._tokens = tokenize(text)
        self._place = 0
        self._known = vocabulary(frozenset(names))
        #: Names that the text itself declares.
        self._names = Vocabulary()
        # Keys of contexts written anywhere in the text: after a dot and in filters they may be meant.
        self._keys = Vocabulary()
        #: What reads well but can only be null.
        self.mistakes: list[FeelSyntaxError] = []

    @property
    def at_end(self) -> bool:
        """Whether everything was read."""
        return self.peek().kind == "end"

    def peek(self, distance: int = 0) -> Token:
        """The token `distance` after the next one."""
        return self._tokens[min(self._place + distance, len(self._tokens) - 1)]

    def rest(self) -> Iterator[Token]:
        """All tokens not yet read."""
        return (self._tokens[place] for place in range(self._place, len(self._tokens)))

    def advance(self) -> Token:
        """Read one token."""
        token = self.peek()
        if token.kind == "end":
            raise self.error("ends")
        self._place += 1
        return token

    def operator(self) -> str:
        """The text of the next token if it can be an operator, else empty."""
        token = self._tokens[self._place]
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

    def new_name(self, *stops: str) -> str:
        """Read a name that is declared here, of any words and signs, up to one of `stops`."""
        length = self.length_of_name(stops)
        if not length:
            self.word()
            raise self.unexpected()
        return self.skip(length)

    def length_of_name(self, stops: Sequence[str]) -> int:
        """How many tokens a name that is declared here takes up to one of `stops`; 0 if none stands here."""
        for length, token in enumerate(self.rest()):
            if length and token.text in stops and token.kind in ("op", "name"):
                return length
            if token.kind not in ("name", "number") and token.text not in _IN_NAMES:
                return 0
            if not length and token.kind != "name":
                return 0
        return 0

    def skip(self, length: int) -> str:
        """Read `length` tokens; gives them as one name, with single spaces where there is white space."""
        name = self.advance().text
        for _ in range(length - 1):
            gap = " " if self.peek().start > self.peek(-1).end else ""
            name += gap + self.advance().text
        return name

    def know(self, name: str) -> None:
        """From here on `name` is one name though it has several words."""
        self._names.add(name)

    def know_key(self, name: str) -> None:
        """`name` is an entry of a context."""
        self._names.add(name)
        self._keys.add(name)

    @contextmanager
    def scope(self, *, of_items: bool = False) -> Iterator[None]:
        """Names that become known inside the block are forgotten after it; `of_items`: keys count as names there."""
        known = len(self._names)
        for key in self._keys.names if of_items else ():
            self._names.add(key)
        yield
        self._names.forget(known)

    def phrase(self, *vocabularies: Vocabulary, before: str = "") -> str | None:
        """Read the longest known name that stands here, or of `vocabularies`; only where the sign `before` follows."""
        length, name = self._names.longest(self._tokens, self._place)
        for each in (self._known, *vocabularies):
            found = each.longest(self._tokens, self._place)
            if found[0] > length:
                length, name = found
        if not length or (before and self.peek(length).text != before):
            return None
        self._place += length
        return name

    def error(self, reason: str, distance: int = 0, *, start: Token | None = None, **params: object) -> FeelSyntaxError:
        """The syntax error `reason` at the next token, or at `start`."""
        return syntax_error((start or self.peek(distance)).start, reason, **params)

    def unexpected(self) -> FeelSyntaxError:
        """The syntax error that the next token cannot stand here."""
        if self.at_end:
            return self.error("ends")
        reason = "character" if self.peek().kind == "other" else "unexpected"
        return self.error(reason, found=self.peek().text)
