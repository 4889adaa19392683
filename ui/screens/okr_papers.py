"""The papers of the move to another school, of everybody or of one child."""

from __future__ import annotations

from functools import partial
from typing import Any

from schoolprivacy.okr.accompanying import print_accompanying, sample_accompanying
from schoolprivacy.okr.printing import (
    print_invitations,
    print_inzage_forms,
    sample_invitations,
    sample_inzage_forms,
)
from schoolprivacy.okr.proof_printing import (
    print_inzage_list,
    print_proofs,
    sample_inzage_list,
    sample_proofs,
)
from schoolprivacy.school import School
from ui.screens.letter_dialog import Letter
from ui.words import tr


def group_papers(school: School) -> tuple[Letter, ...]:
    """Of everybody who leaves."""
    return (
        _invitations(school),
        _forms(school),
        _proofs(school),
        Letter(
            tr("Lijst voor de inspectie"),
            tr("Van elk kind dat weggaat: waarheen, wie het rapport inzag, wanneer het wegging."),
            tr("okr-lijst"),
            partial(sample_inzage_list, school),
            lambda deliver, way, progress: print_inzage_list(
                school, deliver, way=way, progress=progress
            ),
            tr("kind op de lijst:"),
            tr("kinderen op de lijst:"),
        ),
    )


def child_papers(school: School, pupil_id: str) -> tuple[Letter, ...]:
    """Of one child."""
    return (
        _invitations(school, pupil_ids=[pupil_id]),
        _forms(school, pupil_ids=[pupil_id]),
        _proofs(school, pupil_ids=[pupil_id]),
        Letter(
            tr("Begeleidende brief"),
            tr("Gaat met het rapport mee naar de ontvangende school. Pas als het rapport weg mag."),
            tr("okr-begeleidende-brief"),
            partial(sample_accompanying, school, pupil_id),
            lambda deliver, way, progress: print_accompanying(school, deliver, pupil_id, way=way),
        ),
    )


def _invitations(school: School, **whom: Any) -> Letter:
    return Letter(
        tr("Uitnodigingen"),
        tr(
            "Aan ieder met gezag die het rapport nog niet inzag, op het eigen adres. Drukt u af of "
            "bewaart u, dan staat vandaag als dag van de uitnodiging vast."
        ),
        tr("okr-uitnodigingen"),
        partial(sample_invitations, school, **whom),
        lambda deliver, way, progress: print_invitations(
            school, deliver, way=way, progress=progress, **whom
        ),
        tr("uitnodiging"),
        tr("uitnodigingen"),
    )


def _forms(school: School, **whom: Any) -> Letter:
    return Letter(
        tr("Formulieren"),
        tr("Voor wie komt inzien: om te tekenen, met op de achterkant ruimte voor opmerkingen."),
        tr("okr-formulieren"),
        partial(sample_inzage_forms, school, **whom),
        lambda deliver, way, progress: print_inzage_forms(
            school, deliver, way=way, progress=progress, **whom
        ),
        tr("formulier"),
        tr("formulieren"),
    )


def _proofs(school: School, **whom: Any) -> Letter:
    return Letter(
        tr("Bewijs van inzage"),
        tr("Een blad per kind: wie het rapport inzag, wanneer en hoe, en wat er is geprobeerd."),
        tr("okr-bewijs"),
        partial(sample_proofs, school, **whom),
        lambda deliver, way, progress: print_proofs(
            school, deliver, way=way, progress=progress, **whom
        ),
        tr("bewijs"),
        tr("bewijzen"),
    )
