"""A paper drawn from the top down: headings, lines, fields and tables, on as many pages as needed.

What belongs together is never torn apart, and the head of a table stands on each of its pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from schoolprivacy.paper.fonts import Type, check, wrap
from schoolprivacy.paper.page import BODY, BODY_BOTTOM, LEFT, RIGHT, STRONG, TITLE, Document
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.paper.table import Column, TableRow, draw_table, set_rows, split_rows

_NAME = Type(9, grey=True)
_HEADING = Type(12, bold=True)
_TOP, _NEXT_TOP = 40.0, 26.0
_LINE, _FIELD_X = 4.6, LEFT + 34
_ABOVE_HEADING, _BELOW_HEADING, _ABOVE_ROWS, _BELOW_TABLE = 7.0, 6.0, 6.0, 5.0
_ROW = 6.0


class Flow:
    """Draws from the top down and turns the page when something does not fit."""

    def __init__(
        self, document: Document, title: str, school: SchoolPaper, made: Made, pages: int
    ) -> None:
        self._document, self._title, self._school = document, title, school
        self._made, self._pages = made, pages
        self.page, self._y = 1, _TOP
        room = RIGHT - LEFT
        document.text_within(LEFT, 18, school.name, _NAME, room, "de naam van de school")
        document.text_within(LEFT, 28, title, TITLE, room, "de titel")

    def heading(self, text: str, *, needs: float = 24.0) -> None:
        """A heading, with room for ``needs`` mm below it on the same page."""
        if self._y > _TOP:
            self._y += _ABOVE_HEADING
        self.room(_BELOW_HEADING + needs)
        self._document.text(LEFT, self._y, text, _HEADING)
        self._y += _BELOW_HEADING

    def paragraph(self, text: str, type_: Type = BODY) -> None:
        """Lines of text, as wide as the page."""
        lines = self._wrapped(text, type_, RIGHT - LEFT)
        self.room(len(lines) * _LINE)
        for line in lines:
            self._document.text(LEFT, self._y, line, type_)
            self._y += _LINE
        self._y += 1.6

    def block(self, title: str, fields: Sequence[tuple[str, str]]) -> None:
        """A title with labelled texts below it, on one page when it fits on any."""
        head = self._wrapped(title, STRONG, RIGHT - LEFT)
        told = [
            (name, self._wrapped(text, BODY, RIGHT - _FIELD_X)) for name, text in fields if text
        ]
        self.room((len(head) + sum(len(lines) for _, lines in told)) * _LINE + 5.0)
        self._document.line(LEFT, self._y - 3.6, RIGHT, self._y - 3.6, grey=0.72)
        self._y += 1.2
        for line in head:
            self._line(LEFT, line, STRONG)
        for name, lines in told:
            self._document.text(LEFT, self._y, name, _NAME)
            for line in lines:
                self._line(_FIELD_X, line, BODY)
        self._y += 3.8

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """A table; its head stands on every page it comes on.

        :param rows: a text per column; a newline in it starts a new line
        """
        on_page: list[TableRow] = []
        whole_page = BODY_BOTTOM - _NEXT_TOP - _ABOVE_ROWS
        set_ = split_rows(set_rows(columns, rows, _ROW), _ROW, whole_page)
        self.room(_ABOVE_ROWS + (set_[0].height if set_ else 0.0))
        self._y += _ABOVE_ROWS
        for row in set_:
            height = sum(each.height for each in on_page)
            if on_page and self._y + height + row.height > BODY_BOTTOM:
                draw_table(self._document, columns, on_page, LEFT, self._y)
                on_page = []
                self._turn()
                self._y += _ABOVE_ROWS
            on_page.append(row)
        draw_table(self._document, columns, on_page, LEFT, self._y)
        self._y += sum(each.height for each in on_page) + _BELOW_TABLE

    def blank(self, label: str, lines: int = 1) -> None:
        """A label with empty lines below it, to write on."""
        self.room(_LINE + lines * 8.0)
        self._document.text(LEFT, self._y, label, STRONG)
        for _ in range(lines):
            self._y += 8.0
            self._document.line(LEFT, self._y, RIGHT, self._y, grey=0.4)
        self._y += 7.0

    def room(self, height: float) -> None:
        """Turn the page when so many mm do not fit on this one."""
        if self._y + height > BODY_BOTTOM and self._y > _TOP:
            self._turn()

    def finish(self) -> int:
        """End the last page; gives how many there are."""
        self._end()
        return self.page

    def _line(self, x: float, text: str, type_: Type) -> None:
        if self._y > BODY_BOTTOM:  # more than a page by itself
            self._turn()
        self._document.text(x, self._y, text, type_)
        self._y += _LINE

    def _wrapped(self, text: str, type_: Type, width: float) -> list[str]:
        return [
            part
            for line in text.split("\n")
            for part in wrap(check(line, "de tekst"), type_, width)
        ]

    def _turn(self) -> None:
        self._end()
        self.page += 1
        self._document.text_within(LEFT, 18, self._title, _NAME, RIGHT - LEFT, smallest=4.5)
        self._y = _NEXT_TOP

    def _end(self) -> None:
        self._document.footer(self._made, self.page, self._pages)
        self._document.next_page()


def flowing(title: str, school: SchoolPaper, made: Made, draw: Callable[[Flow], None]) -> bytes:
    """A paper that ``draw`` draws, numbered ``bladzijde 1 van 2``.

    :raises KnownError: ``paper.missing_glyph``, ``paper.text_too_long``
    """

    def on(document: Document, pages: int) -> int:
        flow = Flow(document, title, school, made, pages)
        draw(flow)
        return flow.finish()

    pages = on(Document("", school), 1)  # drawn once to see how many pages there are
    document = Document(title, school)
    on(document, pages)
    return document.finish()
