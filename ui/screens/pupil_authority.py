"""What a guardian is to one child: the relation, and parental authority."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from schoolprivacy.people.carers import change_guardianship
from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.names import full_name, guardian_name
from schoolprivacy.people.terms import Authority, AuthoritySource, Guardianship, Pupil
from ui.answers import authority_word
from ui.desk import Desk
from ui.fields import ChoiceField, choice, label, text_field
from ui.screens.pupil_dialog import EntryDialog
from ui.screens.pupil_words import source_words, tell_done
from ui.words import tr


class AuthorityDialog(EntryDialog):
    """Change what a guardian is to this child; other children keep what they have."""

    def __init__(self, owner: QWidget, desk: Desk, pupil: Pupil, link: Guardianship) -> None:
        self._name = guardian_name(link.guardian)
        super().__init__(
            owner, tr("Relatie en gezag van {name}").format(name=self._name), tr("Opslaan")
        )
        self._desk, self._pupil, self._link = desk, pupil, link
        about = tr("Dit geldt alleen voor {child}.").format(child=full_name(pupil))
        if link.authority_source is not AuthoritySource.NONE:
            known = tr("{authority}, {source}.").format(
                authority=authority_word(link.authority).capitalize(),
                source=source_words(link.authority_source),
            )
            about = f"{about} {tr('Nu bekend:')} {known}"
        self.body.addWidget(label(about, "muted", wrap=True))
        self.add("relation", tr("&Relatie met het kind"), relation_field(link.relation))
        self.add("authority", tr("&Gezag"), authority_field(link.authority))
        self.body.addWidget(self.fields)
        self.body.addWidget(label(authority_hint(), "muted", wrap=True))
        self.body.addStretch(1)

    def problems(self) -> Iterable[FieldProblem]:
        return ()

    def save(self) -> None:
        change = change_guardianship(
            self._desk.school,
            self._pupil.id,
            self._link.guardian.id,
            self.fields["relation"].text(),
            self.fields["authority"].value(),
        )
        self.done(1)
        tell_done(
            self._desk,
            tr("Relatie en gezag van {name} zijn gewijzigd.").format(name=self._name),
            change,
        )


def relation_field(value: str) -> QLineEdit:
    """What somebody is to a child, completed while typing."""
    made = text_field(value, placeholder=tr("moeder, vader, voogd, pleegouder"), longest=60)
    known = [tr("moeder"), tr("vader"), tr("voogd"), tr("gezinsvoogd"), tr("pleegouder")]
    known += [tr("stiefouder"), tr("opa"), tr("oma")]
    completer = QCompleter(known, made)
    completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    made.setCompleter(completer)
    return made


def authority_field(value: Authority) -> ChoiceField:
    """Whether somebody has parental authority over the child."""
    order = (Authority.UNKNOWN, Authority.YES, Authority.NO)
    return choice([(authority_word(each).capitalize(), each) for each in order], value)


def authority_hint() -> str:
    """What authority means (BW 1:245), and what follows from each answer."""
    return tr(
        "Wie gezag heeft, beslist mee over het kind. Weet u het niet zeker? Kies onbekend: een nee "
        "telt dan wel, een ja pas als de ouder op het formulier verklaart dat hij of zij gezag "
        "heeft. Zonder gezag: geen brieven en geen beslissing over het kind."
    )
