"""What the check says, in English and Chinese: one module per group of rules."""
