"""What may stand on the sheet of a group, so that an older copy can be held against it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from schoolprivacy.consents.photos.who_may import (
    PhotoAnswer,
    PhotoRow,
    in_groups,
    photo_purposes,
    photo_rows,
)
from schoolprivacy.consents.terms import Purpose
from schoolprivacy.errors import RefusedError
from schoolprivacy.people.records import current_year, pupils_on_roll
from schoolprivacy.school import Session

NAME = "name"


def permitted(session: Session, group: str) -> dict[str, set[str]]:
    """Per pupil who sits in the group today: the name, and which photos may be taken.

    A yes permits what *ask first* does too: a child that took back its own no makes no copy wrong.
    A group that is there no more permits nothing.
    """
    today = session.clock.today()
    pupils = pupils_on_roll(session, today, current_year(session, today))
    try:
        chosen = in_groups(session, pupils, [group])
    except RefusedError:
        return {}
    purposes = photo_purposes(session)
    rows = photo_rows(session, chosen, purposes)
    found = held(rows, purposes)
    for row in rows:
        yes = zip(purposes, row.answers, strict=True)
        found[row.pupil_id] |= {
            _item(each, PhotoAnswer.ASK_FIRST) for each, answer in yes if answer is PhotoAnswer.YES
        }
    return found


def held(rows: Iterable[PhotoRow], purposes: Sequence[Purpose]) -> dict[str, set[str]]:
    """What stands of each pupil on a sheet; a no permits nothing and is not kept."""
    return {
        row.pupil_id: {NAME}
        | {
            _item(each, answer)
            for each, answer in zip(purposes, row.answers, strict=True)
            if answer is not PhotoAnswer.NO
        }
        for row in rows
    }


def _item(purpose: Purpose, answer: PhotoAnswer) -> str:
    return f"photo {purpose.code} {answer.value}"
