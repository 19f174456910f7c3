"""Writes docs/conformance.md: `python -m tests.conformance > docs/conformance.md`."""

import sys

from tests.conformance.expectations import cases
from tests.conformance.table import table

sys.stdout.write(table(cases()))
