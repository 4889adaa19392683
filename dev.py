#!/usr/bin/env python3
"""Everything a developer does, in one file that needs nothing but Python.

Run ``python3 dev.py`` to see the commands. The libraries go into ``.venv/`` beside this file
(or where SCHOOLPRIVACY_VENV says), at the versions and hashes in ``requirements/``.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

OLDEST, NEWEST = (3, 11), (3, 14)
ROOT = Path(__file__).resolve().parent
VENV = Path(os.environ.get("SCHOOLPRIVACY_VENV") or ROOT / ".venv").absolute()
STAMP = VENV / "schoolprivacy-setup.txt"
DEMO = ROOT / "demo"
DEMO_MARK = DEMO / "DEMO.txt"
DEMO_SCHOOL = DEMO / "demoschool.schoolprivacy"
DEMO_PASSPHRASE = "vier groene fietsen slapen"
DEMO_PAPERS = {
    "consent-forms": DEMO / "toestemmingsformulieren.pdf",
    "reminder-list": DEMO / "herinneringslijst.pdf",
}
PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-qq")


class Stop(Exception):
    """The developer has to do something first; the text says what."""


# ---------------------------------------------------------------- the environment


def setup(_args: list[str]) -> int:
    """make or refresh the environment in .venv"""
    made = _setup()
    print(f"{_shown(VENV)}: Python {_venv_version()}, {'made ready' if made else 'up to date'}")
    return 0


def _setup() -> bool:
    """Bring the environment up to date; tell whether there was anything to do.

    An environment that works is kept when it was made with another supported Python than the
    one running now: it may be in use, and its Python is as good.
    """
    version = _venv_version()
    if version and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == _wanted(version):
        return False
    if not _usable(version):
        _make_venv()
        version = _venv_version()
        if not _usable(version):
            raise Stop(f"{VENV} was made but does not work. Remove it and run setup again.")
    STAMP.unlink(missing_ok=True)
    say(f"installing the libraries of requirements/dev.txt in {_shown(VENV)} (a minute or two)")
    locked = ROOT / "requirements" / "dev.txt"
    _require(
        [_python(), *PIP, "--require-hashes", "--only-binary", ":all:", "-r", str(locked)],
        "The libraries could not be installed; pip says above why.",
    )
    _require(
        [_python(), *PIP, "--no-deps", "--no-build-isolation", "-e", str(ROOT)],
        "The project itself could not be installed; pip says above why.",
    )
    STAMP.write_text(_wanted(version), encoding="utf-8")
    return True


def _make_venv() -> None:
    if VENV.exists():
        if not (VENV / "pyvenv.cfg").is_file() and any(VENV.iterdir()):
            raise Stop(f"{VENV} is not a Python environment; nothing was removed.")
        if Path(sys.prefix).resolve() == VENV.resolve():
            raise Stop(f"{VENV} must be remade: run dev.py with another Python than its own.")
        say(f"{_shown(VENV)} does not work (any more): removing it")
        shutil.rmtree(VENV)
    say(f"making {_shown(VENV)} with Python {_dotted(sys.version_info[:3])}")
    _require(
        [sys.executable, "-m", "venv", str(VENV)],
        "The environment could not be made. On Debian and Ubuntu: install python3-venv.",
    )


def _venv_version() -> str:
    """The version of the environment's own Python, empty when it does not run."""
    return _output([_python(), "-c", "import platform; print(platform.python_version())"])


def _usable(version: str) -> bool:
    """Whether the environment runs, on a Python we support, with pip in it."""
    if not version or not OLDEST <= tuple(int(part) for part in version.split(".")[:2]) <= NEWEST:
        return False
    return bool(_output([_python(), "-m", "pip", "--version"]))


def _wanted(version: str) -> str:
    """What the stamp says when the environment is current.

    It names the place of the project too, because the editable install points at it.
    """
    import tomllib  # here, so that an older Python gets as far as our own message

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    installed = [project[table] for table in ("build-system", "project")]
    installed.append(project["tool"]["setuptools"])  # not the linters: they read it each time
    digest = hashlib.sha256(repr(installed).encode())
    for name in ("dev.txt", "runtime.txt"):
        digest.update((ROOT / "requirements" / name).read_bytes().replace(b"\r\n", b"\n"))
    return f"{digest.hexdigest()}\nPython {version}\n{ROOT}\n"


# ---------------------------------------------------------------- the commands


def demo(args: list[str]) -> int:
    """open the demo school in demo/, made the first time; --new makes it anew"""
    if DEMO.exists() and not DEMO_MARK.is_file():
        raise Stop(f"{DEMO} holds something else than the demo school; nothing was changed.")
    _setup()
    if "--new" in args and DEMO.exists():
        say(f"removing the earlier demo school in {_shown(DEMO)}")
        shutil.rmtree(DEMO)
    _make_demo()
    print(f"\nThe demo school:  {DEMO_SCHOOL}")
    for document, paper in DEMO_PAPERS.items():
        print(f"{document + ':':17} {paper}")
    print(f"Passphrase:       {DEMO_PASSPHRASE}")
    print(f"By commands:      {_python()} -m schoolprivacy status {_shown(DEMO_SCHOOL)}")
    if not _has_display():
        print(
            "There is no display here, so no window was opened. "
            "Run it again on a desktop to see the program."
        )
        return 0
    print("The window opens; it asks for the passphrase.", flush=True)
    return _run([_python(), "-m", "ui", str(DEMO_SCHOOL)])


def _make_demo() -> None:
    """Make what is not there yet of the demo school and its papers."""
    DEMO.mkdir(exist_ok=True)
    DEMO_MARK.write_text(
        "A demo school: every name in it is invented. `dev.py demo --new` removes this folder\n"
        f"with everything in it and makes it anew. Passphrase: {DEMO_PASSPHRASE}\n",
        encoding="utf-8",
    )
    program = [_python(), "-m", "schoolprivacy"]
    environment = {**os.environ, "SCHOOLPRIVACY_PASSPHRASE": DEMO_PASSPHRASE}
    if not DEMO_SCHOOL.exists():
        say("making the demo school")
        make = [*program, "demo", str(DEMO_SCHOOL)]
        _require(make, "The demo school could not be made.", environment)
    for document, paper in DEMO_PAPERS.items():
        if not paper.exists():
            say(f"printing {document}")
            make = [*program, "print", str(DEMO_SCHOOL), document, "--out", str(paper)]
            _require(make, f"{document} could not be printed.", environment)


def _has_display() -> bool:
    """Whether a window can be seen; a Linux without desktop has none."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in names)


def test(args: list[str]) -> int:
    """run the tests; whatever follows is for pytest"""
    _setup()
    return _run([_python(), "-m", "pytest", *_workers(args), *args])


def torture(args: list[str]) -> int:
    """run the tests that hurt, in full: kills, bit flips, fuzz"""
    _setup()
    environment = {**os.environ, "SCHOOLPRIVACY_TORTURE": "1"}
    return _run([_python(), "-m", "pytest", *_workers(args), "-m", "torture", *args], environment)


def _workers(args: list[str]) -> list[str]:
    """One worker for each core, unless the caller chose or wants to talk to the test."""
    own = ("-n", "--numprocesses", "--dist", "--pdb", "--trace", "-s", "--capture=no")
    return [] if any(arg.startswith(own) for arg in args) else ["-n", "auto"]


def lint(_args: list[str]) -> int:
    """check style, types and the one-way rule"""
    _setup()
    # Not by its script: that holds the absolute path of the environment it was installed in.
    one_way = "import sys; from importlinter import cli; sys.exit(cli.lint_imports_command())"
    checks = {
        "ruff check": ["-m", "ruff", "check", "."],
        "ruff format": ["-m", "ruff", "format", "--check", "."],
        "mypy": ["-m", "mypy"],
        "lint-imports": ["-c", one_way, "--no-cache", "--no-logo"],
    }
    failed = []
    for name, check in checks.items():
        say(name)
        if _run([_python(), *check]):
            failed.append(name)
    say("wrong: " + ", ".join(failed) if failed else "nothing wrong")
    return 1 if failed else 0


def bench(args: list[str]) -> int:
    """measure what a user would wait for"""
    _setup()
    return _run([_python(), "-m", "tests.bench", *args])


def wheels(_args: list[str]) -> int:
    """check that every library has a wheel for every system we mean to run on"""
    _setup()
    return _run([_python(), str(ROOT / "installer" / "check_wheels.py")])


def smoke(_args: list[str]) -> int:
    """build the package, install it elsewhere and use it"""
    _setup()
    return _run([_python(), str(ROOT / "installer" / "smoke.py")])


def build(_args: list[str]) -> int:
    """make the program that needs no Python, in build/dist/, and let it test itself"""
    _setup()
    return _run([_python(), str(ROOT / "installer" / "build.py")])


def lock(args: list[str]) -> int:
    """remake requirements/*.txt; --upgrade takes newer versions"""
    with tempfile.TemporaryDirectory() as folder:
        say("fetching uv")
        _require([sys.executable, "-m", "venv", folder], "uv's environment could not be made.")
        uv_python = _python(Path(folder))
        _require([uv_python, *PIP, "--only-binary", ":all:", "uv"], "uv could not be installed.")
        for name, extra in (("runtime.txt", ()), ("dev.txt", ("--extra", "dev"))):
            target = ROOT / "requirements" / name
            say(f"locking {_shown(target)}")
            command = [uv_python, "-m", "uv", "pip", "compile", "--quiet", "pyproject.toml", *extra]
            command += ["--python-version", _dotted(OLDEST), "--universal", "--generate-hashes"]
            command += ["--no-header", "--no-annotate", "--output-file", str(target), *args]
            _require(command, "No set of versions was found; uv says above why.")
            if "://" in target.read_text(encoding="utf-8"):
                raise Stop(f"{_shown(target)} names a host; it must hold versions and hashes only.")
    return 0


COMMANDS = {
    command.__name__: command
    for command in (setup, demo, test, lint, bench, torture, wheels, smoke, build, lock)
}
# Of these the arguments are known here; the others pass theirs on.
ARGUMENTS = {"setup": (), "demo": ("--new",), "lint": (), "build": (), "wheels": (), "smoke": ()}


# ---------------------------------------------------------------- running things


def say(text: str) -> None:
    """Tell what happens now, before what it runs says anything."""
    print(f"dev.py: {text}", flush=True)


def _python(venv: Path = VENV) -> str:
    return str(venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def _run(command: list[str], environment: dict[str, str] | None = None) -> int:
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def _require(command: list[str], otherwise: str, environment: dict[str, str] | None = None) -> None:
    if _run(command, environment):
        raise Stop(otherwise)


def _output(command: list[str]) -> str:
    """What a command prints; empty when it fails or cannot be started."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in version)


def main(argv: list[str]) -> int:
    """Run one command; 0 done, 1 not done, 2 wrong usage, otherwise what the command gave."""
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="Develop Schoolprivacy: everything with one file and any Python 3.11-3.14.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="commands:\n"
        + "\n".join(f"  {name:8} {command.__doc__}" for name, command in COMMANDS.items()),
    )
    parser.add_argument("command", choices=COMMANDS, metavar="command", help="see below")
    parser.add_argument("args", nargs=argparse.REMAINDER, help="passed on to test, torture, …")
    if not argv:
        parser.print_help()
        return 2
    chosen = parser.parse_args(argv)
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        print(
            f"dev.py: this is Python {_dotted(sys.version_info[:3])}; Schoolprivacy needs "
            f"{_dotted(OLDEST)} to {_dotted(NEWEST)}. Run it with one of those, "
            "e.g. python3.13 dev.py",
            file=sys.stderr,
        )
        return 1
    if set(chosen.args) - set(ARGUMENTS.get(chosen.command, chosen.args)):
        parser.error(f"{chosen.command} takes no {' '.join(chosen.args)}")
    try:
        return COMMANDS[chosen.command](chosen.args)
    except Stop as stop:
        print(f"dev.py: {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
