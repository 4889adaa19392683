"""Pages of a PDF as pictures, in memory; nothing is written to disk."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from threading import Lock

import pypdfium2  # type: ignore[import-untyped]

_ONE_AT_A_TIME = Lock()
"""PDFium may not be called from two threads at once; preview and printing share it."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A rendered page.

    :param stride: bytes in one row of pixels
    :param pixels: red, green and blue, a byte each (``QImage.Format_RGB888``)
    """

    width: int
    height: int
    stride: int
    pixels: bytes


def page_count(pdf: bytes) -> int:
    """How many pages the PDF has."""
    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def render_page(pdf: bytes, page: int, dpi: float) -> PageImage:
    """Render one page.

    :param page: from 0
    :raises IndexError: there is no such page
    """
    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        if not 0 <= page < len(document):
            raise IndexError(f"no page {page}")
        with closing(document[page].render(scale=dpi / 72, rev_byteorder=True)) as bitmap:
            return PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
