"""Work that takes time: on a thread of its own, with progress and cancel."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.theme import px
from ui.words import tr

_PATIENCE = 300  # milliseconds before a job shows itself


class Cancelled(Exception):
    """The user stopped the work; nothing of it was stored."""


_running: set[Job] = set()


def is_busy() -> bool:
    """Whether some work is still being done; the school file may not be closed under it."""
    return bool(_running)


class Job(QObject):
    """One piece of work. Its signals arrive on the thread of the windows.

    The work gets the job itself: it may call ``report`` as often as it likes, which raises
    Cancelled when the user stopped it.
    """

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()
    _came_out = Signal(object, object)

    def __init__(self, work: Callable[[Job], Any], owner: QObject) -> None:
        super().__init__()  # no child of the owner: it outlives a window that is closed under it
        self._work = work
        self._owner = owner
        self._stop = threading.Event()
        self._came_out.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        # Not a daemon: a half-written file is worse than a program that closes a moment later.
        self._thread = threading.Thread(target=self._run, name="job")
        self.running = False

    def start(self) -> None:
        self.running = True
        _running.add(self)
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._stop.set()

    def report(self, done: int, total: int) -> None:
        """Say how far the work is; called on its own thread.

        :raises Cancelled: the user stopped it
        """
        if self._stop.is_set():
            raise Cancelled
        self.progressed.emit(done, total)

    def _run(self) -> None:
        try:
            result = self._work(self)
        except BaseException as error:
            self._came_out.emit(None, error)
        else:
            self._came_out.emit(result, None)

    def _finish(self, result: Any, error: BaseException | None) -> None:
        self._thread.join()  # else its last hold on this object ends there, and Qt dies of that
        self.running = False
        _running.discard(self)
        if not isValid(self._owner):
            pass  # nobody is waiting any more: the window was closed or drawn anew
        elif error is None:
            self.succeeded.emit(result)
        elif isinstance(error, Cancelled):
            self.cancelled.emit()
        else:
            self.failed.emit(error)
        self.ended.emit()
        self.deleteLater()


class JobDialog(QDialog):
    """Shows a job that takes longer than a moment; Escape asks it to stop."""

    def __init__(self, job: Job, title: str, parent: QWidget, *, may_stop: bool = True) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setMinimumWidth(px(380))
        self._job = job
        self._may_stop = may_stop
        self._said = QLabel(title)
        self._said.setObjectName("strong")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(title)
        self._count = QLabel(tr("Even geduld…"))
        self._count.setObjectName("muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(20), px(20), px(20))
        for each in (self._said, self._bar, self._count):
            layout.addWidget(each)
        if may_stop:
            self._stop = QPushButton(tr("Stoppen"))
            self._stop.clicked.connect(self.reject)
            self._stop.setAutoDefault(False)  # a second Enter at what began the job stops nothing
            layout.addWidget(self._stop, alignment=Qt.AlignmentFlag.AlignRight)
        job.progressed.connect(self._show_progress)
        job.ended.connect(self._close)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._patience.timeout.connect(self.open)
        self._patience.start()

    def _show_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._count.setText(tr("{done} van {total}").format(done=done, total=total))

    def _close(self) -> None:
        self._patience.stop()
        self.done(QDialog.DialogCode.Accepted)
        self.deleteLater()

    def reject(self) -> None:
        """Escape, the button or the cross: ask the work to stop, stay until it did."""
        if self._may_stop:
            self._job.cancel()
            self._stop.setEnabled(False)
            self._count.setText(tr("Bezig met stoppen. Er wordt niets half bewaard."))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._job.running:
            self.reject()
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        else:
            super().keyPressEvent(event)


def run(
    owner: QWidget,
    title: str,
    work: Callable[[Job], Any],
    done: Callable[[Any], None],
    failed: Callable[[BaseException], None],
    *,
    may_stop: bool = True,
) -> Job:
    """Do work beside the windows, which wait behind a dialogue with progress.

    :param owner: the window that waits
    :param done: gets what the work gives; not called after a failure or a cancel
    :param failed: gets the error; known or not
    """
    job = Job(work, owner)
    JobDialog(job, title, owner, may_stop=may_stop)
    job.succeeded.connect(done)
    job.failed.connect(failed)
    job.start()
    return job


def quietly(
    owner: QWidget,
    work: Callable[[], Any],
    done: Callable[[Any], None],
    failed: Callable[[BaseException], None],
) -> Job:
    """Read something beside the windows without keeping anybody from working on."""
    job = Job(lambda _job: work(), owner)
    job.succeeded.connect(done)
    job.failed.connect(failed)
    job.start()
    return job
