"""Where data may be: in the European Economic Area, or where enough protects them."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from typing import Any

from schoolprivacy.settings import resource


@cache
def _parts() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resource("countries.nl.toml").read_text(encoding="utf-8"))


@cache
def _written(part: str) -> frozenset[str]:
    """Every way in which schools write the countries of a part."""
    known = _parts()[part]
    return frozenset(map(_plain, (*known["names"], *known.get("also", ()))))


def offered() -> tuple[str, ...]:
    """Countries to choose from, in Dutch, the Netherlands and the EEA first."""
    return tuple(name for part in _parts().values() for name in part["names"])


def is_in_eea(country: str) -> bool:
    """Whether data in this country stay in the EEA; a name that is not known does not."""
    return _plain(country) in _written("eea")


def is_adequate(country: str) -> bool:
    """Whether the Commission decided that this country protects enough (AVG 45), if only in part.

    A name that is not known does not.
    """
    return _plain(country) in _written("adequate") or is_adequate_in_part(country)


def is_adequate_in_part(country: str) -> bool:
    """Whether that decision holds only for companies that are on a list."""
    return _plain(country) in _written("adequate_in_part")


def _plain(text: str) -> str:
    """Without capitals and accents, so that ``Belgie`` is ``België``."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).split())
