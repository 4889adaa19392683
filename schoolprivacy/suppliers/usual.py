"""Names that make typing short. They say nothing about a product."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from schoolprivacy.settings import resource
from schoolprivacy.suppliers.terms import ProductKind, RecipientEntry, RecipientKind


@dataclass(frozen=True, slots=True)
class UsualProduct:
    """The name of a product that schools often use."""

    name: str
    kind: ProductKind


@cache
def usual_products() -> tuple[UsualProduct, ...]:
    """By kind, then as listed."""
    table = tomllib.loads(resource("suppliers.nl.toml").read_text(encoding="utf-8"))["products"]
    return tuple(
        UsualProduct(name, ProductKind(kind)) for kind, names in table.items() for name in names
    )


@cache
def usual_recipients() -> tuple[RecipientEntry, ...]:
    """Who usually gets data of pupils of a primary school, to choose from and to change."""
    table = tomllib.loads(resource("suppliers.nl.toml").read_text(encoding="utf-8"))
    return tuple(
        RecipientEntry(
            each["name"],
            RecipientKind(each["kind"]),
            each["what"],
            each["why"],
            each["ground"],
        )
        for each in table["recipient"]
    )
