"""What the screens about channels and publications have in common: words, and looking there."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from schoolprivacy.consents.publications.channels import Channel, ChannelKind
from schoolprivacy.errors import KnownError
from schoolprivacy.people.names import group_label
from ui.fields import go_to, show_date
from ui.screens.pupil_dialog import EntryDialog
from ui.words import tr

_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}(/\S*)?", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def kind_word(kind: ChannelKind) -> str:
    """What a channel is."""
    return {
        ChannelKind.WEBSITE: tr("website"),
        ChannelKind.APP: tr("app"),
        ChannelKind.SOCIAL: tr("sociaal medium"),
        ChannelKind.NEWSLETTER: tr("nieuwsbrief"),
        ChannelKind.PRINT: tr("drukwerk"),
        ChannelKind.PRESS: tr("pers"),
        ChannelKind.FILM: tr("film"),
        ChannelKind.OTHER: tr("iets anders"),
    }[kind]


def seen_by(channel: Channel) -> str:
    """Who can see what appears in it."""
    return tr("iedereen") if channel.is_public else tr("besloten")


def of_group(channel: Channel) -> str:
    """``Groep 5``, or the whole school."""
    return group_label(channel.group_name) if channel.group_name else tr("hele school")


def channel_choice(channel: Channel) -> str:
    """A channel to choose; that it is closed belongs to it."""
    if channel.closed_on is None:
        return channel.name
    text = tr("{name} (gesloten op {day})")
    return text.format(name=channel.name, day=show_date(channel.closed_on))


def told_at(dialog: EntryDialog, error: KnownError, places: Mapping[str, str]) -> None:
    """Tell at the field that it is about why something was not stored.

    :param places: the field by the key of the error
    :raises KnownError: it is about no field
    """
    field = places.get(error.key)
    if field is None:
        raise error
    tell_at(dialog, field, str(error))


def tell_at(dialog: EntryDialog, field: str, text: str) -> None:
    """Tell at a field what is wrong; going there first, because leaving another clears it."""
    go_to(dialog.fields[field])
    dialog.fields.show_problems({field: text}, focus=False)


# — looking there —


def address_of(*places: str) -> str:
    """The first of these that a browser can open; "" when none can."""
    for each in places:
        text = each.strip()
        if _HOST.fullmatch(text):
            text = f"https://{text}"
        if _ADDRESS.fullmatch(text):
            return text
    return ""


def breakable(place: str) -> str:
    """A place that may go on on the next line at every part of an address."""
    return re.sub(r"([/.?&=_-])(?=\S)", "\\1\u200b", place)


def open_address(address: str) -> None:
    """Open it in the browser of this computer."""
    QDesktopServices.openUrl(QUrl(address, QUrl.ParsingMode.StrictMode))
