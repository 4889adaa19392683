"""Does every locked library have a wheel for every system Schoolprivacy is meant for?

Nothing is compiled on a school's computer, so a library without a wheel is a system without
Schoolprivacy. pip resolves ``requirements/runtime.txt`` for each system without installing
anything. Run it with ``dev.py wheels``. A wheel that exists has not been tried by this.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements" / "runtime.txt"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
# The oldest systems for which every library has a wheel; Qt decides: glibc 2.34 (Debian 12,
# Ubuntu 22.04), on arm64 2.39 (Debian 13, Ubuntu 24.04), macOS 13.
GLIBC = {"x86_64": 34, "aarch64": 39}
MACOS = "13_0"


@dataclass(frozen=True)
class System:
    """One kind of computer.

    :param platforms: the platform tags pip may choose from
    :param markers: what environment markers see there, besides the Python version
    """

    name: str
    platforms: tuple[str, ...]
    markers: dict[str, str]


def _linux(machine: str) -> System:
    """pip does not know that a newer glibc runs older wheels, so each tag is named."""
    tags = (f"manylinux_2_{minor}_{machine}" for minor in range(GLIBC[machine], 4, -1))
    old = tuple(f"{name}_{machine}" for name in ("manylinux2014", "manylinux2010", "manylinux1"))
    markers = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}
    name = {"x86_64": "Linux x64", "aarch64": "Linux arm64"}[machine]
    return System(name, (*tags, *old), {**markers, "platform_machine": machine})


def _macos(machine: str) -> System:
    """pip adds the tags of older macOS versions and of universal wheels itself."""
    markers = {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"}
    name = {"x86_64": "macOS x64", "arm64": "macOS arm64"}[machine]
    return System(name, (f"macosx_{MACOS}_{machine}",), {**markers, "platform_machine": machine})


SYSTEMS = (
    System(
        "Windows x64",
        ("win_amd64",),
        {
            "sys_platform": "win32",
            "platform_system": "Windows",
            "os_name": "nt",
            "platform_machine": "AMD64",
        },
    ),
    _macos("arm64"),
    _macos("x86_64"),
    _linux("x86_64"),
    _linux("aarch64"),
)


def requirements_for(text: str, system: System, python: str) -> dict[str, str]:
    """The locked requirements that count on a system, by name, without their markers.

    pip would evaluate the markers for the Python it runs on, so it is done here.
    """
    environment = {
        **system.markers,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "implementation_version": f"{python}.0",
        "platform_python_implementation": "CPython",
        "extra": "",
    }
    found = {}
    for line in text.replace("\\\n", " ").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        requirement, *hashes = re.split(r"\s+(?=--hash=)", line.strip())
        pinned, _, marker = (part.strip() for part in requirement.partition(";"))
        if not marker or Marker(marker).evaluate(environment):
            found[pinned.partition("==")[0]] = " ".join([pinned, *hashes])
    return found


def missing(requirements: dict[str, str], system: System, python: str) -> list[str]:
    """The names of the libraries that have no wheel on a system."""
    if _resolves(list(requirements.values()), system, python):
        return []
    # pip stops at the first one; asking one by one gives the whole list.
    return [
        name
        for name, requirement in requirements.items()
        if not _resolves([requirement], system, python)
    ] or ["(pip failed; see above)"]


def _resolves(requirements: list[str], system: System, python: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "requirements.txt"
        wanted.write_text("\n".join(requirements), encoding="utf-8")
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]
        command += ["install", "--dry-run", "--quiet", "--ignore-installed", "--no-deps"]
        command += ["--only-binary", ":all:", "--require-hashes", "-r", str(wanted)]
        command += ["--target", folder, "--implementation", "cp", "--python-version", python]
        for platform in system.platforms:
            command += ["--platform", platform]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode and "No matching distribution" not in done.stderr:
        print(done.stderr, file=sys.stderr)
    return done.returncode == 0


def main() -> int:
    """Print the table; 1 when something has no wheel."""
    text = REQUIREMENTS.read_text(encoding="utf-8")
    gaps: list[str] = []
    print("wheels     " + "".join(f"{python:>8}" for python in PYTHONS))
    for system in SYSTEMS:
        print(f"{system.name:11}", end="", flush=True)
        for python in PYTHONS:
            without = missing(requirements_for(text, system, python), system, python)
            print(f"{'ok' if not without else len(without):>8}", end="", flush=True)
            gaps += [f"{system.name}, Python {python}: no wheel of {name}" for name in without]
        print()
    print("\n".join(gaps))
    return 1 if gaps else 0


if __name__ == "__main__":
    sys.exit(main())
