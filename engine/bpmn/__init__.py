"""Reading a model: hardened XML, vendors' attributes, steps on SpiffWorkflow's classes, a deployment's problems."""
