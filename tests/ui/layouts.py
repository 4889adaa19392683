"""Layouts that were filled before they were put in another one: the program dies of it, later."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QLayoutItem
from shiboken6 import getAllValidWrappers


def filled_too_early() -> int:
    """How many things stood in a layout when ``addLayout`` got it; add it empty, then fill it.

    PySide (6.11) keeps an item for each of them, and is not told when Qt frees it because its
    widget goes or moves to another cell. What comes at that address later is taken for the item,
    which ends in a segmentation fault far away from here.
    """
    return sum(
        isinstance(each, QLayoutItem) and not isinstance(each, QLayout)
        for each in getAllValidWrappers()
    )
