"""The yearly round: who is asked what, what came back, who is reminded, and the report."""
