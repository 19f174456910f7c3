"""Scripts that only assign plain expressions, in FEEL: `x = 5;`, `execution.setVariable("x", a + 1)`, `return a > 5;`.

Nothing else of a script is understood, and no script is run.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from engine import feel
from engine.bpmn.expressions import parsed
from engine.errors import FeelSyntaxError
from engine.feel.budget import MAX_TEXT

#: Languages whose plain expressions are read: the word in `scriptFormat` or `language` → the translator's name.
_LANGUAGES = {
    "javascript": "javascript", "ecmascript": "javascript", "js": "javascript", "application/javascript": "javascript",
    "text/javascript": "javascript", "graal.js": "javascript", "nashorn": "javascript",
    "http://www.javascript.com/javascript": "javascript",
    "groovy": "groovy", "application/groovy": "groovy", "text/x-groovy": "groovy",
    "java": "java", "http://www.java.com/java": "java", "text/x-java": "java", "application/x-java": "java",
    "python": "python", "jython": "python", "text/x-python": "python", "application/x-python-code": "python",
    "juel": "juel", "application/juel": "juel", "http://www.jcp.org/en/jsr/detail?id=245": "juel",
    "mvel": "java", "http://www.mvel.org/2.0": "java",
}  # fmt: skip
_FEEL = frozenset({"feel", "application/feel", "text/feel", "friendly-enough-expression-language"})
_OF_OMG = re.compile(r"https?://www\.omg\.org/spec/(?:FEEL|DMN)/.*", re.IGNORECASE)
_XPATH = re.compile(r".*xpath.*", re.IGNORECASE)

_TEXT = re.compile(r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'""")
#: A script in parts: texts, line ends, semicolons, and what stands between.
_PARTS = re.compile(rf"""{_TEXT.pattern}|;|\s*\n\s*|[^;\n"'\s]+|[^\S\n]+|["']""")
#: What makes a script more than a list of assignments.
_MORE = re.compile(r"[{}]|=>|\b(?:if|for|while|function|class|import|try|new|await)\b")
_COMMENTS = re.compile(
    r"""(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*') | /\*.*?\*/ | //[^\n]*""", re.VERBOSE | re.DOTALL
)
_PYTHON_COMMENTS = re.compile(r"""(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*') | \#[^\n]*""", re.VERBOSE)
_PRINTS = re.compile(
    r"(?:System\.out\.print(?:ln)?|print(?:ln)?|console\.(?:log|info|debug|warn|error)|log(?:ger)?\.\w+)\s*\(.*\)|print(?:ln)?\s.*",
    re.DOTALL | re.IGNORECASE,
)
_SETS = re.compile(
    r"""(?:execution|task|delegateTask|kcontext|delegateExecution)\s*\.\s*setVariable(?:Local)?\s*\(\s*
    (?:"(?P<double>[^"]+)"|'(?P<single>[^']+)')\s*,(?P<value>.+)\)""",
    re.VERBOSE | re.DOTALL,
)
_DECLARES = re.compile(
    r"(?:var|let|const|def|final|String|Integer|int|long|Long|double|Double|boolean|Boolean|float)\s+(?P<rest>.+)",
    re.DOTALL,
)
_ASSIGNS = re.compile(r"(?P<name>[^\W\d]\w*)\s*(?P<sign>[-+*/]?)=(?!=)(?P<value>.+)", re.DOTALL)
_RETURNS = re.compile(r"return\b(?P<value>.*)", re.DOTALL)


@dataclass(frozen=True)
class Script:
    """What a script comes to."""

    #: variable → FEEL of what it gets
    assigned: Mapping[str, str] = field(default_factory=dict)
    #: FEEL of the script's own value; empty where it has none
    value: str = ""


def is_feel(language: str) -> bool:
    """Whether `language`, as written in a model, is FEEL."""
    return language.strip().lower() in _FEEL or _OF_OMG.fullmatch(language.strip()) is not None


def is_default(language: str) -> bool:
    """Whether `language` is one whose name tools write where conditions are in their own default language."""
    return not language or is_feel(language) or _XPATH.fullmatch(language.strip()) is not None


def value(text: str, language: str) -> str:
    """FEEL of a script that is one expression. Raises FeelSyntaxError."""
    found = script(text, language)
    if found.assigned or not found.value:
        raise _refused("it does more than to give one value", "它不只是给出一个值")
    return found.value


def script(text: str, language: str) -> Script:
    """What the script comes to: what it assigns, and its value. Raises FeelSyntaxError saying why it cannot be read."""
    if is_feel(language):
        return Script(value=parsed(text).text)
    spoken = _LANGUAGES.get(language.strip().lower())
    if spoken is None and language.strip():
        raise _refused("the language is unknown", "未知的语言")
    return _Reading(spoken or "groovy").read(text)


class _Reading:
    """Reads statements one after another; FEEL of a variable sees what was assigned before."""

    def __init__(self, language: str) -> None:
        self._language = language
        #: name → FEEL, in order: variables of the case, and those of the script alone
        self._known: dict[str, str] = {}
        self._own: set[str] = set()

    def read(self, text: str) -> Script:
        result = ""
        statements = list(_statements(text, self._language))
        for number, statement in enumerate(statements):
            if _PRINTS.fullmatch(statement):
                continue
            if _RETURNS.fullmatch(statement) and number + 1 < len(statements):
                raise _refused("it returns before its end", "它在结尾之前返回")
            result = self._statement(statement)
        assigned = {name: self._seen(name) for name in self._known if name not in self._own}
        return Script(assigned, result)

    def _statement(self, statement: str) -> str:
        """Take up one statement; gives FEEL of its value where it is an expression."""
        sets = _SETS.fullmatch(statement)
        declares = None if self._language == "python" else _DECLARES.fullmatch(statement)
        assigns = _ASSIGNS.fullmatch(declares["rest"] if declares else statement)
        returns = _RETURNS.fullmatch(statement)
        if sets:
            self._assign(sets["double"] or sets["single"], sets["value"], own=False)
        elif assigns:
            name, sign = assigns["name"], assigns["sign"]
            value = f"{name} {sign} ({assigns['value']})" if sign else assigns["value"]
            self._assign(name, value, own=declares is not None)
        elif declares:
            raise _refused("“{found}” is declared without a value", "“{found}”只声明而没有值", statement)
        else:
            plain = returns["value"].strip() if returns else statement
            return self._inside(self._feel(plain)) if plain else ""
        return ""

    def _assign(self, name: str, value: str, *, own: bool) -> None:
        if not name.isidentifier():
            raise _refused("“{found}” is no name of a variable", "“{found}”不是变量名", name)
        if name in self._known and name in self._own and not own:
            # `var x = 5; execution.setVariable("x", x)` gives the case what the script called so.
            if value.strip() != name:
                raise _refused("“{found}” gets a value twice", "“{found}”被赋值两次", name)
            self._own.discard(name)
            return
        if name in self._known:
            raise _refused("“{found}” gets a value twice", "“{found}”被赋值两次", name)
        self._known[name] = self._feel(value.strip())
        if own:
            self._own.add(name)

    def _feel(self, text: str) -> str:
        """FEEL of an expression, which calls nothing that could have an effect."""
        found = feel.from_juel(text, self._language)
        unknown = sorted(feel.parse(found).functions - feel.BUILTINS.keys())
        if unknown:
            raise _refused("it calls “{found}”", "它调用了“{found}”", unknown[0])
        return found

    def _seen(self, name: str) -> str:
        """FEEL of a variable that stands alone: with all that was assigned before it."""
        before: dict[str, str] = {}
        for each, text in self._known.items():
            if each == name:
                return self._inside(text, before)
            before[each] = text
        return ""

    def _inside(self, text: str, before: Mapping[str, str] | None = None) -> str:
        """`text`, with what was assigned before where it reads that."""
        before = self._known if before is None else before
        read = {path.split(".")[0] for path in feel.parse(text).names}
        if not read & before.keys():
            return text
        own = next(name for name in map("value{}".format, count(1)) if name not in before)
        entries = ", ".join(f"{name}: {value}" for name, value in [*before.items(), (own, text)])
        return f"{{{entries}}}.{own}"


def _statements(text: str, language: str) -> Iterator[str]:
    """The statements of a script, without comments and semicolons."""
    if len(text) > MAX_TEXT:
        raise _refused(f"it is longer than {MAX_TEXT} characters", f"它超过 {MAX_TEXT} 个字符")
    comments = _PYTHON_COMMENTS if language == "python" else _COMMENTS
    plain = comments.sub(lambda match: match["text"] or " ", text)
    if _MORE.search(_without_texts(plain)):
        raise _refused("it holds more than plain assignments", "它包含赋值以外的内容")
    statement = ""
    for part in _PARTS.findall(plain):
        if part == ";" or ("\n" in part and part.isspace() and _is_whole(statement)):
            if statement.strip():
                yield statement.strip()
            statement = ""
        else:
            statement += part
    if statement.strip():
        yield statement.strip()


def _without_texts(text: str) -> str:
    return _TEXT.sub("''", text)


def _is_whole(statement: str) -> bool:
    """Whether no bracket or text is left open, so that a line break ends the statement."""
    plain = _without_texts(statement)
    return all(plain.count(one) == plain.count(other) for one, other in ("()", "[]")) and not re.search(
        r"(?:[-+*/,(=.]|&&|\|\|)\s*$", plain
    )


def _refused(why: str, why_zh: str, found: str = "") -> FeelSyntaxError:
    shown = found.strip()[:40]
    return FeelSyntaxError(position=1, why=why.format(found=shown), why_zh=why_zh.format(found=shown))
