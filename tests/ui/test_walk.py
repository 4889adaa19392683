"""Every screen: names, order and reach by keyboard; and it looks as it did when it was good."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.pictures import is_as_before
from tests.ui.views import VIEWS, View
from tests.ui.walking import faults_of
from ui.jobs import is_busy
from ui.main_window import MainWindow

LOOKS = {
    "light": {"dark": False, "zoom": 1.0},
    "dark": {"dark": True, "zoom": 1.0},
    "light-200": {"dark": False, "zoom": 2.0},
    "dark-200": {"dark": True, "zoom": 2.0},
}


@pytest.fixture
def shown(
    look: Callable[..., None], make_window: Callable[[], MainWindow], qtbot: QtBot
) -> Callable[[View, str], object]:
    """Shows a view in a look; gives the window that holds it."""

    def show(view: View, name: str) -> object:
        look(**LOOKS[name])
        window = make_window()
        found = view(window, qtbot)
        qtbot.waitUntil(lambda: not is_busy(), timeout=20_000)
        qtbot.wait(60)
        return found

    return show


@pytest.mark.slow
@pytest.mark.parametrize("look_name", LOOKS)
@pytest.mark.parametrize("name", VIEWS)
def test_it_can_be_used_by_everybody_and_looks_right(
    shown: Callable[[View, str], object], name: str, look_name: str
) -> None:
    window = shown(VIEWS[name], look_name)
    assert faults_of(window) == []
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 800
    assert is_as_before(window, f"{name}-{look_name}")
