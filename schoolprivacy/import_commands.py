"""The headless command that imports: one path, for files alone and for a new school year."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from schoolprivacy.clock import SystemClock
from schoolprivacy.console import opened, tell
from schoolprivacy.errors import ImportFileError, sentence
from schoolprivacy.exchange.reading import read_roster
from schoolprivacy.exchange.roster import Roster, Severity
from schoolprivacy.exchange.supplier_sheet import read_supplier_sheet
from schoolprivacy.people import importing
from schoolprivacy.people.difference import (
    Difference,
    Kind,
    PupilPlan,
)
from schoolprivacy.people.names import full_name, guardian_name
from schoolprivacy.people.review import Families, read_families, shown_changes
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from schoolprivacy.suppliers import importing as supplier_importing


def import_files(given: argparse.Namespace) -> int:
    """Read files and show what is different; stored with ``--apply``.

    :raises KnownError: refused, nothing changed
    """
    with opened(given) as school:
        rosters = read_rosters(school, given.files, dict(given.map))
        if given.apply:
            tell_errors(given.files, rosters)
        store = importing.apply if given.apply else importing.preview
        families = read_families(school)
        differences = store(school, rosters, whole_school=given.whole_school)
        if given.json:
            files = [
                {"file": str(path), **_difference_json(each, families)}
                for path, each in zip(given.files, differences, strict=True)
            ]
            print(
                json.dumps({"applied": given.apply, "files": files}, ensure_ascii=False, indent=1)
            )
        else:
            for path, each in zip(given.files, differences, strict=True):
                show_difference(path, each, families)
            print("Opgeslagen." if given.apply else "Nog niets opgeslagen. Opslaan: --apply")
    return 0


def import_suppliers(given: argparse.Namespace) -> int:
    """Read a list of suppliers and show what is new; stored with ``--apply``.

    :raises KnownError: refused, nothing changed
    """
    with opened(given) as school:
        sheet = read_supplier_sheet(
            given.file, dict(given.map), lambda mark: importing.remembered_columns(school, mark)
        )
        if given.apply:
            found, _ = supplier_importing.apply(school, sheet)
        else:
            found = supplier_importing.preview(school, sheet)
    if given.json:
        lines = [
            {
                "line": each.line,
                "kind": each.kind.value,
                "supplier": each.supplier.name,
                "product": each.product.name,
                "notes": list(each.notes),
                "differs": list(each.differs),
                "unheard": list(each.unheard),
            }
            for each in found.lines
        ]
        told = {"applied": given.apply, "lines": lines}
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return 0
    for each in found.lines:
        kind = sentence(f"supplier_import_kind.{each.kind}")
        print(f"{each.line:>4} {kind}: {each.product.name} ({each.supplier.name})")
        for note in each.told:
            tell(f"     {note}")
    print("Opgeslagen." if given.apply else "Nog niets opgeslagen. Opslaan: --apply")
    return 0


def read_rosters(school: School, files: list[Path], columns: dict[str, str]) -> list[Roster]:
    """Read the files; a column placed for one need not be in the others, but must be in one.

    :raises ImportFileError: a file cannot be read, or such a column is in none of them
    """
    read = [_read_roster(school, path, columns) for path in files]
    for name in columns:
        if not any(name in placed for _, placed in read):
            headers = dict.fromkeys(h for each, _ in read for h in (*each.columns, *each.unplaced))
            raise ImportFileError(
                "import_file.unknown_column", column=name, columns=", ".join(headers) or "geen"
            )
    return [roster for roster, _ in read]


def _read_roster(
    school: School, path: Path, columns: dict[str, str]
) -> tuple[Roster, frozenset[str]]:
    """One file, and which of these columns are in it."""
    try:
        roster = read_roster(path, columns, lambda mark: importing.remembered_columns(school, mark))
    except ImportFileError as error:
        if error.key != "import_file.unknown_column":
            raise
        missing = error.values["column"]
        rest = {name: field for name, field in columns.items() if name != missing}
        return _read_roster(school, path, rest)
    return roster, frozenset(columns if roster.columns else ())


def tell_errors(files: list[Path], rosters: list[Roster]) -> None:
    """What must be mended before a file can be stored."""
    for path, roster in zip(files, rosters, strict=True):
        for problem in roster.problems:
            if problem.severity is Severity.ERROR:
                tell(f"{path.name}: {problem}")
        if roster.unplaced:
            tell(f"{path.name}: plaats geven met --map KOLOM=VELD, overslaan met KOLOM=ignore")


def _difference_json(difference: Difference, families: Families) -> dict[str, Any]:
    roster = difference.roster
    return {
        "kind": roster.kind,
        "school_year": str(difference.school_year),
        "empty": difference.is_empty,
        **{
            kind.value: [_plan_json(plan, families) for plan in difference.of_kind(kind)]
            for kind in Kind
        },
        "questions": [
            {
                "line": each.line,
                "doubt": each.doubt.value,
                "pupil": full_name(each.row),
                "guardian": each.guardian,
                "candidates": list(each.candidates),
            }
            for each in difference.questions
        ],
        "suggestions": len(difference.suggestions),
        "new_groups": list(difference.new_groups),
        "strangers_gone": len(difference.strangers_gone),
        "problems": [str(each) for each in roster.problems],
        "dropped": list(roster.dropped),
        "unplaced": list(roster.unplaced),
    }


def _plan_json(plan: PupilPlan, families: Families) -> dict[str, Any]:
    return {
        "line": plan.line,
        "pupil": plan.pupil.id,
        "name": full_name(plan.pupil),
        "changes": [
            {"field": each.field, "old": each.old, "new": each.new}
            | ({"guardian": each.about} if each.about else {})
            for each in shown_changes(plan, families)
        ],
        "new_guardians": _joining(plan),
    }


def _joining(plan: PupilPlan) -> list[str]:
    """The guardians this child gets."""
    return [guardian_name(each.guardian) for each in plan.guardians if each.is_linked]


_HEADINGS = {
    Kind.NEW: "Nieuw",
    Kind.CHANGED: "Gewijzigd",
    Kind.MOVED: "Groepswissel",
    Kind.NEXT_YEAR: "Nieuw schooljaar",
    Kind.LEFT: "Vertrokken",
    Kind.RETURNED: "Terug",
}


def show_difference(path: Path, difference: Difference, families: Families) -> None:
    """What one file brings, in words."""
    roster = difference.roster
    print(f"{path.name}: {roster.kind}, schooljaar {difference.school_year}")
    now = SchoolYear.of(SystemClock().today())
    if difference.school_year != now:
        print(f"  ! {sentence('import.year_differs', year=difference.school_year, now=now)}")
    for each in roster.problems:
        print(f"  ! {each}")
    if difference.strangers_gone:
        gone = len(difference.strangers_gone)
        print(f"  Al van school en hier niet bekend, dus niet overgenomen: {gone}")
    if roster.dropped:
        print(f"  Niet overgenomen: {', '.join(roster.dropped)}")
    if roster.unplaced:
        print(f"  Nog geen plaats: {', '.join(roster.unplaced)}")
    for kind, heading in _HEADINGS.items():
        plans = difference.of_kind(kind)
        if plans:
            print(f"  {heading} ({len(plans)})")
            for plan in plans:
                print(f"    {full_name(plan.pupil)}{_changes_text(plan, families)}")
    if difference.questions:
        print(f"  Twijfel ({len(difference.questions)}): wordt niet opgeslagen")
        for question in difference.questions:
            who = " / ".join(filter(None, (full_name(question.row), question.guardian)))
            print(f"    regel {question.line}: {who}: {sentence(f'doubt.{question.doubt}')}")
    if difference.suggestions:
        print(f"  Misschien dezelfde ouder: {len(difference.suggestions)}")
    if difference.is_empty:
        print("  Geen verschil.")


def _changes_text(plan: PupilPlan, families: Families) -> str:
    changes = shown_changes(plan, families)
    texts = [f"{each.label}: {each.old or '–'} → {each.new or '–'}" for each in changes]
    texts += [f"ouder erbij: {name}" for name in _joining(plan)]
    return "".join(f"; {text}" for text in texts)
