"""The list to work through: which children to take out of which pictures, channel by channel.

Whoever works it through need not know why: no answer and no parent stands on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from schoolprivacy.consents.reminder_papers import check_names
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.list_page import ListPage, draw_list
from schoolprivacy.paper.page import Document
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.paper.table import Column

_COLUMNS = (
    Column("Klaar", 13, tick=True),
    Column("Leerling", 50, bold=True),
    Column("Groep", 21),
    Column("Beeld van", 42),
    Column("Waar", 40),
)
_ROW = 7.4
"""Of one line, in mm."""


@dataclass(frozen=True, slots=True)
class TakeDownEntry:
    """A child to take out of the pictures of one event.

    :param pupil_name: as on a list: surname first
    :param group: where the child sat then, as printed
    :param place: where in the channel, or the channel's own place
    """

    pupil_name: str
    group: str
    event: str
    appeared_on: date
    place: str


@dataclass(frozen=True, slots=True)
class TakeDownChannel:
    """A channel with what must go, in the order given."""

    name: str
    entries: tuple[TakeDownEntry, ...]


def check_entry(channel: str, entry: TakeDownEntry) -> None:
    """Whether a line can be written.

    :raises KnownError: ``paper.missing_glyph``
    """
    check_names(channel, entry.pupil_name, entry.group, entry.event, entry.place)


def take_down_list(
    channels: Sequence[TakeDownChannel],
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """Whom to take out of what, each channel on its own page.

    :param progress: called with how many channels are done; may raise to stop
    :raises KnownError: ``paper.missing_glyph``, ``paper.text_too_long``
    """
    document = Document("Beeld weghalen", school)
    for done, channel in enumerate(channels, 1):
        page = ListPage(
            title=f"Weghalen \u00b7 {channel.name}",
            intro="Haal deze kinderen uit het beeld, of haal het beeld weg. Kruis aan wat klaar "
            "is. Vernietigen na afwerking.",
            empty="Hier is niets weg te halen.",
        )
        rows = [_row(entry) for entry in channel.entries]
        draw_list(document, page, _COLUMNS, rows, _ROW, school, made)
        if progress:
            progress(done)
    if not channels:
        page = ListPage("Beeld weghalen", "", "Er is niets weg te halen.")
        draw_list(document, page, _COLUMNS, (), _ROW, school, made)
    return document.finish()


def _row(entry: TakeDownEntry) -> tuple[str, ...]:
    seen = f"{entry.event}\n{dutch_date(entry.appeared_on)}"
    return "", entry.pupil_name, entry.group, seen, entry.place
