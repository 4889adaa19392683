"""For PyInstaller, in place of its own hook: of Qt's plugins only those that our windows need.

PyInstaller takes all of them, and with them half of Qt: some are made for its other libraries.
"""

import re

from PyInstaller.utils.hooks.qt import add_qt6_dependencies

WANTED = re.compile(
    r"(iconengines|wayland-.*-client|wayland-shell-integration|xcbglintegrations)/"
    r"|imageformats/(lib)?q(jpeg|svg)\b"  # png is part of Qt itself
    r"|platforminputcontexts/lib(compose|ibus)"  # dead keys: é, ë
    r"|platforms/(lib)?q(cocoa|offscreen|wayland|windows|xcb)\b"
    r"|platformthemes/libqxdgdesktopportal"  # the file dialogue of the desktop
)

hiddenimports, found, datas = add_qt6_dependencies(__file__)
binaries = [(file, folder) for file, folder in found if WANTED.search(file.replace("\\", "/"))]
