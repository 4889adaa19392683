"""One guardian on a pupil's page; what is secret is shown for a moment, to who asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from schoolprivacy.contact import show_phone
from schoolprivacy.people.dossier import Carer, reveal_secret
from schoolprivacy.people.names import full_name, guardian_name
from schoolprivacy.people.terms import Guardian
from ui import messages
from ui.answers import authority_word
from ui.desk import Desk
from ui.fields import button, label, row
from ui.screens.pupil_words import address_words, source_words
from ui.theme import px
from ui.words import tr

SHOWN_SECONDS = 30


class GuardianCard(QFrame):
    """Name, relation, authority, and how to reach a guardian.

    :param acts: what its buttons say and do
    """

    def __init__(
        self, desk: Desk, carer: Carer, acts: Iterable[tuple[str, str, Callable[[], None]]]
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk, self._carer = desk, carer
        self._name = guardian_name(carer.link.guardian)
        self._hides = QTimer(self, singleShot=True, interval=SHOWN_SECONDS * 1000)
        self._hides.timeout.connect(self.hide_secrets)
        self._address, self._phones = label("", wrap=True), label("", wrap=True)
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(px(12))
        self._lines.setVerticalSpacing(px(6))
        self._lines.setColumnStretch(1, 1)
        self._show = button(tr("Tonen"), self._toggle, icon="eye")
        self._note = label("", "small", wrap=True)
        for each in (self._show, self._note):
            if not (carer.address_hidden or carer.phones_hidden):
                each.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(18), px(14), px(18), px(12))
        layout.setSpacing(px(8))
        layout.addWidget(self._head())
        layout.addLayout(self._lines)
        layout.addStretch(1)
        layout.addWidget(self._foot(acts))
        self._add_lines()
        self.hide_secrets()

    def _head(self) -> QWidget:
        relation = self._carer.link.relation
        name = label(self._name, "strong", wrap=True)
        if not relation:
            return name
        return row(name, label(relation, "muted"), None)

    def _foot(self, acts: Iterable[tuple[str, str, Callable[[], None]]]) -> QWidget:
        made = []
        for text, icon, does in acts:
            each = button(text, does, icon=icon, kind="link")
            each.setAccessibleName(f"{text} {self._name}")
            made.append(each)
        return row(*made, None, spacing=4)

    def _add_lines(self) -> None:
        link, who = self._carer.link, self._carer.link.guardian
        source = source_words(link.authority_source)
        authority = authority_word(link.authority).capitalize()
        self._line(tr("Gezag"), label(f"{authority}, {source}" if source else authority, wrap=True))
        if who.institution and full_name(who):
            self._line(tr("Contact"), label(full_name(who), wrap=True))
        self._line(tr("Adres"), self._address)
        self._line(tr("Telefoon"), self._phones)
        if who.email:
            self._line(tr("E-mail"), label(who.email, wrap=True))
        for each in (row(self._show, None), self._note):
            self._lines.addWidget(each, self._lines.rowCount(), 1)

    def _line(self, head: str, value: QLabel) -> None:
        place = self._lines.rowCount()
        top = Qt.AlignmentFlag.AlignTop
        self._lines.addWidget(label(head, "muted"), place, 0, top)
        self._lines.addWidget(value, place, 1, top)

    # — secrets —

    def _toggle(self) -> None:
        if self._hides.isActive():
            self.hide_secrets()
            return
        with messages.told(self):
            seen = reveal_secret(self._desk.school, self._carer.link.guardian.id)
            self._show_reach(seen)
            self._show.setText(tr("Verbergen"))
            self._show.setAccessibleName(tr("Verberg de gegevens van {n}").format(n=self._name))
            self._note.setText(
                tr("Verdwijnt vanzelf na {n} seconden. Er is vastgelegd dat u keek.").format(
                    n=SHOWN_SECONDS
                )
            )
            self._hides.start()

    def hide_secrets(self) -> None:
        """Show again what everybody may see."""
        self._hides.stop()
        self._show_reach(self._carer.link.guardian)
        if self._carer.address_hidden:
            self._address.setText(tr("Geheim adres"))
        if self._carer.phones_hidden:
            self._phones.setText(tr("Geheim nummer"))
        self._show.setText(tr("Tonen"))
        self._show.setAccessibleName(tr("Toon de geheime gegevens van {n}").format(n=self._name))
        self._note.setText(tr("Er wordt vastgelegd dat u kijkt."))

    def _show_reach(self, who: Guardian) -> None:
        self._address.setText(address_words(who) or tr("onbekend"))
        self._phones.setText(", ".join(map(show_phone, who.phones)) or tr("onbekend"))
