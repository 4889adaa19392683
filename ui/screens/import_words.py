"""How the windows of the import speak."""

from __future__ import annotations

from collections.abc import Mapping

from schoolprivacy.people.difference import Kind
from ui.words import counted, tr


def kind_words() -> dict[Kind, str]:
    """The groups of the difference, in the order of their tabs."""
    return {
        Kind.NEW: tr("Nieuw"),
        Kind.CHANGED: tr("Gewijzigd"),
        Kind.MOVED: tr("Andere groep"),
        Kind.NEXT_YEAR: tr("Nieuw schooljaar"),
        Kind.LEFT: tr("Van school"),
        Kind.RETURNED: tr("Terug"),
    }


def counts_text(counts: Mapping[Kind, int]) -> str:
    """``12 nieuw, 30 gewijzigd``; "" when nothing changes."""
    words = {
        Kind.NEW: tr("nieuw"),
        Kind.CHANGED: tr("gewijzigd"),
        Kind.MOVED: tr("naar een andere groep"),
        Kind.NEXT_YEAR: tr("naar een groep van het nieuwe schooljaar"),
        Kind.LEFT: tr("van school"),
        Kind.RETURNED: tr("terug op school"),
    }
    return ", ".join(
        counted(counts[kind], word, word) for kind, word in words.items() if counts.get(kind)
    )


def waiting_text(count: int) -> str:
    """``2 vragen blijven liggen``; "" without."""
    if not count:
        return ""
    return counted(count, tr("vraag blijft liggen"), tr("vragen blijven liggen"))
