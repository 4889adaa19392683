"""The citizen service number (BSN): it belongs in no text of this program (UAVG 46).

A school may use it, and exchanges it with the next school by its pupil administration; here it is
of no use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBER = re.compile(r"(?<!\d)\d{9}(?!\d)|(?<!\d)(?<!\d[ .-])\d(?:[ .-]?\d){8}(?![ .-]?\d)")
_ELEVEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def holds_bsn(text: str) -> bool:
    """Whether a text holds a number that passes the test of a BSN."""
    return any(_found(text))


def without_bsn(text: str, instead: str) -> str:
    """A text with something else in the place of every such number."""
    for each in reversed(list(_found(text))):
        text = text[: each.start()] + instead + text[each.end() :]
    return text


def _found(text: str) -> Iterator[re.Match[str]]:
    for found in _NUMBER.finditer(text):
        digits = [int(sign) for sign in found[0] if sign.isdigit()]
        total = sum(digit * weight for digit, weight in zip(digits, _ELEVEN, strict=True))
        if total % 11 == 0 and any(digits):
            yield found
