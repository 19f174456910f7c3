"""Text fields of a form: `textfield` and `textarea`."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from engine.forms.checks import Refused
from engine.forms.components import NO_WORDS, Wording
from engine.forms.fields import Field, single
from engine.forms.numbers import limit
from engine.forms.patterns import LONGEST
from engine.forms.scope import UNSET, Scope, Setting

#: Longest answers (characters) where the form sets no limit, and whatever limit it sets.
LONGEST_LINE, LONGEST_TEXT, LONGEST_EVER = 5_000, 10_000, 100_000


@dataclass(frozen=True, kw_only=True)
class TextField(Field):
    """A `textfield`, or a `textarea` of several lines."""

    multiline: bool = False
    least: Setting = UNSET
    most: Setting = UNSET
    pattern: re.Pattern[str] | None = None
    pattern_error: Wording = NO_WORDS
    validation_type: str = ""
    autocomplete: str = ""
    prefix: Wording = NO_WORDS
    suffix: Wording = NO_WORDS

    def read(self, texts: Sequence[str], scope: Scope, /) -> str | None:
        """The text with plain line ends and no blanks around it."""
        text = single(texts)
        if text is None:
            return None
        text = re.sub(r"\r\n?", "\n", text).strip()
        if not self.multiline:
            text = text.replace("\t", " ")
        if any(unicodedata.category(c) in ("Cc", "Cs") and not (self.multiline and c in "\n\t") for c in text):
            raise Refused("“{label}” contains signs that cannot be stored; please type the text instead of pasting it")
        self._measure(text, scope)
        return text

    def _measure(self, text: str, scope: Scope) -> None:
        least, most = limit(self.least, scope), limit(self.most, scope)
        cap = LONGEST_TEXT if self.multiline else LONGEST_LINE
        longest = min(int(most), LONGEST_EVER) if most is not None else cap
        if self.pattern is not None:
            longest = min(longest, LONGEST)
        if len(text) > longest:
            raise Refused("“{label}” has {length} characters; at most {most} fit", length=len(text), most=longest)
        if least is not None and len(text) < least:
            raise Refused("“{label}” needs at least {least} characters", least=int(least))
        if self.pattern is not None and not self.pattern.search(text):
            message = self.pattern_error.fill(scope)
            raise Refused("{text}", text=message) if message else Refused()
