"""Schoolprivacy: the offline privacy administration of a small Dutch primary school."""

__version__ = "0.1.0"
