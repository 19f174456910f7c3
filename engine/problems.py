"""What a check of models finds: one `Problem` per finding, with a stable code and texts in both languages.

The texts stand in `CATALOGUE`, so that page, command line and documentation tell the same.
"""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """An `error` refuses the deployment, a `warning` asks for a look, a `note` tells which meaning was chosen."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Texts(NamedTuple):
    """What would happen, and what to do, in English and Chinese; `{name}` stands for a parameter of the problem."""

    what: str
    remedy: str
    what_zh: str
    remedy_zh: str


#: code → texts. Modules that find problems register theirs with `describe`.
CATALOGUE: dict[str, Texts] = {}


def describe(code: str, what: str, remedy: str, what_zh: str, remedy_zh: str) -> str:
    """Register the texts of `code` and return it; raises ValueError if the code exists."""
    if code in CATALOGUE:
        raise ValueError(f"problem code {code} is described twice")
    CATALOGUE[code] = Texts(what, remedy, what_zh, remedy_zh)
    return code


@dataclass(frozen=True)
class Problem:
    """One finding in one place of a model file."""

    code: str
    file: str = ""
    element_id: str = ""
    element_name: str = ""
    severity: Severity = Severity.ERROR
    params: dict[str, object] = field(default_factory=dict)

    def what(self, language: str = "en") -> str:
        """What would happen, in `language` (`en` or `zh`)."""
        texts = CATALOGUE[self.code]
        return (texts.what_zh if language.startswith("zh") else texts.what).format(**self.params)

    def remedy(self, language: str = "en") -> str:
        """What to do, in `language` (`en` or `zh`)."""
        texts = CATALOGUE[self.code]
        return (texts.remedy_zh if language.startswith("zh") else texts.remedy).format(**self.params)

    def as_dict(self, language: str = "en") -> dict[str, object]:
        """A plain mapping for JSON answers, with both texts in `language`."""
        plain = asdict(self)
        return {**plain, "what": self.what(language), "remedy": self.remedy(language)}


def errors_in(problems: list[Problem]) -> list[Problem]:
    """Only those problems that refuse a deployment."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]
