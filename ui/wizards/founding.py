"""Making a new school file from what was filled in, and making the demo school."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schoolprivacy.errors import KnownError
from ui.jobs import Job

if TYPE_CHECKING:
    from schoolprivacy.access.terms import Role
    from schoolprivacy.school import School

_DEMO_STEPS = 4  # three school years, and what the school does with its consents


@dataclass(frozen=True, slots=True)
class Colleague:
    """The second person who gets a way in."""

    name: str
    role: Role
    passphrase: str = field(repr=False)


@dataclass
class Beginning:
    """What was filled in so far; only in memory, until the school file exists.

    :param about: fields of the profile by name
    :param logo: name and content of the file
    :param colleague: None when somebody comes later
    :param school: the school file once it was made, opened
    :param paper_key: printed, not yet typed in
    :param page: of the guide, from 0
    """

    about: dict[str, str] = field(default_factory=dict)
    logo: tuple[str, bytes] | None = None
    passphrase: str = field(default="", repr=False)
    colleague: Colleague | None = None
    folder: Path | None = None
    backup_place: Path | None = None
    school: School | None = None
    paper_key: str = field(default="", repr=False)
    page: int = 0

    def forget_secrets(self) -> None:
        """Passphrases do not stay longer than they are needed."""
        self.passphrase = ""
        self.colleague = None


class Founder:
    """Makes school files.

    :param how: goes to the core as it is, e.g. the cost of a guess
    """

    def __init__(self, **how: Any) -> None:
        self._how = how

    def found(self, begun: Beginning, folder: Path, job: Job) -> tuple[School, str, list[str]]:
        """Make the school; gives it opened, its paper key, and sentences on what did not succeed.

        :raises KnownError: nothing was made
        """
        from schoolprivacy.registers import found_school

        job.report(0, 3)
        founded = found_school(
            folder,
            begun.about["name"],
            begun.about["brin"],
            director=begun.passphrase,
            alone=True,
            **self._how,
        )
        school, troubles = founded.school, list[str]()
        try:
            job.report(1, 3)
            if begun.colleague:
                with _noted(troubles):
                    _let_in(school, begun.colleague)
            job.report(2, 3)
            with _noted(troubles):
                _describe(school, begun)
            with _noted(troubles):
                school.set_backup_place(begun.backup_place)
        except BaseException:
            school.close()
            raise
        return school, founded.paper_key, troubles

    def demo(self, folder: Path, passphrase: str, job: Job) -> School:
        """Make the demo school and open it; stopped halfway, nothing of it stays.

        :raises KnownError: something is in the way at this place
        """
        import tempfile

        from schoolprivacy.clock import SystemClock
        from schoolprivacy.demo import make_demo_school
        from schoolprivacy.school import School

        steps = count(1)

        def progress(_: str) -> None:
            job.report(min(next(steps), _DEMO_STEPS), _DEMO_STEPS + 1)

        job.report(0, _DEMO_STEPS + 1)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            dir=folder.parent, prefix=".demo-", ignore_cleanup_errors=True
        ) as scratch:
            made = Path(scratch) / folder.name
            founded = make_demo_school(
                made, passphrase, SystemClock(), progress=progress, **self._how
            )
            founded.school.lock()
            made.rename(folder)
        return School.open(folder, passphrase)


@contextmanager
def _noted(troubles: list[str]) -> Iterator[None]:
    """The school file is there: what is refused now can be done later, and is told."""
    try:
        yield
    except KnownError as error:
        troubles.append(str(error))


def _let_in(school: School, colleague: Colleague) -> None:
    from schoolprivacy.access.actions import add_person

    add_person(school, colleague.name, colleague.role, colleague.passphrase)


def _describe(school: School, begun: Beginning) -> None:
    from schoolprivacy.people.profile import change_profile, set_logo

    rest = {name: text for name, text in begun.about.items() if name not in ("name", "brin")}
    change_profile(school, **rest)
    if begun.logo:
        set_logo(school, *begun.logo)
