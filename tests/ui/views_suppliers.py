"""Suppliers: the list, the page of a product with its tabs, and every dialogue."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from schoolprivacy.suppliers.terms import State, Step
from tests.ui.stage import Stage, screen_of, view
from tests.ui.suppliers_bench import standing
from ui.main_window import MainWindow


def _page(stage: Stage, state: State, part: str = "todo") -> MainWindow:
    row = standing(stage.demo, state)
    window = stage.at("suppliers", product=row.file.product.id)
    page = screen_of(window, "suppliers").product
    page.show_part(getattr(page, part))
    stage.settle()
    return window


def _started(stage: Stage, state: State, step: Step) -> QWidget:
    window = _page(stage, state)
    screen_of(window, "suppliers").product.start(step)
    return stage.dialogue()


@view
def suppliers_list(stage: Stage) -> QWidget:
    return stage.at("suppliers")


@view
def suppliers_none(stage: Stage) -> QWidget:
    return stage.at("suppliers", stage.empty)


@view
def suppliers_to_read(stage: Stage) -> QWidget:
    return stage.at("suppliers", stage.to_read)


@view
def suppliers_none_found(stage: Stage) -> QWidget:
    window = stage.at("suppliers")
    screen_of(window, "suppliers").list.search.setText("xyz")
    return window


@view
def suppliers_new(stage: Stage) -> QWidget:
    return stage.asked(stage.at("suppliers"), "Nieuw product…")


@view
def suppliers_todo(stage: Stage) -> QWidget:
    return _page(stage, State.NO_AGREEMENT)


@view
def suppliers_in_order(stage: Stage) -> QWidget:
    return _page(stage, State.IN_ORDER)


@view
def suppliers_facts(stage: Stage) -> QWidget:
    return _page(stage, State.IN_ORDER, "facts")


@view
def suppliers_facts_stopped(stage: Stage) -> QWidget:
    return _page(stage, State.STOPPED, "facts")


@view
def suppliers_change(stage: Stage) -> QWidget:
    return stage.asked(_page(stage, State.IN_ORDER, "facts"), "Product wijzigen…")


@view
def suppliers_company(stage: Stage) -> QWidget:
    return stage.asked(_page(stage, State.IN_ORDER, "facts"), "Leverancier…")


@view
def suppliers_stop(stage: Stage) -> QWidget:
    return stage.asked(_page(stage, State.IN_ORDER, "facts"), "Stoppen…")


@view
def suppliers_deletion(stage: Stage) -> QWidget:
    return _started(stage, State.DELETION, Step.DELETION)


@view
def suppliers_agreement(stage: Stage) -> QWidget:
    return _page(stage, State.IN_ORDER, "agreements")


@view
def suppliers_agreement_none(stage: Stage) -> QWidget:
    return _page(stage, State.NO_AGREEMENT, "agreements")


@view
def suppliers_agreement_new(stage: Stage) -> QWidget:
    return _started(stage, State.NO_AGREEMENT, Step.AGREEMENT)


@view
def suppliers_agreement_replace(stage: Stage) -> QWidget:
    return stage.asked(_page(stage, State.ENDS_SOON, "agreements"), "Vervangen…")


@view
def suppliers_agreement_sign(stage: Stage) -> QWidget:
    return _started(stage, State.NOT_SIGNED, Step.SIGN)


@view
def suppliers_agreement_end(stage: Stage) -> QWidget:
    return stage.asked(_page(stage, State.IN_ORDER, "agreements"), "Beëindigen…")


@view
def suppliers_agreement_mistake(stage: Stage) -> QWidget:
    return stage.asked(_page(stage, State.IN_ORDER, "agreements"), "Verkeerd ingevoerd…")


@view
def suppliers_bijsluiter(stage: Stage) -> QWidget:
    return _page(stage, State.IN_ORDER, "bijsluiter")


@view
def suppliers_bijsluiter_none(stage: Stage) -> QWidget:
    return _page(stage, State.NO_BIJSLUITER, "bijsluiter")


@view
def suppliers_bijsluiter_new(stage: Stage) -> QWidget:
    return _started(stage, State.NO_BIJSLUITER, Step.BIJSLUITER)


@view
def suppliers_bijsluiter_correct(stage: Stage) -> QWidget:
    return _started(stage, State.OUTSIDE_EEA, Step.COUNTRY)


@view
def suppliers_bijsluiter_places(stage: Stage) -> QWidget:
    dialog: Any = _started(stage, State.OUTSIDE_EEA, Step.COUNTRY)
    dialog.places.fields()[1].first.setFocus()
    stage.settle()
    return dialog  # type: ignore[no-any-return]


@view
def suppliers_annex(stage: Stage) -> QWidget:
    return _page(stage, State.IN_ORDER, "annex")


@view
def suppliers_annex_new(stage: Stage) -> QWidget:
    return _started(stage, State.CERTIFICATE, Step.ANNEX)


@view
def suppliers_scans(stage: Stage) -> QWidget:
    return _page(stage, State.IN_ORDER, "scans")


@view
def suppliers_parents(stage: Stage) -> QWidget:
    return stage.at("suppliers", show="parents")


@view
def suppliers_parents_changes(stage: Stage) -> QWidget:
    return stage.asked(suppliers_parents(stage), "Wat is er veranderd…")


@view
def suppliers_parents_then(stage: Stage) -> QWidget:
    return stage.asked(suppliers_parents(stage), "Wat er toen stond…")


@view
def suppliers_publish(stage: Stage) -> QWidget:
    return stage.asked(suppliers_parents(stage), "Geplaatst vastleggen…")


@view
def suppliers_wishes(stage: Stage) -> QWidget:
    return stage.at("suppliers", show="wishes")


@view
def suppliers_wish_new(stage: Stage) -> QWidget:
    return stage.asked(suppliers_wishes(stage), "Verzoek vastleggen…")


@view
def suppliers_wish_decide(stage: Stage) -> QWidget:
    dialog: Any = stage.asked(suppliers_wishes(stage), "Besluiten…")
    dialog.fields["granted"].choose(True)
    return dialog  # type: ignore[no-any-return]


@view
def suppliers_recipients(stage: Stage) -> QWidget:
    return stage.at("suppliers", show="recipients")


@view
def suppliers_recipient_new(stage: Stage) -> QWidget:
    return stage.asked(suppliers_recipients(stage), "Toevoegen…")


@view
def suppliers_recipients_usual(stage: Stage) -> QWidget:
    return stage.asked(suppliers_recipients(stage), "Vaak voorkomend…")


@view
def suppliers_recipients_none(stage: Stage) -> QWidget:
    return stage.at("suppliers", stage.empty, show="recipients")


@view
def suppliers_wishes_none(stage: Stage) -> QWidget:
    return stage.at("suppliers", stage.empty, show="wishes")


@view
def suppliers_parents_none(stage: Stage) -> QWidget:
    return stage.at("suppliers", stage.empty, show="parents")


def _imported(stage: Stage, place: int) -> QWidget:
    """The import of a list, at its columns or its difference."""
    window = stage.at("suppliers-import")
    screen = screen_of(window, "suppliers-import")
    path = stage.folder / "lijst.csv"
    path.write_text(
        "Leverancier;Applicatie;Waarvoor;Ingangsdatum;Model;Kleur\n"
        "Letterland;Letterlab;lezen;1-8-2026;Model 4.0;rood\n"
        "Cijferwerk;Rekenrover;rekenen;;;groen\n;;spelen;;;blauw\n",
        encoding="utf-8",
    )
    screen.read(path, {"Kleur": "ignore"} if place == 2 else None)
    stage.settle()
    if place == 2:
        screen.columns.go_on()
        stage.settle()
    return window


@view
def suppliers_import(stage: Stage) -> QWidget:
    return stage.at("suppliers-import")


@view
def suppliers_import_columns(stage: Stage) -> QWidget:
    return _imported(stage, 1)


@view
def suppliers_import_review(stage: Stage) -> QWidget:
    return _imported(stage, 2)
