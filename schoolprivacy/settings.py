"""Where the program finds what it ships and what belongs to this computer."""

from __future__ import annotations

from pathlib import Path

import platformdirs

APPLICATION = "schoolprivacy"


def resource(name: str) -> Path:
    """A file that ships with the program, e.g. ``law.toml`` or ``fonts/NotoSans-Regular.ttf``."""
    return Path(__file__).resolve().parent.parent / "resources" / name


def station_folder() -> Path:
    """The folder of this user on this computer only; never roams, never synchronised."""
    return Path(platformdirs.user_state_dir(APPLICATION, appauthor=False, roaming=False))
