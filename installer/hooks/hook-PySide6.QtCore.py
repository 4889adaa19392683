"""For PyInstaller, in place of its own hook: of Qt's own texts only the Dutch ones."""

from PyInstaller.utils.hooks.qt import add_qt6_dependencies

hiddenimports, binaries, found = add_qt6_dependencies(__file__)
datas = [(file, folder) for file, folder in found if file.endswith(("qt_nl.qm", "qtbase_nl.qm"))]
