"""Who falls into a sample: the same case always does, whoever asks and when, and nobody can choose the case."""

import hashlib
from decimal import Decimal


def in_sample(purpose: str, number: str, percent: Decimal) -> bool:
    """FEEL function: whether the case `number` is among the `percent` of all cases that are taken for `purpose`."""
    digest = hashlib.sha256(f"{purpose}:{number}".encode()).digest()
    return int.from_bytes(digest[:8]) % 10_000 < percent * 100
