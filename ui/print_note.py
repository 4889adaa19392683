"""A note on this computer that paper is coming out, in case the program is killed meanwhile.

Paper goes to the printer before the school knows of it, so that nothing is registered that nobody
has. Whoever fails or stops is told at once; a power cut tells nobody, but leaves this note.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from schoolprivacy.school import School
from schoolprivacy.settings import station_folder
from ui.words import tr

_FILE = "printing"


def begin(school: School) -> None:
    """Paper comes out that the school does not know yet."""
    with contextlib.suppress(OSError):  # a full disk is no reason to print nothing
        place().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        place().write_text(str(school.folder.absolute()), encoding="utf-8")


def end() -> None:
    """It is registered, or somebody was told that it is not."""
    with contextlib.suppress(OSError):
        place().unlink(missing_ok=True)


def was_broken_off(school: School) -> bool:
    """Whether paper of this school came out, and the program died before it was registered."""
    try:
        return place().read_text(encoding="utf-8") == str(school.folder.absolute())
    except (OSError, UnicodeDecodeError):
        return False


def told() -> str:
    """What to do about it."""
    return tr(
        "De vorige keer is het programma gestopt terwijl het iets afdrukte of bewaarde. Dat is "
        "misschien niet geregistreerd. Ligt er papier van die keer, of staat er een bestand? "
        "Vernietig het, want het programma kent de nummers daarop misschien niet. Maak het daarna "
        "opnieuw."
    )


def place() -> Path:
    """Where the note lies; it says which school file, and nothing of what is printed."""
    return station_folder() / _FILE
