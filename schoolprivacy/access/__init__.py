"""Who works in the school file, and what they may do."""
