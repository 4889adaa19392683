"""What the report of a yearly round says, as values and as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from schoolprivacy.paper.dates import dutch_date


@dataclass(frozen=True, slots=True)
class ReportGroup:
    """The forms of one group in numbers; together they are those that were printed."""

    label: str
    printed: int
    back: int
    partly: int
    missing: int
    not_needed: int


@dataclass(frozen=True, slots=True)
class PurposeLine:
    """What counts today for one purpose.

    :param counts: children with each of the seven answers, in the order of ``Answer``
    """

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReportList:
    """Numbered copies of the lists of one group that must be destroyed."""

    group: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RoundReport:
    """A round in numbers.

    :param reminders_on: the days that were chosen for the reminders
    :param closed_on: None while it is open
    :param days: day, forms printed and forms back until then
    :param conflicts: children about whom two answers differ
    :param unsettled: forms of which the school must find out who signed or who has authority
    :param left: forms of children who left
    :param letters: forms that were reminded of for the first, the second … time
    :param withdrawals: children of whom something was withdrawn since the opening
    """

    year: str
    opened_on: date
    hand_in_by: date | None
    reminders_on: tuple[date, ...]
    closed_on: date | None
    total: ReportGroup
    groups: tuple[ReportGroup, ...]
    days: tuple[tuple[date, int, int], ...]
    conflicts: int
    unsettled: int
    left: int
    letters: tuple[int, ...]
    withdrawals: int
    purposes: tuple[PurposeLine, ...]
    to_destroy: tuple[ReportList, ...]


def facts(report: RoundReport) -> Iterator[tuple[str, str]]:
    """What stands at the top: a name and a value each."""
    closed = f"gesloten op {dutch_date(report.closed_on)}" if report.closed_on else "nog open"
    yield "Ronde", f"geopend op {dutch_date(report.opened_on)}, {closed}"
    if report.hand_in_by:
        yield "Inleverdatum", dutch_date(report.hand_in_by)
    total = report.total
    came_in = total.back + total.partly
    yield (
        "Formulieren",
        f"{total.printed} gemaakt, {came_in} terug (waarvan {total.partly} deels ingevuld)",
    )
    yield "Nog niet terug", str(total.missing)
    if total.not_needed:
        yield "Niet meer nodig", f"{total.not_needed}; elke vraag heeft al een antwoord dat telt"
    if report.left:
        yield "Van school gegaan", f"{report.left} formulieren; hieronder niet meegeteld"
    letters = [f"{place}e keer: {_forms(many)}" for place, many in enumerate(report.letters, 1)]
    yield "Herinneringen", ", ".join(letters) or "geen"
    yield "Ouders oneens", _children(report.conflicts)
    yield "Ingetrokken", f"sinds de opening: {_children(report.withdrawals)}"


def to_do(report: RoundReport) -> Iterator[str]:
    """As sentences; when nothing is left that is one too."""
    found = False
    if report.unsettled:
        yield (
            f"Uitzoeken wie tekende of wie gezag heeft: {_forms(report.unsettled)}. "
            "Tot dan telt een ja niet."
        )
        found = True
    if report.conflicts:
        yield f"Met de ouders bespreken: {_children(report.conflicts)}. Tot dan geldt nee."
        found = True
    for each in report.to_destroy:
        numbers = ", ".join(map(str, each.numbers))
        yield f"Lijsten van vorig schooljaar vernietigen, {each.group}: nummer {numbers}."
        found = True
    silent = report.total.missing + report.total.partly
    if silent and report.closed_on is None:
        yield f"Wachten of herinneren: {_forms(silent)} zonder volledig antwoord."
    elif silent:
        yield f"{_forms(silent).capitalize()} zonder volledig antwoord: dat blijft geen antwoord."
    elif not found:
        yield "Niets: alle formulieren zijn beantwoord."


def _children(many: int) -> str:
    return "1 leerling" if many == 1 else f"{many} leerlingen"


def _forms(many: int) -> str:
    return "1 formulier" if many == 1 else f"{many} formulieren"
