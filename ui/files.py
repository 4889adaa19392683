"""The system's own dialogues for files and folders.

They begin at the documents of the user, which people know, and then where the user went last; that
is not written down anywhere.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

_went_to: list[Path] = []


def choose_file(parent: QWidget, title: str, kinds: str) -> Path | None:
    """An existing file, or None when the user changed their mind.

    :param kinds: e.g. ``Back-up (*.schoolbackup)``
    """
    name, _ = QFileDialog.getOpenFileName(parent, title, str(_begin()), kinds)
    return _chosen_file(name) if name else None


def choose_files(parent: QWidget, title: str, kinds: str) -> list[Path]:
    """Existing files, [] when the user changed their mind."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, str(_begin()), kinds)
    return [_chosen_file(each) for each in names]


def choose_new_file(parent: QWidget, title: str, proposed: str, kinds: str) -> Path | None:
    """Where to save; the system itself asks before an existing file is replaced.

    :param proposed: a name without a folder
    """
    name, _ = QFileDialog.getSaveFileName(parent, title, str(_begin() / proposed), kinds)
    return _chosen_file(name) if name else None


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """An existing folder, or None."""
    name = QFileDialog.getExistingDirectory(parent, title, str(_begin()))
    if not name:
        return None
    _went_to[:] = [Path(name)]
    return Path(name)


def _begin() -> Path:
    """The folder used last as long as it is there: a stick may be gone."""
    if _went_to and _went_to[0].is_dir():
        return _went_to[0]
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(documents))


def _chosen_file(name: str) -> Path:
    _went_to[:] = [Path(name).parent]
    return Path(name)
