"""The guide from nothing to a school file, page by page."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from schoolprivacy.access import strength
from tests.ui.hands import texts
from tests.ui.stage import Stage, view
from ui.wizards import first_pages
from ui.wizards.first_start import FirstStart

_OWN = "zes rode wolken fluiten zacht mee"
_MADE_UP = "anker bloem citroen dorp emmer fluit"
_KEY = "-".join(["000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777"])


def _guide(stage: Stage, page: int) -> Any:
    """The guide at a page, with what one filled in before it."""
    for module in (strength, first_pages):
        stage.patch.setattr(module, "passphrase_suggestion", lambda: _MADE_UP)
    gate = stage.gate()
    begun = gate._begun
    begun.about = {"name": "Basisschool De Kanariepiet", "brin": "99ZZ"}
    begun.passphrase = _OWN if page > 1 else ""
    gate.first_start()
    guide = gate.currentWidget()
    assert isinstance(guide, FirstStart)
    guide.guide.open_page(page)
    stage.settle()
    return guide


def _page(guide: Any) -> Any:
    return guide.guide.pages[guide.guide.place]


@view
def first_start_school(stage: Stage) -> QWidget:
    gate = stage.gate()
    gate.first_start()
    return gate.window()


@view
def first_start_school_wrong(stage: Stage) -> QWidget:
    guide = _guide(stage, 0)
    wrong = {"name": "", "brin": "1234", "postcode": "99", "phone": "12", "email": "school"}
    for name, text in wrong.items():
        _page(guide).fields[name].setText(text)
    guide.guide.forward()
    return guide.window()  # type: ignore[no-any-return]


@view
def first_start_passphrase(stage: Stage) -> QWidget:
    return _guide(stage, 1).window()  # type: ignore[no-any-return]


def _typed(stage: Stage, text: str, again: str = "") -> Any:
    guide = _guide(stage, 1)
    new = _page(guide).passphrase
    new._first.setText(text)
    new._again.setText(again)
    return guide


@view
def first_start_passphrase_short(stage: Stage) -> QWidget:
    guide = _typed(stage, "kort", "kort")
    guide.guide.forward()
    return guide.window()  # type: ignore[no-any-return]


@view
def first_start_passphrase_weak(stage: Stage) -> QWidget:
    return _typed(stage, "fietsen slapen").window()  # type: ignore[no-any-return]


@view
def first_start_passphrase_strong(stage: Stage) -> QWidget:
    guide = _typed(stage, _OWN, "anders")
    guide.guide.forward()
    return guide.window()  # type: ignore[no-any-return]


@view
def first_start_passphrase_suggested(stage: Stage) -> QWidget:
    guide = _guide(stage, 1)
    _page(guide).passphrase.suggest()
    return guide.window()  # type: ignore[no-any-return]


@view
def first_start_passphrase_question(stage: Stage) -> QWidget:
    guide = _typed(stage, "fietsen slapen", "fietsen slapen")
    guide.guide.forward()
    return stage.dialogue()


@view
def first_start_colleague(stage: Stage) -> QWidget:
    return _guide(stage, 2).window()  # type: ignore[no-any-return]


@view
def first_start_colleague_made_up(stage: Stage) -> QWidget:
    guide = _guide(stage, 2)
    _page(guide).given.setChecked(True)
    return guide.window()  # type: ignore[no-any-return]


@view
def first_start_colleague_later(stage: Stage) -> QWidget:
    guide = _guide(stage, 2)
    _page(guide).later.setChecked(True)
    return guide.window()  # type: ignore[no-any-return]


@view
def first_start_place(stage: Stage) -> QWidget:
    return _guide(stage, 3).window()  # type: ignore[no-any-return]


@view
def first_start_place_warned(stage: Stage) -> QWidget:
    from ui import files

    cloud = stage.folder / "OneDrive"
    cloud.mkdir(exist_ok=True)
    stage.patch.setattr(files, "choose_folder", lambda *_: cloud)
    guide = _guide(stage, 3)
    stage.push(guide, "Andere map…")
    stage.qtbot.waitUntil(lambda: "OneDrive" in texts(guide))
    return guide.window()  # type: ignore[no-any-return]


def _founded(stage: Stage, page: int) -> Any:
    """The guide once the school file is there."""
    gate = stage.gate()
    gate._begun.about = {"name": "Basisschool De Kanariepiet", "brin": "99ZZ"}
    gate._begun.school, gate._begun.paper_key = stage.empty, _KEY
    gate._begun.page = page
    gate.first_start()
    stage.settle()
    return gate


@view
def first_start_paper_key(stage: Stage) -> QWidget:
    gate = _founded(stage, 4)
    gate._begun.school = None  # the stage closes it
    return gate.window()  # type: ignore[no-any-return]


@view
def first_start_paper_key_check(stage: Stage) -> QWidget:
    gate = _founded(stage, 5)
    gate._begun.school = None
    return gate.window()  # type: ignore[no-any-return]
