"""Who keeps this register: `data/tenant.csv` says where the institution is at home and what its business is.

A case may say otherwise for itself (`complaint.tenant.…`), as where one register serves several institutions.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from processes.complaint.sheets import read

DATA = Path(__file__).parent / "data"


@cache
def tenant() -> Mapping[str, str]:
    """`jurisdiction` and `sector` of the institution."""
    return dict(read(DATA / "tenant.csv", lambda cells: (cells["key"], cells["value"])))


def home() -> str:
    """The jurisdiction whose working days count where a rule names none; China's where the institution names none."""
    return tenant().get("jurisdiction") or "CN"
