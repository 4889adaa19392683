"""What columns of a list can hold: of pupils and parents, or of suppliers."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass

from schoolprivacy.errors import sentence
from schoolprivacy.exchange import columns, supplier_sheet
from schoolprivacy.exchange.columns import IGNORE, NAMES_A_PUPIL, PARENT_KEYS
from schoolprivacy.exchange.field_names import column_name, field_name
from ui.words import tr


def set_aside(header: str) -> str:
    """Dutch name of what is in a column of pupils that is never taken over, else ""."""
    meaning = columns.understand(header)
    return meaning.set_aside if meaning else ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What can be said of a column, and what must be said of all of them.

    :param whose: the question for the owner of a column
    :param nobody: the answer when it is not to be taken over
    :param owners: whose it can be: what is shown and how the fields of it begin
    :param fields: every field code: ``owner.name``
    :param short, whole: what a field is called below its owner, and by itself
    :param names: fields of which one must be there
    :param asks: what to say while none of these is there
    :param warns: by field what is told when it is missing
    """

    whose: str
    nobody: str
    owners: tuple[tuple[str, str], ...]
    fields: tuple[str, ...]
    short: Callable[[str], str]
    whole: Callable[[str], str]
    may_repeat: Callable[[str], bool]
    set_aside: Callable[[str], str]
    names: Set[str]
    asks: str
    warns: tuple[tuple[Set[str], str], ...] = ()

    def of_owner(self, owner: str) -> list[str]:
        """The fields of one owner."""
        return [code for code in self.fields if code.startswith(f"{owner}.")]

    def holds(self, code: str) -> str:
        """What a column becomes, in words."""
        if code == IGNORE:
            return tr("Niet overnemen")
        return self.whole(code).capitalize() if code else tr("Nog kiezen")


def of_pupils() -> Vocabulary:
    """A list of pupils and their parents."""
    parents = tuple((tr("Ouder {n}").format(n=n), f"guardian{n}") for n in (1, 2, 3, 4))
    return Vocabulary(
        tr("&Van wie is dit?"),
        tr("Niemand: niet overnemen"),
        ((tr("Leerling"), "pupil"), *parents, (tr("Lijst met een regel per ouder"), "parent")),
        columns.FIELDS,
        lambda code: field_name(code.partition(".")[2]),
        column_name,
        columns.may_repeat,
        set_aside,
        NAMES_A_PUPIL,
        tr("Kies eerst in welke kolom de naam of het leerlingnummer staat."),
        (
            (
                {"pupil.born_on", PARENT_KEYS},
                tr("Zonder geboortedatum herkent het programma leerlingen minder goed."),
            ),
            (
                {"pupil.group", PARENT_KEYS},
                tr("Zonder groep kunt u niet per groep afdrukken."),
            ),
        ),
    )


def of_suppliers() -> Vocabulary:
    """A list of suppliers and their products."""

    def called(code: str) -> str:
        return sentence(f"supplier_column.{code}")

    return Vocabulary(
        tr("Waar&van zegt dit iets?"),
        tr("Nergens van: niet overnemen"),
        (
            (tr("Leverancier"), "supplier"),
            (tr("Product"), "product"),
            (tr("Overeenkomst"), "agreement"),
        ),
        supplier_sheet.FIELDS,
        called,
        called,
        lambda code: code == IGNORE,
        lambda _: "",
        {"supplier.name"},
        tr("Kies eerst in welke kolom de naam van de leverancier staat."),
        (
            (
                {"product.name"},
                tr("Zonder kolom met het product heet het product zoals de leverancier."),
            ),
        ),
    )
