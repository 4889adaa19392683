"""Paper on the screen: pages drawn from memory, printed from memory, saved only when asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from schoolprivacy.errors import RefusedError
from schoolprivacy.paper.preview import page_count, render_page
from ui import messages, print_note, theme
from ui.desk import Desk
from ui.jobs import Job
from ui.theme import px
from ui.words import tr

_A4 = 210 / 297
_INCH = 25.4  # mm

Deliver = Callable[[bytes], None]
Progress = Callable[[int, int], None]
T = TypeVar("T")


def page_image(pdf: bytes, page: int, dpi: float) -> QImage:
    """One page as a picture, in memory only."""
    drawn = render_page(pdf, page, dpi)
    image = QImage(
        drawn.pixels, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB888
    )
    return image.copy()  # the bytes of the page live no longer than this call


class _Page(QWidget):
    """One page that is drawn when it first comes into view."""

    def __init__(self, pdf: bytes, number: int, count: int) -> None:
        super().__init__()
        self._pdf, self._number = pdf, number
        self._picture: QPixmap | None = None
        self.setAccessibleName(tr("Bladzijde {n} van {all}").format(n=number + 1, all=count))

    def set_width(self, width: int) -> None:
        self.setFixedSize(QSize(width, round(width / _A4)))
        self._picture = None
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        if self._picture is None:
            dpi = self.width() * ratio / 210 * _INCH
            self._picture = QPixmap.fromImage(page_image(self._pdf, self._number, dpi))
            self._picture.setDevicePixelRatio(ratio)
        painter = QPainter(self)
        painter.drawPixmap(self.rect(), self._picture)
        painter.setPen(theme.colours().border)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PaperView(QScrollArea):
    """The pages of a document below one another; empty until it gets one.

    :signal turned: the page one is at, from 1 (0 without pages), and how many there are
    """

    shown = Signal()
    turned = Signal(int, int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pages: list[_Page] = []
        self._whole_page = False
        self._sheet = QWidget()
        self._sheet.setObjectName("body")
        self._layout = QVBoxLayout(self._sheet)
        self._layout.setSpacing(px(14))
        self._layout.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(self._sheet)
        self.verticalScrollBar().valueChanged.connect(self._tell_page)

    def show_paper(self, pdf: bytes | None) -> None:
        """Show a document; nothing with None."""
        for page in self._pages:
            page.deleteLater()
        count = page_count(pdf) if pdf else 0
        self._pages = [_Page(pdf, number, count) for number in range(count)] if pdf else []
        for page in self._pages:
            self._layout.addWidget(page)
        self._fit()
        self.verticalScrollBar().setValue(0)
        self.shown.emit()

    def pages(self) -> int:
        return len(self._pages)

    def show_whole_page(self, whole: bool) -> None:
        """Fit a whole page in the window, or only its width."""
        self._whole_page = whole
        self._fit()

    def page(self) -> int:
        """The page in the middle of what is seen, from 1; 0 without pages."""
        if not self._pages:
            return 0
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        step = self._pages[0].height() + self._layout.spacing()
        return min(middle // step + 1, len(self._pages))

    def _tell_page(self) -> None:
        self.turned.emit(self.page(), self.pages())

    def _fit(self) -> None:
        room = self.viewport().size() - QSize(px(24), px(24))
        width = min(room.width(), px(820))
        if self._whole_page:
            width = min(width, int(room.height() * _A4))
        for page in self._pages:
            page.set_width(max(px(200), width))
        self._tell_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar.setValue(bar.minimum() if event.key() == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)


def print_made(
    desk: Desk,
    parent: QWidget,
    title: str,
    make: Callable[[Deliver, Progress], T],
    done: Callable[[T], None],
    *,
    without_printer: str = "print.none_found",
) -> None:
    """Ask which printer, then make a paper and print it within the action that registers it.

    What did not go to the printer is not registered, and no transaction waits for a dialogue.
    Was the program killed while it printed, then that is told first.

    :param make: the action; hands its paper over before it stores anything
    :param done: gets what the action gives, when everything went to the printer
    :param without_printer: key of what to do where there is no printer at all
    """
    if print_note.was_broken_off(desk.school):
        again = partial(print_made, desk, parent, title, make, done)
        _tell_broken_off(parent, partial(again, without_printer=without_printer))
        return
    printer = choose_printer(parent, title, without_printer)
    if printer is None:
        return
    begun: list[bool] = []

    def work(job: Job) -> T:
        def deliver(pdf: bytes) -> None:
            begun.append(True)
            print_note.begin(desk.school)
            draw_on(printer, pdf, job)

        try:
            return make(deliver, job.report)
        finally:
            print_note.end()

    def failed(error: BaseException) -> None:
        stopped()  # lies below, and is read after the reason
        messages.tell_error(parent, error)

    def stopped() -> None:
        """Most systems print the sheets they have; their numbers are unknown to the school."""
        if begun:
            text = tr(
                "Het afdrukken is gestopt. Er is niets geregistreerd. Komt er toch papier uit de "
                "printer? Vernietig het: het programma kent de nummers op dat papier niet."
            )
            messages.tell(parent, text)

    desk.run(tr("Afdrukken"), work, done, failed=failed).cancelled.connect(stopped)


def _tell_broken_off(parent: QWidget, then: Callable[[], None]) -> None:
    """Before anything is printed again."""

    def go() -> None:
        print_note.end()
        then()

    messages.confirm(
        parent,
        print_note.told(),
        tr("Begrepen, verder…"),
        go,
        heading=tr("Het afdrukken is afgebroken"),
    )


def choose_printer(parent: QWidget, title: str, without_printer: str) -> QPrinter | None:
    """The printer the user wants, set as they want it; None when they changed their mind."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    with messages.told(parent):
        if ask_printer(printer, parent, title, without_printer):
            return printer
    return None


def ask_printer(printer: QPrinter, parent: QWidget, title: str, without_printer: str) -> bool:
    """The system's own dialogue; False when the user changed their mind.

    It offers neither some of the pages, because all of them are registered, nor a file, because
    that is saving.

    :raises RefusedError: there is no printer
    """
    if not QPrinterInfo.availablePrinterNames():
        raise RefusedError(without_printer)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, False)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)
    return dialog.exec() == QPrintDialog.DialogCode.Accepted


def draw_on(printer: QPrinter, pdf: bytes, job: Job) -> None:
    """Draw all pages at the resolution of the printer; stops between two pages.

    :raises RefusedError: the printer does not take them
    """
    count = page_count(pdf)
    dpi = min(printer.resolution(), 300)
    painter = QPainter()
    if not painter.begin(printer):
        raise RefusedError("print.no_printer")
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)  # sharp, and half the size
    try:
        for number in range(count):
            job.report(number, count)
            if number and not printer.newPage():
                raise RefusedError("print.no_printer")
            whole: Any = printer.pageLayout().fullRectPixels(printer.resolution())
            painter.drawImage(whole, page_image(pdf, number, dpi))
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    if printer.printerState() is QPrinter.PrinterState.Error:
        raise RefusedError("print.no_printer")
