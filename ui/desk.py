"""What every screen is given: the opened school, and how to speak with the rest of the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui import jobs, messages
from ui.jobs import Job

if TYPE_CHECKING:
    from schoolprivacy.school import School


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in the window: a screen, and what it should show.

    :param screen: key of the screen in navigation.py
    :param detail: what the screen understands, e.g. ``{"pupil": id}`` or ``{"form": number}``
    """

    screen: str
    detail: Mapping[str, Any] = field(default_factory=dict)


class Desk(QObject):
    """The unlocked school with everything a screen may ask of its surroundings.

    Screens do not know one another: they say where to ``go`` and that something ``changed``.
    """

    going = Signal(object)
    changed = Signal()
    said = Signal(str, object)
    lock_wanted = Signal()
    station_changed = Signal()

    def __init__(self, school: School, window: QWidget) -> None:
        super().__init__(window)
        self.school = school
        self._window = window

    def go(self, screen: str, **detail: Any) -> None:
        """Open another screen."""
        self.going.emit(Place(screen, detail))

    def say(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Tell in passing what was done, with a button (and Ctrl+Z) that takes it back.

        :param undo: may raise a KnownError, which is told
        """
        self.said.emit(text, undo)

    def tell_change(self) -> None:
        """Something in the school file changed: whoever shows it reads it again."""
        self.changed.emit()

    def run(
        self,
        title: str,
        work: Callable[[Job], Any],
        done: Callable[[Any], None],
        *,
        failed: Callable[[BaseException], None] | None = None,
        may_stop: bool = True,
    ) -> Job:
        """Do something that takes time, see jobs.run.

        :param failed: gets an error; without it the error is told
        """
        tell = failed or (lambda error: void(messages.tell_error(self._window, error)))
        return jobs.run(self._window, title, work, done, tell, may_stop=may_stop)

    def read(self, work: Callable[[], Any], done: Callable[[Any], None]) -> Job:
        """Read what takes a while for the present screen; the windows do not wait for it."""
        return jobs.quietly(
            self._window, work, done, lambda error: void(messages.tell_error(self._window, error))
        )


def void(_: object) -> None:
    """For a slot that must give nothing."""
