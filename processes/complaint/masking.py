"""Masked forms of personal values, for lists, exports and search; the full value is shown on request and logged."""

import re

STAR = "*"


def name(text: str) -> str:
    """First and last character of a name, as 张*三; 张* for two characters."""
    text = text.strip()
    if len(text) < 2:
        return STAR if text else ""
    if len(text) == 2:
        return text[0] + STAR
    return text[0] + STAR * (len(text) - 2) + text[-1]


def mobile(text: str) -> str:
    """First three and last four digits without country code, as 138****8000; of a short number the last two digits."""
    digits = re.sub(r"[^0-9]", "", text)
    digits = digits.removeprefix("86") if len(digits) == 13 else digits
    if len(digits) < 9:
        return STAR * max(len(digits) - 2, 0) + digits[-2:]
    return digits[:3] + STAR * (len(digits) - 7) + digits[-4:]


def identity(text: str) -> str:
    """First three and last four characters of an ID number, as 110***********002X; a short one shows its last two."""
    text = text.strip()
    if len(text) < 10:
        return STAR * max(len(text) - 2, 0) + text[-2:]
    return text[:3] + STAR * (len(text) - 7) + text[-4:]


def account(text: str) -> str:
    """The last four characters of an account, policy or order number; of a short one, half."""
    text = text.strip()
    shown = min(4, len(text) // 2)
    return STAR * (len(text) - shown) + text[len(text) - shown :]


def email(text: str) -> str:
    """First character and domain, as a***@example.com."""
    local, at, domain = text.strip().rpartition("@")
    return f"{local[:1]}***{at}{domain}" if at else STAR * len(domain)


def scrub(text: str) -> str:
    """`text` with ID numbers, phone numbers, account numbers and e-mail addresses masked, for use outside the case."""
    text = re.sub(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", lambda found: email(found[0]), text)
    return re.sub(r"(?<![0-9])[0-9]{7,}[0-9Xx](?![0-9])", lambda found: identity(found[0]), text)


def has_number(text: str) -> bool:
    """Whether `text` holds what looks like an ID or phone number."""
    return re.search(r"(?<![0-9])(?:1[3-9][0-9]{9}|[0-9]{17}[0-9Xx])(?![0-9])", text) is not None
