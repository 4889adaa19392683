"""The papers that can be made: one entry each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

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
from schoolprivacy.consents.starting import print_intake_list, sample_intake_list
from ui.screens import papers_makers as makers
from ui.words import tr


class Needs(StrEnum):
    """What must be chosen besides the paper itself."""

    PUPILS = "pupils"
    SUBSTITUTE = "substitute"
    YEAR = "year"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of paper.

    :param key: what ``Desk.go("papers", kind=…)`` calls it
    :param title: ``&`` gives its key
    :param explained: one line
    :param kind: what the core calls it when it says what to know before; None when that is nothing
    :param make: the action that registers it and hands it over
    :param sample: the same, marked as a sample; registers nothing
    :param file_name: of a saved file; names no child
    :param sampled: the sample shows the first few only
    :param asks: it asks parents, so that it can leave out who was asked, or ask anew
    :param needs: for whom or when it is made
    """

    key: str
    title: str
    explained: str
    kind: Kind | None
    make: Callable[..., PrintRun]
    sample: Callable[..., bytes]
    file_name: str
    sampled: bool = False
    asks: bool = False
    needs: Needs = Needs.PUPILS

    @property
    def name(self) -> str:
        """The title as it is read."""
        return self.title.replace("&", "")


def papers() -> tuple[Paper, ...]:
    """In the order in which a school needs them: those of the forms, then those of all year."""
    return (*_of_forms(), *all_year())


def _of_forms() -> tuple[Paper, ...]:
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


def all_year() -> tuple[Paper, ...]:
    """What does not belong to a round of forms."""
    return (*_of_children(), *_of_school())


def _of_children() -> tuple[Paper, ...]:
    return (
        Paper(
            "intake-list",
            tr("&Instroomlijst"),
            tr("Wie binnenkort start, of startte zonder formulier."),
            None,
            print_intake_list,
            sample_intake_list,
            tr("instroomlijst"),
        ),
        Paper(
            "intake-sheet",
            tr("Intak&eblad voor nieuwe ouders"),
            tr("Wat de school vraagt bij aanmelding, en waarom."),
            None,
            makers.print_intake_sheet,
            makers.sample_intake_sheet,
            tr("intakeblad"),
            needs=Needs.NOTHING,
        ),
        Paper(
            "substitute-sheet",
            tr("In&valblad"),
            tr("Wat een invaller van een groep moet weten. Genummerd."),
            None,
            makers.print_substitute_sheet,
            makers.sample_substitute_sheet,
            tr("invalblad"),
            needs=Needs.SUBSTITUTE,
        ),
    )


def _of_school() -> tuple[Paper, ...]:
    return (
        Paper(
            "las-list",
            tr("Door te voeren in het &LAS"),
            tr("Wat hier is verbeterd en nog niet in het LAS staat."),
            None,
            makers.print_las_list,
            makers.sample_las_list,
            tr("door-te-voeren-in-het-las"),
            needs=Needs.NOTHING,
        ),
        Paper(
            "year-planner",
            tr("&Jaarplanner"),
            tr("Eén blad voor aan de muur, zonder namen van kinderen."),
            None,
            makers.print_year_planner,
            makers.sample_year_planner,
            tr("jaarplanner"),
            needs=Needs.YEAR,
        ),
        Paper(
            "round-report",
            tr("Verslag voor het best&uur"),
            tr("Hoe de jaarlijkse ronde verloopt of verliep, in getallen."),
            None,
            makers.print_round_report,
            makers.sample_round_report,
            tr("rondeverslag"),
            needs=Needs.NOTHING,
        ),
    )
