"""Checks of an answer beyond form-js, named in a field's property `check`, as `cn_id` or `min_words:10`.

A check takes the typed answer and gives it back, tidied, or raises Refused.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime

from engine import clock
from engine.errors import InvalidInput


class Refused(InvalidInput):
    """“{label}” is not in the expected form"""

    def __init__(self, message: str = "", **params: object) -> None:
        """`label` is filled in where the refusal is shown; the other `params` here."""
        super().__init__(message, **{"label": "", **params})


#: Weights of ISO 7064 MOD 11-2 as GB 11643 prints them, and the check characters in the order of the remainder.
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
#: GB 32100: the alphabet without I, O, S, V, Z; the weights are the powers of 3 modulo 31.
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_EMAIL = re.compile(r"[^@\s,;<>()\"]{1,64}@[^@\s,;<>()\".]+(\.[^@\s,;<>()\".]+)+")
_SECRET = re.compile(
    r"(?:密码|口令|验证码|安全码|password|passcode|\bpin\b|\bcv[vc]2?\b|\bcvn2?\b)\W{0,5}(?:是|为|is)?\W{0,5}"
    r"(?=[A-Za-z]*[0-9])[A-Za-z0-9]{3,}",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)")
_PERSONAL = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\d)")
_WORD = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]|[^\W_\u3400-\u9fff\U00020000-\U0003ffff]+")


def plain(text: str) -> str:
    """`text` with full-width letters, digits and signs in their ordinary form, without any spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def cn_id(text: str) -> str:
    """A mainland identity number: 18 characters, a real date of birth, check digit of ISO 7064 MOD 11-2 (GB 11643)."""
    number = plain(text).upper()
    valid = re.fullmatch(r"[1-9][0-9]{16}[0-9X]", number) is not None and _is_birth_date(number[6:14])
    if not valid or number[17] != _ID_CHECKS[sum(int(d) * w for d, w in zip(number, _ID_WEIGHTS, strict=False)) % 11]:
        raise Refused("“{label}” is not a valid 18-character identity number; please compare it with the card")
    return number


def _is_birth_date(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])) <= clock.today()
    except ValueError:
        return False


def uscc(text: str) -> str:
    """A unified social credit code: 18 characters, check character MOD 31 (GB 32100)."""
    code = plain(text).upper()
    values = [_USCC_ALPHABET.find(character) for character in code]
    if (
        len(code) != 18
        or -1 in values
        or sum(v * pow(3, n, 31) for n, v in enumerate(values[:17])) % 31 != -values[17] % 31
    ):
        raise Refused("“{label}” is not a valid 18-character unified social credit code")
    return code


def cn_mobile_or_e164(text: str) -> str:
    """A mainland mobile number, or an international one with + (ITU-T E.164); spaces and hyphens are dropped."""
    number = re.sub(r"[-()]", "", plain(text))
    if not re.fullmatch(r"1[3-9][0-9]{9}|\+[1-9][0-9]{6,14}", number):
        raise Refused(
            "“{label}” is not a telephone number; write 11 digits, or + and the country code, like +8613800138000"
        )
    return number


def phone(text: str) -> str:
    """An international telephone number that starts with + or 00 (validationType `phone` of form-js)."""
    number = re.sub(r"[-()]", "", plain(text))
    if not re.fullmatch(r"(\+|00)[1-9][0-9]{6,19}", number):
        raise Refused("“{label}” is not an international telephone number, like +8613800138000")
    return number


def email(text: str) -> str:
    """An e-mail address with a domain, at most 254 characters (RFC 5321)."""
    address = plain(text)
    if len(address) > 254 or not _EMAIL.fullmatch(address):
        raise Refused("“{label}” is not an e-mail address, like name@example.com")
    return address


def no_card_secret(text: str) -> str:
    """Refuses full card numbers (13 to 19 digits that pass the Luhn test, ISO/IEC 7812), passwords and card codes."""
    if has_card_number(text):
        raise Refused("“{label}” contains a full card number; please write its last four digits only")
    if _SECRET.search(unicodedata.normalize("NFKC", text)):
        raise Refused("“{label}” contains a password or security code; nobody may ask for it, please remove it")
    return text


def has_card_number(text: str) -> bool:
    """Whether 13 to 19 digits that pass the Luhn test (ISO/IEC 7812) stand in `text`, also parted by blanks."""
    found = _DIGITS.finditer(unicodedata.normalize("NFKC", text))
    return any(_passes_luhn(re.sub(r"\D", "", match[0])) for match in found)


def _passes_luhn(digits: str) -> bool:
    doubled = [int(d) * 2 if n % 2 else int(d) for n, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def no_personal_numbers(text: str) -> str:
    """Refuses identity and mobile numbers in a text that is read widely, such as a summary."""
    if _PERSONAL.search(unicodedata.normalize("NFKC", text)):
        raise Refused("“{label}” contains an identity or mobile number; please leave it out")
    return text


def min_words(text: str, least: int) -> str:
    """At least `least` words; each Chinese character counts as one."""
    if len(_WORD.findall(text)) < least:
        raise Refused("“{label}” needs at least {least} words", least=least)
    return text


def past_or_today(moment: date) -> date:
    """Not after today, in the business time zone."""
    day = moment.astimezone(clock.zone()).date() if isinstance(moment, datetime) else moment
    if day > clock.today():
        raise Refused("“{label}” cannot lie in the future")
    return moment


def not_future(moment: datetime) -> datetime:
    """Not after the present minute."""
    if moment > clock.now():
        raise Refused("“{label}” cannot lie in the future")
    return moment


Check = Callable[[object], object]

_FOR_TEXT: dict[str, Callable[[str], str]] = {
    "cn_id": cn_id,
    "cn_mobile_or_e164": cn_mobile_or_e164,
    "email": email,
    "no_card_secret": no_card_secret,
    "no_personal_numbers": no_personal_numbers,
    "phone": phone,
    "uscc": uscc,
}
_FOR_MOMENT: dict[str, Callable[[date], date]] = {"past_or_today": past_or_today}
#: Names of all checks, as they are written in the property.
KNOWN = (*sorted([*_FOR_TEXT, *_FOR_MOMENT, "not_future"]), "min_words:<number>")


def find_check(name: str, feel_type: str) -> Check | None:
    """The check called `name` for answers of `feel_type` (`string`, `date`, `date and time`), or None."""
    if feel_type == "string":
        if words := re.fullmatch(r"min_words:([0-9]{1,4})", name):
            return lambda value: min_words(str(value), int(words[1]))
        text_check = _FOR_TEXT.get(name)
        return None if text_check is None else lambda value: text_check(str(value))
    if feel_type in ("date", "date and time") and name in _FOR_MOMENT:
        moment_check = _FOR_MOMENT[name]
        return lambda value: moment_check(value) if isinstance(value, date) else value
    if feel_type == "date and time" and name == "not_future":
        return lambda value: not_future(value) if isinstance(value, datetime) else value
    return None
