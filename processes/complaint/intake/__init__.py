"""Taking complaints in: what the process would do with one, who complained before, and forms put aside half filled."""
