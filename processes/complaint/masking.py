"""Masked forms of personal values, for lists, exports and search; the full value is shown on request and logged."""

import re
from collections.abc import Callable, Mapping

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


def contact(text: str) -> str:
    """A phone number or an e-mail address."""
    return email(text) if "@" in text else mobile(text)


def address(text: str) -> str:
    """The first six characters of a postal address: province and city, say, without the street."""
    text = text.strip()
    shown = min(6, len(text) // 2)
    return text[:shown] + STAR * 3 if text else ""


def scrub(text: str) -> str:
    """`text` with ID numbers, phone numbers, account numbers and e-mail addresses masked; case numbers stay."""
    text = re.sub(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", lambda found: email(found[0]), text)
    return re.sub(r"(?<![0-9])(?<!TS-)[0-9]{7,}[0-9Xx](?![0-9])", lambda found: identity(found[0]), text)


#: Personal paths of the record → how staff read them unless they ask for more. The words a consumer wrote stay, without
#: the numbers in them.
MASKS: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys(("person.full_name", "person.agent_name"), name),
    **dict.fromkeys(("person.representatives.name", "person.staff_named"), name),
    **dict.fromkeys(("person.agent_contact", "person.representatives.contact"), contact),
    **dict.fromkeys(("person.id_no", "person.uscc", "person.agent_id_no"), identity),
    **dict.fromkeys(("person.account_ref", "person.customer_ref"), account),
    "person.mobile": mobile,
    "person.email": email,
    "person.postal_address": address,
    **dict.fromkeys(("person.preferred_time", "narrative", "demand_text", "followup.comment"), scrub),
}


def masked(path: str, text: str) -> str:
    """The value at `path` of the record, without `complaint.`, as text that may be shown unasked."""
    mask = MASKS.get(path)
    return mask(text) if mask is not None else text


def has_number(text: str) -> bool:
    """Whether `text` holds what looks like an ID or phone number."""
    return re.search(r"(?<![0-9])(?:1[3-9][0-9]{9}|[0-9]{17}[0-9Xx])(?![0-9])", text) is not None
