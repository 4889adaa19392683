"""What this user's computer remembers of the program; of a school only where its folder lies."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from schoolprivacy.settings import station_folder
from schoolprivacy.vault.files import reachable, write_durably

_FILE = "station.json"
_MOST_SCHOOLS = 10
_LOCK_AFTER = 10  # minutes
LONGEST_OPEN = 60
"""Minutes; a school file that nobody works in does not stay open longer."""


@dataclass(frozen=True, slots=True)
class Station:
    """The choices of this user on this computer.

    :param schools: folders of the schools opened here, the last one first
    :param theme: ``light`` or ``dark``; "" follows the system
    :param zoom: percent
    :param windows: by the name of a window its place and size, as the windows write it
    :param lock_after_minutes: without anybody touching a key or the mouse, 1 to LONGEST_OPEN
    """

    schools: tuple[Path, ...] = ()
    theme: str = ""
    zoom: int = 100
    windows: Mapping[str, str] = field(default_factory=dict)
    lock_after_minutes: int = _LOCK_AFTER


def read_station() -> Station:
    """What is remembered; a missing or damaged file is as good as none."""
    try:
        said = json.loads((station_folder() / _FILE).read_text(encoding="utf-8"))
        station = Station(
            tuple(Path(each) for each in said["schools"]),
            said["theme"],
            said["zoom"],
            said["windows"],
            said.get("lock_after_minutes", _LOCK_AFTER),
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Station()
    return station if _is_sound(station) else Station()


def _is_sound(station: Station) -> bool:
    return (
        station.theme in ("", "light", "dark")
        and type(station.zoom) is int
        and 50 <= station.zoom <= 400
        and type(station.lock_after_minutes) is int
        and 1 <= station.lock_after_minutes <= LONGEST_OPEN
        and isinstance(station.windows, dict)
        and all(isinstance(each, str) for each in station.windows.values())
    )


def write_station(station: Station) -> None:
    """Remember this, all of it or nothing.

    :raises FileError: the user's own folder on this computer cannot be written in
    """
    said = {
        "schools": [str(each) for each in station.schools],
        "theme": station.theme,
        "zoom": station.zoom,
        "lock_after_minutes": station.lock_after_minutes,
        "windows": dict(station.windows),
    }
    place = station_folder()
    with reachable(place):
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_durably(place / _FILE, json.dumps(said, indent=1).encode())


def remember_school(folder: Path) -> None:
    """A school was opened here; it comes first.

    :raises FileError: see write_station
    """
    station, folder = read_station(), folder.absolute()
    others = [each for each in station.schools if each != folder]
    write_station(replace(station, schools=(folder, *others)[:_MOST_SCHOOLS]))
