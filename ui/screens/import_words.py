"""How the windows of the import speak."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from schoolprivacy.people.difference import Kind
from ui.fields import show_date
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


def whole_school_text(whole: bool, until: date | None) -> str:
    """What it means that a file holds the whole school, or that nobody said so.

    :param until: last day of this school year, when the file is of the next one
    """
    if not whole:
        return tr("Zonder dit vinkje verandert er niets voor wie niet in het bestand staat.")
    if until is None:
        return tr(
            "Wie niet in het bestand staat, gaat van school, met als laatste schooldag de dag "
            "van het bestand."
        )
    text = tr(
        "Dit is het bestand van volgend schooljaar. Wie er niet in staat, blijft tot de zomer en "
        "gaat dan van school, met {day} als laatste schooldag."
    )
    return text.format(day=show_date(until))
