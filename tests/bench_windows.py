"""How much longer our windows take than windows that do nothing; part of ``dev.py bench``.

Each measurement is a process of its own, because importing is most of it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROUNDS = 7
_ROOT = Path(__file__).resolve().parent.parent

_MEASURE = """
import json, resource, sys, time
def say(**what):  # of this thread: what loads behind the first window is not waited for
    pages = int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize()
    print(json.dumps({"cpu": time.thread_time(), "bytes": pages, **what}))
"""

_BARE = (
    _MEASURE
    + """
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow, QPushButton
from PySide6.QtWidgets import QVBoxLayout, QWidget
app = QApplication([])
window, page = QMainWindow(), QWidget()
layout = QVBoxLayout(page)
for each in (QLabel("Schoolprivacy"), QLineEdit(), QPushButton("Ontgrendelen")):
    layout.addWidget(each)
window.setCentralWidget(page)
window.resize(1280, 800)
window.show()
window.grab()
app.processEvents()
say()
"""
)

_UNLOCK = (
    _MEASURE
    + """
from pathlib import Path
from ui.app import make_application
from ui import theme
app = make_application([])
theme.apply(app, dark=False)
from ui.main_window import MainWindow
window = MainWindow()
window.start(Path(sys.argv[1]))
window.show()
window.grab()
app.processEvents()
say()
"""
)

_OVERVIEW = (
    _MEASURE
    + """
from pathlib import Path
from ui.app import make_application, load_the_rest
from ui import theme
from ui.jobs import is_busy
app = make_application([])
theme.apply(app, dark=False)
from ui.main_window import MainWindow
window = MainWindow()
window.start(Path(sys.argv[1]))
window.show()
app.processEvents()
import schoolprivacy.registers, schoolprivacy.consents.forms, ui.workplace  # while one types
from schoolprivacy.school import School
start = time.process_time()
school = School.open(Path(sys.argv[1]), sys.argv[2])
opened = time.process_time() - start
window.enter(school)
while is_busy():
    app.processEvents()
window.grab()
taken = time.process_time() - start
from schoolprivacy.vault.keys import KeyFile
keys = KeyFile.read(Path(sys.argv[1]))
start = time.process_time()
keys.open(sys.argv[2])
derived = time.process_time() - start
say(taken=taken, opened=opened, derived=derived)
school.lock()
"""
)


def run(source: str, *arguments: str) -> dict[str, float]:
    """What one fresh process measured of itself."""
    done = subprocess.run(
        [sys.executable, "-c", source, *arguments],
        cwd=_ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "TMPDIR": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(folder: Path, passphrase: str) -> dict[str, tuple[list[float], list[float]]]:
    """Pairs of measurements in turns: ours, and what it is held against.

    :param folder: a school file of usual size, with the usual cost of a passphrase
    """
    bare, unlock, overview = [], [], []
    for _ in range(ROUNDS):
        bare.append(run(_BARE))
        unlock.append(run(_UNLOCK, str(folder)))
        overview.append(run(_OVERVIEW, str(folder), passphrase))
    return {
        "unlock window ÷ bare Qt window, CPU": (
            [each["cpu"] for each in unlock],
            [each["cpu"] for each in bare],
        ),
        "passphrase → overview ÷ key derivation, CPU": (
            [each["taken"] for each in overview],
            [each["derived"] for each in overview],
        ),
        "memory with the overview open ÷ bare Qt window": (
            [each["bytes"] for each in overview],
            [each["bytes"] for each in bare],
        ),
    }
