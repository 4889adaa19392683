"""The papers that can be made: one entry each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from schoolprivacy.consents.before import Kind
from schoolprivacy.consents.forms import print_forms, sample_forms
from schoolprivacy.consents.printing import PrintRun
from schoolprivacy.consents.reminders import (
    print_cover_sheet,
    print_reminder_letters,
    print_reminder_list,
    sample_cover_sheet,
    sample_reminder_letters,
    sample_reminder_list,
)
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of paper.

    :param key: what ``Desk.go("papers", kind=…)`` calls it
    :param title: ``&`` gives its key
    :param explained: one line
    :param kind: what the core calls it when it says what to know before
    :param make: the action that registers it and hands it over
    :param sample: the same, marked as a sample; registers nothing
    :param file_name: of a saved file; names no child
    :param sampled: the sample shows the first few only
    :param asks: it asks parents, so that it can leave out who was asked, or ask anew
    """

    key: str
    title: str
    explained: str
    kind: Kind
    make: Callable[..., PrintRun]
    sample: Callable[..., bytes]
    file_name: str
    sampled: bool = False
    asks: bool = False

    @property
    def name(self) -> str:
        """The title as it is read."""
        return self.title.replace("&", "")


def papers() -> tuple[Paper, ...]:
    """In the order in which a school needs them."""
    return (
        Paper(
            "consent-forms",
            tr("&Toestemmingsformulieren"),
            tr("Brief met formulier, per kind en per adres."),
            Kind.FORMS,
            print_forms,
            sample_forms,
            tr("toestemmingsformulieren"),
            sampled=True,
            asks=True,
        ),
        Paper(
            "cover-sheet",
            tr("&Afvinklijst voor de leerkracht"),
            tr("Wat is meegegeven; afvinken wat terugkomt."),
            Kind.COVER_SHEET,
            print_cover_sheet,
            sample_cover_sheet,
            tr("afvinklijst"),
        ),
        Paper(
            "reminder-list",
            tr("&Herinneringslijst"),
            tr("Wie nog niet (helemaal) heeft geantwoord."),
            Kind.REMINDER_LIST,
            print_reminder_list,
            sample_reminder_list,
            tr("herinneringslijst"),
        ),
        Paper(
            "reminder-letters",
            tr("Herinnerings&brieven"),
            tr("Eén brief per gezin en adres."),
            Kind.REMINDER_LETTERS,
            print_reminder_letters,
            sample_reminder_letters,
            tr("herinneringsbrieven"),
            sampled=True,
        ),
    )
