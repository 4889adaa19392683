"""Looking at a kept paper, from memory only, and saying what a new one is."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from schoolprivacy.consents.evidence import (
    Attachment,
    Evidence,
    attach,
    remove_evidence,
)
from schoolprivacy.consents.form_code import short_form_code
from schoolprivacy.consents.history import FormLine, pupil_history
from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.evidence_files import is_pdf
from schoolprivacy.people.names import full_name
from schoolprivacy.people.terms import Pupil
from ui.desk import Desk
from ui.dialog import Dialog
from ui.fields import button, choice, label, row, show_date, text_field
from ui.preview import PaperView
from ui.screens.pupil_dialog import EntryDialog
from ui.theme import px
from ui.words import tr

_SHARP = 2400  # pixels of the longer side: enough to read a page, and quick to turn


class PictureView(QScrollArea):
    """A photo as wide as there is room; it stands upright as it was taken."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._shown = QLabel()
        self._shown.setObjectName("body")
        self._shown.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._shown.setAccessibleName(name)
        self._image = QImage()
        self.setWidget(self._shown)

    def show_picture(self, content: bytes) -> None:
        """Show a JPEG or PNG."""
        self._image = read_picture(content)
        self._fit()

    def _fit(self) -> None:
        if self._image.isNull():
            return
        ratio = self.devicePixelRatioF()
        room = self.viewport().width() - px(12)
        width = round(min(room, px(820)) * ratio)
        smooth = Qt.TransformationMode.SmoothTransformation
        picture = QPixmap.fromImage(self._image.scaledToWidth(max(1, width), smooth))
        picture.setDevicePixelRatio(ratio)
        self._shown.setPixmap(picture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar.setValue(bar.minimum() if event.key() == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)


def read_picture(content: bytes) -> QImage:
    """A picture out of memory, upright, no larger than is needed to read it."""
    held = QByteArray(content)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > _SHARP:
        size.scale(QSize(_SHARP, _SHARP), Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(size)
    return reader.read()


def view_of(name: str, content: bytes) -> PaperView | PictureView:
    """Pages or a picture, whichever it is."""
    if is_pdf(content):
        paper = PaperView(name)
        paper.show_paper(content)
        return paper
    picture = PictureView(name)
    picture.show_picture(content)
    return picture


class EvidenceDialog(Dialog):
    """A kept paper."""

    def __init__(self, owner: QWidget, kept: Evidence, found: Attachment) -> None:
        super().__init__(owner, found.name)
        self.view = view_of(tr("Bewijsstuk"), found.content)
        self.primary = button(tr("&Sluiten"), self.reject, kind="primary", tip=tr("Escape"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(18), px(20), px(16))
        layout.setSpacing(px(10))
        layout.addWidget(label(found.name, "heading", wrap=True))
        layout.addWidget(label(_about(kept), "muted", wrap=True))
        layout.addWidget(self.view, 1)
        layout.addWidget(row(None, self.primary))
        room = owner.window().size()
        self.resize(min(px(880), room.width() - px(20)), min(px(780), room.height() - px(20)))

    def open(self) -> None:
        super().open()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)


def _about(kept: Evidence) -> str:
    added = tr("Toegevoegd op {day} door {who}")
    parts = [added.format(day=show_date(kept.added_on), who=kept.added_by)]
    if kept.form:
        parts.append(tr("formulier {number}").format(number=short_form_code(kept.form)))
    return " · ".join([*parts, *filter(None, (kept.about,))])


class AttachDialog(EntryDialog):
    """Look whether it is the right paper, and say which form it shows."""

    def __init__(self, owner: QWidget, desk: Desk, pupil: Pupil, name: str, content: bytes) -> None:
        title = tr("Bewijs bij {child}").format(child=full_name(pupil))
        super().__init__(owner, title, tr("Bewaren"), width=760)
        self._desk, self._pupil, self._name, self._content = desk, pupil, name, content
        told = tr("{name} – is dit het papier van dit kind?").format(name=name)
        self.body.addWidget(label(told, wrap=True))
        forms = pupil_history(desk.school, pupil.id).forms[::-1]
        offers = [(_form_words(each), each.number) for each in forms]
        none = (tr("Geen formulier: een brief of een ouder papier"), "")
        self.add("form", tr("&Welk formulier is het?"), choice([*offers, none]), span=2)
        self.add(
            "about",
            tr("&Omschrijving"),
            text_field(longest=200, placeholder=tr("bijvoorbeeld: brief van moeder")),
            hint=tr("Mag leeg blijven."),
            span=2,
        )
        self.body.addWidget(self.fields)
        self.view = view_of(tr("Het gekozen bestand"), content)
        self.view.setMinimumHeight(px(340))
        self.body.addWidget(self.view, 1)

    def problems(self) -> Iterable[FieldProblem]:
        return ()

    def save(self) -> None:
        desk, pupil, name, content = self._desk, self._pupil, self._name, self._content
        form, about = self.fields["form"].value(), self.fields["about"].text()
        desk.run(
            tr("Bewaren"),
            lambda _: attach(
                desk.school, pupil.id, name, content, form_number=form or None, about=about
            ),
            self._kept,
            may_stop=False,
        )

    def _kept(self, evidence_id: str) -> None:
        desk = self._desk

        def take_back() -> None:
            remove_evidence(desk.school, evidence_id)
            desk.tell_change()

        self.done(1)
        desk.tell_change()
        said = tr("“{name}” is bewaard bij {child}. Verwijder nu het bestand op de computer.")
        desk.say(said.format(name=self._name, child=full_name(self._pupil)), take_back)


def _form_words(form: FormLine) -> str:
    told = tr("{number}, gemaakt op {day}")
    return told.format(number=short_form_code(form.number), day=show_date(form.asked_on))
