"""Make the program that needs no Python, in ``build/dist/``, and let it test itself.

It is tried as on a school's computer: from another folder, without the environment it was made
in. Run it with ``dev.py build``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
PROGRAM = BUILD / "dist" / "schoolprivacy"
LONGEST = 300  # seconds; it takes about five


def make() -> int:
    """Let PyInstaller make it; gives its exit code."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(PROGRAM.parent), "--workpath", str(BUILD / "pyinstaller")]
    command += [str(ROOT / "installer" / "schoolprivacy.spec")]
    environment = os.environ | {"PYINSTALLER_CONFIG_DIR": str(BUILD / "pyinstaller")}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def try_out() -> int:
    """Let the program test itself, without a display; gives its exit code."""
    ours = Path(sys.prefix).resolve()
    places = os.environ.get("PATH", os.defpath).split(os.pathsep)
    path = [place for place in places if not Path(place).resolve().is_relative_to(ours)]
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PYTHON") and name != "VIRTUAL_ENV"
    }
    environment |= {"PATH": os.pathsep.join(path), "QT_QPA_PLATFORM": "offscreen"}
    executable = PROGRAM / ("schoolprivacy.exe" if os.name == "nt" else "schoolprivacy")
    with tempfile.TemporaryDirectory() as elsewhere:
        command = [str(executable), "--self-test"]
        done = subprocess.run(command, cwd=elsewhere, env=environment, timeout=LONGEST, check=False)
    return done.returncode


def megabytes(folder: Path) -> int:
    """How much a folder holds."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file()) // 10**6


def main() -> int:
    """Tell each step; 1 when one fails."""
    print("build: making the program (about a minute)", flush=True)
    if make():
        print("build: PyInstaller failed; it says above why", file=sys.stderr)
        return 1
    print(f"build: {megabytes(PROGRAM)} MB in {PROGRAM}; its self-test:", flush=True)
    begun = time.monotonic()
    code = try_out()
    if code:
        print(f"build: the self-test ended with {code}", file=sys.stderr)
        return 1
    print(f"build: the program works on its own ({time.monotonic() - begun:.1f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
