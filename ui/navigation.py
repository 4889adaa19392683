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
    :param listed: stands in the sidebar
    """

    key: str
    title: str
    icon: str
    made_by: tuple[str, str]
    listed: bool = True

    def make(self, desk: Desk) -> Screen:
        module, name = self.made_by
        maker: Callable[[Desk], Screen] = getattr(import_module(f"ui.screens.{module}"), name)
        return maker(desk)


def entries() -> tuple[Entry, ...]:
    """In the order of the sidebar; the first nine have Ctrl+1 to Ctrl+9."""
    return (
        Entry("overview", tr("Overzicht"), "layout-dashboard", ("overview", "OverviewScreen")),
        Entry("pupils", tr("Leerlingen"), "users", ("pupils", "PupilsScreen")),
        Entry("pupil", tr("Leerling"), "user", ("pupil", "PupilScreen"), listed=False),
        Entry("consents", tr("Toestemmingen"), "shield-check", ("consents", "ConsentsScreen")),
        Entry("entry", tr("Antwoorden invoeren"), "keyboard", ("entry", "EntryScreen")),
        Entry("papers", tr("Brieven en lijsten"), "printer", ("papers", "PapersScreen")),
        Entry("import", tr("Importeren"), "upload", ("importing", "ImportScreen")),
        Entry("settings", tr("Instellingen"), "settings", ("settings", "SettingsScreen")),
    )
