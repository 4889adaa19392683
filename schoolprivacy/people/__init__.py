"""Pupils, guardians, groups, the school itself; the import from files into the school."""
