"""Which countries are in the European Economic Area, by the names the school writes."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache

from schoolprivacy.settings import resource


@cache
def _known() -> dict[str, tuple[str, ...]]:
    table = tomllib.loads(resource("countries.nl.toml").read_text(encoding="utf-8"))
    return {name: tuple(table[name]["names"]) for name in ("eea", "adequate")}


def eea() -> tuple[str, ...]:
    """The countries, in Dutch, the Netherlands first."""
    return _known()["eea"]


def adequate() -> tuple[str, ...]:
    """Countries outside the EEA of which the Commission decided that they protect enough."""
    return _known()["adequate"]


def is_in_eea(country: str) -> bool:
    """Whether data in this country stay in the EEA; a name that is not known does not."""
    return _plain(country) in {_plain(each) for each in eea()}


def _plain(text: str) -> str:
    """Without capitals and accents, so that ``Belgie`` is ``België``."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).split())
