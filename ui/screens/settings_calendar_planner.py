"""Settings: the year planner of the calendar, to look at, print or save."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from schoolprivacy.overview.planner import PrintedPlanner
from schoolprivacy.schoolyear import SchoolYear
from ui.desk import Desk
from ui.screens.papers_makers import print_year_planner, sample_year_planner
from ui.screens.settings_dialog import SettingsDialog
from ui.screens.year_paper import PaperPart, Wanted
from ui.words import counted, tr


class PlannerDialog(SettingsDialog):
    """The planner of one school year as it will look; Ctrl+P prints it, Ctrl+S saves it."""

    def __init__(self, desk: Desk, owner: QWidget, year: SchoolYear) -> None:
        title = tr("Jaarplanner {year}").format(year=year)
        super().__init__(owner, title, width=760, height=720)
        self.paper = PaperPart(desk)
        self.body.addWidget(self.paper, 1)
        self.paper.made.connect(lambda _: self.accept())
        self.paper.show_wanted(
            Wanted(
                title,
                tr("jaarplanner-{year}").format(year=year),
                print_year_planner,
                sample_year_planner,
                {"year": year},
                after=_after,
            )
        )
        self.paper.focus_first()


def _after(printed: PrintedPlanner) -> str:
    """That something did not fit, which the planner says too."""
    if not printed.not_shown:
        return ""
    said = tr("Niet alles paste erop: {count} niet genoemd.")
    return said.format(count=counted(printed.not_shown, tr("datum is"), tr("datums zijn")))
