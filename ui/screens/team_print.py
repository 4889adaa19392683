"""The forms of the people at school and the sheet of who may be on pictures: see, print, save."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.consents.printing import Outlet
from schoolprivacy.consents.team.members import TeamTable
from schoolprivacy.consents.team.printing import (
    print_team_forms,
    print_team_sheet,
    sample_team_forms,
    sample_team_sheet,
)
from schoolprivacy.consents.terms import Answer
from schoolprivacy.errors import KnownError
from ui import jobs, messages
from ui.desk import Desk
from ui.dialog import Dialog
from ui.fields import Fields, button, choice, label, row
from ui.preview import Deliver, PaperView, Progress, print_made
from ui.saving import save_made
from ui.theme import px
from ui.words import counted, tr

Make = Callable[[Deliver, Progress], str]


class _PaperDialog(Dialog):
    """A paper as it will look, with the ways to make it; what is made is registered."""

    file_name = ""

    def __init__(self, owner: QWidget, desk: Desk, title: str, told: str) -> None:
        super().__init__(owner, title)
        self.desk = desk
        self._asked = 0  # so many samples; an older one that comes later is not shown
        self.view = PaperView(tr("Voorbeeld"))
        self.view.setMinimumHeight(px(110))
        self._problem = label("", wrap=True)
        self._problem.hide()
        self.primary = button(
            tr("Af&drukken…"), self._print, icon="printer", kind="primary", tip=tr("Ctrl+Enter")
        )
        self._save_button = button(tr("&Bewaar als PDF…"), self._save, icon="save")
        close = button(tr("&Sluiten"), self.reject, tip=tr("Escape"))
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(20), px(18), px(20), px(16))
        self.body.setSpacing(px(12))
        self.body.addWidget(label(title, "heading", wrap=True))
        self.body.addWidget(label(told, "muted", wrap=True))
        self.add_choices()
        self.body.addWidget(self._problem)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(row(close, None, self._save_button, self.primary))
        self._allow(may=False)
        room = owner.window().size()
        self.resize(min(px(760), room.width() - px(20)), min(px(760), room.height() - px(20)))

    def add_choices(self) -> None:
        """Put what is chosen before it is made in ``self.body``."""

    def sampling(self) -> Callable[[], bytes]:
        """What makes the paper as it will look; it works beside the windows."""
        raise NotImplementedError

    def making(self, way: Outlet) -> Make:
        """What makes and registers it, and gives what to say when that was done."""
        raise NotImplementedError

    # — looking —

    def look(self) -> None:
        """Make the sample anew."""
        self._asked += 1
        asked = self._asked

        def show(pdf: bytes) -> None:
            if asked == self._asked:
                self._show(pdf, "")

        def failed(error: BaseException) -> None:
            if not isinstance(error, KnownError):
                messages.tell_error(self, error)
            elif asked == self._asked:
                self._show(None, str(error))

        jobs.quietly(self, self.sampling(), show, failed)

    def _show(self, pdf: bytes | None, problem: str) -> None:
        self.view.show_paper(pdf)
        self.view.setVisible(pdf is not None)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._allow(may=pdf is not None)

    def _allow(self, *, may: bool) -> None:
        for each in (self.primary, self._save_button):
            each.setEnabled(may and not self.desk.school.read_only)

    # — making —

    def _print(self) -> None:
        print_made(self.desk, self, self.windowTitle(), self.making("printed"), self._made)

    def _save(self) -> None:
        save_made(self.desk, self, self.file_name, self.making("saved"), self._made)

    def _made(self, said: str) -> None:
        self.done(1)
        self.desk.tell_change()
        self.desk.say(said)


class FormsDialog(_PaperDialog):
    """A form for each of some people.

    :param chosen: identifiers of those who are chosen in the table
    """

    file_name = "formulieren-medewerkers"

    def __init__(self, owner: QWidget, desk: Desk, found: TeamTable, chosen: Sequence[str]) -> None:
        self._options = _options(found, chosen)
        told = tr(
            "Ieder krijgt een eigen formulier. Het staat los van het werk: een nee, of geen "
            "antwoord, heeft geen gevolgen. Er gaat geen herinnering achteraan."
        )
        super().__init__(owner, desk, tr("Formulieren voor wie op school werkt of helpt"), told)
        self.look()

    def add_choices(self) -> None:
        self.whom = choice([(text, ids) for text, ids in self._options])
        fields = Fields()
        fields.add("whom", tr("&Voor wie?"), self.whom)
        self.whom.currentIndexChanged.connect(lambda _: self.look())
        self.body.addWidget(fields)

    def sampling(self) -> Callable[[], bytes]:
        school, ids = self.desk.school, self.whom.value()
        return lambda: sample_team_forms(school, ids)

    def making(self, way: Outlet) -> Make:
        school, ids = self.desk.school, self.whom.value()

        def make(deliver: Deliver, progress: Progress) -> str:
            made = print_team_forms(school, deliver, ids, way=way, progress=progress)
            many = counted(len(made), tr("formulier"), tr("formulieren"))
            return tr("{many} gemaakt en geregistreerd.").format(many=many)

        return make


class SheetDialog(_PaperDialog):
    """Who of everybody may be on which pictures."""

    file_name = "fotoblad-medewerkers"

    def __init__(self, owner: QWidget, desk: Desk) -> None:
        told = tr(
            "Voor wie foto's maakt of plaatst. Wie geen ja zei, staat er hetzelfde op als wie nee "
            "zei. Hang het blad niet op."
        )
        super().__init__(owner, desk, tr("Wie van het team mag op de foto?"), told)
        self.look()

    def sampling(self) -> Callable[[], bytes]:
        school = self.desk.school
        return lambda: sample_team_sheet(school)

    def making(self, way: Outlet) -> Make:
        school = self.desk.school

        def make(deliver: Deliver, _progress: Progress) -> str:
            print_team_sheet(school, deliver, way=way)
            return tr("Het fotoblad is gemaakt en geregistreerd.")

        return make


def _options(found: TeamTable, chosen: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Who can be asked: those chosen first, when there is more than one."""
    everybody = [each.member.id for each in found.rows]
    new = [
        each.member.id
        for each in found.rows
        if all(answer is Answer.NOT_ASKED for answer in each.answers)
    ]
    offers = [
        (tr("Wie nog niet is gevraagd ({people})"), new),
        (tr("Iedereen ({people})"), everybody),
    ]
    picked = (tr("Wie in de lijst is gekozen ({people})"), list(chosen))
    offers.insert(0 if len(chosen) > 1 else 1, picked)
    return [
        (text.format(people=counted(len(ids), tr("persoon"), tr("personen"))), ids)
        for text, ids in offers
        if ids
    ]
