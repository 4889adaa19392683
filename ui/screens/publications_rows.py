"""The rows and columns of what must be taken down, and of the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from schoolprivacy.consents.publications.channels import Channel, channels
from schoolprivacy.consents.publications.log import Publication, publications
from schoolprivacy.consents.publications.take_down import Task, tasks
from schoolprivacy.people.directory import directory
from schoolprivacy.people.names import full_name, group_label, plain, register_name
from schoolprivacy.school import School
from ui import theme
from ui.answers import signs
from ui.fields import show_date
from ui.table import Column
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Read:
    """All that the screen shows, read together.

    :param pupil_id: the child of whom it shows what appeared; "" for everybody
    :param pupil: its name
    :param of_pupil: identifiers of what appeared of it
    """

    tasks: tuple[Task, ...]
    publications: tuple[Publication, ...]
    channels: tuple[Channel, ...]
    pupil_id: str = ""
    pupil: str = ""
    of_pupil: frozenset[str] = frozenset()


def read_all(school: School, pupil_id: str) -> Read:
    """What appeared and what must go.

    :param pupil_id: of one child; "" of everybody
    """
    name, own = "", frozenset[str]()
    if pupil_id:
        everyone = directory(school, leavers=True)
        name = next((full_name(e.pupil) for e in everyone if e.pupil.id == pupil_id), "")
        own = frozenset(each.id for each in publications(school, pupil_id))
    return Read(
        tuple(tasks(school, only_open=False)),
        tuple(publications(school)),
        tuple(channels(school)),
        pupil_id if name else "",
        name,
        own,
    )


# — what must be taken down —


def because_words(task: Task) -> str:
    """``Website: ingetrokken sinds 02-11-2026``; not by whom."""
    said = tr("{purpose}: {answer} sinds {day}")
    return "; ".join(
        said.format(
            purpose=each.short, answer=signs()[each.answer].word.lower(), day=show_date(each.since)
        )
        for each in task.because
    )


def done_words(task: Task) -> str:
    """``weggehaald op 02-11-2026 door Els``; "" as long as it must be done."""
    if task.done is None:
        return ""
    text = tr("weggehaald op {day} door {name}")
    return text.format(day=show_date(task.done.done_on), name=task.done.done_by)


def task_search(task: Task) -> str:
    """What a task can be found by."""
    shown = task.publication
    return " ".join(
        (
            full_name(task.child.pupil),
            task.child.placement.group_name,
            *(shown.event, shown.channel.name, shown.where, show_date(shown.appeared_on)),
        )
    )


def _task_spoken(task: Task) -> str:
    state = tr("weggehaald") if task.done else tr("nog weg te halen")
    return ", ".join((full_name(task.child.pupil), task.publication.event, state))


def _task_icon(task: Task) -> Any:
    if task.done:
        return theme.icon("circle-check", "yes", 16)
    return theme.icon("circle", "open", 16)


def task_columns() -> tuple[Column[Task], ...]:
    """The columns of what must be taken down."""
    return (
        Column(
            tr("Leerling"),
            lambda task: register_name(task.child.pupil),
            speaks=_task_spoken,
            icon=_task_icon,
            width=175,
        ),
        Column(tr("Groep"), lambda task: group_label(task.child.placement.group_name), width=92),
        Column(tr("Beeld van"), lambda task: task.publication.event, width=142),
        Column(
            tr("Verschenen"),
            lambda task: show_date(task.publication.appeared_on),
            sorts=lambda task: task.publication.appeared_on.isoformat(),
            width=102,
        ),
        Column(tr("Kanaal"), lambda task: task.publication.channel.name, width=115),
        Column(tr("Waar"), lambda task: task.publication.where or tr("niet ingevuld"), width=95),
        Column(tr("Waarom"), lambda task: done_words(task) or because_words(task)),
    )


# — the log —


def shown_words(publication: Publication) -> str:
    """``Groep 5, Noor ter Braak``: the groups, then who was named."""
    groups = (group_label(each) for each in publication.groups)
    return ", ".join((*groups, *map(full_name, publication.pupils)))


def state_words(publication: Publication) -> str:
    """Whether it is still there."""
    if publication.removed_on is None:
        return tr("staat er")
    return tr("weg sinds {day}").format(day=show_date(publication.removed_on))


def publication_search(publication: Publication) -> str:
    """What a publication can be found by."""
    return f"{publication.search} {plain(publication.where)}"


def _publication_spoken(publication: Publication) -> str:
    of = publication
    return ", ".join((of.event, show_date(of.appeared_on), of.channel.name, state_words(of)))


def _publication_icon(publication: Publication) -> Any:
    if publication.removed_on:
        return theme.icon("minus", "open", 16)
    return theme.icon("circle", "open", 16)


def publication_columns() -> tuple[Column[Publication], ...]:
    """The columns of the log."""
    return (
        Column(tr("Beeld van"), lambda each: each.event, speaks=_publication_spoken, width=200),
        Column(
            tr("Verschenen"),
            lambda each: show_date(each.appeared_on),
            sorts=lambda each: each.appeared_on.isoformat(),
            width=105,
        ),
        Column(tr("Kanaal"), lambda each: each.channel.name, width=130),
        Column(tr("Waar"), lambda each: each.where or tr("niet ingevuld"), width=170),
        Column(tr("Wie"), shown_words, width=180),
        Column(tr("Stand"), state_words, icon=_publication_icon),
    )
