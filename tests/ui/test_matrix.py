"""The board of consents: its model, how it is walked and how it is drawn."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.board import ConsentTable
from schoolprivacy.consents.terms import Answer
from tests.ui.board_builders import a_large_board, a_placed, a_purpose, page_through
from ui import theme
from ui.answers import Sign, signs
from ui.matrix import EVERY_ANSWER, GROUP, MatrixModel, Order, Wanted
from ui.matrix_view import Matrix
from ui.pills import draw_pill, pill_size

YES, NO, OPEN = Answer.GRANTED, Answer.REFUSED, Answer.NO_ANSWER
VERTICAL = Qt.Orientation.Vertical


@pytest.fixture
def model(qapp: object) -> MatrixModel:
    """Three pupils, two purposes; by group as the school reads them."""
    made = MatrixModel()
    table = ConsentTable(
        (
            a_placed("sluis", "Nynke | van der | Sluis", "Groep 2"),
            a_placed("zoltan", "Élise | | Żółć", "Groep 2"),
            a_placed("bos", "Zora | | Bos", "Groep 10"),
            a_placed("aa", "Mo | | Aa"),
        ),
        (a_purpose("website"), a_purpose("facebook", all_must_agree=True)),
        ((YES, NO), (YES, YES), (OPEN, NO), (NO, OPEN)),
    )
    made.replace(table)
    made.arrange(Order.SURNAME, Wanted())
    return made


def names(model: MatrixModel) -> list[str]:
    return [str(model.headerData(row, VERTICAL)) for row in range(model.rowCount())]


def found(model: MatrixModel, **wanted: object) -> list[str]:
    model.arrange(Order.SURNAME, Wanted(**wanted))  # type: ignore[arg-type]
    return [model.pupil(row).pupil.id for row in range(model.rowCount())]


# — the model —


def test_qt_finds_the_model_sound(model: MatrixModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)


def test_sorted_by_surname_call_name_or_group(model: MatrixModel) -> None:
    assert names(model) == ["Aa, Mo", "Bos, Zora", "Sluis, Nynke van der", "Żółć, Élise"]
    model.arrange(Order.CALL_NAME, Wanted())
    assert names(model) == ["Élise Żółć", "Mo Aa", "Nynke van der Sluis", "Zora Bos"]
    model.arrange(Order.GROUP, Wanted())
    groups = [model.headerData(row, VERTICAL, GROUP) for row in range(4)]
    assert groups == ["Groep 2", "Groep 2", "Groep 10", ""]


@pytest.mark.parametrize(
    ("wanted", "rows"),
    [
        ({"words": "elise zol"}, ["zoltan"]),
        ({"words": "GROEP 2"}, ["sluis", "zoltan"]),
        ({"words": "lise"}, []),
        ({"group": "Groep 10"}, ["bos"]),
        ({"group": ""}, ["aa"]),
        ({"answers": frozenset({OPEN})}, ["aa", "bos"]),
        ({"answers": frozenset({OPEN}), "purpose": "website"}, ["bos"]),
        ({"answers": EVERY_ANSWER - {YES}, "purpose": "website"}, ["aa", "bos"]),
        ({"answers": frozenset({Answer.CONFLICT})}, []),
        ({"answers": frozenset({YES}), "group": "Groep 2", "words": "sl"}, ["sluis"]),
    ],
)
def test_shows_only_whom_one_asks_for(
    model: MatrixModel, wanted: dict[str, object], rows: list[str]
) -> None:
    assert found(model, **wanted) == rows


def test_cells_and_heads_speak(model: MatrixModel) -> None:
    cell = model.index(1, 0)
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "Zora Bos, Website: geen antwoord"
    assert "Mag niet" in cell.data(Qt.ItemDataRole.ToolTipRole)
    head = model.headerData(1, VERTICAL, Qt.ItemDataRole.AccessibleTextRole)
    assert head == "Zora Bos, Groep 10"
    purpose = model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert purpose.endswith("Alle ouders met gezag moeten ja zeggen.")


def test_counts_only_what_is_shown(model: MatrixModel) -> None:
    assert model.count(OPEN, [0, 1]) == 2
    assert model.count(OPEN, [0]) == 1
    model.arrange(Order.SURNAME, Wanted(group="Groep 2"))
    assert model.count(OPEN, [0, 1]) == 0


def test_groups_in_the_dutch_order(model: MatrixModel) -> None:
    assert model.groups == ["Groep 2", "Groep 10", ""]


# — walking —


@pytest.fixture
def matrix(model: MatrixModel, qtbot: QtBot) -> Matrix:
    made = Matrix(model)
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    made.setFocus()
    made.begin()
    return made


def test_arrows_walk_and_keys_ask(matrix: Matrix, qtbot: QtBot) -> None:
    asked: list[tuple[str, str]] = []
    for name, signal in (
        ("open", matrix.opened),
        ("record", matrix.record_wanted),
        ("withdraw", matrix.withdraw_wanted),
    ):
        signal.connect(lambda cell, name=name: asked.append((name, cell.spoken)))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_V, Qt.Key.Key_I):
        qtbot.keyClick(matrix, key)
    qtbot.keyClick(matrix, Qt.Key.Key_Z)  # no search in the cells
    where = "Zora Bos, Facebook"
    assert asked == [("open", where), ("record", where), ("withdraw", where)]


def test_goes_to_a_cell_only_when_it_is_shown(matrix: Matrix) -> None:
    assert matrix.go_to("sluis", "facebook")
    cell = matrix.current()
    assert cell is not None
    assert cell.spoken == "Nynke van der Sluis, Facebook"
    assert not matrix.go_to("nobody", "facebook")
    matrix.show_only([0])
    assert matrix.shown_columns() == [0]
    assert not matrix.go_to("sluis", "facebook")


def test_the_head_tells_and_changes_the_order(matrix: Matrix, qtbot: QtBot) -> None:
    wanted: list[Order] = []
    matrix.sort_wanted.connect(wanted.append)
    corner = matrix._corner
    corner._name.click()
    matrix.show_order(Order.CALL_NAME)
    assert corner._name.text() == "Roepnaam"
    corner._name.click()
    corner._group.click()
    assert wanted == [Order.CALL_NAME, Order.SURNAME, Order.GROUP]
    assert corner._name.width() > 0


# — drawing —


def _large(qtbot: QtBot, pupils: int, width: int = 990) -> Matrix:
    model = MatrixModel()
    matrix = Matrix(model)
    qtbot.addWidget(matrix)
    model.replace(a_large_board(pupils))
    matrix.resize(width, 520)
    matrix.show()
    qtbot.waitExposed(matrix)
    return matrix


def test_the_names_stay_in_step_and_in_place(qtbot: QtBot) -> None:
    matrix = _large(qtbot, 300)
    heads, left = matrix.verticalHeader(), matrix.verticalHeader().geometry()
    matrix.go_to("200", "doel13")
    row = matrix.currentIndex().row()
    assert matrix.horizontalScrollBar().value() > 0
    assert heads.geometry() == left
    assert matrix.visualRect(matrix.currentIndex()).top() == heads.sectionViewportPosition(row)
    assert matrix.viewport().rect().contains(matrix.visualRect(matrix.currentIndex()))
    corner = matrix._corner.geometry()
    assert (corner.left(), corner.width()) == (left.left(), left.width())


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_every_word_can_be_read(qtbot: QtBot, look: Callable[..., None], zoom: float) -> None:
    look(zoom=zoom)
    matrix = _large(qtbot, 30)
    room = matrix.columnWidth(0)
    assert all(pill_size(each, stacked=True).width() <= room for each in signs().values())
    assert matrix.verticalHeader().width() < 990 / 2
    assert matrix.rowHeight(0) >= max(pill_size(s, stacked=True).height() for s in signs().values())


def test_a_narrow_cell_shows_the_shape_alone(qapp: object) -> None:
    sign = signs()[OPEN]
    wide, stacked, bare = (draw_pill(sign, room, 1.0) for room in (200, 90, 40))
    assert wide.width() > stacked.width() > bare.width()
    assert bare.width() <= 40


@pytest.mark.parametrize("dark", [False, True])
def test_the_seven_answers_look_different(look: Callable[..., None], *, dark: bool) -> None:
    look(dark=dark)
    assert len({_drawn(each) for each in signs().values()}) == 7
    in_one_colour = [replace(each, colour="open", dashed=False) for each in signs().values()]
    assert len({_drawn(each) for each in in_one_colour}) == 7
    assert len({each.word for each in signs().values()}) == 7


def _drawn(sign: Sign) -> bytes:
    """The shape alone."""
    return bytes(draw_pill(sign, 40, 1.0).toImage().constBits())


def test_the_row_one_is_in_is_marked_over_its_whole_length(qtbot: QtBot) -> None:
    matrix = _large(qtbot, 300)
    matrix.go_to("3", "doel0")
    marked = QColor(theme.colours().accent_soft)
    where = matrix.visualRect(matrix.currentIndex())
    y = where.top() + 3
    assert matrix.viewport().grab().toImage().pixelColor(matrix.columnWidth(0) * 2 - 2, y) == marked
    assert matrix.verticalHeader().viewport().grab().toImage().pixelColor(3, y) == marked


def test_paging_costs_the_same_in_a_very_large_school(qtbot: QtBot) -> None:
    """A hundred pages, all drawn; in turns, the best of three, so that only the work counts."""
    boards = {pupils: _large(qtbot, pupils) for pupils in (300, 30_000)}
    taken: dict[int, list[float]] = {pupils: [] for pupils in boards}
    for _ in range(3):
        for pupils, matrix in boards.items():
            start = time.process_time()
            page_through(matrix)
            taken[pupils].append(time.process_time() - start)
    assert min(taken[30_000]) <= 2 * min(taken[300])
