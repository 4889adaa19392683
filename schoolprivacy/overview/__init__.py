"""What there is to do and how the school stands, across all registers."""
