"""The screens of the program: one line each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from ui.desk import Desk
from ui.screen import Screen
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Entry:
    """One screen.

    :param key: what ``Desk.go`` calls it
    :param made_by: module in ui.screens and class; imported when the screen is first opened
    :param under: key of the screen to which it belongs; without one it stands in the sidebar
    :param tab: what it is called among the screens that belong together; "" when it is only
        reached from within
    """

    key: str
    title: str
    icon: str
    made_by: tuple[str, str]
    under: str = ""
    tab: str = ""

    @property
    def listed(self) -> bool:
        """It stands in the sidebar."""
        return not self.under

    def make(self, desk: Desk) -> Screen:
        module, name = self.made_by
        maker: Callable[[Desk], Screen] = getattr(import_module(f"ui.screens.{module}"), name)
        return maker(desk)


_KEYS = (*(f"Ctrl+{digit}" for digit in range(1, 10)), "Ctrl+I", "Ctrl+,")
"""Ctrl+0 is the ordinary size: two things on the same keys, and neither happens."""


def keys_of_place(number: int) -> str:
    """The keys of a place of the sidebar, counted from 1: Ctrl+1 to 9, Ctrl+I, Ctrl+comma.

    :raises ValueError: there are no more keys
    """
    if not 1 <= number <= len(_KEYS):
        raise ValueError(number)
    return _KEYS[number - 1]


def entries() -> tuple[Entry, ...]:
    """In the order of the sidebar; see ``keys_of_place``."""
    return (
        Entry("overview", tr("Overzicht"), "layout-dashboard", ("overview", "OverviewScreen")),
        Entry(
            "pupils",
            tr("Leerlingen"),
            "users",
            ("pupils", "PupilsScreen"),
            tab=tr("Leerlingen"),
        ),
        *_of_pupils(),
        Entry(
            "consents",
            tr("Toestemmingen"),
            "shield-check",
            ("consents", "ConsentsScreen"),
            tab=tr("Overzicht"),
        ),
        *_of_consents(),
        Entry(
            "entry",
            tr("Antwoorden invoeren"),
            "keyboard",
            ("entry", "EntryScreen"),
            tab=tr("Eén formulier"),
        ),
        Entry(
            "stack",
            tr("Stapel invoeren"),
            "layers",
            ("stack", "StackScreen"),
            "entry",
            tr("Stapel per groep"),
        ),
        Entry("photos", tr("Wie mag op de foto?"), "camera", ("photos", "PhotosScreen")),
        Entry("papers", tr("Brieven en lijsten"), "printer", ("papers", "PapersScreen")),
        Entry("year", tr("Schooljaar"), "calendar-days", ("year", "YearScreen")),
        Entry("okr", tr("OKR-inzage"), "graduation-cap", ("okr", "OkrScreen")),
        Entry(
            "suppliers",
            tr("Leveranciers"),
            "briefcase-business",
            ("suppliers", "SuppliersScreen"),
        ),
        Entry(
            "suppliers-import",
            tr("Lijst van leveranciers importeren"),
            "upload",
            ("suppliers_import", "SuppliersImportScreen"),
            "suppliers",
        ),
        Entry("import", tr("Importeren"), "upload", ("importing", "ImportScreen")),
        Entry("settings", tr("Instellingen"), "settings", ("settings", "SettingsScreen")),
    )


def _of_pupils() -> tuple[Entry, ...]:
    """What belongs to the pupils; the page of one is only reached from within."""
    under = "pupils"
    return (
        Entry("pupil", tr("Leerling"), "user", ("pupil", "PupilScreen"), under),
        Entry(
            "starting",
            tr("Instroom"),
            "user-plus",
            ("starting", "StartingScreen"),
            under,
            tr("Instroom"),
        ),
        Entry(
            "las-list",
            tr("Door te voeren in het LAS"),
            "upload",
            ("las_list", "LasListScreen"),
            under,
            tr("Door te voeren in het LAS"),
        ),
    )


def _of_consents() -> tuple[Entry, ...]:
    """What belongs to the consents, in the order of the tabs."""
    under = "consents"
    return (
        Entry(
            "disagreements",
            tr("Ouders die het niet eens zijn"),
            "split",
            ("disagreements", "DisagreementsScreen"),
            under,
            tr("Niet eens"),
        ),
        Entry(
            "contact-lists",
            tr("Contactlijsten"),
            "book-user",
            ("contact_lists", "ContactListsScreen"),
            under,
            tr("Contactlijsten"),
        ),
        Entry(
            "publications",
            tr("Publicaties"),
            "megaphone",
            ("publications", "PublicationsScreen"),
            under,
            tr("Publicaties"),
        ),
        Entry(
            "channels",
            tr("Kanalen"),
            "radio-tower",
            ("channels", "ChannelsScreen"),
            under,
            tr("Kanalen"),
        ),
        Entry(
            "sharing",
            tr("Gegevens delen voor een tijdje"),
            "share-2",
            ("sharing", "SharingScreen"),
            under,
            tr("Delen"),
        ),
        Entry(
            "team",
            tr("Medewerkers, stagiairs en vrijwilligers"),
            "id-card",
            ("team", "TeamScreen"),
            under,
            tr("Medewerkers"),
        ),
    )
