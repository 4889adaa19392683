"""What somebody must do, of all registers and of the school file itself; most urgent first."""

from __future__ import annotations

from datetime import timedelta

from schoolprivacy.access.actions import paper_key_proven, people
from schoolprivacy.duties import Due, DueKind, Target, Urgency
from schoolprivacy.overview.first_start import steps
from schoolprivacy.registers import REGISTERS
from schoolprivacy.school import School

_OLD_BACKUP = timedelta(days=7)


def due(school: School) -> list[Due]:
    """Everything there is to do on the present day, counted."""
    found = _of_the_file(school)
    with school.reading() as session:
        for register in REGISTERS:
            found += register.due(session)
    order = list(Urgency)
    return sorted((each for each in found if each.count), key=lambda d: order.index(d.urgency))


def _of_the_file(school: School) -> list[Due]:
    """What keeps the file safe and within reach."""
    undone = sum(1 for step in steps(school) if not step.done)
    proven, alone = paper_key_proven(school), len(people(school)) == 1
    one_place = school.backup_place() is None
    return [
        Due(DueKind.PAPER_KEY, int(not proven), Urgency.NOW, Target.PAPER_KEY),
        Due(DueKind.NO_BACKUP, int(_lacks_backup(school)), Urgency.NOW, Target.BACKUPS),
        Due(DueKind.ONE_PERSON, int(alone), Urgency.SOON, Target.USERS),
        Due(DueKind.NO_SECOND_PLACE, int(one_place), Urgency.SOON, Target.BACKUPS),
        Due(DueKind.FIRST_START, undone, Urgency.LATER, Target.FIRST_START),
    ]


def _lacks_backup(school: School) -> bool:
    """None at all, or one that is too old while something changed since."""
    last = school.last_backup()
    if last is None or last.made_at is None:
        return True
    with school.reading() as session:
        changed = session.anchor().seq > last.trail
    return changed and school.clock.now() - last.made_at > _OLD_BACKUP
