"""Why Qt cannot open a window on this computer, told before Qt itself ends the program.

Qt's wheel brings its own libraries but counts on some of the system, which a server or a bare
installation of Linux lacks. Windows and macOS have all it needs.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from pathlib import Path

from schoolprivacy.errors import sentence

# Library → its package in Debian and Ubuntu, and in Fedora.
PACKAGES = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libzstd.so.1": ("libzstd1", "libzstd"),
}
_NAMED = re.compile(r"([^\s/:]+\.so[.\d]*): ")
"""How the system's loader begins its complaint: the library, perhaps with where it lies."""


def why_no_windows() -> str:
    """The Dutch sentence that says what is missing and what to install; empty when all is there."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    wayland, x11 = os.environ.get("WAYLAND_DISPLAY"), os.environ.get("DISPLAY")
    if sys.platform == "linux" and not (platform or wayland or x11):
        return sentence("program.no_display")
    try:
        import PySide6.QtPrintSupport
        import PySide6.QtSvg
        import PySide6.QtWidgets
    except ImportError as error:
        return _told(error)
    if platform.startswith("xcb") or (x11 and not (platform or wayland)):
        return _why_no_x11(Path(PySide6.__file__).parent)
    return ""


def _why_no_x11(qt: Path) -> str:
    """Load Qt's part for X11 as Qt will; Qt would abort when it cannot."""
    part = qt / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    try:
        if part.is_file():  # elsewhere when Linux brought Qt along, with all it needs
            ctypes.CDLL(str(part))
    except OSError as error:
        return _told(error)
    return ""


def _told(error: ImportError | OSError) -> str:
    """:raises ImportError: it is not about a library of the system"""
    found = _NAMED.search(str(error))
    if not found:
        raise error
    library = found[1]
    if library not in PACKAGES:
        return sentence("program.unknown_library", library=library)
    debian, fedora = PACKAGES[library]
    return sentence("program.missing_library", library=library, debian=debian, fedora=fedora)
