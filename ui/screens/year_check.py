"""Step 3: what is missing of the pupils and their people, and the page for parents to check it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy

from schoolprivacy.consents.before import unsure_signers
from schoolprivacy.consents.printing import Whom
from schoolprivacy.consents.rounds.checking import (
    count_check_pages,
    print_check_pages,
    sample_check_pages,
)
from schoolprivacy.consents.rounds.terms import Round, Step
from schoolprivacy.people.addresses import with_secret_address, without_address
from schoolprivacy.people.directory import directory, groups
from schoolprivacy.people.names import group_label
from schoolprivacy.school import School
from ui import messages
from ui.desk import Desk, Place
from ui.fields import Fields, button, choice, label, row
from ui.screens.year_paper import PaperPart, Wanted
from ui.screens.year_papers_kinds import letters_asked, letters_told, once_more
from ui.screens.year_step import YearStep
from ui.theme import px
from ui.tiles import Tile
from ui.words import tr

_WIDE = 620  # pixels at zoom 1 from which four tiles stand beside one another


@dataclass(frozen=True, slots=True)
class Gaps:
    """How many pupils are on each list that this step opens; no name and no address."""

    alone: int
    unsure: int
    homeless: int
    secret: int


class CheckStep(YearStep):
    """Figures that open their lists; beneath them the page that parents correct."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            Step.CHECK,
            tr("Gegevens controleren"),
            tr("Kloppen de gezinnen en adressen? Dan komt elke brief op de goede plek."),
        )
        self.tiles = [Tile(desk) for _ in range(4)]
        self._tile_grid = QGridLayout()
        self._tile_grid.setSpacing(px(10))
        for each in self.tiles:
            each.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.group = choice([(tr("De hele school"), None)])
        self._fields = Fields()
        self._fields.add("group", tr("Voor w&ie?"), self.group)
        self.paper = PaperPart(desk)
        self._build()
        self._fields.changed.connect(self._look)

    def _build(self) -> None:
        self.content.addLayout(self._tile_grid)
        self._lay_tiles(2)
        said = tr(
            "Vul aan in uw leerlingadministratie en importeer opnieuw, of verander het hier bij "
            "de leerling."
        )
        self.content.addWidget(label(said, "muted", wrap=True))
        self.content.addWidget(label(tr("Controleer uw gegevens"), "heading"))
        text = tr(
            "Een brief voor de ouders met wat de school van hen heeft. Zij verbeteren wat niet "
            "klopt. Een geheim adres of nummer staat er nooit op."
        )
        self.content.addWidget(label(text, wrap=True))
        to_las = button(
            tr("Verbeteringen voor het LAS"), lambda: self.desk.go("las-list"), icon="list"
        )
        self.content.addWidget(self._fields)
        self.content.addWidget(self.paper)
        self.content.addWidget(row(to_las, None))
        self.content.addStretch(1)

    # — showing —

    def show_round(self, round_: Round) -> None:
        with messages.told(self):
            school = self.desk.school
            self._offer_groups(groups(school))
            self._look()
            self.desk.read(lambda: read_gaps(school), self._show)

    def focus_first(self) -> None:
        self.tiles[0].setFocus()

    def _show(self, found: Gaps) -> None:
        without, signs = tr("niemand om te vragen"), tr("van wie tekende")
        figures = (
            ("users", tr("Geen ouder"), found.alone, without, "without_guardians"),
            ("circle-help", tr("Gezag onbekend"), found.unsure, signs, "unknown_authority"),
            (
                "mail",
                tr("Geen adres"),
                found.homeless,
                tr("brief mee in de klas"),
                "without_address",
            ),
            ("lock", tr("Geheim adres"), found.secret, tr("kijk of dit nog klopt"), "secret"),
        )
        for tile, (icon, name, many, small, only) in zip(self.tiles, figures, strict=True):
            place = Place("pupils", {"only": only})
            bad = bool(many) and only in ("without_guardians", "unknown_authority")
            tile.show_figure(icon, name, str(many), small, place, bad=bad)

    def _offer_groups(self, names: list[str]) -> None:
        chosen = self.group.value()
        self.group.blockSignals(True)
        self.group.offer(
            [(tr("De hele school"), None), *((group_label(each), each) for each in names)]
        )
        self.group.choose(chosen)
        self.group.blockSignals(False)

    def _look(self) -> None:
        self.paper.show_wanted(check_pages(self.group.value()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_tiles(4 if self.width() >= px(_WIDE) else 2)

    def _lay_tiles(self, columns: int) -> None:
        for place, tile in enumerate(self.tiles):
            self._tile_grid.addWidget(tile, *divmod(place, columns))


def read_gaps(school: School) -> Gaps:
    """Count what each list holds, as the list itself does."""
    alone = sum(not each.guardians for each in directory(school))
    return Gaps(
        alone,
        len(unsure_signers(school)),
        len(without_address(school)),
        len(with_secret_address(school)),
    )


# — the page for parents —


def check_pages(group: str | None) -> Wanted:
    """The pages of one group, or of the whole school."""
    ending = f"-{group_label(group)}" if group else ""
    return Wanted(
        tr("Controleer uw gegevens"),
        tr("controleer-uw-gegevens") + ending,
        print_check_pages,
        sample_check_pages,
        {**(Whom(group=group) if group else Whom())},
        count_check_pages,
        None,
        letters_told,
        letters_asked,
        once_more,
    )
