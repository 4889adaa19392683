"""A paper saved as a file: after a warning, and registered like one that is printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from schoolprivacy.errors import FileError, sentence
from schoolprivacy.school.outside import may_be_written, to_file
from ui import files, messages, print_note
from ui.desk import Desk
from ui.jobs import Job
from ui.preview import Deliver, Progress
from ui.words import tr

T = TypeVar("T")


def save_made(
    desk: Desk,
    parent: QWidget,
    name: str,
    make: Callable[[Deliver, Progress], T],
    done: Callable[[T], None],
    *,
    first: str = "",
    to_discard: bool = True,
) -> None:
    """Warn, ask where, then make a paper and save it within the action that registers it.

    :param name: what the file is called at first, without day or ending; names no child
    :param make: the action; hands its paper over before it stores anything
    :param done: gets what the action gives, when the file is there
    :param first: what else to know before
    :param to_discard: say that the file must be thrown away afterwards
    """
    why = tr("Afdrukken is veiliger: dan blijft er niets leesbaars op de computer achter.")
    if to_discard:
        why += " " + tr("Bewaar alleen als het moet, en gooi het bestand daarna weg.")
    broken_off = print_note.told() if print_note.was_broken_off(desk.school) else ""
    messages.confirm(
        parent,
        "\n\n".join(filter(None, (broken_off, first, sentence("paper.readable"), why))),
        tr("Toch bewaren…"),
        lambda: _choose(desk, parent, name, make, done),
        heading=tr("Bewaren als PDF"),
    )


def _choose(
    desk: Desk,
    parent: QWidget,
    name: str,
    make: Callable[[Deliver, Progress], T],
    done: Callable[[T], None],
) -> None:
    title = tr("Bewaren als PDF")
    proposed = f"{name}-{desk.school.clock.today()}.pdf".replace("/", "-")
    chosen = files.choose_new_file(parent, title, proposed, tr("PDF-bestand (*.pdf)"))
    if chosen is None:
        return
    with messages.told(parent):
        target = _with_suffix(chosen)
        may_be_written(target, b"%PDF")

        def deliver(pdf: bytes) -> None:
            print_note.begin(desk.school)
            to_file(target)(pdf)

        def work(job: Job) -> T:
            try:
                return make(deliver, job.report)
            finally:
                print_note.end()

        desk.run(title, work, done)


def _with_suffix(target: Path) -> Path:
    """With ``.pdf`` behind it.

    :raises FileError: something of that name is there, and nobody asked about it
    """
    if target.suffix.lower() == ".pdf":
        return target
    target = target.with_name(f"{target.name}.pdf")
    if target.exists():
        raise FileError("file.not_over", place=target)
    return target
