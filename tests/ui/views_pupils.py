"""The pupils: the list, the page of one, and every dialogue on them."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from schoolprivacy.consents.own_no import note_own_no, own_noes
from schoolprivacy.people.directory import directory
from schoolprivacy.people.dossier import dossier
from schoolprivacy.people.names import full_name
from tests.ui.stage import Stage, desk_of, screen_of, view
from ui.main_window import MainWindow

NOOR = "Noor ter Braak"  # of the demo school: two parents, brothers and sisters
HANNA = "Hanna van Dongen"  # her mother keeps everything secret


def pupil_id(stage: Stage, name: str) -> str:
    """The identifier of a pupil of the demo school."""
    listed = directory(stage.demo)
    return next(each.pupil.id for each in listed if full_name(each.pupil) == name)


# — the list —


@view
def pupils(stage: Stage) -> QWidget:
    return stage.at("pupils")


@view
def pupils_none_found(stage: Stage) -> QWidget:
    window = stage.at("pupils")
    screen_of(window, "pupils")._search.setText("xyz")
    return window


@view
def pupils_new_school(stage: Stage) -> QWidget:
    return stage.at("pupils", stage.empty)


@view
def pupils_chosen(stage: Stage) -> QWidget:
    window = stage.at("pupils")
    screen = screen_of(window, "pupils")
    screen._table.selectAll()
    screen._table.setFocus()
    return window


@view
def pupils_leaving(stage: Stage) -> QWidget:
    window = stage.at("pupils")
    screen_of(window, "pupils")._table.selectRow(0)
    return stage.asked(window, "Van school…")


def _adding(stage: Stage) -> QDialog:
    return stage.asked(stage.at("pupils"), "Nieuwe leerling")


@view
def pupil_adding(stage: Stage) -> QWidget:
    return _adding(stage)


@view
def pupil_adding_wrong(stage: Stage) -> QWidget:
    asked: Any = _adding(stage)
    asked.fields["call_name"].setText("Bo")
    asked.fields["born_on"].setText("31-2-2019")
    asked.try_save()
    return asked  # type: ignore[no-any-return]


@view
def pupil_adding_unsaved(stage: Stage) -> QWidget:
    asked: Any = _adding(stage)
    asked.fields["call_name"].setText("Bo")
    asked.reject()
    return stage.dialogue()


# — the page —


def _page(stage: Stage, name: str = NOOR, tab: int = 0) -> MainWindow:
    window = stage.at("pupil", pupil=pupil_id(stage, name))
    screen_of(window, "pupil")._tabs.setCurrentIndex(tab)
    return window


@view
def pupil_nobody(stage: Stage) -> QWidget:
    return stage.at("pupil")


@view
def pupil_family(stage: Stage) -> QWidget:
    return _page(stage)


@view
def pupil_family_secret(stage: Stage) -> QWidget:
    return _page(stage, HANNA)


@view
def pupil_family_secret_shown(stage: Stage) -> QWidget:
    window = _page(stage, HANNA)
    stage.push(screen_of(window, "pupil"), "Tonen")
    return window


@view
def pupil_consents(stage: Stage) -> QWidget:
    return _page(stage, tab=1)


@view
def pupil_consents_own_no(stage: Stage) -> QWidget:
    child = pupil_id(stage, NOOR)
    if not own_noes(stage.demo, child):
        day = stage.demo.clock.today()
        note_own_no(stage.demo, child, day, "Ik wil niet op Instagram.")
    return _page(stage, tab=1)


@view
def pupil_forms(stage: Stage) -> QWidget:
    return _page(stage, tab=2)


@view
def pupil_past(stage: Stage) -> QWidget:
    return _page(stage, tab=3)


@view
def pupil_changing(stage: Stage) -> QWidget:
    return stage.asked(_page(stage), "Leerling wijzigen")


@view
def pupil_own_no(stage: Stage) -> QWidget:
    return stage.asked(_page(stage, tab=1), "Eigen nee noteren…")


@view
def guardian_adding(stage: Stage) -> QWidget:
    return stage.asked(_page(stage), "Ouder toevoegen…")


@view
def guardian_adding_wrong(stage: Stage) -> QWidget:
    asked: Any = stage.asked(_page(stage), "Ouder toevoegen…")
    for name, text in {"postcode": "12 AB", "email": "vera.example"}.items():
        asked.fields[name].setText(text)
    asked.try_save()
    return asked  # type: ignore[no-any-return]


def _parent(stage: Stage) -> str:
    """The name of Noor's first parent, as it stands on the buttons."""
    from schoolprivacy.people.names import guardian_name

    return guardian_name(dossier(stage.demo, pupil_id(stage, NOOR)).carers[0].link.guardian)


@view
def guardian_changing(stage: Stage) -> QWidget:
    return stage.asked(_page(stage), f"Wijzigen… {_parent(stage)}")


@view
def guardian_authority(stage: Stage) -> QWidget:
    return stage.asked(_page(stage), f"Gezag… {_parent(stage)}")


@view
def guardian_unlinking(stage: Stage) -> QWidget:
    return stage.asked(_page(stage), f"Ontkoppelen… {_parent(stage)}")


@view
def guardian_sharing(stage: Stage) -> QWidget:
    asked = stage.asked(_page(stage, HANNA), "Ouder van broer of zus…")
    asked.findChildren(QLineEdit)[0].setText("noor braak")
    return asked


@view
def pupil_to_read(stage: Stage) -> QWidget:
    window = stage.at("pupils", stage.to_read)
    first = directory(stage.to_read)[0].pupil.id
    desk_of(window).go("pupil", pupil=first)
    return window
