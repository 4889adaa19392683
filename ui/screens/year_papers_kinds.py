"""The papers of step 5: what each says of its numbers, and asks before it is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schoolprivacy.consents.before import Kind
from schoolprivacy.consents.printing import PaperCount, PrintRun
from schoolprivacy.consents.reminders import print_cover_sheet, sample_cover_sheet
from schoolprivacy.consents.rounds.choices import (
    count_choices_letters,
    print_choices_letters,
    sample_choices_letters,
)
from schoolprivacy.consents.rounds.printing import (
    count_round_forms,
    print_round_forms,
    sample_round_forms,
)
from ui.screens.year_paper import Wanted
from ui.words import counted, tr


def forms_said(many: int) -> str:
    """``1 formulier``, ``2 formulieren``."""
    return counted(many, tr("formulier"), tr("formulieren"))


def forms(how: Mapping[str, Any], group: str) -> Wanted:
    """The letters with forms.

    :param group: as it is read; "" when it is not about one
    """
    anew = how["anew"]

    def told(count: PaperCount) -> str:
        said = forms_said(count.printed)
        if anew:
            return tr("{forms}, allemaal nieuw").format(forms=said)
        if not count.reprinted:
            return said
        if count.reprinted == count.printed:
            return tr("{forms}, allemaal nog een keer, met hetzelfde nummer").format(forms=said)
        again = tr("{forms}, waarvan {n} nog een keer, met hetzelfde nummer")
        return again.format(forms=said, n=count.reprinted)

    def asked(count: PaperCount) -> str:
        if anew:
            text = tr(
                "Er komen {forms} met nieuwe nummers. De oude worden vervangen. Dat kan niet "
                "ongedaan worden gemaakt."
            )
            return text.format(forms=forms_said(count.printed))
        if not count.reprinted:
            return ""
        text = tr(
            "{n} van de {forms} zijn in deze ronde al eens afgedrukt. Ze komen nu nog een keer op "
            "papier, met hetzelfde nummer."
        )
        return text.format(n=count.reprinted, forms=forms_said(count.printed))

    return Wanted(
        tr("Brieven met formulier"),
        _named(tr("toestemmingsformulieren"), group),
        print_round_forms,
        sample_round_forms,
        how,
        count_round_forms,
        Kind.FORMS,
        told,
        asked,
        once_more,
    )


def choices(how: Mapping[str, Any], group: str) -> Wanted:
    """The letters that say what was chosen; they ask nothing."""
    return Wanted(
        tr("Brieven met keuzes"),
        _named(tr("keuzebrieven"), group),
        print_choices_letters,
        sample_choices_letters,
        how,
        count_choices_letters,
        None,
        letters_told,
        letters_asked,
        once_more,
    )


def once_more(run: PrintRun) -> str:
    """What to say of what was on paper before."""
    if not run.reprinted:
        return ""
    if run.reprinted == len(run):
        return tr("Dit was al eens gemaakt.")
    return tr("Een deel was al eens gemaakt.")


def letters_told(count: PaperCount) -> str:
    """How many letters, and whether they were on paper before."""
    said = counted(count.parts, tr("brief"), tr("brieven"))
    if not count.reprinted:
        return said
    if count.reprinted == count.printed:
        return said + tr(", allemaal al eens gemaakt")
    return said + tr(", een deel is al eens gemaakt")


def letters_asked(count: PaperCount) -> str:
    """What to ask before letters without a form come on paper once more; "" when nothing."""
    if not count.reprinted:
        return ""
    if count.reprinted == count.printed:
        return tr("Dit is in deze ronde al eens gemaakt. Nog een keer maken?")
    return tr("Een deel van deze brieven is in deze ronde al eens gemaakt. Nog een keer maken?")


def cover(how: Mapping[str, Any], group: str) -> Wanted:
    """The sheets on which teachers tick off what comes back."""
    return Wanted(
        tr("Voorblad per groep"),
        _named(tr("voorblad"), group),
        print_cover_sheet,
        sample_cover_sheet,
        how,
    )


def _named(file_name: str, group: str) -> str:
    return f"{file_name}-{group}" if group else file_name
