"""Reads a PDF back: its text and its pages as arrays of grey."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pypdfium2  # type: ignore[import-untyped]

from schoolprivacy.paper.preview import page_count, render_page

Grey = npt.NDArray[np.uint8]


def text_of(pdf: bytes, page: int) -> str:
    """The text of a page on one line, composed as NFKC."""
    with pypdfium2.PdfDocument(pdf) as document:
        raw = document[page].get_textpage().get_text_range()
    return " ".join(unicodedata.normalize("NFKC", raw).split())


def texts_of(pdf: bytes) -> list[str]:
    """The text of every page."""
    return [text_of(pdf, page) for page in range(page_count(pdf))]


def lines_of(pdf: bytes, page: int) -> Iterator[tuple[str, float, float, float]]:
    """Every line of text with its left, baseline-near bottom and right, in mm from top left."""
    with pypdfium2.PdfDocument(pdf) as document:
        opened = document[page]
        words = opened.get_textpage()
        for at in range(words.count_rects()):
            left, bottom, right, top = words.get_rect(at)
            text = words.get_text_bounded(left, bottom, right, top)
            down = (opened.get_height() - bottom) / 72 * 25.4
            yield text.strip(), left / 72 * 25.4, down, right / 72 * 25.4


def grey_of(pdf: bytes, page: int, dpi: float) -> Grey:
    """A page as rows of grey values, 0 black to 255 white."""
    image = render_page(pdf, page, dpi)
    rows = np.frombuffer(image.pixels, np.uint8).reshape(image.height, image.stride)
    colours = rows[:, : image.width * 3].reshape(image.height, image.width, 3)
    return colours.mean(axis=2).astype(np.uint8)
