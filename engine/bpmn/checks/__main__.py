"""Writes docs/problems.md: `python -m engine.bpmn.checks > docs/problems.md`."""

import sys

from engine.bpmn.checks.reference import reference

sys.stdout.write(reference())
