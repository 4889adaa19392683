"""Scans and photos of what was signed, on the page of a pupil."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw
from PySide6.QtWidgets import QWidget

from schoolprivacy.consents.evidence import attach, evidence
from schoolprivacy.consents.history import pupil_history
from schoolprivacy.people.directory import directory
from schoolprivacy.people.names import full_name
from tests.ui.stage import Stage, desk_of, screen_of, view
from ui import files
from ui.main_window import MainWindow

_NOOR, _HANNA = "Noor ter Braak", "Hanna van Dongen"


def a_photo(kind: str = "JPEG") -> bytes:
    """A signed paper on a table, seen from above."""
    picture = Image.new("RGB", (900, 1200), "#5b6675")
    draw = ImageDraw.Draw(picture)
    draw.polygon([(90, 80), (820, 60), (840, 1130), (70, 1120)], fill="#ffffff")
    for line in range(14):
        draw.line([(150, 180 + 52 * line), (740, 175 + 52 * line)], fill="#5b6675", width=5)
    draw.line([(180, 1000), (260, 930), (330, 1010), (430, 920)], fill="#1f5fbf", width=8)
    out = BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def a_scan(text: str = "getekend") -> bytes:
    """A page of a scanner."""
    from schoolprivacy.paper.page import Document
    from schoolprivacy.paper.sender import SchoolPaper

    document = Document(text, SchoolPaper("School"))
    for line in range(6):
        document.text(25, 40 + 12 * line, f"Regel {line + 1} van het getekende formulier: {text}")
    document.next_page()
    return document.finish()


def _pupil(stage: Stage, name: str) -> str:
    listed = directory(stage.demo)
    return next(each.pupil.id for each in listed if full_name(each.pupil) == name)


def _page(stage: Stage, name: str = _NOOR) -> MainWindow:
    """Her page, with a scan and a photo kept."""
    school, who = stage.demo, _pupil(stage, _NOOR)
    if not evidence(school, who):
        form = pupil_history(school, who).forms[-1].number
        attach(school, who, "scan0001.pdf", a_scan(), form_number=form)
        attach(school, who, "IMG_20260903.jpg", a_photo(), about="brief van moeder, september")
    return stage.at("pupil", pupil=_pupil(stage, name), evidence=True)


def _tab(window: MainWindow) -> Any:
    return screen_of(window, "pupil")._evidence


@view
def pupil_evidence(stage: Stage) -> QWidget:
    return _page(stage)


@view
def pupil_evidence_nothing(stage: Stage) -> QWidget:
    return _page(stage, _HANNA)


@view
def pupil_evidence_photo(stage: Stage) -> QWidget:
    return stage.asked(_tab(_page(stage)), "Bekijken")


@view
def pupil_evidence_scan(stage: Stage) -> QWidget:
    tab = _tab(_page(stage))
    tab._table.selectRow(1)
    return stage.asked(tab, "Bekijken")


@view
def pupil_evidence_adding(stage: Stage) -> QWidget:
    chosen = stage.folder / "scan0002.pdf"
    chosen.write_bytes(a_scan("nog een"))
    stage.patch.setattr(files, "choose_file", lambda *_: chosen)
    return stage.asked(_tab(_page(stage)), "Bewijs toevoegen…")


@view
def pupil_evidence_to_read(stage: Stage) -> QWidget:
    window = stage.at("pupils", stage.to_read)
    first = directory(stage.to_read)[0].pupil.id
    desk_of(window).go("pupil", pupil=first, evidence=True)
    return window
