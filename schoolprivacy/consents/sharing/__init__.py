"""Sharing for a while: one named party, one purpose, named data, a period."""
