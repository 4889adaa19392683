"""What is done step by step, once: beginning, restoring, renewing the paper key."""
