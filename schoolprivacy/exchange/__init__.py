"""Readers for files from outside, into one neutral form; stores nothing."""
