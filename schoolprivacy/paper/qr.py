"""QR codes as vectors, written by the library that also reads them back from a scan."""

from __future__ import annotations

from typing import Any, cast

import zxingcpp

from schoolprivacy.paper.fonts import MM
from schoolprivacy.paper.page import PAGE_HEIGHT, Document

QUIET = 4
"""Modules of white around the code (ISO/IEC 18004)."""


def draw_qr(document: Document, text: str, x: float, y: float, size: float) -> None:
    """A QR code of version 1-M with its quiet zone in a square with upper left corner (x, y).

    :param text: 20 characters of the alphanumeric mode at most
    """
    modules = _modules(text)
    canvas = document.canvas
    module = size * MM / (len(modules) + 2 * QUIET)
    canvas.saveState()
    canvas.setFillGray(0)
    # One module is one unit, so that the coordinates are whole numbers.
    canvas.translate(x * MM + QUIET * module, (PAGE_HEIGHT - y) * MM - QUIET * module)
    canvas.scale(module, -module)
    path = canvas.beginPath()
    for row, line in enumerate(modules):
        for start, length in _dark_runs(line):
            path.rect(start, row, length, 1)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def _modules(text: str) -> list[list[int]]:
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M", version=1)
    # It has the buffer protocol, which type checkers know of from Python 3.12 on.
    picture: Any = code.to_image(scale=1, add_quiet_zones=False)
    return cast(list[list[int]], memoryview(picture).tolist())


def _dark_runs(line: list[int]) -> list[tuple[int, int]]:
    """Where dark modules stand side by side: first module and how many."""
    runs: list[tuple[int, int]] = []
    start = None
    for at, value in enumerate((*line, 255)):
        if value == 0 and start is None:
            start = at
        elif value and start is not None:
            runs.append((start, at - start))
            start = None
    return runs
