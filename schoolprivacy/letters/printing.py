"""How every paper of a register is made: prepared, sifted, registered, drawn, handed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypedDict, TypeVar, Unpack

from schoolprivacy.errors import KnownError, RefusedError, sentence
from schoolprivacy.letters.letterhead import made, school_paper
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.people import names
from schoolprivacy.people.records import current_year, group_names, pupils_on_roll
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import School, Session

Deliver = Callable[[bytes], None]
"""Takes the finished paper, before anything is stored; when it fails nothing is stored."""

Progress = Callable[[int, int], None]
"""Hears how many of how many are drawn; may raise to stop, and then nothing is stored."""

SAMPLES = 3
"""So many children stand on a sample."""


Outlet = Literal["printed", "saved"]
"""What becomes of a paper; a saved file is an export."""


class Whom(TypedDict, total=False):
    """For whom a paper is made: everybody on roll without any of these.

    ``group``: only who sits in it; ``pupil_ids``: only these pupils.
    """

    group: str | None
    pupil_ids: Collection[str] | None


class Job(Whom, total=False):
    """The same, with what becomes of the paper."""

    way: Outlet
    progress: Progress | None


class Numbered(Protocol):
    """A form with the number by which it is found."""

    @property
    def number(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Printed:
    """One form on paper, or named on a list.

    :param form: its number; "" of a paper without one
    """

    form: str
    pupil_id: str
    pupil: str
    group: str

    @classmethod
    def of(cls, child: PlacedPupil, form: Numbered | None = None) -> Printed:
        number = form.number if form else ""
        return cls(number, child.pupil.id, names.full_name(child.pupil), child.placement.group_name)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A pupil who could not be printed; nothing was registered.

    :param reason: the Dutch sentence that says what to change
    """

    pupil_id: str
    pupil: str
    reason: str


@dataclass(frozen=True, slots=True)
class PrintRun:
    """What came on paper, and who did not.

    :param reprinted: how many of the printed came on paper before, with the same numbers
    """

    printed: tuple[Printed, ...]
    left_out: tuple[LeftOut, ...]
    reprinted: int = 0

    def __iter__(self) -> Iterator[Printed]:
        return iter(self.printed)

    def __len__(self) -> int:
        return len(self.printed)


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper that is prepared: nothing is drawn or stored yet.

    :param parts: how many sheets, letters or lists there are to draw
    :param store: registers what the paper asks
    :param reprinted: how many of the printed came on paper before
    """

    printed: Sequence[Printed]
    left_out: Sequence[LeftOut]
    parts: int
    draw: Callable[[SchoolPaper, Made, Callable[[int], None] | None], bytes]
    store: Callable[[], None] = lambda: None
    reprinted: int = 0


Prepare = Callable[[Session, list[PlacedPupil]], Draft]


@dataclass(frozen=True, slots=True)
class PaperCount:
    """What a paper would hold, told before it is made.

    :param parts: sheets, letters or lists
    :param printed: forms on paper, or children (at an address) in a letter
    :param reprinted: how many of the printed came on paper before
    """

    parts: int
    printed: int
    reprinted: int


class Find(Protocol):
    """Finds for whom a paper is made."""

    def __call__(self, session: Session, **whom: Unpack[Whom]) -> list[PlacedPupil]: ...


def print_paper(
    school: School,
    deliver: Deliver,
    prepare: Prepare,
    action: str,
    detail: dict[str, object] | None = None,
    find: Find | None = None,
    **job: Unpack[Job],
) -> PrintRun:
    """Make a paper and hand it over: registered, audited and delivered together, or not at all.

    :param action: what the audit trail calls it, with ``detail``
    :param find: who they are; everybody on roll without it
    """
    progress, find = job.get("progress"), find or pupils_to_print
    with school.transaction() as session:
        draft = prepare(session, find(session, **_whom(job)))
        draft.store()
        session.audit(
            action,
            _about(job),
            forms=len(draft.printed),
            left_out=len(draft.left_out),
            way=job.get("way", "saved"),
            **detail or {},
        )
        told = (lambda done: progress(done, draft.parts)) if progress else None
        deliver(draft.draw(school_paper(session), made(session), told))
    return PrintRun(tuple(draft.printed), tuple(draft.left_out), draft.reprinted)


def sample_paper(
    school: School, prepare: Prepare, find: Find | None = None, **whom: Unpack[Whom]
) -> bytes:
    """The first sheets as they will look, marked as a sample on every page; stores nothing."""
    with school.reading() as session:
        pupils = (find or pupils_to_print)(session, **whom)
        draft = prepare(session, pupils)
        sample = Made(session.clock.today(), session.who.name, sample=True)
        return draft.draw(school_paper(session), sample, None)


def count_paper(school: School, prepare: Prepare, **whom: Unpack[Whom]) -> PaperCount:
    """How much would come on paper, and how much of that once more; draws and stores nothing."""
    with school.reading() as session:
        draft = prepare(session, pupils_to_print(session, **whom))
        return PaperCount(draft.parts, len(draft.printed), draft.reprinted)


def _about(job: Job) -> str:
    """The pupil when it is about one, else the group or everybody."""
    ids = job.get("pupil_ids") or ()
    return next(iter(ids)) if len(ids) == 1 else job.get("group") or ""


def _whom(job: Job) -> Whom:
    return {"group": job.get("group"), "pupil_ids": job.get("pupil_ids")}


def pupils_to_print(session: Session, **whom: Unpack[Whom]) -> list[PlacedPupil]:
    """Everybody on roll, or those who are meant.

    :raises RefusedError: no such group, or nobody to print for
    """
    group, ids = whom.get("group"), whom.get("pupil_ids")
    on = session.clock.today()
    year = current_year(session, on)
    if group is not None and group not in (known := group_names(session, year)):
        raise RefusedError("group.unknown", group=group, known=", ".join(known) or "geen")
    pupils = pupils_on_roll(session, on, year, group)
    if ids is not None:
        wanted = frozenset(ids)
        pupils = [each for each in pupils if each.pupil.id in wanted]
    if not pupils:
        raise RefusedError("group.empty")
    return pupils


# — who cannot be printed —

_LEFT_OUT = {
    "paper.missing_glyph": "left_out.missing_glyph",
    "paper.address_too_long": "left_out.address_too_long",
    "paper.text_too_long": "left_out.text_too_long",
}

T = TypeVar("T")


def sift(
    items: Iterable[T],
    check: Callable[[T], None],
    children: Callable[[T], Iterable[PlacedPupil]],
) -> tuple[list[T], list[LeftOut]]:
    """Keep what can be printed; one name that cannot does not stop all the others.

    :param check: raises what is wrong with one of the items
    :raises KnownError: nothing can be printed; the first reason
    """
    kept: list[T] = []
    left_out: list[LeftOut] = []
    first: KnownError | None = None
    for each in items:
        try:
            check(each)
        except KnownError as error:
            if error.key not in _LEFT_OUT:
                raise
            first = first or error
            reason = sentence(_LEFT_OUT[error.key], **error.values)
            left_out += [
                LeftOut(child.pupil.id, names.full_name(child.pupil), reason)
                for child in children(each)
            ]
        else:
            kept.append(each)
    if first and not kept:
        raise first
    return kept, left_out


# — what stands on paper —


def names_on_list(pupils: Sequence[PlacedPupil]) -> dict[str, str]:
    """How each pupil stands on a list; who is called the same in a group, with date of birth."""
    twice = Counter(_called(each) for each in pupils)
    return {each.pupil.id: _name_on_list(each, twice[_called(each)] > 1) for each in pupils}


def _called(child: PlacedPupil) -> tuple[str, str]:
    return child.placement.group_name, names.plain(names.full_name(child.pupil))


def _name_on_list(child: PlacedPupil, is_shared: bool) -> str:
    name, born_on = names.register_name(child.pupil), child.pupil.born_on
    return f"{name} ({dutch_date(born_on)})" if is_shared and born_on else name
