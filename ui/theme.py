"""Colours, type and icons of the windows: Fusion with a palette and one style sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QStyleOption, QWidget

from schoolprivacy.settings import resource
from schoolprivacy.station import read_station

ZOOMS = (1.0, 1.25, 1.5, 1.75, 2.0)
_PIXELS = 14  # text size at zoom 1
_SIGNS = {QStyle.PixelMetric.PM_LineEditIconSize: 16, QStyle.PixelMetric.PM_HeaderMarkSize: 9}


@dataclass(frozen=True, slots=True)
class Colours:
    """One palette. What is written on a surface has a contrast of at least 4.5 : 1."""

    dark: bool
    background: str
    surface: str
    side: str
    border: str
    strong_border: str  # of what can be filled in: 3 : 1 against the surface
    text: str
    muted: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    yes: str
    yes_soft: str
    no: str
    no_soft: str
    open: str
    open_soft: str
    warn: str
    warn_soft: str
    special: str
    special_soft: str


LIGHT = Colours(
    dark=False,
    background="#f6f7f9",
    surface="#ffffff",
    side="#eef1f5",
    border="#dfe3ea",
    strong_border="#8690a0",
    text="#1b2330",
    muted="#5b6675",
    accent="#1f5fbf",
    accent_hover="#1a52a6",
    accent_soft="#e1ebfa",
    on_accent="#ffffff",
    yes="#14663c",
    yes_soft="#e0f2e7",
    no="#a8231f",
    no_soft="#fbe6e4",
    open="#525d6c",
    open_soft="#f1f3f6",
    warn="#7a5200",
    warn_soft="#fdf0d2",
    special="#6a2f8f",
    special_soft="#f2e7f9",
)

DARK = Colours(
    dark=True,
    background="#14181f",
    surface="#1c212a",
    side="#171b22",
    border="#2e3541",
    strong_border="#6f7b8c",
    text="#e7ebf1",
    muted="#9aa5b4",
    accent="#7fb0ff",
    accent_hover="#9cc2ff",
    accent_soft="#23324a",
    on_accent="#10151d",
    yes="#74d69d",
    yes_soft="#17342a",
    no="#ff9b93",
    no_soft="#44201f",
    open="#a9b3c1",
    open_soft="#232a35",
    warn="#f2c14e",
    warn_soft="#3d3015",
    special="#d5a6f2",
    special_soft="#35233f",
)


@dataclass
class _Look:
    """What the windows look like now; there is one application, so there is one look."""

    colours: Colours = LIGHT
    zoom: float = 1.0
    family: str = ""
    sheet: str = ""


_look = _Look()


def colours() -> Colours:
    """The palette in use."""
    return _look.colours


def zoom() -> float:
    """How much larger than usual everything is, 1.0 to 2.0."""
    return _look.zoom


def px(size: float) -> int:
    """A length in pixels at the present zoom."""
    return round(size * _look.zoom)


def font(size: float = 1.0, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The typeface at a size relative to running text."""
    made = QFont(_look.family)
    made.setPixelSize(max(1, round(_PIXELS * size * _look.zoom)))
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def apply(app: QApplication, *, dark: bool, zoom: float = 1.0) -> None:
    """Take this palette and zoom for what is made from now on, and for windows dressed anew."""
    _look.colours = DARK if dark else LIGHT
    _look.zoom = zoom
    _look.family = _look.family or _load_typeface()
    icon.cache_clear()
    app.setStyle(_Style("Fusion"))
    app.setPalette(_palette(_look.colours))
    app.setFont(font())
    _look.sheet = _style_sheet(_look.colours)


def dress(window: QWidget) -> None:
    """Give a window without a parent, and with it all that stands in it, the style sheet.

    Not the application: Qt would then style everything anew each time a part is put into a larger
    one, and making a screen would take twice the time.
    """
    window.setStyleSheet(_look.sheet)


class _Style(QProxyStyle):
    """Fusion, in which the small signs that a style sheet cannot reach grow with the zoom."""

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        if metric in _SIGNS:
            return px(_SIGNS[metric])
        return super().pixelMetric(metric, option, widget)


def apply_chosen(app: QApplication) -> None:
    """Give every window the palette and zoom that were chosen for this computer."""
    station = read_station()
    system_is_dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    dark = station.theme == "dark" or (not station.theme and system_is_dark)
    apply(app, dark=dark, zoom=min(ZOOMS[-1], max(ZOOMS[0], station.zoom / 100)))


def _load_typeface() -> str:
    found = ""
    for style in ("Regular", "Medium", "SemiBold"):
        place = resource(f"fonts/Inter-{style}.ttf")
        number = QFontDatabase.addApplicationFont(str(place))
        found = next(iter(QFontDatabase.applicationFontFamilies(number)), found)
    return found


def _palette(c: Colours) -> QPalette:
    role = QPalette.ColorRole
    made = QPalette()
    for name, colour in {
        role.Window: c.background,
        role.WindowText: c.text,
        role.Base: c.surface,
        role.AlternateBase: c.background,
        role.ToolTipBase: c.text,
        role.ToolTipText: c.surface,
        role.PlaceholderText: c.muted,
        role.Text: c.text,
        role.Button: c.surface,
        role.ButtonText: c.text,
        role.BrightText: c.no,
        role.Highlight: c.accent,
        role.HighlightedText: c.on_accent,
        role.Accent: c.accent,
        role.Link: c.accent,
        role.LinkVisited: c.accent,
        role.Light: c.surface,
        role.Midlight: c.border,
        role.Mid: c.border,
        role.Dark: c.strong_border,
        role.Shadow: c.strong_border,
    }.items():
        made.setColor(name, QColor(colour))
    for name in (role.Text, role.ButtonText, role.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(c.muted))
    return made


# — icons —


@cache
def icon(name: str, colour: str = "", size: int = 18) -> QIcon:
    """An icon of resources/icons in a colour of the palette.

    :param colour: name of a field of Colours, ``text`` without one
    :param size: pixels at zoom 1
    """
    return as_icon(pixmap(name, colour, size))


def as_icon(picture: QPixmap) -> QIcon:
    """An icon that keeps its colours in a chosen row, where Qt would tint it."""
    made = QIcon(picture)
    made.addPixmap(picture, QIcon.Mode.Selected)
    return made


def pixmap(name: str, colour: str = "", size: int = 18) -> QPixmap:
    """The picture of an icon, sharp on a fine screen."""
    shade = getattr(_look.colours, colour or "text")
    ratio = _pixel_ratio()
    side = round(px(size) * ratio)
    picture = QPixmap(QSize(side, side))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _drawing(name, shade).render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def _drawing(name: str, shade: str) -> QSvgRenderer:
    text = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(re.sub("currentColor", shade, text).encode()))


def draw_icon(painter: QPainter, name: str, shade: str, where: QRectF) -> None:
    """Draw an icon in a place, in a colour written as ``#rrggbb``."""
    _drawing(name, shade).render(painter, where)


def _pixel_ratio() -> float:
    return QApplication.primaryScreen().devicePixelRatio()


# — style sheet —


def _style_sheet(c: Colours) -> str:
    palette = "dark" if c.dark else "light"
    chevron = resource(f"icons/chevron-down-{palette}.svg").as_posix()
    values = {name: getattr(c, name) for name in Colours.__slots__}
    values["handle"] = "#4a5464" if c.dark else "#c3cad4"
    values |= {"family": _look.family, "chevron": chevron}
    values["check"] = resource(f"icons/check-{palette}.svg").as_posix()
    values |= {f"p{n}": f"{px(n)}px" for n in range(1, 61)}
    return re.sub(r"\$(\w+)", lambda found: str(values[found[1]]), _SHEET)


_SHEET = """
* { font-family: "$family"; font-size: $p14; }
QToolTip { color: $surface; background: $text; border: 0; padding: $p4; }
QWidget#side { background: $side; border-right: 1px solid $border; }
QFrame#card { background: $surface; border: 1px solid $border; border-radius: $p8; }
QScrollArea, QScrollArea > QWidget > QWidget#body { background: transparent; border: 0; }
QLabel { background: transparent; }
QLabel#title { font-size: $p22; font-weight: 600; }
QLabel#heading { font-size: $p16; font-weight: 600; }
QLabel#strong { font-weight: 600; }
QLabel#figure { font-size: $p28; font-weight: 600; }
QLabel#muted, QLabel#subtitle { color: $muted; }
QLabel#small { color: $muted; font-size: $p12; }
QLabel#problem { color: $no; }
QLabel#warning { color: $warn; }
QLabel#good { color: $yes; }
QLabel#code { font-size: $p20; font-weight: 600; }
QFrame#notice { background: $warn_soft; border: 1px solid $warn; border-radius: $p8; }
QFrame#notice QLabel { color: $warn; }
QFrame#trouble { background: $no_soft; border: 1px solid $no; border-radius: $p8; }
QFrame#trouble QLabel { color: $no; }
QFrame#done { background: $yes_soft; border: 1px solid $yes; border-radius: $p8; }
QFrame#done QLabel { color: $yes; }
QLabel#demo { background: $warn_soft; color: $warn; font-weight: 600; padding: $p6; }

QPushButton { background: $surface; border: 1px solid $strong_border; border-radius: $p6;
    padding: $p5 $p14; min-height: $p22; font-weight: 500; icon-size: $p22; }
QPushButton:hover { background: $side; }
QPushButton:pressed { background: $accent_soft; }
QPushButton:disabled { color: $muted; border-color: $border; background: $background; }
QPushButton:focus { border: 2px solid $accent; padding: $p4 $p13; }
QPushButton#primary { background: $accent; color: $on_accent; border: 1px solid $accent; }
QPushButton#primary:hover { background: $accent_hover; }
QPushButton#primary:disabled { background: $border; color: $muted; border-color: $border; }
QPushButton#primary:focus { border: 2px solid $text; }
QPushButton#danger { color: $no; border-color: $no; }
QPushButton#link { border: 1px solid transparent; background: transparent; color: $accent;
    padding: $p4 $p6; text-align: left; }
QPushButton#link:hover { text-decoration: underline; }
QPushButton#link:focus { border: 2px solid $accent; padding: $p3 $p5; }
QPushButton#place { border: 1px solid transparent; background: transparent; text-align: left;
    padding: $p8 $p10; border-radius: $p6; }
QPushButton#place:hover { background: $border; }
QPushButton#place:checked { background: $accent_soft; color: $accent; font-weight: 600; }
QPushButton#place:focus { border: 2px solid $accent; padding: $p7 $p9; }
QPushButton#tile { background: $surface; border: 1px solid $border; border-radius: $p8;
    padding: 0; }
QPushButton#tile:hover { border-color: $accent; }
QPushButton#tile:focus { border: 2px solid $accent; padding: 0; }
QPushButton#line { border: 2px solid transparent; background: transparent; padding: 0;
    border-radius: $p6; text-align: left; }
QPushButton#line:hover { background: $side; }
QPushButton#line:focus { border: 2px solid $accent; padding: 0; }
QPushButton#flat { border: 1px solid transparent; background: transparent; padding: $p6; }
QPushButton#flat:hover { background: $border; }
QPushButton#flat:focus { border: 2px solid $accent; padding: $p5; }

QLineEdit, QPlainTextEdit, QTextEdit, QDateEdit, QSpinBox, QDoubleSpinBox, QComboBox {
    background: $surface; border: 1px solid $strong_border; border-radius: $p6;
    padding: $p5 $p8; min-height: $p20; selection-background-color: $accent;
    selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QDateEdit:focus, QSpinBox:focus,
QDoubleSpinBox:focus, QComboBox:focus { border: 2px solid $accent; padding: $p4 $p7; }
QLineEdit[wrong="true"], QComboBox[wrong="true"] { border: 2px solid $no; padding: $p4 $p7; }
QLineEdit:disabled, QComboBox:disabled { background: $background; color: $muted; }
QLineEdit:read-only { background: $background; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus { border: 0; padding: 0;
    min-height: 0; background: transparent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; height: 0; border: 0; }
QComboBox { combobox-popup: 0; }  /* a list below it; as a menu Qt cuts off the last line */
QComboBox::drop-down { border: 0; width: $p26; }
QComboBox::down-arrow { image: url($chevron); width: $p16; height: $p16; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border; padding: $p4;
    selection-background-color: $accent_soft; selection-color: $text; outline: 0; }
QCheckBox, QRadioButton { spacing: $p8; padding: $p3; border: 2px solid transparent;
    border-radius: $p6; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox::indicator, QListView::indicator, QRadioButton::indicator { width: $p16; height: $p16;
    border: 1px solid $strong_border; background: $surface; border-radius: $p4; }
QRadioButton::indicator { border-radius: $p8; }
QCheckBox::indicator:checked, QListView::indicator:checked { background: $accent;
    border-color: $accent; image: url($check); }
QRadioButton::indicator:checked { border-color: $accent; background: qradialgradient(cx: 0.5,
    cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5, stop: 0 $accent, stop: 0.55 $accent,
    stop: 0.65 $surface, stop: 1 $surface); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $border;
    background: $background; }

QTableView, QListView, QTreeView { background: $surface; border: 1px solid $border;
    border-radius: $p8; gridline-color: $border; alternate-background-color: $surface;
    outline: 0; selection-background-color: $accent_soft; selection-color: $text; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 1px solid $accent; }
QTableView::item, QListView::item { padding: $p6 $p8; border: 0; }
QTableView::item:selected, QListView::item:selected { background: $accent_soft; color: $text; }
QTableView::item:selected:focus, QListView::item:selected:focus { background: $accent_soft;
    color: $text; border: 2px solid $accent; }
QHeaderView { background: $surface; border: 0; }
QHeaderView::section { background: $surface; color: $muted; border: 0;
    border-bottom: 1px solid $border; padding: $p8; font-weight: 600; text-align: left; }
QTableCornerButton::section { background: $surface; border: 0; }

QDialogButtonBox { button-layout: 3; }

QProgressBar { background: $border; border: 0; border-radius: $p4; min-height: $p8;
    max-height: $p8; }
QProgressBar::chunk { background: $accent; border-radius: $p4; }
QScrollBar:vertical { background: transparent; width: $p12; margin: 0; }
QScrollBar:horizontal { background: transparent; height: $p12; margin: 0; }
QScrollBar::handle { background: $handle; border-radius: $p4; margin: $p2; }
QScrollBar::handle:hover { background: $strong_border; }
QWidget#side QScrollBar:vertical { width: $p8; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar::handle:vertical { min-height: $p30; }
QScrollBar::handle:horizontal { min-width: $p30; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: transparent; width: 0; height: 0; }
QMenu { background: $surface; border: 1px solid $border; padding: $p4; }
QMenu::item { padding: $p6 $p20; border-radius: $p4; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QTabBar::tab { background: transparent; color: $muted; padding: $p8 $p12;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $accent; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:focus { color: $text; background: $accent_soft; }
QTabWidget::pane { border: 0; border-top: 1px solid $border; }
QGroupBox { font-weight: 600; border: 1px solid $border; border-radius: $p8; margin-top: $p10;
    padding-top: $p14; background: $surface; }
QGroupBox::title { subcontrol-origin: margin; left: $p12; padding: 0 $p4; }
"""
