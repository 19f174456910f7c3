"""Reading a model: hardened XML, vendors' attributes, steps on SpiffWorkflow's classes, and the problems of a deployment."""
