"""The bijsluiter and the beveiligingsbijlage in the window, typed over from paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from schoolprivacy.errors import sentence
from schoolprivacy.school import School
from schoolprivacy.suppliers.board import BoardRow
from schoolprivacy.suppliers.sheet_terms import (
    NEEDS_DETAIL,
    Annex,
    AnnexEntry,
    Bijsluiter,
    BijsluiterEntry,
    Certificate,
    Data,
    Level,
    Option,
    Place,
    Safeguard,
    Shared,
    Subject,
    SubProcessor,
)
from schoolprivacy.suppliers.sheets import record_annex, record_bijsluiter
from schoolprivacy.suppliers.terms import State, Step
from tests.suppliers.builders import ANNEX, BIJSLUITER
from tests.ui.hands import focused, modal, press, texts
from tests.ui.okr_bench import buttons
from tests.ui.suppliers_bench import again, asked, standing, suppliers
from ui.fields import show_date
from ui.main_window import MainWindow

ISSUED = date(2026, 9, 1)
PAPER = BijsluiterEntry(
    "2.1",
    ISSUED,
    "Rekenen op eigen niveau",
    ("Oefenen", "Overzicht voor de leerkracht"),
    (Option("Voorlezen", True, (Shared(Data.IMAGES, "stemopname"),)),),
    ("oefenen",),
    (Subject.PUPILS, Subject.STAFF),
    (Shared(Data.CONTACT, "voornaam"), Shared(Data.PROGRESS)),
    "een jaar na het gebruik",
    (Place("Nederland"), Place("India", Safeguard.CLAUSES)),
    (SubProcessor("Rekencentrum Noord", "opslag", Place("Duitsland")),),
)
ANNEX_PAPER = AnnexEntry(
    "1.1",
    ISSUED,
    "versleuteld",
    Level.MIDDLE,
    Level.UNKNOWN,
    Level.HIGH,
    (Certificate("ISO 27001", date(2028, 3, 1)), Certificate("Pentest")),
    "intern, mei 2026",
    "helpdesk, 088 000 00 00",
    24,
)


class Keys:
    """Somebody who types over a paper, with the keyboard only."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    def type(self, text: str) -> None:
        """Type in the field with the keyboard, and go on to the next."""
        where = focused(self._qtbot)
        lines = text.split("\n")
        for number, line in enumerate(lines):
            self._qtbot.keyClicks(where, line)
            if number < len(lines) - 1:
                self._qtbot.keyClick(where, Qt.Key.Key_Return)
        self.tab()

    def tab(self, times: int = 1) -> None:
        """Go on."""
        for _ in range(times):
            QApplication.processEvents()  # a row that comes is shown by then
            offered = QApplication.activePopupWidget()  # words, of which none is taken
            if offered is None:
                _active(self._qtbot, modal(self._qtbot))  # after words that went by themselves
            self._qtbot.keyClick(offered or focused(self._qtbot), Qt.Key.Key_Tab)

    def tick(self) -> None:
        """Tick the box with the keyboard, and go on."""
        self._qtbot.keyClick(focused(self._qtbot), Qt.Key.Key_Space)
        self.tab()

    def down(self, times: int) -> None:
        """A later line of a choice, and go on."""
        for _ in range(times):
            self._qtbot.keyClick(focused(self._qtbot), Qt.Key.Key_Down)
        self.tab()

    def until(self, field: QWidget) -> None:
        """Tab until the keyboard is in this field; fails when it never comes there."""
        for _ in range(80):
            if focused(self._qtbot) is field:
                return
            self.tab()
        raise AssertionError(field.accessibleName())

    def save(self) -> None:
        """Ctrl+Enter, wherever the keyboard is."""
        where = focused(self._qtbot)
        self._qtbot.keyClick(where, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def _page(window: MainWindow, row: BoardRow) -> Any:
    return suppliers(window, product=row.file.product.id).product


def _at_bijsluiter(window: MainWindow, row: BoardRow) -> Any:
    page = _page(window, row)
    page.show_part(page.bijsluiter)
    return page


def _started(window: MainWindow, row: BoardRow, step: Step, qtbot: QtBot) -> Any:
    _page(window, row).start(step)
    return _active(qtbot, modal(qtbot))


def _active(qtbot: QtBot, dialog: Any) -> Any:
    """Give the dialogue the keyboard: drawn offscreen, nobody else does."""
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def _take_away(qtbot: QtBot, part: QWidget) -> None:
    """Press the button as soon as the part shows what was recorded."""
    qtbot.waitUntil(lambda: "Weghalen" in buttons(part))
    press(qtbot, part, "Weghalen")


def _bijsluiter(school: School, row: BoardRow) -> Bijsluiter:
    found = again(school, row).file.bijsluiter
    assert found is not None
    return found


def _annex(school: School, row: BoardRow) -> Annex:
    found = again(school, row).file.annex
    assert found is not None
    return found


def _said(sheet: BijsluiterEntry | AnnexEntry) -> tuple[object, ...]:
    """What a sheet says, without when and by whom it was typed over."""
    kind = BijsluiterEntry if isinstance(sheet, BijsluiterEntry) else AnnexEntry
    return tuple(getattr(sheet, name) for name in kind.__dataclass_fields__)


def test_a_whole_bijsluiter_by_keyboard(window: MainWindow, demo: School, qtbot: QtBot) -> None:
    row = standing(demo, State.NO_BIJSLUITER)
    dialog = _started(window, row, Step.BIJSLUITER, qtbot)
    keys = Keys(qtbot)
    assert focused(qtbot) is dialog.fields["version"]
    keys.type("2.1")
    keys.type("1-9-2026")
    keys.type("Rekenen op eigen niveau")
    keys.type("Oefenen\nOverzicht voor de leerkracht")
    keys.type("oefenen")
    keys.until(dialog.subjects[Subject.STAFF])
    keys.tick()
    keys.tick()
    keys.type("voornaam")
    keys.until(dialog.data.ticks[Data.PROGRESS])
    keys.tick()
    option = dialog.options.fields()[0]
    keys.until(option.name)
    keys.type("Voorlezen")
    keys.tick()
    keys.until(option.data.ticks[Data.IMAGES])
    keys.tick()
    keys.type("stemopname")
    keys.until(dialog.retention)
    keys.type("een jaar na het gebruik")
    keys.type("Nederland")
    keys.until(dialog.places.fields()[1].country)
    keys.type("India")
    keys.down(2)
    keys.until(dialog.others.fields()[0].name)
    keys.type("Rekencentrum Noord")
    keys.type("opslag")
    keys.type("Duitsland")
    keys.save()
    assert _said(_bijsluiter(demo, row)) == _said(PAPER)
    assert State.NO_BIJSLUITER not in {each.state for each in again(demo, row).findings}


def test_the_safeguard_is_only_asked_outside_the_eea(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    dialog = _started(window, standing(demo, State.NO_BIJSLUITER), Step.BIJSLUITER, qtbot)
    place, other = dialog.places.fields()[0], dialog.others.fields()[0]
    for line in (place, other):
        assert not line.safeguard.isVisible()
        line.country.setText("India")
        assert line.safeguard.isVisible()
        line.safeguard._choice.choose(Safeguard.ADEQUACY)
        assert "zo'n besluit hier niet bekend" in texts(line)
        line.country.setText("Verenigde Staten")
        assert "Data Privacy Framework" in texts(line)
        line.country.setText("Japan")
        assert "Wat beschermt de gegevens daar?" in texts(line)
        line.country.setText("belgie")
        assert not line.safeguard.isVisible()


def test_a_new_version_begins_with_what_the_present_one_says(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row = standing(demo, State.IN_ORDER)
    record_bijsluiter(demo, row.file.product.id, PAPER)
    page = _at_bijsluiter(window, row)
    dialog = asked(qtbot, page.bijsluiter, "Nieuwe versie…")
    assert not dialog.fields["version"].text()
    dialog.fields["version"].setText("3.0")
    dialog.fields["issued"].setText("2-9-2026")
    dialog.options.fields()[0].ticked.setChecked(False)
    press(qtbot, dialog, "Vastleggen")
    found = _bijsluiter(demo, row)
    assert (found.version, found.options[0].ticked) == ("3.0", False)
    assert _said(found)[5:] == _said(PAPER)[5:]
    assert Data.IMAGES not in {each.data for each in found.all_shared}
    before = again(demo, row).file.bijsluiters
    assert [each.version for each in before[:2]] == ["3.0", "2.1"]


def test_an_earlier_version_can_be_looked_at(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row = standing(demo, State.IN_ORDER)
    first = _bijsluiter(demo, row)
    record_bijsluiter(demo, row.file.product.id, PAPER)
    page = _at_bijsluiter(window, row)
    assert "Geldt niet meer" not in texts(page.bijsluiter)
    page.bijsluiter._choose(first.id)
    qtbot.waitUntil(lambda: "Geldt niet meer" in texts(page.bijsluiter))
    assert first.retention in texts(page.bijsluiter)


def test_what_is_of_staff_alone_says_that_parents_do_not_read_it(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row = standing(demo, State.IN_ORDER)
    page = _at_bijsluiter(window, row)
    said = "alleen gegevens van medewerkers"
    assert said not in texts(page.bijsluiter)
    of_staff = replace(PAPER, version="9", subjects=(Subject.STAFF,))
    record_bijsluiter(demo, row.file.product.id, of_staff)
    page.desk.tell_change()
    qtbot.waitUntil(lambda: said in texts(page.bijsluiter))
    assert [each.why for each in again(demo, row).findings] == ["told_still"]


def test_an_older_paper_is_kept_and_does_not_hold(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row = standing(demo, State.IN_ORDER)
    holds = _bijsluiter(demo, row)
    page = _at_bijsluiter(window, row)
    dialog = asked(qtbot, page.bijsluiter, "Nieuwe versie…")
    dialog.fields["version"].setText("0.9")
    dialog.fields["issued"].setText(show_date(holds.issued_on - timedelta(days=1)))
    press(qtbot, dialog, "Vastleggen")
    told = "De bijsluiter die al geldt is nieuwer, en blijft gelden."
    qtbot.waitUntil(lambda: told in texts(window))
    assert _bijsluiter(demo, row) == holds
    assert len(again(demo, row).file.bijsluiters) == 2


def test_the_keyboard_stays_on_the_page_after_a_change(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    page = _at_bijsluiter(window, standing(demo, State.IN_ORDER))
    found = page.bijsluiter.findChildren(QAbstractButton)
    next(each for each in found if "Verbeteren" in each.text().replace("&", "")).setFocus()
    dialog = asked(qtbot, page.bijsluiter, "Verbeteren…")
    dialog.retention.setText("twee jaar")
    press(qtbot, dialog, "Vastleggen")

    def held() -> None:
        at = window.focusWidget()
        assert isinstance(at, QAbstractButton) and page.bijsluiter.isAncestorOf(at)
        assert "Verbeteren" in at.text().replace("&", "") and at.isVisible()

    qtbot.waitUntil(held)


def test_a_bijsluiter_is_corrected_removed_and_put_back(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row = standing(demo, State.IN_ORDER)
    page = _at_bijsluiter(window, row)
    dialog = asked(qtbot, page.bijsluiter, "Verbeteren…")
    dialog.retention.setText("twee jaar")
    press(qtbot, dialog, "Vastleggen")
    found = _bijsluiter(demo, row)
    assert (found.retention, len(again(demo, row).file.bijsluiters)) == ("twee jaar", 1)
    _take_away(qtbot, page.bijsluiter)
    assert again(demo, row).state is State.NO_BIJSLUITER
    press(qtbot, window, "Ongedaan maken")
    assert _bijsluiter(demo, row) == found


def test_what_is_wrong_in_a_row_is_told_at_the_row(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row = standing(demo, State.NO_BIJSLUITER)
    dialog = _started(window, row, Step.BIJSLUITER, qtbot)
    press(qtbot, dialog, "Vastleggen")
    assert "Vul de dag in." in texts(dialog)
    dialog.fields["version"].setText("1")
    dialog.fields["issued"].setText("1-9-2026")
    dialog.data.ticks[Data.OTHER].setChecked(True)
    option, other = dialog.options.fields()[0], dialog.others.fields()[0]
    option.ticked.setChecked(True)
    other.task.setText("opslag")
    press(qtbot, dialog, "Vastleggen")
    assert not again(demo, row).file.bijsluiters
    assert dialog.data.told.text() == sentence("supplier_field.data_detail")
    assert option.told.isVisible()
    assert other.told.text() == sentence("supplier_field.sub_processor")
    assert focused(qtbot) is dialog.data.details[Data.OTHER]
    dialog.data.details[Data.OTHER].setText("pasfoto")
    assert not dialog.data.told.isVisible()
    option.name.setText("Voorlezen")
    option.data.ticks[Data.OTHER].setChecked(True)
    other.name.setText("Rekencentrum Noord")
    press(qtbot, dialog, "Vastleggen")
    assert focused(qtbot) is option.data.details[Data.OTHER]
    option.data.details[Data.OTHER].setText("stem")
    press(qtbot, dialog, "Vastleggen")
    found = _bijsluiter(demo, row)
    assert found.shared == (Shared(Data.OTHER, "pasfoto"),)
    assert found.options == (Option("Voorlezen", True, (Shared(Data.OTHER, "stem"),)),)


def test_at_200_percent_the_first_wrong_row_is_scrolled_to(
    look: Callable[..., None], make_window: Callable[[], MainWindow], demo: School, qtbot: QtBot
) -> None:
    """What is told at the fields above it pushes it down once it was found."""
    look(zoom=2.0)
    row = standing(demo, State.NO_BIJSLUITER)
    dialog = _started(make_window(), row, Step.BIJSLUITER, qtbot)
    dialog.fields["version"].setText("1")
    dialog.fields["issued"].setText("1-9-2026")
    for each in dialog.data.ticks.values():
        each.setChecked(True)
    other = dialog.others.fields()[0]
    other.task.setText("opslag")
    for needed in NEEDS_DETAIL:
        dialog.data.details[needed].setText("pasfoto")
    press(qtbot, dialog, "Vastleggen")
    assert focused(qtbot) is other.name
    qtbot.waitUntil(lambda: _is_seen(other.name) and _is_seen(other.told))


def _is_seen(field: QWidget) -> bool:
    """The whole of it stands in what is scrolled to, and in the dialogue."""
    return bool(field.isVisible()) and field.visibleRegion().boundingRect() == field.rect()


def test_a_row_taken_away_is_asked_about_on_closing(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row = standing(demo, State.IN_ORDER)
    record_bijsluiter(demo, row.file.product.id, BIJSLUITER)
    page = _at_bijsluiter(window, row)
    dialog = _active(qtbot, asked(qtbot, page.bijsluiter, "Verbeteren…"))
    assert not dialog.is_filled_in()
    dialog.options._remove(dialog.options.fields()[0])
    qtbot.keyClick(focused(qtbot), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: modal(qtbot) is not dialog)
    assert "nog niet is opgeslagen" in modal(qtbot).text()
    press(qtbot, modal(qtbot), "Terug")
    press(qtbot, dialog, "Vastleggen")
    assert [each.name for each in _bijsluiter(demo, row).options] == ["Ouderportaal"]


def test_a_whole_annex_by_keyboard(window: MainWindow, demo: School, qtbot: QtBot) -> None:
    row = standing(demo, State.NO_ANNEX)
    dialog = _started(window, row, Step.ANNEX, qtbot)
    keys = Keys(qtbot)
    keys.type("1.1")
    keys.type("1-9-2026")
    keys.type("versleuteld")
    keys.down(2)
    keys.tab()
    keys.down(3)
    keys.type("intern, mei 2026")
    keys.type("helpdesk, 088 000 00 00")
    keys.type("24")
    keys.type("ISO 27001")
    keys.type("1-3-2028")
    keys.until(dialog.certificates.fields()[1].name)
    keys.type("Pentest")
    keys.save()
    assert _said(_annex(demo, row)) == _said(ANNEX_PAPER)


def test_the_day_of_a_certificate_is_never_dropped(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row = standing(demo, State.NO_ANNEX)
    dialog = _started(window, row, Step.ANNEX, qtbot)
    dialog.fields["version"].setText("1")
    dialog.fields["issued"].setText("1-9-2026")
    dialog.fields["hours"].setText("een dag")
    line = dialog.certificates.fields()[0]
    line.name.setText("ISO 27001")
    line.ends.setText("31-2-2028")
    press(qtbot, dialog, "Vastleggen")
    assert "Vul een aantal uren in" in texts(dialog)
    assert "Dit is geen datum." in line.told.text()
    dialog.fields["hours"].clear()
    press(qtbot, dialog, "Vastleggen")
    assert focused(qtbot) is line.ends
    assert not again(demo, row).file.annexes
    line.ends.setText("28-2-2028")
    press(qtbot, dialog, "Vastleggen")
    assert _annex(demo, row).certificates == (Certificate("ISO 27001", date(2028, 2, 28)),)


def test_an_annex_is_corrected_removed_and_put_back(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row = standing(demo, State.IN_ORDER)
    record_annex(demo, row.file.product.id, ANNEX_PAPER)
    page = _page(window, row)
    page.show_part(page.annex)
    assert "binnen 24 uur" in texts(page.annex)
    dialog = asked(qtbot, page.annex, "Verbeteren…")
    assert _said(dialog.entry()) == _said(ANNEX_PAPER)
    dialog.fields["measures"].setPlainText(ANNEX.measures)
    press(qtbot, dialog, "Vastleggen")
    found = _annex(demo, row)
    assert found.measures == ANNEX.measures
    _take_away(qtbot, page.annex)
    assert _annex(demo, row).version != found.version
    press(qtbot, window, "Ongedaan maken")
    assert _annex(demo, row) == found


def test_who_only_reads_sees_the_sheets_and_no_buttons(
    window: MainWindow, demo: School, monkeypatch: Any
) -> None:
    row = standing(demo, State.IN_ORDER)
    monkeypatch.setattr(type(demo), "read_only", property(lambda _: True))
    page = _page(window, row)
    for part in (page.bijsluiter, page.annex):
        page.show_part(part)
        assert "vastgelegd op" in texts(part)
        assert not buttons(part)
