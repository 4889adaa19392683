"""The only place that asks what time it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """What the program knows about now; tests and the demo school bring their own."""

    def now(self) -> datetime:
        """This moment, with a time zone, to the second."""
        ...

    def today(self) -> date:
        """The calendar day at school."""
        ...


class SystemClock:
    """The clock of the computer."""

    def now(self) -> datetime:
        return datetime.now(UTC).replace(microsecond=0)

    def today(self) -> date:
        return self.now().astimezone().date()


@dataclass
class SetClock:
    """A clock that stands where it was put: the demo school writes its past with it."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()
