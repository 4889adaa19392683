"""The headless command that prints: which documents there are, and what each must be told."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from schoolprivacy.clock import SystemClock
from schoolprivacy.consents.conflicts import print_conflict_letters
from schoolprivacy.consents.contacts.copies import ListKind
from schoolprivacy.consents.contacts.printing import (
    PrintedCopies,
    print_contact_list,
    print_phone_tree,
)
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.intake import print_intake_sheet
from schoolprivacy.consents.las_printing import print_las_list
from schoolprivacy.consents.letters import print_withdrawal_letter
from schoolprivacy.consents.photos.printing import print_class_sheet, print_event_sheet
from schoolprivacy.consents.printing import Deliver, LeftOut, PrintRun
from schoolprivacy.consents.publications.take_down import print_take_down_list
from schoolprivacy.consents.reminders import (
    print_cover_sheet,
    print_reminder_letters,
    print_reminder_list,
)
from schoolprivacy.consents.rounds.checking import print_check_pages
from schoolprivacy.consents.rounds.choices import print_choices_letters
from schoolprivacy.consents.rounds.printing import print_round_forms
from schoolprivacy.consents.rounds.reminding import (
    ReminderRun,
    print_round_reminder_list,
    print_round_reminders,
)
from schoolprivacy.consents.rounds.report import print_round_report
from schoolprivacy.consents.starting import print_intake_list
from schoolprivacy.consents.substitute.printing import print_substitute_sheet
from schoolprivacy.console import codes, counted, opened, tell
from schoolprivacy.errors import KnownError, RefusedError, sentence
from schoolprivacy.okr.accompanying import print_accompanying
from schoolprivacy.okr.printing import print_invitations, print_inzage_forms
from schoolprivacy.okr.proof_printing import print_inzage_list, print_proofs
from schoolprivacy.overview.planner import print_year_planner
from schoolprivacy.people.names import group_label, plain
from schoolprivacy.people.profile import read_profile
from schoolprivacy.people.records import current_year, group_names
from schoolprivacy.school import School
from schoolprivacy.school.outside import may_be_written, to_file
from schoolprivacy.suppliers.board import board as supplier_board
from schoolprivacy.suppliers.printing import (
    print_board,
    print_parents_list,
    print_request,
    print_wish_form,
)
from schoolprivacy.suppliers.starting import print_new_product_letters
from schoolprivacy.suppliers.webpage import page_html, page_text

Made = PrintRun | PrintedCopies
Make = Callable[[School, Deliver, argparse.Namespace], Made]


@dataclass(frozen=True, slots=True)
class Document:
    """One document.

    :param counted: what there is a number of, in the plural; "" when it is one paper
    :param needs: options without which it cannot be made
    :param takes: options that may be given besides
    :param texts: by ending what makes the same as text, beside the PDF
    """

    make: Make
    counted: str
    needs: Sequence[str] = ()
    takes: Sequence[str] = ()
    texts: Mapping[str, Callable[[School], str]] = field(default_factory=dict)


def _of_group(make: Callable[..., PrintRun]) -> Make:
    return lambda school, deliver, given: make(school, deliver, group=given.group)


def _of_movers(make: Callable[..., PrintRun]) -> Make:
    """Of a group, of one pupil (a leaver too), or of everybody who moves this school year."""
    return lambda school, deliver, given: make(
        school, deliver, group=given.group, pupil_ids=[given.pupil] if given.pupil else None
    )


def _copies(make: Callable[..., PrintedCopies]) -> Make:
    """Without ``--for`` the copy is of the group's teacher."""
    return lambda school, deliver, given: make(
        school,
        deliver,
        group=given.group,
        for_whom=given.for_whom or [f"Leerkracht {group_label(given.group)}"],
    )


def _event_sheet(school: School, deliver: Deliver, given: argparse.Namespace) -> PrintRun:
    return print_event_sheet(
        school,
        deliver,
        event=given.event or "Foto's maken",
        on=given.on or school.clock.today(),
        groups=[given.group],
        codes=sorted(codes(given.purpose)),
    )


def _withdrawal_letter(school: School, deliver: Deliver, given: argparse.Namespace) -> PrintRun:
    return print_withdrawal_letter(school, deliver, given.pupil)


def _accompanying(school: School, deliver: Deliver, given: argparse.Namespace) -> PrintRun:
    return print_accompanying(school, deliver, given.pupil)


def _round_reminders(school: School, deliver: Deliver, given: argparse.Namespace) -> PrintRun:
    return print_round_reminders(school, deliver, group=given.group, again=given.again)


def _intake_sheet(school: School, deliver: Deliver, _: argparse.Namespace) -> PrintRun:
    print_intake_sheet(school, deliver)
    return PrintRun((), ())


def _las_list(school: School, deliver: Deliver, _: argparse.Namespace) -> PrintRun:
    return PrintRun((), tuple(print_las_list(school, deliver)[1]))


def _year_planner(school: School, deliver: Deliver, given: argparse.Namespace) -> PrintRun:
    return print_year_planner(school, deliver, year=given.year)


def _round_report(school: School, deliver: Deliver, _: argparse.Namespace) -> PrintRun:
    return print_round_report(school, deliver)


def _one_paper(make: Callable[[School, Deliver], None]) -> Make:
    """A paper that is about no child."""

    def made(school: School, deliver: Deliver, _: argparse.Namespace) -> PrintRun:
        make(school, deliver)
        return PrintRun((), ())

    return made


def _supplier_request(school: School, deliver: Deliver, given: argparse.Namespace) -> PrintRun:
    print_request(school, deliver, _product_meant(school, given.product))
    return PrintRun((), ())


def _supplier_letters(school: School, deliver: Deliver, given: argparse.Namespace) -> PrintRun:
    product_id = _product_meant(school, given.product)
    return print_new_product_letters(school, deliver, product_id, group=given.group)


def _product_meant(school: School, name: str) -> str:
    """The identifier of the product of this name that is still used, or the only one there was."""
    found = [e.file.product for e in supplier_board(school).rows if plain(e.name) == plain(name)]
    used = [each for each in found if each.last_day is None] or found
    if len(used) != 1:
        known = ", ".join(sorted({each.name for each in supplier_board(school).rows}))
        raise RefusedError("supplier.no_such_product", name=name, known=known or "geen")
    return used[0].id


def _substitute_sheet(school: School, deliver: Deliver, given: argparse.Namespace) -> PrintedCopies:
    """For one person: the first who is named."""
    sheet = print_substitute_sheet(
        school,
        deliver,
        group=given.group,
        for_whom=given.for_whom[0],
        on=given.on or school.clock.today(),
        codes=sorted(codes(given.purpose)) or None,
    )
    return PrintedCopies(ListKind.SUBSTITUTE, (sheet.number,), sheet.left_out)


DOCUMENTS: dict[str, Document] = {
    "consent-forms": Document(_of_group(print_forms), "formulieren", takes=("group",)),
    "reminder-list": Document(_of_group(print_reminder_list), "formulieren", takes=("group",)),
    "reminder-letters": Document(
        _of_group(print_reminder_letters), "formulieren", takes=("group",)
    ),
    "cover-sheet": Document(_of_group(print_cover_sheet), "formulieren", takes=("group",)),
    "contact-list": Document(
        _copies(print_contact_list), "exemplaren", needs=("group",), takes=("for_whom",)
    ),
    "phone-tree": Document(
        _copies(print_phone_tree), "exemplaren", needs=("group",), takes=("for_whom",)
    ),
    "photo-list": Document(_of_group(print_class_sheet), "leerlingen", takes=("group",)),
    "event-sheet": Document(
        _event_sheet, "leerlingen", needs=("group", "purpose"), takes=("event", "on")
    ),
    "take-down-list": Document(_of_group(print_take_down_list), "taken", takes=("group",)),
    "withdrawal-letter": Document(_withdrawal_letter, "brieven", needs=("pupil",)),
    "conflict-letters": Document(_of_group(print_conflict_letters), "brieven", takes=("group",)),
    "renewal-forms": Document(_of_group(print_round_forms), "formulieren", takes=("group",)),
    "renewal-letters": Document(_of_group(print_choices_letters), "leerlingen", takes=("group",)),
    "renewal-check": Document(_of_group(print_check_pages), "leerlingen", takes=("group",)),
    "renewal-reminders": Document(_round_reminders, "formulieren", takes=("group", "again")),
    "renewal-reminder-list": Document(
        _of_group(print_round_reminder_list), "formulieren", takes=("group",)
    ),
    "round-report": Document(_round_report, ""),
    "intake-list": Document(_of_group(print_intake_list), "leerlingen", takes=("group",)),
    "intake-sheet": Document(_intake_sheet, ""),
    "year-planner": Document(_year_planner, "momenten", takes=("year",)),
    "substitute-sheet": Document(
        _substitute_sheet, "exemplaren", needs=("group", "for_whom"), takes=("on", "purpose")
    ),
    "las-list": Document(_las_list, ""),
    "okr-invitations": Document(_of_movers(print_invitations), "brieven", takes=("group", "pupil")),
    "okr-forms": Document(_of_movers(print_inzage_forms), "formulieren", takes=("group", "pupil")),
    "okr-proof": Document(_of_movers(print_proofs), "leerlingen", takes=("group", "pupil")),
    "okr-list": Document(_of_movers(print_inzage_list), "leerlingen", takes=("group", "pupil")),
    "okr-accompanying": Document(_accompanying, "", needs=("pupil",)),
    "supplier-list": Document(
        _one_paper(print_parents_list), "", texts={".html": page_html, ".txt": page_text}
    ),
    "supplier-board": Document(_one_paper(print_board), ""),
    "supplier-request": Document(_supplier_request, "", needs=("product",)),
    "supplier-letters": Document(
        _supplier_letters, "brieven", needs=("product",), takes=("group",)
    ),
    "wish-form": Document(_one_paper(print_wish_form), ""),
}
_FORMS = ("consent-forms", "renewal-forms")
OPTIONS = {
    "group": "--group",
    "for_whom": "--for",
    "purpose": "--purpose",
    "event": "--event",
    "on": "--on",
    "pupil": "--pupil",
    "product": "--product",
    "year": "--year",
    "again": "--again",
}


_OTHER_KINDS = frozenset(
    (".csv", ".doc", ".docx", ".htm", ".html", ".odt", ".rtf", ".txt", ".xlsx")
)
"""Endings that promise something else than a PDF."""


def print_document(given: argparse.Namespace) -> int:
    """Make one document as a PDF; gives the exit code.

    :raises RefusedError: an option is missing, or says something to a document that it is not for
    :raises KnownError: refused, nothing changed
    """
    document = DOCUMENTS[given.document]
    _check_options(given, document)
    target = given.out or Path(f"{_file_name(given)}.pdf")
    if as_text := document.texts.get(target.suffix.lower()):
        return _write_text(given, target, as_text)
    if target.suffix.lower() in _OTHER_KINDS:
        kinds = " of ".join((".pdf", *document.texts))
        raise KnownError("print.kind", document=given.document, kinds=kinds)
    may_be_written(target, b"%PDF")
    with opened(given) as school:
        given.group = _group_meant(school, given.group)
        run = document.make(school, to_file(target), given)
        with school.reading() as session:
            own = read_profile(session)
        if given.json:
            print(json.dumps(_listed(run), ensure_ascii=False, indent=1))
        else:
            many = f" ({counted(_count(run), document.counted)})" if document.counted else ""
            print(f"Gemaakt: {target}{many}")
        if given.document in _FORMS and not (own.board and own.dpo):
            tell(sentence("paper.letter_incomplete"))
        if isinstance(run, PrintRun):
            _tell_reprinted(run)
        _tell_left_out(run.left_out)
        tell(sentence("paper.readable"))
    return 0


_BEGINS = {".html": b"<!DOCTYPE html>", ".txt": b"WIE KRIJGT"}
"""How a text that may be replaced begins."""


def _write_text(given: argparse.Namespace, target: Path, as_text: Callable[[School], str]) -> int:
    """The same as a page for the website or as text."""
    may_be_written(target, _BEGINS[target.suffix.lower()])
    with opened(given) as school:
        to_file(target)(as_text(school).encode())
    print(f"Gemaakt: {target}")
    return 0


def _group_meant(school: School, group: str | None) -> str | None:
    """The group as the school names it: ``3/4`` finds ``Groep 3/4``, and the other way round."""
    if group is None:
        return None
    with school.reading() as session:
        known = group_names(session, current_year(session, session.clock.today()))
    meant = plain(group_label(group))
    same = [each for each in known if plain(group_label(each)) == meant]
    return same[0] if group not in known and len(same) == 1 else group


def _check_options(given: argparse.Namespace, document: Document) -> None:
    for name, option in OPTIONS.items():
        if not getattr(given, name) and name in document.needs:
            raise RefusedError("print.option_missing", document=given.document, option=option)
        if getattr(given, name) and name not in (*document.needs, *document.takes):
            raise RefusedError("print.option_unknown", document=given.document, option=option)


def _count(run: Made) -> int:
    return len(run.numbers) if isinstance(run, PrintedCopies) else len(run)


def _listed(run: Made) -> list[dict[str, object]]:
    if isinstance(run, PrintedCopies):
        return [{"copy": each, "kind": run.kind.value} for each in run.numbers]
    return [
        {"form": e.form, "pupil": e.pupil_id, "name": e.pupil, "group": e.group}
        for e in run.printed
    ]


def _tell_reprinted(run: PrintRun) -> None:
    if run.reprinted:
        tell(sentence("print.reprinted", count=run.reprinted))
    if isinstance(run, ReminderRun):
        for number, many in sorted(run.numbers.items()):
            tell(sentence("print.reminded", number=number, forms=counted(many, "formulieren")))
        for each in run.to_call:
            tell(f"Bel het gezin van {each.pupil} ({each.group}): het kreeg al twee herinneringen.")


def _tell_left_out(left_out: Sequence[LeftOut]) -> None:
    for each in left_out:
        tell(f"Niet gemaakt voor {each.pupil}. {each.reason}")


def _file_name(given: argparse.Namespace) -> str:
    group = f"-{given.group}" if given.group else ""
    return re.sub(r"[^\w.-]+", "_", f"{given.document}{group}-{SystemClock().today()}")
