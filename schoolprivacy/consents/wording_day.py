"""On which text somebody decided, where no form tells it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from schoolprivacy.consents.terms import Wording


def version_on(texts: Mapping[tuple[str, int], Wording], code: str, on: date) -> int:
    """The version of a purpose's text that was in use when a day began; else the first one.

    A yes of before the use became wider must not cover the wider use, and nobody knows whether
    somebody decided before or after the text was changed that day.
    """
    versions = sorted(
        (each for (purpose, _), each in texts.items() if purpose == code), key=lambda w: w.version
    )
    then = [each.version for each in versions if each.since < on]
    return then[-1] if then else versions[0].version
