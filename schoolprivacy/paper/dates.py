"""Dates as Dutch paper writes them."""

from __future__ import annotations

from datetime import date

_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


def dutch_date(day: date) -> str:
    """``7 december 2026``, with spaces at which no line breaks."""
    return f"{day.day}\u00a0{_MONTHS[day.month - 1]}\u00a0{day.year}"
