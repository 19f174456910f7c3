"""Single entries of a component in form-js JSON: FEEL, texts with translations, keys; what is odd becomes a problem."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from engine import feel
from engine.errors import FeelSyntaxError
from engine.feel import Expression
from engine.forms import problems
from engine.forms.components import NO_WORDS, Wording
from engine.forms.scope import UNSET, Setting
from engine.forms.templates import NO_TEXT, Template, read_template, without_tags
from engine.problems import Problem, Severity

#: The languages every text of a form should have.
LANGUAGES = ("zh", "en")

_KEY = re.compile(r"[^\W\d_]\w*(\.[^\W\d_]\w*)*")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_WORDS = re.compile(r"[^\W\d_]{2,}|[\u3400-\u9fff]")

Raw = Mapping[str, Any]


@dataclass
class Findings:
    """What reading a form brings to light beside its components."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    #: (component id, expression)
    expressions: list[tuple[str, Expression]] = field(default_factory=list)

    def add(self, code: str, element_id: str, severity: Severity = Severity.ERROR, **params: object) -> None:
        """Note a problem of the component `element_id`."""
        self.problems.append(Problem(code, self.file, element_id, severity=severity, params=params))


class Entries:
    """The entries of one component."""

    def __init__(self, raw: Raw, element_id: str, findings: Findings) -> None:
        self.raw, self.id, self.findings = raw, element_id, findings
        properties = raw.get("properties")
        self.properties = {str(k): str(v) for k, v in properties.items()} if isinstance(properties, Mapping) else {}

    def inner(self, entry: str) -> "Entries":
        """The entries of the object at `entry`, with the properties of this component."""
        inner = Entries(self.mapping(entry), self.id, self.findings)
        inner.properties = self.properties
        return inner

    def mapping(self, entry: str) -> Raw:
        """The object at `entry`, empty if there is none."""
        found = self.raw.get(entry)
        if found is not None and not isinstance(found, Mapping):
            self.malformed(entry, "an object is expected")
        return found if isinstance(found, Mapping) else {}

    def items(self, entry: str) -> list[Raw]:
        """The objects of the list at `entry`."""
        found = self.raw.get(entry)
        if found is None:
            return []
        items = [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []
        if not isinstance(found, list) or len(items) < len(found):
            self.malformed(entry, "a list of objects is expected")
        return items

    def text(self, entry: str) -> str:
        """The text at `entry`, empty if there is none."""
        found = self.raw.get(entry)
        if found is not None and not isinstance(found, str):
            self.malformed(entry, "a text is expected")
        return found if isinstance(found, str) else ""

    def flag(self, entry: str, default: bool = False) -> bool:  # noqa: FBT001, FBT002
        """The truth value at `entry`."""
        found = self.raw.get(entry, default)
        if not isinstance(found, bool):
            self.malformed(entry, "true or false is expected")
        return found is True

    def number(self, entry: str) -> Decimal | None:
        """The number at `entry`, also if it is written as text."""
        found = self.raw.get(entry)
        if found in (None, ""):
            return None
        number = Decimal(str(found)) if re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", str(found), re.ASCII) else None
        if number is None or isinstance(found, bool):
            self.malformed(entry, "a number is expected")
        return number

    def setting(self, entry: str) -> Setting:
        """The constant or FEEL at `entry`."""
        found = self.raw.get(entry)
        return self.feel(entry, found[1:]) if isinstance(found, str) and found.startswith("=") else Setting(found)

    def source(self, entry: str) -> Setting:
        """The FEEL at `entry`, with or without `=`."""
        found = self.text(entry)
        return self.feel(entry, found.removeprefix("=")) if found else UNSET

    def rule(self) -> Setting:
        """The FEEL of the property `rule`, with or without `=`."""
        written = self.properties.get("rule", "")
        return self.feel("rule", written.removeprefix("=")) if written else UNSET

    def feel(self, entry: str, text: str) -> Setting:
        """The FEEL `text` that stands at `entry`."""
        try:
            expression = feel.parse(text)
        except FeelSyntaxError as error:
            self.findings.add(problems.FEEL, self.id, entry=entry, why=error.message)
            return UNSET
        for mistake in expression.mistakes:
            self.findings.add(problems.FEEL, self.id, entry=entry, why=mistake.message)
        self.findings.expressions.append((self.id, expression))
        return Setting(expression=expression)

    def template(self, entry: str, text: str) -> Template:
        """The text with FEEL in it that stands at `entry`."""
        try:
            template = read_template(text)
        except FeelSyntaxError as error:
            self.findings.add(problems.FEEL, self.id, entry=entry, why=error.message)
            return NO_TEXT
        self.findings.expressions.extend((self.id, expression) for expression in template.expressions())
        return template

    def wording(self, entry: str, name: str = "") -> Wording:
        """The text at `entry` with its translations in the properties `name:zh` and `name:en` (`name`: as `entry`)."""
        return self.translated(self.text(entry), name or entry)

    def translated(self, base: str, name: str) -> Wording:
        """The text `base` with its translations in the properties `name:<language>`."""
        written = {language: self.properties.get(f"{name}:{language}", "") for language in LANGUAGES}
        if _WORDS.search(without_tags(base)) and not base.startswith("="):
            own = "zh" if _CHINESE.search(base) else "en"
            for missing in [each for each in LANGUAGES if each != own and not written[each]]:
                params = {"text": base[:60], "language": missing, "property": f"{name}:{missing}"}
                self.findings.add(problems.TRANSLATION, self.id, Severity.WARNING, **params)
        if not base and not any(written.values()):
            return NO_WORDS
        translations = {each: self.template(f"{name}:{each}", text) for each, text in written.items() if text}
        return Wording(self.template(name, base), translations)

    def own_words(self, name: str) -> Wording:
        """A text that stands in the properties `name:zh` and `name:en` only."""
        first = next((text for each in LANGUAGES if (text := self.properties.get(f"{name}:{each}"))), "")
        return self.translated(first, name)

    def key(self, entry: str) -> str:
        """The key or path at `entry`, empty if it cannot be used."""
        key = self.text(entry).strip()
        if not _KEY.fullmatch(key):
            self.findings.add(problems.NO_KEY, self.id, key=key)
            return ""
        return key

    def malformed(self, entry: str, why: str) -> None:
        """Note that the entry has the wrong shape."""
        self.findings.add(problems.MALFORMED, self.id, entry=entry, why=why)
