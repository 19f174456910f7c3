"""Checks of numbers and addresses as FEEL functions, for forms that warn where they do not refuse.

A consumer who mistypes is asked again (the property `check` of a field); staff who copy a paper letter are warned, as
the letter may carry the mistake. Nothing written is neither right nor wrong: it passes.
"""

from collections.abc import Callable

from engine.forms import checks
from engine.forms.checks import Refused


def valid_id(text: str | None) -> bool:
    """FEEL function: whether `text` is a mainland identity number (GB 11643, ISO 7064 MOD 11-2), or empty."""
    return _passes(checks.cn_id, text)


def valid_uscc(text: str | None) -> bool:
    """FEEL function: whether `text` is a unified social credit code (GB 32100, MOD 31), or empty."""
    return _passes(checks.uscc, text)


def valid_mobile(text: str | None) -> bool:
    """FEEL function: whether `text` is a mainland mobile number or an international one (E.164), or empty."""
    return _passes(checks.cn_mobile_or_e164, text)


def valid_email(text: str | None) -> bool:
    """FEEL function: whether `text` is an e-mail address with a domain, at most 254 characters, or empty."""
    return _passes(checks.email, text)


def looks_like_card_number(text: str | None) -> bool:
    """FEEL function: whether `text` contains 13 to 19 digits that pass the Luhn test (ISO/IEC 7812)."""
    return bool(text) and checks.has_card_number(text or "")


def _passes(check: Callable[[str], str], text: str | None) -> bool:
    if not text or not text.strip():
        return True
    try:
        check(text)
    except Refused:
        return False
    return True
