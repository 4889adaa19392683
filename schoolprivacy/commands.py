"""What each headless command does, and how it says so."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from schoolprivacy.clock import SystemClock
from schoolprivacy.consents.answering import FormAnswers, enter_form
from schoolprivacy.consents.purposes import switch_purpose
from schoolprivacy.consents.records import purposes
from schoolprivacy.consents.standing import standing
from schoolprivacy.console import codes, new_passphrase, opened, passphrase, tell
from schoolprivacy.demo import make_demo_school
from schoolprivacy.errors import FileError, ImportFileError, sentence
from schoolprivacy.exchange.reading import read_roster
from schoolprivacy.exchange.roster import Roster, Severity
from schoolprivacy.people import importing
from schoolprivacy.people.difference import (
    Difference,
    Kind,
    PupilPlan,
)
from schoolprivacy.people.names import full_name, guardian_name
from schoolprivacy.people.profile import change_profile, read_profile, set_logo
from schoolprivacy.people.review import Families, read_families, shown_changes
from schoolprivacy.people.terms import Authority
from schoolprivacy.print_commands import print_document
from schoolprivacy.registers import Founded, found_school
from schoolprivacy.school import School, restore
from schoolprivacy.school.outside import may_be_written
from schoolprivacy.schoolyear import SchoolYear

PASSPHRASE_ADMINISTRATION = "SCHOOLPRIVACY_PASSPHRASE_ADMINISTRATION"


def run(given: argparse.Namespace) -> int:
    """Do one command; gives its exit code.

    :raises KnownError: refused, nothing changed
    """
    command: Callable[[argparse.Namespace], int] = _COMMANDS[given.command]
    return command(given)


def no_core_dumps() -> None:
    """A crash must not write the key to disk; Windows writes no core of its own accord."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


# — making —


def _demo(given: argparse.Namespace) -> int:
    founded = make_demo_school(
        given.school,
        new_passphrase(),
        SystemClock(),
        pupils=given.pupils,
        seed=given.seed,
        progress=tell,
    )
    return _founded(founded, given.school)


def _create(given: argparse.Namespace) -> int:
    founded = found_school(
        given.school,
        given.name,
        given.brin,
        director=new_passphrase(),
        administration=os.environ.get(PASSPHRASE_ADMINISTRATION) or None,
    )
    return _founded(founded, given.school)


def _founded(founded: Founded, folder: Path) -> int:
    founded.school.lock()
    print(f"Het schoolbestand is gemaakt: {folder}")
    print(f"Papieren sleutel: {founded.paper_key}")
    if founded.administration:
        print(f"Wachtzin van de administratie: {founded.administration}")
    tell(sentence("unlock.keep_paper_key"))
    return 0


SETTINGS: dict[str, type] = {
    **dict.fromkeys(("name", "board", "dpo", "street", "postcode", "place"), str),
    **dict.fromkeys(("phone", "email", "website", "window_side"), str),
    **dict.fromkeys(("window_dx", "window_dy"), float),
    "hand_in_days": int,
    "next_year_from": int,
}
"""Fields of the profile that can be set, with how they are read."""


def _settings(given: argparse.Namespace) -> int:
    changes = {name: value for name in SETTINGS if (value := getattr(given, name)) is not None}
    logo = _content_of(given.logo) if given.logo else None
    switches = dict.fromkeys(codes(given.on), True) | dict.fromkeys(codes(given.off), False)
    with opened(given) as school:
        if changes or switches or logo is not None:
            with school.transaction():  # the actions join it: all or nothing
                if changes:
                    change_profile(school, **changes)
                if logo is not None:
                    set_logo(school, given.logo.name, logo)
                for code, on in switches.items():
                    switch_purpose(school, code, on=on)
        with school.reading() as session:
            own = read_profile(session)
            switched_on = [each.code for each in purposes(session, only_on=True)]
    for name in SETTINGS:
        print(f"{name.replace('_', '-'):14}{getattr(own, name)}")
    print(f"{'doelen aan':14}{', '.join(switched_on)}")
    return 0


def _content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError("school.logo_unreadable", place=path) from error


# — importing —


def _import(given: argparse.Namespace) -> int:
    with opened(given) as school:
        rosters = _read_rosters(school, given.files, dict(given.map))
        if given.apply:
            _tell_errors(given.files, rosters)
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
                _show_difference(path, each, families)
            print("Opgeslagen." if given.apply else "Nog niets opgeslagen. Opslaan: --apply")
    return 0


def _read_rosters(school: School, files: list[Path], columns: dict[str, str]) -> list[Roster]:
    """A column placed for one file need not be in the others, but it must be in one of them."""
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


def _tell_errors(files: list[Path], rosters: list[Roster]) -> None:
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
    Kind.LEFT: "Vertrokken",
    Kind.RETURNED: "Terug",
}


def _show_difference(path: Path, difference: Difference, families: Families) -> None:
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


# — answers —


def _answer(given: argparse.Namespace) -> int:
    answers = FormAnswers(
        yes=codes(given.yes),
        no=codes(given.no),
        signer=given.by.strip(),
        declared=Authority(given.authority) if given.authority else None,
        signed_on=given.on,
        correct=given.correct,
    )
    with opened(given) as school:
        entered = enter_form(school, given.form, answers)
        print(f"{entered.pupil}: {entered.recorded} nieuw opgeslagen.")
        if entered.blank:
            print(f"Zonder antwoord: {', '.join(entered.blank)}")
        for key in entered.remarks:
            tell(sentence(key))
        if "form.contradicts" in entered.remarks:
            tell("Verbeteren: --correct")
    return 0


# — looking after —


def _status(given: argparse.Namespace) -> int:
    with opened(given, read_only=True) as school:
        now = standing(school)
    if given.json:
        print(json.dumps(asdict(now), ensure_ascii=False, indent=1))
        return 0
    print(
        f"Schooljaar {now.school_year}: {now.pupils} leerlingen, {now.guardians} ouders/verzorgers"
    )
    print(f"Groepen: {', '.join(now.groups) or 'nog geen'}")
    for answer, count in now.answers.items():
        print(f"  {sentence(f'answer.{answer}'):24}{count:>7}")
    print(f"Gezinnen die nog niet (volledig) antwoordden: {now.families_without_answer}")
    return 0


def _verify(given: argparse.Namespace) -> int:
    with opened(given, read_only=True) as school:
        problems = school.problems()
    for problem in problems:
        tell(str(problem))
    if not problems:
        print("Het schoolbestand is in orde.")
    return 1 if problems else 0


def _backup(given: argparse.Namespace) -> int:
    may_be_written(given.file, b"PK")
    with opened(given) as school:
        end = school.back_up(given.file)
    print(f"Back-up gemaakt en gecontroleerd: {given.file} (logboek tot en met {end})")
    return 0


def _restore(given: argparse.Namespace) -> int:
    secret = given.paper_key or passphrase()
    aside = restore(given.file, given.school, secret, take_over=given.take_over)
    print(f"Back-up teruggezet: {given.school}")
    if aside:
        print(f"Wat er stond, staat nu in: {aside}")
    return 0


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "demo": _demo,
    "create": _create,
    "settings": _settings,
    "import": _import,
    "print": print_document,
    "answer": _answer,
    "status": _status,
    "verify": _verify,
    "backup": _backup,
    "restore": _restore,
}
