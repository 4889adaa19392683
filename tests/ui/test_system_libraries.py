"""What somebody reads when Linux lacks a library that Qt counts on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from ui.system_libraries import PACKAGES

ROOT = Path(__file__).resolve().parents[2]
QT = Path(PySide6.__file__).parent
ASK = "from ui.system_libraries import why_no_windows; print(why_no_windows())"
# Every Linux has these, or Python itself would not run.
EVERYWHERE = {"ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1", "libdl.so.2", "libpthread.so.0"}
EVERYWHERE |= {"libc.so.6", "libgcc_s.so.1", "libm.so.6", "librt.so.1", "libstdc++.so.6"}
EVERYWHERE |= {"libz.so.1"}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux can lack libraries")


def asked(**environment: str) -> str:
    """What the program says in a process of its own; no display unless given."""
    without = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    kept = {name: value for name, value in os.environ.items() if name not in without}
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=kept | environment | {"PYTHONUTF8": "1"},
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("library", "display"),
    [("libEGL.so.1", {"QT_QPA_PLATFORM": "offscreen"}), ("libxcb-cursor.so.0", {"DISPLAY": ":99"})],
)
def test_a_library_that_does_not_load_is_named_with_its_package(
    library: str, display: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / library).write_text("no library")
    told = asked(LD_LIBRARY_PATH=str(tmp_path), **display)
    assert library in told
    assert all(package in told for package in PACKAGES[library])


def test_a_library_of_an_unknown_package_is_named(tmp_path: Path) -> None:
    (tmp_path / "libpcre2-8.so.0").write_text("no library")
    told = asked(LD_LIBRARY_PATH=str(tmp_path), QT_QPA_PLATFORM="offscreen")
    assert "libpcre2-8.so.0" in told and "Debian" not in told


def test_another_reason_is_not_taken_for_a_missing_library(tmp_path: Path) -> None:
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").write_text("raise ImportError('something else')")
    with pytest.raises(subprocess.CalledProcessError) as failed:
        asked(PYTHONPATH=str(tmp_path), QT_QPA_PLATFORM="offscreen")
    assert "something else" in failed.value.stderr


def test_without_a_display_it_says_so() -> None:
    assert "beeldscherm" in asked()


@pytest.mark.parametrize("display", [{"QT_QPA_PLATFORM": "offscreen"}, {"DISPLAY": ":99"}])
def test_nothing_is_said_where_all_is_there(display: dict[str, str]) -> None:
    assert asked(**display) == ""


def test_every_library_qt_counts_on_has_a_package() -> None:
    if not shutil.which("objdump"):
        pytest.skip("only binutils can tell what a library needs")
    ours = [QT / f"Qt{name}.abi3.so" for name in ("Gui", "PrintSupport", "Svg", "Widgets")]
    ours.append(QT / "Qt" / "plugins" / "platforms" / "libqxcb.so")
    needed: set[str] = set()
    while ours:
        table = subprocess.run(["objdump", "-p", ours.pop()], capture_output=True, check=True)
        new = set(re.findall(r"NEEDED\s+(\S+)", table.stdout.decode())) - needed
        needed |= new
        ours += [path for name in new if (path := QT / "Qt" / "lib" / name).is_file()]
    system = {name for name in needed if not re.match(r"libQt6|libicu|libpyside|libshiboken", name)}
    assert "libxcb-cursor.so.0" in system
    assert system - EVERYWHERE <= PACKAGES.keys()
