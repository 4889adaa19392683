"""The papers of suppliers: the list for parents, the overview for the board, the page to ask on.

Values in, bytes out; no document queries the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schoolprivacy.letters.about_school import controller, questions
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.flow import Flow, flowing
from schoolprivacy.paper.page import SMALL
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.paper.table import Column
from schoolprivacy.suppliers.parents import Told

PARENTS_TITLE = "Wie krijgt gegevens van mijn kind?"
BOARD_TITLE = "Overzicht van leveranciers"
WISH_TITLE = "Verzoek om een app of website in de klas"

_COUNTS = (Column("Hoe het staat", 60, bold=True), Column("Aantal", 20))
_PRODUCTS = (
    Column("Product", 36, bold=True),
    Column("Hoe het staat", 32),
    Column("Waarom, en wat te doen", 60),
    Column("Tot en met", 20),
    Column("Bekijken", 20),
)
_CHECKS = (
    Column("Product", 52, bold=True),
    Column("Groot of gevoelig", 26),
    Column("DPIA", 34),
    Column("Pseudoniem", 26),
    Column("Vuistregels", 28),
)
_OTHERS = (Column("Wie", 44, bold=True), Column("Wat", 66), Column("Waarvoor", 56))
_PLACES = (Column("Geplaatst op", 34, bold=True), Column("Waar", 100), Column("Door", 32))


# — the list for parents —


def parents_intro(school: SchoolPaper) -> tuple[str, ...]:
    """What stands above the list, on paper and on the website."""
    return (
        "Onze school gebruikt programma's en diensten van bedrijven. Daarvoor krijgen die "
        "bedrijven gegevens van kinderen. Hier leest u wie dat zijn, welke gegevens zij krijgen, "
        "waarvoor, waar die staan en sinds wanneer.",
        f"{controller(school)} blijft verantwoordelijk. De bedrijven mogen de gegevens alleen "
        "gebruiken voor wat hier staat. De wet vraagt dat wij dat met elk bedrijf vastleggen in "
        "een verwerkersovereenkomst (AVG artikel 28).",
    )


def parents_outro(school: SchoolPaper) -> str:
    """What stands below it: whom to ask, and where to complain (AVG 13)."""
    return (
        f"U mag de gegevens van uw kind inzien en laten verbeteren. {questions(school)} Bent u "
        "niet tevreden, dan kunt u een klacht indienen bij de Autoriteit Persoonsgegevens (AP), "
        "autoriteitpersoonsgegevens.nl."
    )


NO_COMPANY = "Op deze lijst staat nu geen bedrijf."
OTHERS_HEADING = "Wie er nog meer gegevens krijgt"
OTHERS_INTRO = (
    "Deze organisaties krijgen gegevens omdat de wet of een taak dat vraagt. Zij zijn er zelf "
    "verantwoordelijk voor."
)


def parents_fields(told: Told) -> tuple[tuple[str, str], ...]:
    """One line of the list as labels and texts; empty where the school knows nothing yet."""
    since = dutch_date(told.since) if told.since else ""
    what = " ".join(filter(None, (told.about, _sentence("; ".join(told.what)))))
    return (
        ("Welke gegevens", what or "Dit is nog niet bekend."),
        ("Waarvoor", _sentence(told.why)),
        ("Waar", told.where),
        ("Hoelang", _sentence(told.kept)),
        ("Sinds", since),
        ("Let op", told.until if told.company else ""),
        ("Wet of taak", "" if told.company else told.until),
    )


def parents_title(told: Told) -> str:
    """``Rekenaar, van Cijferwerk · digitaal leermiddel``."""
    if not told.company:
        return told.who
    kind = told.kind[:1].lower() + told.kind[1:] if told.kind[1:2].islower() else told.kind
    return f"{told.who}, van {told.company} · {kind}"


def parents_list(
    products: Sequence[Told], recipients: Sequence[Told], school: SchoolPaper, made: Made
) -> bytes:
    """The list that parents have a right to, in their words.

    :raises KnownError: ``paper.missing_glyph``, ``paper.text_too_long``
    """

    def draw(flow: Flow) -> None:
        for text in parents_intro(school):
            flow.paragraph(text)
        flow.heading("Bedrijven", needs=30)
        for each in products:
            flow.block(parents_title(each), parents_fields(each))
        if not products:
            flow.paragraph(NO_COMPANY)
        if recipients:
            flow.heading(OTHERS_HEADING, needs=30)
            flow.paragraph(OTHERS_INTRO)
            for each in recipients:
                flow.block(parents_title(each), parents_fields(each))
        flow.heading("Vragen of klachten", needs=20)
        flow.paragraph(parents_outro(school))

    return flowing(PARENTS_TITLE, school, made, draw)


def _sentence(text: str) -> str:
    """With a capital and a full stop."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


# — the overview for the board —


@dataclass(frozen=True, slots=True)
class BoardPaper:
    """What a board sees, as texts in the order of the columns.

    :param counts: how many products stand how, worst first
    """

    counts: tuple[tuple[str, str], ...]
    products: tuple[tuple[str, ...], ...]
    checks: tuple[tuple[str, ...], ...]
    others: tuple[tuple[str, ...], ...]
    places: tuple[tuple[str, ...], ...]
    unread: int
    undecided: int


def board_overview(board: BoardPaper, school: SchoolPaper, made: Made) -> bytes:
    """Every product with what is missing, worst first, and what else a board must know.

    :raises KnownError: ``paper.missing_glyph``, ``paper.text_too_long``
    """

    def draw(flow: Flow) -> None:
        flow.paragraph(f"Stand op {dutch_date(made.on)}.")
        if board.counts:
            flow.table(_COUNTS, board.counts)
        flow.heading("Producten, het ergste bovenaan", needs=30)
        _table(flow, _PRODUCTS, board.products, "Er staat nog geen product vast.")
        flow.heading("Vragen per product (AVG artikel 5, 6 en 35)", needs=30)
        _table(flow, _CHECKS, board.checks, "Er staat nog geen product vast.")
        flow.heading("Ontvangers die geen leverancier zijn", needs=24)
        _table(flow, _OTHERS, board.others, "Er staat nog niemand vast.")
        flow.heading("De lijst voor ouders", needs=24)
        _table(flow, _PLACES, board.places, "De lijst is nog niet geplaatst.")
        if board.unread:
            flow.paragraph(f"Regels die ouders nog niet zo kunnen lezen: {board.unread}.")
        if board.undecided:
            flow.paragraph(
                f"Verzoeken om een app waarover nog niet is besloten: {board.undecided}."
            )

    return flowing(BOARD_TITLE, school, made, draw)


def _table(
    flow: Flow, columns: Sequence[Column], rows: Sequence[Sequence[str]], empty: str
) -> None:
    if rows:
        flow.table(columns, rows)
    else:
        flow.paragraph(empty)


# — the page to ask on —

_ASKED = (
    ("Naam van wie het vraagt, en datum", 1),
    ("Naam van de app of website, en het adres", 1),
    ("Waarvoor wilt u het gebruiken? Wat leren kinderen ermee?", 2),
    ("Welke groep of groepen, en hoe lang?", 1),
    ("Wat vullen kinderen of u in? (naam, foto, e-mailadres, resultaten, filmpjes …)", 2),
    ("Moet een kind een account maken? Kan het ook zonder naam?", 1),
    ("Wat kost het? Is er reclame in te zien?", 1),
)
_DECIDED = (
    ("Besluit van de directie: ja / nee, en de reden", 2),
    ("Naam, datum en handtekening", 1),
)


def wish_form(school: SchoolPaper, made: Made) -> bytes:
    """One page on which a teacher asks for an app, and the director decides.

    :raises KnownError: ``paper.text_too_long``
    """

    def draw(flow: Flow) -> None:
        flow.paragraph(
            "Vraag eerst, gebruik daarna. Vul dit in en geef het aan de directie. Gebruik de app "
            "pas als de directie ja zegt, en als er een verwerkersovereenkomst en een "
            "privacybijsluiter zijn."
        )
        for label, lines in _ASKED:
            flow.blank(label, lines)
        flow.heading("In te vullen door de directie")
        for label, lines in _DECIDED:
            flow.blank(label, lines)
        flow.paragraph("Leg het besluit daarna vast bij Leveranciers.", SMALL)

    return flowing(WISH_TITLE, school, made, draw)
