"""Settings: another text for a purpose, and the texts it had."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QSizePolicy, QWidget

from schoolprivacy.consents.asking import form_row
from schoolprivacy.consents.form_page import FormWords, draw_form_page
from schoolprivacy.consents.papers import FormRow, form_pages
from schoolprivacy.consents.purposes import TEXTS, PurposeSettings, reword_purpose
from schoolprivacy.consents.standing import families_with_a_yes
from schoolprivacy.consents.terms import Purpose, Wording
from schoolprivacy.errors import KnownError
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.page import Document
from schoolprivacy.paper.sender import SchoolPaper
from ui import messages
from ui.desk import Desk
from ui.fields import Fields, card, go_to, label, text_field
from ui.preview import page_image
from ui.screens.settings_dialog import SettingsDialog
from ui.theme import px
from ui.words import counted, tr

_PAUSE = 250  # milliseconds of not typing before the row is drawn again
_DPI = 200
_INCH = 25.4  # mm


class RowPicture(QLabel):
    """The row of a purpose exactly as it comes on the form.

    :param headed: with the head of the table above it
    """

    def __init__(self, *, headed: bool = False) -> None:
        super().__init__()
        self._headed = headed
        self.setMinimumWidth(px(200))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setWordWrap(True)
        self._drawn = QPixmap()

    def show_row(self, purpose: Purpose, wording: Wording) -> None:
        """Draw a text; one that does not fit on the form is told instead."""
        asked = form_row(purpose, wording)
        self._drawn = QPixmap()
        try:
            self._drawn = QPixmap.fromImage(_row_image(asked, headed=self._headed))
        except KnownError as error:
            self.setText(str(error))
        self.setAccessibleName(
            tr("Op het formulier: {text}. {who}. {keeps}").format(
                text=asked.label, who=asked.audience, keeps=asked.keeps
            )
        )
        self._fit()

    def _fit(self) -> None:
        if self._drawn.isNull():
            return
        ratio = self.devicePixelRatioF()
        width = round(min(self.width(), px(760)) * ratio)
        smooth = Qt.TransformationMode.SmoothTransformation
        shown = self._drawn.scaledToWidth(max(1, width), smooth)
        shown.setDevicePixelRatio(ratio)
        policy = self.sizePolicy()  # of a text that stood here before: a picture has no such height
        policy.setHeightForWidth(False)
        self.setSizePolicy(policy)
        self.setPixmap(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()


def _row_image(asked: FormRow, *, headed: bool) -> QImage:
    """The row, cut from a form with this row alone.

    :raises KnownError: it does not fit, or cannot be printed
    """
    (page,) = form_pages([asked])
    document = Document("", SchoolPaper(""))
    draw_form_page(document, page, FormWords("", "", "", (asked,)), "", "", "")
    document.next_page()
    whole = page_image(document.finish(), 0, _DPI)
    (placed,) = page.rows

    def dots(length: float) -> int:
        return round(length / _INCH * _DPI)

    top, bottom = page.head.y if headed else placed.top, placed.top + placed.height
    return whole.copy(
        QRect(dots(page.head.x), dots(top), dots(page.head.width), dots(bottom - top))
    )


class WordingDialog(SettingsDialog):
    """The present text beside the new one, and whether the use becomes wider."""

    def __init__(self, desk: Desk, found: PurposeSettings, owner: QWidget) -> None:
        title = tr("Tekst van “{short}” wijzigen").format(short=found.purpose.wording.short)
        super().__init__(owner, title, tr("Nieuwe tekst &vastleggen"), width=820, height=760)
        self._desk, self._purpose = desk, found.purpose
        self._families: int | None = None
        self.fields = Fields(2)
        present, self._new = RowPicture(), RowPicture()
        self._add_fields()
        self.body.addWidget(card(self.fields))
        both = (tr("Nu op het formulier"), present), (tr("Straks op het formulier"), self._new)
        shown = [widget for text, row in both for widget in (label(text, "small"), row)]
        self.body.addWidget(card(*shown, spacing=4))
        self.body.addWidget(self._question())
        self.body.addStretch(1)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._show_new)
        self.fields.changed.connect(self._soon.start)
        present.show_row(found.purpose, found.purpose.wording)
        self._show_new()
        self.fields["label"].setFocus()

    def _add_fields(self) -> None:
        now = self._purpose.wording
        add = self.fields.add
        add(
            "label",
            tr("&Tekst op het formulier"),
            text_field(now.label),
            hint=tr("Zo staat het gegeven in het deel over de contactlijst.")
            if self._purpose.is_contact
            else tr("Maakt de zin af: foto's en video's mogen worden gebruikt …"),
            span=2,
        )
        add("audience", tr("&Wie ziet het"), text_field(now.audience))
        add("keeps", tr("&Hoelang"), text_field(now.keeps))
        add(
            "short",
            tr("&Korte naam"),
            text_field(now.short, longest=24),
            hint=tr("In lijsten en boven kolommen."),
        )

    def _question(self) -> QWidget:
        self.same = QRadioButton(tr("&Nee, niet ruimer. Wie ja zei, blijft ja."))
        self.wider = QRadioButton(tr("&Ja, ruimer. Wie ja zei, moet opnieuw worden gevraagd."))
        self._group = QButtonGroup(self)
        self._answered = label("", wrap=True)
        self._answered.hide()
        for each in (self.same, self.wider):
            self._group.addButton(each)
            each.toggled.connect(self._say_what_follows)
        return card(
            label(tr("Mag de school hierdoor méér dan eerst?"), "strong", wrap=True),
            label(
                tr(
                    "Bijvoorbeeld: meer mensen zien het, het blijft langer staan, of het komt ook "
                    "ergens anders. Twijfelt u? Kies dan ja."
                ),
                "muted",
                wrap=True,
            ),
            self.same,
            self.wider,
            self._answered,
            spacing=6,
        )

    def _typed(self) -> dict[str, str]:
        return {name: " ".join(self.fields[name].text().split()) for name in TEXTS}

    def _show_new(self) -> None:
        self._new.show_row(self._purpose, _with(self._purpose.wording, self._typed()))

    def _say_what_follows(self) -> None:
        self._answered.setObjectName("warning")
        self._answered.setText(self._what_follows() if self.wider.isChecked() else "")
        self._answered.setVisible(self.wider.isChecked())
        self._answered.style().polish(self._answered)

    def _what_follows(self) -> str:
        if not self._purpose.switched_on:
            return tr(
                "Dit doel staat uit. Zet u het later aan, dan geldt een ja op een oudere tekst "
                "niet meer."
            )
        if self._families is None:
            self._families = families_with_a_yes(self._desk.school, self._purpose.code)
        if not self._families:
            return tr("Nu heeft nog niemand ja gezegd op deze tekst.")
        families = counted(self._families, tr("gezin zei"), tr("gezinnen zeiden"))
        return tr(
            "{families} ja. Dat ja geldt hierna niet meer voor dit doel: u moet het "
            "opnieuw vragen. Dit kunt u niet ongedaan maken."
        ).format(families=families)

    # — recording —

    def confirm(self) -> None:
        if not self._group.checkedButton():
            self._answered.setObjectName("problem")
            self._answered.setText(tr("Kies eerst ja of nee."))
            self._answered.show()
            self._answered.style().polish(self._answered)
            go_to(self.same)
        elif self.wider.isChecked() and self._families:
            question = self._what_follows()
            messages.confirm(self, question, tr("Opnieuw vragen"), self._record, danger=True)
        else:
            self._record()

    def _record(self) -> None:
        school, code = self._desk.school, self._purpose.code
        before = {name: getattr(self._purpose.wording, name) for name in TEXTS}
        widens = self.wider.isChecked()
        try:
            reword_purpose(school, code, widens=widens, **self._typed())
        except KnownError as error:
            self._refuse(error)
            return

        def undo() -> None:
            reword_purpose(school, code, widens=False, **before)
            self._desk.tell_change()

        self.accept()
        self._desk.tell_change()
        self._desk.say(
            tr("De nieuwe tekst staat op de formulieren die u hierna maakt."),
            None if widens else undo,
        )

    def _refuse(self, error: KnownError) -> None:
        """Tell it at the text that is empty, else at the first that was changed."""
        typed, now = self._typed(), self._purpose.wording
        empty = [name for name in TEXTS[:2] if not typed[name]]
        changed = [name for name in TEXTS if typed[name] != getattr(now, name)]
        self.fields.show_problems({[*empty, *changed, TEXTS[0]][0]: str(error)})


def _with(wording: Wording, texts: dict[str, str]) -> Wording:
    return replace(
        wording,
        label=texts["label"],
        short=texts["short"],
        audience=texts["audience"],
        keeps=texts["keeps"],
    )


class HistoryDialog(SettingsDialog):
    """Every text a purpose had, the newest first."""

    def __init__(self, found: PurposeSettings, owner: QWidget) -> None:
        title = tr("Teksten van “{short}”").format(short=found.purpose.wording.short)
        super().__init__(owner, title, width=640)
        for each in reversed(found.wordings):
            self.body.addWidget(_version(each, found.answers[each.version]))
        self.body.addStretch(1)


def _version(wording: Wording, answers: int) -> QWidget:
    head = tr("Tekst {version}, vanaf {day}").format(
        version=wording.version, day=dutch_date(wording.since)
    )
    said = counted(answers, tr("antwoord"), tr("antwoorden"))
    if wording.widens:
        said += tr(" · ruimer dan de vorige: een ouder ja geldt niet meer")
    note = tr("Wie: {who} · Hoelang: {keeps}").format(who=wording.audience, keeps=wording.keeps)
    return card(
        label(head, "strong"),
        label(wording.label, wrap=True),
        label(note, "muted", wrap=True),
        label(said, "small", wrap=True),
        spacing=4,
    )
