"""What there is of backups, and how screens speak of it; making one by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo
from PySide6.QtWidgets import QWidget

from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.school import BackupSeen, School, list_backups
from ui import files
from ui.desk import Desk
from ui.places import school_name
from ui.words import counted, tr

_SUFFIX = ".schoolbackup"


@dataclass(frozen=True, slots=True)
class BackupsFound:
    """What there is of backups.

    :param days: since the last good one was made, None without one
    :param here: the last good one lies on this computer, not at the second place
    :param second: the second place, None when none was chosen
    :param present: the second place is there now
    :param same_disk: the second place is on the disk of the school file
    """

    last: BackupSeen | None
    days: int | None
    here: bool
    listed: tuple[BackupSeen, ...]
    second: Path | None
    present: bool
    same_disk: bool


def look(school: School, *, every: bool = True) -> BackupsFound:
    """See what there is. Files are read whole, and a stick may be slow: do it beside the windows.

    :param every: also list all of them
    """
    second = school.backup_place()
    present = second is not None and second.is_dir()
    last = school.last_backup()
    made_at = last.made_at if last else None
    days = (school.clock.today() - made_at.astimezone().date()).days if made_at else None
    return BackupsFound(
        last if made_at else None,
        days,
        last is not None and last.path.is_relative_to(school.folder),
        tuple(list_backups(school.folder)) if every else (),
        second,
        present,
        second is not None and present and _same_disk(second, school.folder),
    )


def last_said(found: BackupsFound) -> str:
    """When and where the last good one was made; "" without one."""
    if found.last is None or found.days is None:
        return ""
    where = tr("op deze computer") if found.here else tr("op de tweede plaats")
    days = counted(found.days, tr("dag geleden"), tr("dagen geleden"))
    ago = tr("vandaag") if found.days < 1 else days
    said = tr("Laatste automatische back-up: {moment} ({ago}), {where}.")
    return said.format(moment=moment(found.last), ago=ago, where=where)


def second_warning(found: BackupsFound) -> str:
    """What is not right with the second place; "" when all is."""
    if found.second is None:
        return tr(
            "Gaat deze computer stuk, dan zijn ook de back-ups weg. Kies een stick of een "
            "map op een andere schijf."
        )
    if not found.present:
        return tr(
            "De tweede plaats is er nu niet. Sluit de stick of schijf aan. Bij de volgende "
            "keer vergrendelen komt de back-up er alsnog op."
        )
    if found.same_disk:
        return tr(
            "Deze plaats staat op dezelfde schijf als het schoolbestand. Gaat die schijf "
            "stuk, dan bent u allebei kwijt. Kies liever een stick."
        )
    return ""


def moment(seen: BackupSeen) -> str:
    """When a backup was made."""
    if seen.made_at is None:
        return tr("onbekend")
    local = seen.made_at.astimezone()
    return f"{dutch_date(local.date())}, {local:%H:%M}"


def make_by_hand(desk: Desk, parent: QWidget, done: Callable[[Path], None]) -> None:
    """One backup, where the user wants it; ``done`` gets the file, when it is there."""
    school = desk.school
    proposed = f"{school_name(school.folder)} {school.clock.today()}{_SUFFIX}"
    kinds = tr("Back-up (*.schoolbackup)")
    chosen = files.choose_new_file(parent, tr("Waar komt de back-up?"), proposed, kinds)
    if chosen is None:
        return
    right = chosen.suffix == _SUFFIX
    target = chosen if right else chosen.with_name(chosen.name + _SUFFIX)

    def made(_: object) -> None:
        done(target)
        desk.say(tr("De back-up is gemaakt en nagekeken: {place}").format(place=target))

    title = tr("De back-up maken en nakijken")
    desk.run(title, lambda _: school.back_up(target), made, may_stop=False)


def _same_disk(place: Path, other: Path) -> bool:
    return QStorageInfo(str(place)).rootPath() == QStorageInfo(str(other)).rootPath()
