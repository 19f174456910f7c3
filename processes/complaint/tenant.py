"""Who keeps this register: the table `tenant` says where the institution is at home and what its business is.

A case may say otherwise for itself (`complaint.tenant.…`), as where one register serves several institutions.
"""

from collections.abc import Mapping

from engine import reference


@reference.derived("tenant")
def tenant() -> Mapping[str, str]:
    """`jurisdiction` and `sector` of the institution."""
    return {cells["key"]: cells["value"] for cells in reference.rows("tenant")}


def home() -> str:
    """The jurisdiction whose working days count where a rule names none; China's where the institution names none."""
    return tenant().get("jurisdiction") or "CN"
