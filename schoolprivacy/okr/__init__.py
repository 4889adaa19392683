"""The report (OKR) that goes along when a child leaves, and the proof that its parents saw it."""
