"""Number fields of a form, and how people write numbers."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from engine.forms.checks import Refused
from engine.forms.components import NO_WORDS, Wording
from engine.forms.fields import Answer, Field, single
from engine.forms.scope import UNSET, Scope, Setting

#: Most digits of a number: it and its calculations stay exact in FEEL's 34.
MOST_DIGITS = 25

#: A number as people write it, in ordinary characters: groups of three with commas, or none.
_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+|(?=\.\d))(?:\.(\d*))?", re.ASCII)


def number_in(text: str) -> Decimal | None:
    """The number that `text` says, also in full-width digits and with separators of thousands; None if unclear."""
    written = "".join(unicodedata.normalize("NFKC", text).replace("\u2212", "-").split())
    match = _NUMBER.fullmatch(written)
    if match is None:
        return None
    whole = match[2].replace(",", "") or "0"
    number = Decimal(f"{match[1]}{whole}.{match[3]}" if match[3] else match[1] + whole)
    return number if number else number.copy_abs()


@dataclass(frozen=True, kw_only=True)
class NumberField(Field):
    """A `number`; the answer is a Decimal, also where form-js would store text."""

    decimals: int | None = None
    step: Decimal | None = None
    least: Setting = UNSET
    most: Setting = UNSET
    prefix: Wording = NO_WORDS
    suffix: Wording = NO_WORDS

    @property
    def feel_type(self) -> str:
        """The FEEL type of the answer."""
        return "number"

    def read(self, texts: Sequence[str], scope: Scope, /) -> Decimal | None:
        """The number, within its limits."""
        text = single(texts)
        if text is None:
            return None
        if len(text) > 100 or (number := number_in(text)) is None:
            raise Refused("“{label}” is not a clear number; write it like 1234.50")
        digits, exponent = number.as_tuple().digits, number.as_tuple().exponent
        places = -exponent if isinstance(exponent, int) else 0
        if max(len(digits), places) > MOST_DIGITS:
            raise Refused("“{label}” has more than {most} digits", most=MOST_DIGITS)
        if self.decimals is not None and places > self.decimals and number != round(number, self.decimals):
            if self.decimals == 0:
                raise Refused("“{label}” must be a whole number")
            raise Refused("“{label}” has more than {most} digits after the point", most=self.decimals)
        self._measure(number, scope)
        return number

    def _measure(self, number: Decimal, scope: Scope) -> None:
        least, most = limit(self.least, scope), limit(self.most, scope)
        if least is not None and number < least:
            raise Refused("“{label}” must be {least} or more", least=least)
        if most is not None and number > most:
            raise Refused("“{label}” must be {most} or less", most=most)
        if self.step and Fraction(number) % Fraction(self.step):
            raise Refused("“{label}” must be a multiple of {step}", step=self.step)

    def texts(self, answer: Answer) -> list[str]:
        """The number in plain digits."""
        return [format(answer, "f")] if isinstance(answer, Decimal) else super().texts(answer)


def limit(setting: Setting, scope: Scope) -> Decimal | None:
    """The number that a setting such as `max` has in `scope`, or None."""
    value = setting.of(scope)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    return number_in(str(value))
