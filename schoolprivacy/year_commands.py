"""The headless command of the yearly round: how it stands, opening it, closing it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from schoolprivacy.consents.rounds.closing import Closing, close_round, reopen_round
from schoolprivacy.consents.rounds.opening import finish_step, open_round, read_round
from schoolprivacy.consents.rounds.progress import Counts, Progress, progress
from schoolprivacy.consents.rounds.terms import Step
from schoolprivacy.console import counted, opened, tell
from schoolprivacy.errors import RefusedError, sentence
from schoolprivacy.exchange.roster import Roster
from schoolprivacy.import_commands import read_rosters, show_difference, tell_errors
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.people import importing
from schoolprivacy.people.review import read_families
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear


def year(given: argparse.Namespace) -> int:
    """Do what is asked with the round; gives the exit code.

    :raises KnownError: refused, nothing changed
    """
    of_opening = given.year or given.files or given.whole_school or given.map
    if (given.what == "open") != bool(given.year) or (given.what != "open" and of_opening):
        raise RefusedError("round_going.words")
    return VERBS[given.what](given)


def _show(given: argparse.Namespace) -> int:
    with opened(given, read_only=True) as school:
        _tell_progress(progress(school), as_json=given.json)
    return 0


def _open(given: argparse.Namespace) -> int:
    """Backup, import, and then the round; what is refused is refused before anything is stored."""
    with opened(given) as school:
        _may_open(school, given.year)
        school.back_up_before("ronde")
        if not given.json:
            print("Back-up gemaakt.")
        if given.files:
            _import(school, given)
        open_round(school, given.year)
        finish_step(school, Step.BACKUP)
        if given.files:
            finish_step(school, Step.GROUPS)
        _tell_progress(progress(school), as_json=given.json)
    return 0


def _may_open(school: School, wanted: SchoolYear) -> None:
    """Ask before an import is stored; ``open_round`` asks again.

    :raises RefusedError: a round is open, or it is not for this school year or the next
    """
    going_on, now = read_round(school), SchoolYear.of(school.clock.today())
    if going_on:
        raise RefusedError("round.already_open", year=str(going_on.school_year))
    if wanted not in (now, now.next()):
        raise RefusedError("round.year", year=str(wanted), this=str(now), next=str(now.next()))


def _import(school: School, given: argparse.Namespace) -> None:
    """As ``import --apply``: doubtful rows are told and not stored; the round opens all the same.

    :raises RefusedError: a file is of another school year than the round; nothing was stored
    """
    rosters = [
        _of_year(path, roster, given.year)
        for path, roster in zip(
            given.files, read_rosters(school, given.files, dict(given.map)), strict=True
        )
    ]
    tell_errors(given.files, rosters)
    families = read_families(school)
    differences = importing.apply(school, rosters, whole_school=given.whole_school)
    for path, each in zip(given.files, differences, strict=True):
        if not given.json:
            show_difference(path, each, families)
    questions = sum(len(each.questions) for each in differences)
    if questions:
        tell(sentence("round_going.questions", count=questions))
    if not given.json:
        print("Opgeslagen.")


def _of_year(path: Path, roster: Roster, year: SchoolYear) -> Roster:
    """A spreadsheet does not say of which year its groups are: of the round's.

    :raises RefusedError: the file says that it is of another year
    """
    if roster.school_year not in (None, year):
        theirs = str(roster.school_year)
        raise RefusedError(
            "round_going.file_of_other_year", file=path.name, theirs=theirs, ours=str(year)
        )
    return replace(roster, school_year=year)


def _close(given: argparse.Namespace) -> int:
    with opened(given) as school:
        closed = close_round(school)
    if given.json:
        print(json.dumps(asdict(closed), ensure_ascii=False, indent=1, default=_plain))
    else:
        _tell_closing(closed)
    return 0


def _reopen(given: argparse.Namespace) -> int:
    with opened(given) as school:
        reopen_round(school)
        _tell_progress(progress(school), as_json=given.json)
    return 0


VERBS: dict[str, Callable[[argparse.Namespace], int]] = {
    "show": _show,
    "open": _open,
    "close": _close,
    "reopen": _reopen,
}
"""What can be done with a round."""


def _tell_closing(closed: Closing) -> None:
    print(f"De ronde van {closed.school_year} is gesloten.")
    print(
        f"Zonder volledig antwoord: {counted(closed.unanswered, 'formulieren')}, "
        f"{counted(closed.children, 'leerlingen')}. Dat blijft geen antwoord."
    )
    if closed.authority:
        print(f"Nog uitzoeken wie gezag heeft: {counted(closed.authority, 'formulieren')}")
    if closed.to_destroy:
        numbers = ", ".join(str(each.number) for each in closed.to_destroy)
        print(f"Lijsten van vorig schooljaar vernietigen: nummer {numbers}")


def _tell_progress(found: Progress | None, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(_progress_json(found), ensure_ascii=False, indent=1, default=_plain))
        return
    if found is None:
        print("Er is nog geen ronde geopend.")
        return
    going_on = found.round
    closed = f"gesloten op {dutch_date(going_on.closed_on)}" if going_on.closed_on else "open"
    print(f"Ronde {going_on.school_year}: geopend op {dutch_date(going_on.opened_on)}, {closed}")
    if going_on.hand_in_by:
        print(f"Inleverdatum: {dutch_date(going_on.hand_in_by)}")
    print(f"  {'':24}{'gemaakt':>8}{'terug':>8}{'deels':>8}{'n.nodig':>8}{'nog niet':>9}")
    for each in found.groups:
        if each.counts.printed:
            _tell_counts(each.label or "Zonder groep", each.counts)
    _tell_counts("Samen", found.total)
    print(f"Uitzoeken: {counted(found.total.unsettled, 'formulieren')}")
    print(f"Ouders oneens: {counted(found.total.conflicts, 'leerlingen')}")


def _tell_counts(label: str, counts: Counts) -> None:
    print(
        f"  {label:24}{counts.printed:>8}{counts.back:>8}{counts.partly:>8}"
        f"{counts.not_needed:>8}{counts.missing:>9}"
    )


def _progress_json(found: Progress | None) -> dict[str, Any] | None:
    if found is None:
        return None
    going_on = found.round
    return {
        "school_year": str(going_on.school_year),
        "opened_on": going_on.opened_on,
        "hand_in_by": going_on.hand_in_by,
        "closed_on": going_on.closed_on,
        "total": asdict(found.total),
        "groups": {each.group: asdict(each.counts) for each in found.groups},
        "days": [asdict(each) for each in found.days],
        "left": found.left,
    }


def _plain(value: object) -> object:
    """What JSON has no word for."""
    return value.isoformat() if isinstance(value, date) else str(value)
