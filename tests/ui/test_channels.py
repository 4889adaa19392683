"""The channels by keys: adding, changing, closing, looking them over, and what asks for care."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.publications.channels import ChannelKind
from schoolprivacy.school import School
from tests.ui.hands import texts
from tests.ui.log_schools import SITE, TODAY, Log, fill_channels
from tests.ui.pupil_pages import desk_of, dialog, push, screen_of
from ui.fields import show_date
from ui.main_window import MainWindow
from ui.screens import channels_words
from ui.screens.channels import ALL, CLOSED, LATE, WITHOUT, ChannelsScreen
from ui.screens.channels_dialog import ChannelDialog, CloseChannelDialog
from ui.screens.channels_words import address_of

Key = Qt.Key


@pytest.fixture
def log(demo: School) -> Log:
    return fill_channels(demo)


@pytest.fixture
def screen(log: Log, window: MainWindow) -> ChannelsScreen:
    desk_of(window).go("channels")
    found = screen_of(window, "channels")
    assert isinstance(found, ChannelsScreen)
    return found


def names(screen: ChannelsScreen) -> list[str]:
    model = screen.table.model()
    return [str(model.index(place, 0).data()) for place in range(model.rowCount())]


def go_to(screen: ChannelsScreen, name: str) -> None:
    screen.table.selectRow(names(screen).index(name))


def undo_last(qtbot: QtBot, window: MainWindow) -> None:
    assert window.workplace is not None
    window.workplace._toast.undo()


def test_open_channels_are_shown_and_the_others_can_be(screen: ChannelsScreen) -> None:
    assert "Nieuwspagina" in names(screen) and "Oude weblog" not in names(screen)
    screen.only.choose(CLOSED)
    assert names(screen) == ["Oude weblog"]
    screen.only.choose(ALL)
    assert {"Nieuwspagina", "Oude weblog"} <= set(names(screen))
    screen._search.setText("els")
    assert names(screen) == ["Facebook groep 5"]


def test_what_lacks_a_purpose_or_a_look_is_told_and_one_press_away(
    screen: ChannelsScreen, window: MainWindow, qtbot: QtBot
) -> None:
    assert "Facebook groep 5" in screen._without.said.text()
    assert "Website van de school" in screen._late.said.text()
    push(qtbot, screen, "Kanalen zonder doel tonen")
    assert screen.only.value() == WITHOUT and "Facebook groep 5" in names(screen)
    assert "Nieuwspagina" not in names(screen)
    desk_of(window).go("channels", show="to_review")
    assert screen.only.value() == LATE and "Website van de school" in names(screen)


def test_a_channel_is_added_by_keys(
    screen: ChannelsScreen, log: Log, window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.keyClick(screen.table, Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    asked = dialog(qtbot, ChannelDialog)
    qtbot.keyClicks(QApplication.focusWidget(), "Schermen in de hal")
    asked.fields["kind"].choose(ChannelKind.OTHER)
    asked._ticks._boxes["newsletter"].setFocus()
    qtbot.keyClick(asked._ticks._boxes["newsletter"], Key.Key_Space)
    asked.fields["owner"].setText("Conciërge")
    qtbot.keyClick(asked.fields["owner"], Key.Key_Return)
    found = log.channel("Schermen in de hal")
    assert found.purposes == ("newsletter",) and found.owner == "Conciërge" and found.is_public
    assert "Schermen in de hal" in names(screen)
    undo_last(qtbot, window)
    assert "Schermen in de hal" not in names(screen)


def test_a_social_medium_has_one_purpose_of_its_own(
    screen: ChannelsScreen, log: Log, qtbot: QtBot
) -> None:
    go_to(screen, "Facebook groep 5")
    qtbot.keyClick(screen.table, Key.Key_Return)
    asked = dialog(qtbot, ChannelDialog)
    assert asked.fields["purpose"].isVisible() and not asked._ticks.isVisible()
    asked.fields["purpose"].choose("facebook")
    asked.try_save()
    assert log.channel("Facebook groep 5").purposes == ("facebook",)
    assert "Facebook (staat uit)" in str(screen.table.current().purposes)


def test_a_refusal_is_told_at_its_field(screen: ChannelsScreen, log: Log, qtbot: QtBot) -> None:
    screen.add()
    asked = dialog(qtbot, ChannelDialog)
    asked.fields["name"].setText("nieuwspagina")
    asked.try_save()
    assert asked.isVisible() and "al een open kanaal" in texts(asked)
    asked.fields["name"].setText("Draakgram")
    asked.fields["kind"].choose(ChannelKind.SOCIAL)
    asked.try_save()
    assert "welk sociaal medium" in texts(asked)
    asked.fields["since"].setText("1-1-2030")
    asked.try_save()
    assert "toekomst" in texts(asked)


def test_changing_keeps_what_was_not_touched(
    screen: ChannelsScreen, log: Log, qtbot: QtBot
) -> None:
    before = log.channel("Nieuwspagina")
    go_to(screen, "Nieuwspagina")
    push(qtbot, screen, "Wijzigen…")
    asked = dialog(qtbot, ChannelDialog)
    asked.fields["is_public"].choose(False)
    asked.try_save()
    after = log.channel("Nieuwspagina")
    assert not after.is_public and after.purposes == before.purposes == ("website",)
    assert (after.place, after.owner, after.since) == (before.place, before.owner, before.since)
    assert screen.table.current().channel.name == "Nieuwspagina"  # it stays there


def test_looked_over_closed_and_opened_again(
    screen: ChannelsScreen, log: Log, window: MainWindow, qtbot: QtBot
) -> None:
    go_to(screen, "Website van de school")
    push(qtbot, screen, "Vandaag nagekeken")
    assert log.channel("Website van de school").reviewed_on == TODAY
    assert not screen._late.isVisible() or "Website van" not in screen._late.said.text()
    undo_last(qtbot, window)
    assert log.channel("Website van de school").reviewed_on is None
    push(qtbot, screen, "Sluiten…")
    asked = dialog(qtbot, CloseChannelDialog)
    assert asked.fields["on"].text() == show_date(TODAY)
    qtbot.keyClick(asked.fields["on"], Key.Key_Return)
    assert log.channel("Website van de school").closed_on == TODAY
    assert "Website van de school" not in names(screen)
    screen.only.choose(CLOSED)
    go_to(screen, "Website van de school")
    push(qtbot, screen, "Weer openen")
    assert log.channel("Website van de school").closed_on is None


def test_looking_there_opens_the_browser(
    screen: ChannelsScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        channels_words.QDesktopServices, "openUrl", lambda url: opened.append(url.toString())
    )
    go_to(screen, "Nieuwspagina")
    push(qtbot, screen, "Bekijken")
    assert opened == [SITE]
    go_to(screen, "Ouderapp")
    assert not screen._look.isVisible()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
        ("demoschool.example/nieuws", "https://demoschool.example/nieuws"),
        ("www.school.example", "https://www.school.example"),
        ("nieuwsbrief 1, bladzijde 2", ""),
        ("besloten, per groep", ""),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("nr. 12", ""),
    ],
)
def test_only_addresses_of_the_web_are_opened(text: str, address: str) -> None:
    assert address_of(text) == address
    assert address_of("album", text) == address


def test_a_school_to_read_can_only_be_looked_at(log: Log, demo: School, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QLineEdit, QPushButton

    from ui.desk import Desk

    class Reading:
        read_only = True

        def __getattr__(self, name: str) -> object:
            return getattr(demo, name)

    shown = ChannelsScreen(Desk(Reading(), QLineEdit()))  # type: ignore[arg-type]
    qtbot.addWidget(shown)
    shown.show()
    seen = {each.accessibleName() for each in shown.findChildren(QPushButton) if each.isVisible()}
    assert not seen & {"Nieuw kanaal", "Wijzigen…", "Sluiten…", "Vandaag nagekeken"}
    shown.table.opened.emit(shown.table.current())
    assert QApplication.activeModalWidget() is None
