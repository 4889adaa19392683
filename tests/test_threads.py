"""The windows read while a job writes, and actions within actions."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from schoolprivacy.errors import KnownError, RefusedError
from schoolprivacy.people import records as people
from schoolprivacy.people.terms import Pupil
from schoolprivacy.school import School
from schoolprivacy.school.gate import Gate
from tests.vault.schools import change, phone

BEYOND_THE_CACHE = 45_000  # pupils of half a kilobyte: more than the 16 MB of a connection


def beside(what: Callable[[], object]) -> list[KnownError]:
    """Do something in another thread, until it is done; gives what went wrong."""
    found: list[KnownError] = []

    def run() -> None:
        try:
            what()
        except KnownError as error:
            found.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found


def test_a_large_change_keeps_no_reader_out(school: School) -> None:
    change(school, "0201234567")
    with school.transaction() as session:
        rows = [
            people.pupil_row(Pupil(f"{n:032x}", "A" * 200, "", "B" * 300))
            for n in range(BEYOND_THE_CACHE)
        ]
        session.execute(sa.insert(people.pupil), rows)
        session.audit("test.large")
        assert beside(lambda: phone(school)) == []


def test_who_reads_while_the_key_changes_reads_on(school: School) -> None:
    change(school, "0201234567")
    stop, seen = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            seen.append(phone(school))

    found: list[KnownError] = []
    reader = threading.Thread(target=lambda: found.extend(beside(read)))
    reader.start()
    try:
        for _ in range(3):
            school.renew_database_key()
    finally:
        stop.set()
        reader.join()
    assert found == []
    assert set(seen) == {"0201234567"}
    assert school.problems() == []


def test_a_gate_lets_in_again_who_is_inside() -> None:
    gate = Gate()
    with gate.passed(), gate.passed(), pytest.raises(AssertionError), gate.shut():
        pass
    with gate.shut():
        waiting = threading.Thread(target=lambda: beside(lambda: gate.passed().__enter__()))
        waiting.start()
        waiting.join(0.05)
        assert waiting.is_alive()
    waiting.join(5)
    assert not waiting.is_alive()


def test_an_action_that_fails_within_another_leaves_nothing(school: School) -> None:
    def fail() -> None:
        with school.transaction() as session:
            session.set_fact("inner", "x")
            session.audit("test.inner")
            raise RefusedError("edit.no_undo")

    with school.transaction() as session:
        session.set_fact("outer", "x")
        with pytest.raises(RefusedError):
            fail()
        session.audit("test.outer")
    with school.reading() as session:
        assert (session.fact("outer"), session.fact("inner")) == ("x", None)
    with (
        pytest.raises(AssertionError, match="audit trail"),
        school.transaction(),
        pytest.raises(RefusedError),
    ):
        fail()
    assert school.problems() == []
