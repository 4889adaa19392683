"""Taking back what somebody just did by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schoolprivacy.errors import RefusedError
from schoolprivacy.people.journal import Journal, take_back
from schoolprivacy.school import School
from schoolprivacy.vault.audit import Anchor


@dataclass(frozen=True, slots=True)
class Undo:
    """What takes one change back. It holds what was there before: drop it when the file is locked.

    :param about: identifier of the pupil or guardian who was added or changed; "" of several
    """

    about: str
    after: Anchor = field(repr=False)
    steps: tuple[Mapping[str, Any], ...] = field(repr=False)


def close_change(journal: Journal, action: str, about: str = "", **detail: object) -> Undo:
    """End a change by hand: its line in the audit trail, and what takes it back."""
    line = journal.session.audit(action, about, **detail)
    return Undo(about, line, tuple(journal.steps))


def undo(school: School, change: Undo) -> None:
    """Take a change back, as long as nothing else was done in the school file since.

    :raises RefusedError: something was done after it, or it was taken back already
    """
    with school.transaction() as session:
        if session.anchor() != change.after:
            raise RefusedError("edit.no_undo")
        for step in reversed(change.steps):
            take_back(session, step)
        session.audit("edit.undone", change.about)
