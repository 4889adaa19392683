"""What every room of the tests may use: an own workplace, a set clock, a school without pupils."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from schoolprivacy.clock import SetClock
from schoolprivacy.errors import FileError
from schoolprivacy.school import School
from schoolprivacy.vault import database
from tests.vault.schools import NOW, Made, make_school

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # windows are drawn in memory


@pytest.fixture(scope="session", autouse=True)
def own_station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the tests out of the real user's folder on this computer."""
    place = tmp_path_factory.mktemp("station")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(place))
        yield place


@pytest.fixture(scope="session", autouse=True)
def quick_memory() -> Iterator[None]:
    """Do not wipe and lock all memory of the database: a third of the time of the tests goes to it.

    Nothing that a test can see depends on it. The tests of the vault, and everything that runs the
    program itself, have it as it is.
    """
    on, off = "cipher_memory_security=ON", "cipher_memory_security=OFF"
    assert on in database._SETTINGS
    with pytest.MonkeyPatch.context() as patch:
        quick = tuple(off if each == on else each for each in database._SETTINGS)
        patch.setattr(database, "_SETTINGS", quick)
        yield


@pytest.fixture(scope="session")
def qapp() -> Iterator[QApplication]:
    """The application as the program makes it; a process can have one."""
    from ui import theme
    from ui.app import make_application

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", "")  # make_application changes it; put it back afterwards
        app = make_application(["schoolprivacy"])
        theme.apply(app, dark=False)
        yield app


@pytest.fixture
def clock() -> SetClock:
    """It stands still until a test moves it."""
    return SetClock(NOW)


@pytest.fixture(scope="session")
def school_to_copy(own_station: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Made once, because key derivation and migrations take time; never opened itself."""
    return make_school(tmp_path_factory.mktemp("schools") / "school.schoolprivacy")


@pytest.fixture
def made(school_to_copy: Made, tmp_path: Path, clock: SetClock) -> Made:
    """A school file that nobody has open."""
    folder = shutil.copytree(school_to_copy.folder, tmp_path / "school.schoolprivacy")
    return Made(folder, school_to_copy.paper_key, clock)


@pytest.fixture
def school(made: Made) -> Iterator[School]:
    """The same, opened by the director."""
    opened = made.open()
    try:
        yield opened
    finally:
        with contextlib.suppress(FileError):
            opened.lock()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts disks of a few megabytes; options as for ``mount``, e.g. ``size=2m``."""
    if not sys.platform.startswith("linux"):
        pytest.skip("a small disk is mounted with Linux's tmpfs")
    places: list[Path] = []

    def mount(options: str) -> Path:
        place = tmp_path / f"disk{len(places)}"
        place.mkdir()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "none", str(place)],
            capture_output=True,
            check=False,
        )
        if done.returncode:
            pytest.skip("only an administrator may mount a small disk")
        places.append(place)
        return place

    yield mount
    for place in places:
        subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False)
