"""A new product through the windows: from its name to "in order" and told to parents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from schoolprivacy.overview.due import due
from schoolprivacy.paper.preview import page_count
from schoolprivacy.school import School
from schoolprivacy.suppliers.board import BoardRow, board
from schoolprivacy.suppliers.sheet_terms import Data
from schoolprivacy.suppliers.telling import publications, unread
from schoolprivacy.suppliers.terms import Basic, State, Step, YesNo
from tests.ui.hands import focused, modal, press, texts
from tests.ui.stage import desk_of, screen_of
from ui import files, preview
from ui.jobs import is_busy
from ui.main_window import MainWindow

NAME = "Sterrenkijker"


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's PDF printer: the only thing here that is not the program itself."""
    target = tmp_path / "printed.pdf"

    def choose(printer: QPrinter, *_: object) -> bool:
        printer.setResolution(72)
        printer.setOutputFileName(str(target))
        return True

    monkeypatch.setattr(preview, "ask_printer", choose)
    return target


class Director:
    """Somebody who brings one product in order."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window

    @property
    def screen(self) -> Any:
        return screen_of(self.window, "suppliers")

    @property
    def school(self) -> School:
        return desk_of(self.window).school

    @property
    def row(self) -> BoardRow:
        return next(each for each in board(self.school).rows if each.name == NAME)

    def asked(self) -> Any:
        return modal(self.qtbot)

    def step(self, step: Step) -> Any:
        """Press the button that stands with a finding."""
        self.screen.product.show_part(self.screen.product.todo)
        assert step in {each.step for each in self.row.findings}
        self.screen.product.start(step)
        return self.asked()

    def fill(self, dialog: Any, **values: Any) -> None:
        for name, value in values.items():
            field = dialog.fields[name]
            (field.choose if hasattr(field, "choose") else field.setText)(value)

    def save(self, dialog: Any, text: str = "Vastleggen") -> None:
        press(self.qtbot, dialog, text)
        self.qtbot.waitUntil(lambda: not (isValid(dialog) and dialog.isVisible()))

    def new_product(self) -> None:
        """The product, of a company that is not on record."""
        press(self.qtbot, self.window, "Nieuw product…")
        dialog = self.asked()
        self.fill(dialog, name=NAME, company="Nachthemel", used_for="les over sterren")
        self.fill(dialog, since="1-9-2026")
        self.save(dialog)
        assert self.screen.detail_to_reopen() == {"product": self.row.file.product.id}
        assert self.row.state is State.NO_AGREEMENT
        assert "Geen overeenkomst" in texts(self.screen)

    def bring_papers(self) -> None:
        """Its papers, each by the button of its finding."""
        dialog = self.step(Step.AGREEMENT)
        self.fill(dialog, begins="1-9-2026", school_on="1-9-2026", school_by="V. Voorbeeld")
        self.save(dialog)
        assert self.row.state is State.NOT_SIGNED
        dialog = self.step(Step.SIGN)
        self.fill(dialog, supplier_on="2-9-2026", supplier_by="D. Verzinner")
        self.save(dialog)
        dialog = self.step(Step.BIJSLUITER)
        self.fill(dialog, version="1.0", issued="1-9-2026")
        dialog.data.ticks[Data.CONTACT].setChecked(True)
        dialog.data.details[Data.CONTACT].setText("voornaam")
        dialog.places.fields()[0].country.setText("Nederland")
        self.save(dialog)
        dialog = self.step(Step.ANNEX)
        self.fill(dialog, version="1.0", issued="1-9-2026")
        self.save(dialog)
        assert self.row.state is State.INCOMPLETE

    def answer(self) -> None:
        """What the school itself must have thought of."""
        dialog = self.step(Step.PRODUCT)
        self.fill(dialog, sensitive=YesNo.NO, pseudonym=YesNo.NO, pseudonym_why="geen inlog")
        for each in Basic:
            dialog.basics[each].choose(YesNo.YES)
        self.save(dialog, "Opslaan")
        assert [each.state for each in self.row.findings] == [State.NOT_TOLD]

    def print_paper(self, number: int) -> None:
        """A paper of the menu, as it is printed."""
        press(self.qtbot, self.window, "Afdrukken…")
        self.screen.menu.actions()[number].trigger()
        self.screen.menu.close()
        self.qtbot.waitUntil(lambda: not is_busy())
        dialog = self.asked()
        press(self.qtbot, dialog, "Afdrukken…")
        self.qtbot.waitUntil(lambda: not is_busy() and not isValid(dialog), timeout=30_000)


def test_from_a_new_product_to_parents_who_can_read_it(
    window: MainWindow,
    demo: School,
    qtbot: QtBot,
    printed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    director = Director(qtbot, window)
    desk_of(window).go("suppliers")

    director.new_product()
    director.bring_papers()
    director.answer()

    # Parents: a letter to each family, and the list on the website.
    director.print_paper(1)
    pages = page_count(printed.read_bytes())
    assert pages > 10  # drawn as pictures: what stands on them is tried with the papers
    director.screen.product.start(Step.PUBLISH)
    qtbot.waitUntil(director.screen.parents.isVisible)
    page = tmp_path / "lijst.html"
    monkeypatch.setattr(files, "choose_new_file", lambda *_: page)
    press(qtbot, director.screen.parents, "Als webpagina…")
    assert NAME in page.read_text(encoding="utf-8")
    press(qtbot, director.screen.parents, "Geplaatst vastleggen…")
    dialog = director.asked()
    director.fill(dialog, place="website, pagina Privacy")
    director.save(dialog)
    assert publications(demo)[0].place == "website, pagina Privacy" and unread(demo) == []

    # In order: on its page, in the list, and no longer counted on the overview.
    assert director.row.state is State.IN_ORDER
    desk_of(window).go("suppliers", product=director.row.file.product.id)
    assert "in orde" in texts(director.screen)
    buttons = director.screen.product.todo.findChildren(QPushButton)
    assert not [each for each in buttons if each.isVisible()]
    assert not any(each.kind == "suppliers_unread" for each in due(demo))
    focused(qtbot)
    director.screen.product.focus_first()
    qtbot.keyClick(director.screen.product.tabs.tabBar(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not director.screen.detail_to_reopen())
