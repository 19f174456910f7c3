"""Measurements: this engine against stock SpiffWorkflow, on the same case in one run."""
