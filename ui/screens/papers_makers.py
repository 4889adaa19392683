"""The actions of the papers of all year, called alike: all take a way and progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from schoolprivacy.consents import intake, las_printing
from schoolprivacy.consents.printing import Deliver, Outlet, PrintRun, Progress
from schoolprivacy.consents.rounds import report
from schoolprivacy.consents.substitute import printing as substitute
from schoolprivacy.overview import planner
from schoolprivacy.school import School

sample_intake_sheet = intake.sample_intake_sheet
sample_las_list = las_printing.sample_las_list
sample_substitute_sheet: Callable[..., bytes] = substitute.sample_substitute_sheet
sample_year_planner = planner.sample_year_planner
print_round_report = report.print_round_report
sample_round_report = report.sample_round_report


def print_intake_sheet(
    school: School, deliver: Deliver, *, way: Outlet, progress: Progress
) -> PrintRun:
    """One sheet, too short to tell how far it is."""
    progress(0, 1)
    intake.print_intake_sheet(school, deliver, way=way)
    return PrintRun((), ())


def print_las_list(
    school: School, deliver: Deliver, *, way: Outlet, progress: Progress
) -> PrintRun:
    """The list, and of whom something cannot be printed."""
    _, left_out = las_printing.print_las_list(school, deliver, way=way, progress=progress)
    return PrintRun((), tuple(left_out))


def print_substitute_sheet(school: School, deliver: Deliver, **how: Any) -> PrintRun:
    """A numbered copy; the number stands on it and in the register of copies."""
    made = substitute.print_substitute_sheet(school, deliver, **how)
    return PrintRun((), made.left_out)


def print_year_planner(
    school: School, deliver: Deliver, *, way: Outlet, progress: Progress, **how: Any
) -> PrintRun:
    """One page, too short to tell how far it is."""
    progress(0, 1)
    return planner.print_year_planner(school, deliver, way=way, **how)
