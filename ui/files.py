"""The system's own dialogues for files and folders; remembers nothing but the last folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def choose_file(parent: QWidget, title: str, kinds: str) -> Path | None:
    """An existing file, or None when the user changed their mind.

    :param kinds: e.g. ``Back-up (*.schoolbackup)``
    """
    name, _ = QFileDialog.getOpenFileName(parent, title, "", kinds)
    return Path(name) if name else None


def choose_files(parent: QWidget, title: str, kinds: str) -> list[Path]:
    """Existing files, [] when the user changed their mind."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return [Path(each) for each in names]


def choose_new_file(parent: QWidget, title: str, proposed: str, kinds: str) -> Path | None:
    """Where to save; the system itself asks before an existing file is replaced."""
    name, _ = QFileDialog.getSaveFileName(parent, title, proposed, kinds)
    return Path(name) if name else None


def choose_folder(parent: QWidget, title: str, start: str = "") -> Path | None:
    """An existing folder, or None."""
    name = QFileDialog.getExistingDirectory(parent, title, start)
    return Path(name) if name else None
