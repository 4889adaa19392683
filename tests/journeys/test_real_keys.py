"""The journey through the windows once more, on a screen of a real window system with real keys."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def display() -> Iterator[str]:
    """A screen that nobody sees."""
    for needed in ("Xvfb", "openbox", "xdotool"):
        if shutil.which(needed) is None:
            pytest.skip(f"{needed} is not installed")
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    with subprocess.Popen(
        command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        os.close(write)
        with os.fdopen(read) as said:
            number = said.readline().strip()
        assert number, "the screen did not start"
        shown = os.environ | {"DISPLAY": f":{number}"}
        with subprocess.Popen(["openbox"], env=shown, stderr=subprocess.DEVNULL) as manager:
            _wait_for_windows_to_be_managed(shown)
            yield f":{number}"
            manager.terminate()
        server.terminate()


def _wait_for_windows_to_be_managed(environment: dict[str, str]) -> None:
    for _ in range(100):
        asked = subprocess.run(
            ["xdotool", "get_desktop"], env=environment, capture_output=True, check=False
        )
        if asked.returncode == 0:
            return
        time.sleep(0.1)
    raise AssertionError("the window manager did not start")


@pytest.mark.slow
def test_the_journey_with_real_keys(display: str, tmp_path: Path) -> None:
    """In a process of its own: one process has one window system."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly"),
            *("--basetemp", str(tmp_path / "inner"), "tests/journeys/test_windows.py"),
        ],
        cwd=_ROOT,
        env=os.environ
        | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "SCHOOLPRIVACY_REAL_KEYS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]
