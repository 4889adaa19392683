"""Where school files lie on this computer, and what can be said of a place before using it."""

from __future__ import annotations

import itertools
from pathlib import Path

import platformdirs
from PySide6.QtCore import QStorageInfo

from schoolprivacy.settings import APPLICATION

SUFFIX = ".schoolprivacy"
DATABASE = "data.db"
DEMO_NAME = "demoschool"
_CLOUDS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "mijn drive": "Google Drive",
    "my drive": "Google Drive",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "box sync": "Box",
    "pcloud": "pCloud",
    "surfdrive": "SURFdrive",
}
_NETWORKS = {"nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afpfs", "webdav", "fuse.sshfs", "9p"}


def schools_folder() -> Path:
    """Where school files of this user lie by default: only on this computer, never roaming."""
    return platformdirs.user_data_path(APPLICATION, appauthor=False, roaming=False)


def demo_folder() -> Path:
    """Where the demo school lies."""
    return schools_folder() / f"{DEMO_NAME}{SUFFIX}"


def free_folder(parent: Path, name: str) -> Path:
    """``name.schoolprivacy`` in this folder, or ``name 2`` when something is there already."""
    named = itertools.chain([name], (f"{name} {number}" for number in itertools.count(2)))
    return next(place for each in named if not (place := parent / f"{each}{SUFFIX}").exists())


def school_name(folder: Path) -> str:
    """How a school file is called before it is open: the name of its folder."""
    return folder.name.removesuffix(SUFFIX)


def folder_of(chosen: Path) -> Path:
    """The school folder of what somebody pointed at: the folder, or a file in it."""
    return chosen.parent if chosen.is_file() else chosen


def cloud_of(place: Path) -> str:
    """The service that copies this place to the internet, by the names on the way; "" for none."""
    for part in place.parts:
        found = next((name for key, name in _CLOUDS.items() if part.lower().startswith(key)), "")
        if found:
            return found
    return ""


def is_on_network(place: Path) -> bool:
    """Whether this place (or where it would come) is on another computer."""
    if str(place).startswith("\\\\"):
        return True
    there = next((each for each in (place, *place.parents) if each.exists()), place)
    kind = bytes(QStorageInfo(str(there)).fileSystemType().data()).decode(errors="replace")
    return kind.lower() in _NETWORKS
