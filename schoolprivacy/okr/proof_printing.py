"""Printing what proves inzage: the proof per child, and the list for the inspectorate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Unpack

import sqlalchemy as sa

from schoolprivacy.errors import RefusedError, sentence
from schoolprivacy.letters.printing import (
    Deliver,
    Draft,
    Job,
    Printed,
    PrintRun,
    Whom,
    print_paper,
    sample_paper,
    sift,
)
from schoolprivacy.okr import papers, rules
from schoolprivacy.okr.board import BoardRow, CarerStand
from schoolprivacy.okr.papers import CarerLine, ListEntry, ProofSheet, StepLine
from schoolprivacy.okr.printing import leavers, movers, rows_to_print
from schoolprivacy.okr.records import okr_evidence
from schoolprivacy.okr.terms import Move, Outcome, Remark, RemarkKind, Report, Step, StepKind
from schoolprivacy.okr.words import category_word, school_told, why_no_consent
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.people import names
from schoolprivacy.people.records import current_year
from schoolprivacy.people.terms import Authority, PlacedPupil
from schoolprivacy.school import School, Session

_AUTHORITY = {
    Authority.YES: "gezag: ja",
    Authority.UNKNOWN: "gezag: niet bekend",
    Authority.NO: "geen gezag; geen inzage nodig",
    None: "staat niet meer bij dit kind",
}
_MAY_HAVE = (Authority.YES, Authority.UNKNOWN)
_REMARK = {RemarkKind.REMARK: "zienswijze", RemarkKind.CORRECTION: "feitelijke fout"}
_OUTCOME = {
    Outcome.ADDED: "toegevoegd",
    Outcome.CORRECTED: "verbeterd",
    Outcome.DECLINED: "niet verbeterd, met antwoord",
}


def print_proofs(school: School, deliver: Deliver, **job: Unpack[Job]) -> PrintRun:
    """Print the proof of inzage of everybody of whom there is a report, sent or not.

    With ``pupil_ids`` of leavers and of older years too.

    :raises RefusedError: not with this role, nobody moves, or there is no report yet
    """
    return print_paper(school, deliver, _proofs, "okr_proof.printed", find=movers, **job)


def sample_proofs(school: School, **whom: Unpack[Whom]) -> bytes:
    """The same to look at; stores nothing.

    :raises RefusedError: as ``print_proofs``
    """
    return sample_paper(school, _proofs, movers, **whom)


def print_inzage_list(school: School, deliver: Deliver, **job: Unpack[Job]) -> PrintRun:
    """Print the list of who leaves, with the days of inzage and sending, for the inspectorate.

    Nobody of group 8 is missing on it: who goes nowhere yet stands there as such.

    :raises RefusedError: not with this role, or nobody leaves
    """
    return print_paper(school, deliver, _list, "okr_list.printed", find=leavers, **job)


def sample_inzage_list(school: School, **whom: Unpack[Whom]) -> bytes:
    """The same to look at; stores nothing.

    :raises RefusedError: as ``print_inzage_list``
    """
    return sample_paper(school, _list, leavers, **whom)


# — the proof —


def _proofs(session: Session, pupils: list[PlacedPupil]) -> Draft:
    rows = rows_to_print(session, pupils)
    ids = [each.move.id for each in rows if each.move]
    table = okr_evidence.c
    query = sa.select(table.move_id).where(table.move_id.in_(ids))
    kept = Counter(session.execute(query).scalars())
    made = [
        (each, _sheet(each, each.move, each.move.report, kept[each.move.id]))
        for each in rows
        if each.move and each.move.report
    ]
    if not made:
        raise RefusedError("okr.no_proof")
    good, left_out = sift(
        made, lambda each: papers.check_proof(each[1]), lambda each: [each[0].child]
    )
    sheets = [sheet for _, sheet in good]
    return Draft(
        [Printed.of(row.child) for row, _ in good],
        left_out,
        len(sheets),
        lambda *how: papers.proofs(sheets, *how),
    )


def _sheet(row: BoardRow, move: Move, report: Report, kept: int) -> ProofSheet:
    return ProofSheet(
        row.name,
        tuple(_fields(row, move, report, kept)),
        tuple(_carer(each, move) for each in row.carers),
        tuple(_steps(row, move)),
    )


def _fields(row: BoardRow, move: Move, report: Report, kept: int) -> Iterator[tuple[str, str]]:
    pupil, group = row.child.pupil, row.child.placement.group_name
    born = f"geboren op {dutch_date(pupil.born_on)}" if pupil.born_on else ""
    group = names.group_label(group) if group else ""
    yield "Leerling", " \u00b7 ".join(filter(None, (row.name, born, group)))
    brin = f" (BRIN {move.school.brin})" if move.school and move.school.brin else ""
    to = f"{school_told(move.school)}{brin}" if move.school else "nog niet bekend"
    yield "Gaat naar", f"{to} \u00b7 {sentence(f'okr_kind.{move.kind}')}"
    yield "Rapport", f"versie {report.version}, van {dutch_date(report.on)}"
    for number, (category, reason) in enumerate(report.categories):
        why = f" (nodig: {reason})" if reason else ""
        yield "" if number else "Inhoud", f"{category_word(category)}{why}"
    yield "Verstuurd", _sent(move)
    yield "Toestemming", why_no_consent()
    if kept:
        yield "Bijlagen", f"{kept} bij dit kind bewaard, in het schoolbestand"
    if row.keep_until:
        yield "Bewaren", f"tot en met {dutch_date(row.keep_until)}, daarna vernietigen"


def _sent(move: Move) -> str:
    if move.sent_on is None:
        return "nog niet"
    how = sentence(f"okr_sent.{move.sent_how}")
    return f"{dutch_date(move.sent_on)}, {how}, vastgelegd door {move.sent_by}"


def _carer(stand: CarerStand, move: Move) -> CarerLine:
    seen = stand.inzage
    inzage = ""
    if seen and seen.proof:
        proof, by = sentence(f"okr_proof.{seen.proof}"), f"door {seen.staff}"
        inzage = "\n".join((_short(seen.on), proof, by))
    elif stand.excused:
        inzage = "niet; zie besluit"
    authority = _AUTHORITY[stand.authority]
    if move.sent_on and stand.authority in _MAY_HAVE and not (seen or stand.excused):
        authority += "\nbij versturen niet bekend"  # or it would not have been sent
    return CarerLine(
        f"{stand.name}\n{authority}",
        _short(stand.invited_on),
        inzage,
        _short(stand.copy_on),
        "\n".join(line for each in stand.remarks for line in _remark(each)),
    )


def _remark(remark: Remark) -> tuple[str, ...]:
    """Never what was said: that stands with the report."""
    said = f"{_REMARK[remark.kind]} {_short(remark.said_on)}"
    if remark.outcome is None:
        return said, "nog niet verwerkt"
    return said, f"{_OUTCOME[remark.outcome]} {_short(remark.settled_on)}"


def _steps(row: BoardRow, move: Move) -> Iterator[StepLine]:
    """Attempts and decisions about this version, and who saw an older one."""
    called = {each.guardian_id: each.name for each in row.carers}
    for step in move.steps:
        if what := _told(step, move, row):
            who = called.get(step.guardian_id or "", "niemand bekend")
            yield StepLine(step.on, who, what, step.staff)


def _told(step: Step, move: Move, row: BoardRow) -> str:
    """What stands in the table of attempts; "" when the table of guardians tells it."""
    if step.version != move.version:
        seen = step.kind is StepKind.INZAGE
        return f"inzage van versie {step.version}" if seen else ""
    if step.kind is StepKind.ATTEMPT:
        return f"poging: {step.note}"
    if step.kind is StepKind.EXCUSED:
        reason = sentence(f"okr_excuse.{step.excuse}")
        return f"besluit: versturen zonder inzage, {reason}. {step.note}"
    again = step.kind is StepKind.INVITED and any(
        each.guardian_id == step.guardian_id and each.invited_on != step.on for each in row.carers
    )
    return "opnieuw uitgenodigd" if again else ""


def _short(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""


# — the list —


def _list(session: Session, pupils: list[PlacedPupil]) -> Draft:
    rows = rows_to_print(session, pupils)
    made = [(each, _entry(each)) for each in rows]
    good, left_out = sift(
        made, lambda each: papers.check_entry(each[1]), lambda each: [each[0].child]
    )
    entries = [entry for _, entry in good]
    year = current_year(session, session.clock.today())
    return Draft(
        [Printed.of(row.child) for row, _ in good],
        left_out,
        1,
        lambda *how: papers.inzage_list(entries, f"Overstap en inzage {year}", *how),
    )


def _entry(row: BoardRow) -> ListEntry:
    move = row.move
    seen, must = row.seen
    days = [each.inzage.on for each in row.carers if each.inzage]
    excused = any(each.excused and not each.inzage for each in row.carers) or (
        move is not None and not must and rules.is_excused(move, None)
    )
    parts = (
        f"{seen} van {must} {_of_whom(row)}" if move and move.report else "",
        f"laatste {_short(max(days))}" if days else "",
        "besluit zonder inzage" if excused else "",
    )
    group = row.child.placement.group_name
    sent = ""
    if move and move.sent_on:
        sent = f"{_short(move.sent_on)}\n{sentence(f'okr_sent.{move.sent_how}')}"
    return ListEntry(
        "\n".join(filter(None, (names.register_name(row.child.pupil), group))),
        school_told(move.school if move else None),
        _short(move.report.on) if move and move.report else "",
        "\n".join(filter(None, parts)),
        sent or sentence(f"okr_state.{row.state}"),
    )


def _of_whom(row: BoardRow) -> str:
    """Who is to see it: of whom nobody knows about authority is waited for too, and told apart."""
    if not row.unsure:
        return "met gezag"
    return f"(van {row.unsure} is niet bekend of er gezag is)"
