"""Does the package work where the sources are not?

Builds the wheel from a clean copy, installs it with the locked libraries in an empty
environment, and does a school's first hour from an empty folder. What is not packaged (a font,
a letter text, a migration) shows here. Run it with ``dev.py smoke``.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ("resources", "schoolprivacy", "ui")
NOT_SOURCE = (".*", "build", "dist", "demo", "*.egg-info")  # at the top of the project
PASSPHRASE = "rook stijgt langzaam omhoog"


class Failed(Exception):
    """A step did not do what it should; the text says which and how."""


def run(command: list[str], folder: Path) -> str:
    """What a step prints.

    :raises Failed: it ended with something else than 0
    """
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    environment |= {"SCHOOLPRIVACY_PASSPHRASE": PASSPHRASE, "PYTHONUTF8": "1"}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise Failed(
            f"{' '.join(command)}\nended with {done.returncode}\n{done.stdout}{done.stderr}"
        )
    return done.stdout


def build_wheel(folder: Path) -> Path:
    """The wheel, from a copy without what earlier builds left behind."""
    source = folder / "source"
    top, anywhere = shutil.ignore_patterns(*NOT_SOURCE), shutil.ignore_patterns("__pycache__")

    def ignored(place: str, names: list[str]) -> set[str]:
        return anywhere(place, names) | (top(place, names) if Path(place) == ROOT else set())

    shutil.copytree(ROOT, source, ignore=ignored)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    run(command, source)
    (wheel,) = folder.glob("*.whl")
    return wheel


def check_content(wheel: Path) -> None:
    """Everything that ships, code and data, is in the wheel.

    :raises Failed: some are not
    """
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    files = [path for name in SHIPPED for path in (ROOT / name).rglob("*") if path.is_file()]
    wanted = {path.relative_to(ROOT).as_posix() for path in files if path.suffix != ".pyc"}
    if wanted - packed:
        raise Failed("not in the wheel: " + ", ".join(sorted(wanted - packed)))
    if not any(name.endswith("licenses/LICENSE") for name in packed):
        raise Failed("not in the wheel: LICENSE")


def install(wheel: Path, folder: Path) -> str:
    """A Python that has the wheel, its locked libraries and nothing else."""
    venv.create(folder, with_pip=True)
    python = str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    pip = [python, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-qq"]
    locked = str(ROOT / "requirements" / "runtime.txt")
    run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", locked], folder)
    run([*pip, "--no-deps", str(wheel)], folder)
    return python


def first_hour(python: str, folder: Path) -> None:
    """Make a school, fill a demo school, print a form, check the file; then the self-test.

    :raises Failed: a command fails or gives something else than it should
    """
    program = [python, "-m", "schoolprivacy"]
    where = run([python, "-c", "import schoolprivacy; print(schoolprivacy.__file__)"], folder)
    if Path(where.strip()).is_relative_to(ROOT):
        raise Failed(f"the sources were used, not the package: {where}")
    run([*program, "create", "new.schoolprivacy", "--name", "Rookproef", "--brin", "99XX"], folder)
    json.loads(run([*program, "status", "new.schoolprivacy", "--json"], folder))
    run([*program, "demo", "demo.schoolprivacy", "--pupils", "12"], folder)
    paper = folder / "forms.pdf"
    form = ["print", "demo.schoolprivacy", "consent-forms", "--out", str(paper)]
    run([*program, *form], folder)
    if not paper.read_bytes().startswith(b"%PDF-"):
        raise Failed(f"{' '.join(form)} made no PDF")
    run([*program, "verify", "demo.schoolprivacy"], folder)
    run([python, "-m", "ui", "--self-test"], folder)


def main() -> int:
    """Tell each step; 1 when one fails."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        try:
            print("smoke: building the wheel", flush=True)
            wheel = build_wheel(folder)
            check_content(wheel)
            print(f"smoke: installing {wheel.name} in an empty environment", flush=True)
            python = install(wheel, folder / "environment")
            print("smoke: a school's first hour", flush=True)
            (folder / "empty").mkdir()
            first_hour(python, folder / "empty")
        except Failed as failed:
            print(f"smoke: {failed}", file=sys.stderr)
            return 1
    print("smoke: the package works on its own")
    return 0


if __name__ == "__main__":
    sys.exit(main())
