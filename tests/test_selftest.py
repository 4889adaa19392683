"""The self-test: that it works, that it notices, and that it leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from schoolprivacy.selftest import self_test
from tests.vault.schools import CHEAP

ROOT = Path(__file__).resolve().parent.parent
RUN = """
import sys
from schoolprivacy.selftest import self_test
from schoolprivacy.vault.keys import Cost
sys.exit(self_test(print, cost=Cost(1, 8 * 2**20)))
"""


def test_it_does_the_main_job_and_leaves_nothing_behind(
    own_station: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    station, environment = sorted(own_station.rglob("*")), dict(os.environ)
    said: list[str] = []
    assert self_test(said.append, cost=CHEAP) == 0
    assert len(said) == 9 and all(line.startswith("Goed: ") for line in said)
    assert list(tmp_path.iterdir()) == []
    assert sorted(own_station.rglob("*")) == station
    assert dict(os.environ) == environment


@pytest.mark.parametrize(
    ("piece", "steps"),
    [
        ("schoolprivacy/vault/migrations", 0),
        ("resources/fonts/NotoSans-Bold.ttf", 2),
        ("resources/letters/nl/consent_request.txt", 2),
    ],
)
def test_a_program_that_lacks_a_piece_says_after_which_step(
    piece: str, steps: int, tmp_path: Path
) -> None:
    program, scratch = tmp_path / "program", tmp_path / "scratch"
    for name in ("schoolprivacy", "resources"):
        shutil.copytree(ROOT / name, program / name, ignore=shutil.ignore_patterns("*.pyc"))
    lacking = program / piece
    shutil.rmtree(lacking) if lacking.is_dir() else lacking.unlink()
    scratch.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        capture_output=True,
        encoding="utf-8",
        cwd=program,
        env=os.environ | {"TMPDIR": str(scratch), "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout.count("Goed: ") == steps
    assert done.stdout.splitlines()[steps].startswith("Mislukt: ")
    assert list(scratch.iterdir()) == []


def test_the_program_tests_its_windows_too() -> None:
    """Without a display, in a process of its own, as ``dev.py build`` and a school do it."""
    without = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    kept = {name: value for name, value in os.environ.items() if name not in without}
    done = subprocess.run(
        [sys.executable, "-m", "ui", "--self-test"],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=kept | {"PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Goed: het venster gesloten en het schoolbestand vergrendeld" in done.stdout
