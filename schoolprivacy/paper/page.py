"""One PDF document of A4 pages, drawn in mm from the top left, streamed page by page."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from io import BytesIO
from typing import Literal

from reportlab.pdfgen.canvas import Canvas

from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.fonts import MM, REGULAR, Type, check, fit, register, width
from schoolprivacy.paper.sender import Made, SchoolPaper

PAGE_WIDTH = 210.0
PAGE_HEIGHT = 297.0
LEFT = 22.0
RIGHT = 188.0
FOOT = 287.0
"""Baseline of the footer."""
BODY_BOTTOM = 277.0
"""Nothing but the footer stands lower, in mm."""

HAIRLINE = 0.4
"""Points."""
GREY = 0.36
"""Of secondary text: black enough for a laser printer (7 to 1 on white)."""
PALE = 0.72
"""Of hairlines that only guide the eye."""

SMALL = Type(7.5, grey=True)
BODY = Type(9.5)
STRONG = Type(9.5, bold=True)
TITLE = Type(15, bold=True)

_DEMO_MARK = "DEMOSCHOOL \u2013 verzonnen gegevens"
_DEMO_TYPE = Type(11, bold=True)
_DEMO_Y = 9.5
"""Above everything else on a page, and between the squares by which a form is read back."""
SMALLEST = 6.0
"""Points: no text within a room is set smaller, unless it says so."""
SAMPLE = "VOORBEELD"
"""Stands on paper that is only to look at."""
_MARK = Type(96, bold=True)


class Document:
    """A PDF in the making; ``finish`` gives its bytes.

    The same input gives the same bytes (invariant: no time, no random id). What stands on many
    pages is drawn once with ``stamp``. Every text is checked against the font before it is drawn.
    Every page of the demo school bears a mark: it is never mistaken for a real one.
    """

    def __init__(self, title: str, school: SchoolPaper) -> None:
        register()
        self._file = BytesIO()
        self._demo = school.demo
        self.canvas = Canvas(
            self._file,
            pagesize=(PAGE_WIDTH * MM, PAGE_HEIGHT * MM),
            invariant=1,
            lang="nl-NL",
            initialFontName=REGULAR,
        )
        self.canvas.setTitle(check(title))
        self.canvas.setAuthor(check(school.name))
        self._stamps: dict[Hashable, str] = {}

    def text(
        self,
        x: float,
        y: float,
        text: str,
        type_: Type = BODY,
        align: Literal["left", "right", "centre"] = "left",
        field: str = "de tekst",
    ) -> None:
        """One line of text with its baseline at y.

        :raises KnownError: ``paper.missing_glyph``, naming ``field``
        """
        text = check(text, field)
        canvas = self.canvas
        if align != "left":
            x -= width(text, type_) * (1.0 if align == "right" else 0.5)
        canvas.setFont(type_.font, type_.size)
        if type_.grey:
            canvas.setFillGray(GREY)
            canvas.drawString(x * MM, (PAGE_HEIGHT - y) * MM, text)
            canvas.setFillGray(0)
        else:
            canvas.drawString(x * MM, (PAGE_HEIGHT - y) * MM, text)

    def text_within(
        self,
        x: float,
        y: float,
        text: str,
        type_: Type,
        room: float,
        field: str = "de tekst",
        smallest: float = SMALLEST,
    ) -> None:
        """One line that is set smaller, down to ``smallest`` points, when wider than ``room`` mm.

        :raises KnownError: ``paper.missing_glyph``, ``paper.text_too_long``
        """
        text = check(text, field)
        self.text(x, y, text, fit(text, type_, room, smallest), field=field)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, points: float = HAIRLINE, grey: float = 0
    ) -> None:
        """A line from one place to another."""
        self.canvas.setLineWidth(points)
        self.canvas.setStrokeGray(grey)
        self.canvas.line(x1 * MM, (PAGE_HEIGHT - y1) * MM, x2 * MM, (PAGE_HEIGHT - y2) * MM)

    def stamp(
        self, key: Hashable, draw: Callable[[], None], x: float = 0.0, y: float = 0.0
    ) -> None:
        """Draw what is the same on many pages: kept once in the file, shown moved by x and y."""
        name = self._stamps.get(key)
        if name is None:
            name = self._stamps[key] = f"stamp{len(self._stamps)}"
            self.canvas.beginForm(name, 0, 0, PAGE_WIDTH * MM, PAGE_HEIGHT * MM)
            draw()
            self.canvas.endForm()
        if x or y:
            self.canvas.saveState()
            self.canvas.translate(x * MM, -y * MM)
            self.canvas.doForm(name)
            self.canvas.restoreState()
        else:
            self.canvas.doForm(name)

    def footer(
        self, made: Made, page: int, pages: int, what: str = "", margin: float = LEFT
    ) -> None:
        """``gemaakt op … door …`` at the left, ``bladzijde x van y`` at the right.

        A sample is marked across the page.

        :param what: stands before it, such as the version of a form
        :param margin: white at the left and the right, in mm
        """
        parts = (what, f"gemaakt op {dutch_date(made.on)} door {made.by}", made.anchor)
        if made.sample:
            self._mark(SAMPLE)
        text = " \u00b7 ".join(part for part in parts if part)
        room = PAGE_WIDTH - 2 * margin - 28
        self.text_within(margin, FOOT, text, SMALL, room, "de voettekst", smallest=4.5)
        self.text(PAGE_WIDTH - margin, FOOT, f"bladzijde {page} van {pages}", SMALL, "right")

    def _mark(self, text: str) -> None:
        """Large and pale across the page."""
        canvas = self.canvas
        canvas.saveState()
        canvas.translate(PAGE_WIDTH / 2 * MM, PAGE_HEIGHT / 2 * MM)
        canvas.rotate(55)
        canvas.setFont(_MARK.font, _MARK.size)
        canvas.setFillGray(PALE)
        canvas.setFillAlpha(0.5)
        canvas.drawCentredString(0, 0, text)
        canvas.restoreState()

    def next_page(self) -> None:
        """End this page."""
        if self._demo:
            self.text(PAGE_WIDTH / 2, _DEMO_Y, _DEMO_MARK, _DEMO_TYPE, "centre")
        self.canvas.showPage()

    def finish(self) -> bytes:
        """The whole PDF; the document cannot be drawn on any more."""
        self.canvas.save()
        return self._file.getvalue()
