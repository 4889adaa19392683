"""The papers of suppliers: of all together, and of one product."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from schoolprivacy.letters.printing import Deliver, Outlet, PrintRun, Progress
from schoolprivacy.school import School
from schoolprivacy.suppliers.printing import (
    print_board,
    print_parents_list,
    print_request,
    print_wish_form,
    sample_board,
    sample_parents_list,
    sample_request,
    sample_wish_form,
)
from schoolprivacy.suppliers.starting import (
    print_new_product_letters,
    sample_new_product_letters,
)
from ui.screens.letter_dialog import Letter
from ui.words import tr


def parents_paper(school: School) -> Letter:
    """The list that parents have a right to."""
    return _single(
        tr("Lijst voor ouders"),
        tr("Wie krijgt welke gegevens van mijn kind, waarvoor, waar, en sinds wanneer."),
        tr("leverancierslijst"),
        partial(sample_parents_list, school),
        lambda deliver, way: print_parents_list(school, deliver, way=way),
    )


def all_papers(school: School) -> tuple[Letter, ...]:
    """Of all products together."""
    return (
        parents_paper(school),
        _single(
            tr("Overzicht voor het bestuur"),
            tr("Elk product met wat er ontbreekt, het ergste bovenaan. Niet voor ouders."),
            tr("leveranciers-bestuur"),
            partial(sample_board, school),
            lambda deliver, way: print_board(school, deliver, way=way),
        ),
        wish_paper(school),
    )


def wish_paper(school: School) -> Letter:
    """The page on which a teacher asks for an app."""
    return _single(
        tr("Verzoek om een app (leeg blad)"),
        tr("Een bladzijde voor de leerkracht; de directie schrijft er het besluit op."),
        tr("verzoek-app"),
        partial(sample_wish_form, school),
        lambda deliver, way: print_wish_form(school, deliver, way=way),
    )


def product_papers(school: School, product_id: str) -> tuple[Letter, ...]:
    """Of one product."""
    return (
        request_paper(school, product_id),
        Letter(
            tr("Brief aan ouders: nieuw product"),
            tr(
                "Een brief per gezin en adres. Pas als alles er is wat nodig is voordat het "
                "bedrijf gegevens krijgt."
            ),
            tr("brief-nieuw-product"),
            partial(sample_new_product_letters, school, product_id),
            lambda deliver, way, progress: print_new_product_letters(
                school, deliver, product_id, way=way, progress=progress
            ),
        ),
    )


def request_paper(school: School, product_id: str) -> Letter:
    """The letter that asks the company for what is missing."""
    return _single(
        tr("Brief aan de leverancier"),
        tr("Vraagt om alles wat de leverancier nog moet sturen of bevestigen."),
        tr("brief-leverancier"),
        partial(sample_request, school, product_id),
        lambda deliver, way: print_request(school, deliver, product_id, way=way),
    )


def _single(
    title: str,
    about: str,
    file_name: str,
    sample: Callable[[], bytes],
    make: Callable[[Deliver, Outlet], None],
) -> Letter:
    """A paper that is about no child."""

    def printed(deliver: Deliver, way: Outlet, progress: Progress) -> PrintRun:
        make(deliver, way)
        progress(1, 1)
        return PrintRun((), ())

    return Letter(title, about, file_name, sample, printed, counts=False)
