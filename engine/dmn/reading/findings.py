"""What is found while a file is read, and the reading of its expressions."""

from collections.abc import Iterable
from contextlib import suppress

from engine.dmn import problems as found
from engine.dmn.boxed import is_nameless
from engine.dmn.xml import Element, tag
from engine.errors import FeelSyntaxError
from engine.feel import Expression, check, parse, parse_unary
from engine.feel.problems import UNKNOWN_FUNCTION
from engine.feel.reasons import syntax_error
from engine.problems import Problem, Severity

#: Characters of all expressions of a file.
MAX_TEXT = 400_000
_WARNINGS = frozenset({found.TYPE})


class Findings:
    """The problems of one file; `functions` are those of the application, None where they are not known."""

    def __init__(self, file: str, functions: frozenset[str] | None) -> None:
        self.problems: list[Problem] = []
        self.file = file
        self._functions = functions
        self._ids: set[str] = set()
        self._length = 0
        self._known_types: frozenset[object] = frozenset()
        self._called: tuple[frozenset[str], frozenset[str]] = (frozenset(), functions or frozenset())

    @property
    def thorough(self) -> bool:
        """Whether everything is to be found, or only what keeps the file from being evaluated."""
        return self._functions is not None

    def add(self, code: str, element: Element, **params: object) -> None:
        """Note the problem `code` of `element`."""
        self.at(element.get("id", ""), element.get("name", "") or element.get("label", ""), code, **params)

    def at(self, element_id: str, element_name: str, code: str, **params: object) -> None:
        """Note the problem `code` of the element `element_id`."""
        severity = Severity.WARNING if code in _WARNINGS else Severity.ERROR
        self.problems.append(Problem(code, self.file, element_id, element_name, severity, params))

    def unsupported(self, element: Element) -> None:
        """Note that `element` would be ignored."""
        self.add(found.UNSUPPORTED, element, what=tag(element))

    def know_types(self, names: Iterable[str]) -> None:
        """Let FEEL's unknown types `names` be known: they are those of the model."""
        self._known_types = frozenset(syntax_error(0, "type", found=name).params["why"] for name in names)

    def unique(self, element_id: str, element: Element) -> bool:
        """Whether no element before had `element_id`; else a problem is noted."""
        if element_id and element_id in self._ids:
            self.add(found.DUPLICATE, element, id=element_id)
            return False
        self._ids.add(element_id)
        return bool(element_id)

    def language(self, element: Element) -> bool:
        """Whether `element` is written in FEEL; else a problem is noted."""
        language = element.get("expressionLanguage", "")
        if language and "feel" not in language.lower():
            self.add(found.LANGUAGE, element, language=language)
            return False
        return True

    def expression(
        self, text: str, element: Element, names: frozenset[str], *, unary: bool = False, row: int = 0
    ) -> Expression | None:
        """The expression `text`, which sees `names`; None where it cannot be read. Its problems are noted."""
        self._length += len(text)
        if self._length > MAX_TEXT:
            self._too_long(element)
            return None
        read = parse_unary if unary else parse
        if is_nameless(text):
            with suppress(FeelSyntaxError):
                return read(text)
        place = {"element_id": element.get("id", ""), "element_name": element.get("label", "")}
        functions = self._callable(names)
        problems = check(text, functions, unary=unary, names=names, file=self.file, row=row, **place)
        unreadable = [one for one in problems if one.code != UNKNOWN_FUNCTION and one.severity is Severity.ERROR]
        found_here = problems if self.thorough else unreadable
        self.problems += [one for one in found_here if one.params.get("why") not in self._known_types]
        return None if unreadable else read(text, names)

    def _too_long(self, element: Element) -> None:
        """Note, the first time, that there is too much to read."""
        if not any(problem.code == found.TOO_LARGE for problem in self.problems):
            self.add(found.TOO_LARGE, element, limit=MAX_TEXT, what="characters of expressions", what_zh="表达式字符")

    def _callable(self, names: frozenset[str]) -> frozenset[str]:
        """`names` with the functions of the application; the same names come for every cell of a table."""
        if self._called[0] is not names:
            self._called = names, names | (self._functions or frozenset())
        return self._called[1]
