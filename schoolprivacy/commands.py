"""What each headless command does, and how it says so."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from schoolprivacy.access.matrix import right_of
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.clock import SystemClock
from schoolprivacy.consents.answering import FormAnswers, enter_form
from schoolprivacy.consents.purposes import switch_purpose
from schoolprivacy.consents.records import purposes
from schoolprivacy.consents.standing import standing
from schoolprivacy.console import codes, counted, new_passphrase, opened, passphrase, tell
from schoolprivacy.demo import make_demo_school
from schoolprivacy.errors import FileError, sentence
from schoolprivacy.import_commands import import_files, import_suppliers
from schoolprivacy.okr.board import counts as okr_counts
from schoolprivacy.people.profile import change_profile, read_profile, set_logo
from schoolprivacy.people.terms import Authority
from schoolprivacy.print_commands import print_document
from schoolprivacy.registers import Founded, found_school
from schoolprivacy.school import School, restore
from schoolprivacy.school.outside import may_be_written
from schoolprivacy.suppliers.board import counts as supplier_counts
from schoolprivacy.year_commands import year

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
    "region": str,
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
        moves, products = _moves(school), _products(school)
    if given.json:
        told = {**asdict(now), "okr": moves, "suppliers": products}
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return 0
    print(
        f"Schooljaar {now.school_year}: {counted(now.pupils, 'leerlingen')}, "
        f"{now.guardians} ouder(s)/verzorger(s)"
    )
    print(f"Groepen: {', '.join(now.groups) or 'nog geen'}")
    for answer, count in now.answers.items():
        print(f"  {sentence(f'answer.{answer}'):24}{count:>7}")
    print(f"Gezinnen die nog niet (volledig) antwoordden: {now.families_without_answer}")
    if any(moves.values()):
        print("Overstap (OKR):")
        for state, count in moves.items():
            print(f"  {sentence(f'okr_state.{state}'):24}{count:>7}")
    if products:
        print("Leveranciers:")
        for state, count in products.items():
            print(f"  {sentence(f'supplier_state.{state}'):28}{count:>3}")
    return 0


def _moves(school: School) -> dict[str, int]:
    """How many children are how far with their move; nothing for who may not know."""
    if right_of(school.who, Area.OKR) is Right.NONE:
        return {}
    return {state.value: count for state, count in okr_counts(school).items()}


def _products(school: School) -> dict[str, int]:
    """How many products of suppliers stand how; nothing for who may not know."""
    if right_of(school.who, Area.SUPPLIERS) is Right.NONE:
        return {}
    return {state.value: count for state, count in supplier_counts(school).items()}


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
    "import": import_files,
    "import-suppliers": import_suppliers,
    "print": print_document,
    "answer": _answer,
    "year": year,
    "status": _status,
    "verify": _verify,
    "backup": _backup,
    "restore": _restore,
}
