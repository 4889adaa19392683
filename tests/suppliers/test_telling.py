"""What parents can read, what of it changed, and everybody who gets data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from schoolprivacy.errors import RefusedError
from schoolprivacy.people.undoing import undo
from schoolprivacy.school import School
from schoolprivacy.suppliers.products import change_product
from schoolprivacy.suppliers.recipients import (
    add_recipient,
    change_recipient,
    recipients,
    remove_recipient,
)
from schoolprivacy.suppliers.sheet_terms import Data, Option, Shared, Subject
from schoolprivacy.suppliers.sheets import record_bijsluiter
from schoolprivacy.suppliers.stopping import confirm_deletion, stop_product
from schoolprivacy.suppliers.telling import (
    parents_list,
    publications,
    record_published,
    unread,
)
from schoolprivacy.suppliers.terms import RecipientEntry, RecipientKind, State
from schoolprivacy.suppliers.usual import usual_products, usual_recipients
from tests.suppliers.builders import (
    BIJSLUITER,
    REKENAAR,
    TODAY,
    a_product,
    in_order,
    row,
    state,
)

DAY = timedelta(days=1)
OTHER = RecipientEntry("GGD", RecipientKind.HEALTH, "naam", "onderzoek")
DUO = RecipientEntry("DUO", RecipientKind.DUO, "inschrijving", "bekostiging", "de wet")


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(RefusedError) as told:
        act()
    return told.value.key


def test_what_parents_read_of_a_product(school: School) -> None:
    in_order(school)
    (told,) = parents_list(school).products
    assert (told.who, told.company, told.why) == ("Rekenaar", "Cijferwerk", "oefenen met rekenen")
    assert told.what == (
        "naam en contactgegevens: voornaam",
        "resultaten en voortgang",
        "foto's, video's en geluid: stemopname",
    )
    assert "Nederland" in told.where and "Rekencentrum Noord (Duitsland)" in told.where
    assert told.kept == BIJSLUITER.retention and told.since == REKENAAR.since
    assert "ouders" not in told.said()  # the parents' portal was not ticked


def test_unticking_an_option_is_something_parents_have_yet_to_read(school: School) -> None:
    one = in_order(school)
    assert unread(school) == []
    option = Option("Voorlezen", False, (Shared(Data.IMAGES, "stemopname"),))
    newer = replace(BIJSLUITER, version="3", issued_on=TODAY, options=(option,))
    change = record_bijsluiter(school, one, newer)
    (found,) = unread(school)
    assert "stemopname" in found.before and "stemopname" not in found.now
    assert state(school, one) is State.NOT_TOLD
    undo(school, change)
    assert unread(school) == []


def test_every_line_that_changed_is_told(school: School) -> None:
    one, two = in_order(school), in_order(school, "Taalaar")
    key = add_recipient(school, DUO).about
    assert [(e.who, bool(e.before), bool(e.now)) for e in unread(school)] == [("DUO", False, True)]
    record_published(school, TODAY, "schoolgids")
    assert unread(school) == []
    change_product(school, one, replace(REKENAAR, used_for="rekenen en meer"))
    stop_product(school, two, TODAY - DAY, "weg")
    remove_recipient(school, key)
    found = {
        each.who.split(" (")[0]: (bool(each.before), bool(each.now)) for each in unread(school)
    }
    assert found == {"Rekenaar": (True, True), "Taalaar": (True, True), "DUO": (True, False)}


def test_a_stopped_product_stays_on_the_list_until_its_data_are_gone(school: School) -> None:
    one = in_order(school)
    stop_product(school, one, TODAY - DAY, "weg")
    (told,) = parents_list(school).products
    assert "Gestopt" in told.until
    confirm_deletion(school, one, TODAY, "brief")
    assert parents_list(school).products == ()
    (gone,) = unread(school)
    assert gone.now == "" and gone.before
    assert state(school, one) is State.STOPPED


def test_that_the_last_line_is_gone_can_be_told(school: School) -> None:
    one = in_order(school)
    stop_product(school, one, TODAY - DAY, "weg")
    confirm_deletion(school, one, TODAY, "brief")
    assert len(unread(school)) == 1
    record_published(school, TODAY, "website")
    assert unread(school) == [] and publications(school)[0].said == {}
    again = lambda: record_published(school, TODAY, "website")  # noqa: E731
    assert refused(again) == "supplier.nothing_to_tell"


def test_what_is_on_staff_alone_is_not_told_to_parents(school: School) -> None:
    one = in_order(school)
    for version, subjects in (("3", (Subject.STAFF,)), ("4", (Subject.STAFF, Subject.GUARDIANS))):
        record_bijsluiter(school, one, replace(BIJSLUITER, version=version, subjects=subjects))
        assert bool(parents_list(school).products) == (version == "4")
        assert bool(row(school, one).file.tells) == (version == "4")
        assert row(school, one).state is State.NOT_TOLD  # what parents read is no longer true
    record_bijsluiter(school, one, replace(BIJSLUITER, version="5", subjects=()))
    assert parents_list(school).products  # of whom nobody said


def test_publications_keep_what_the_list_said(school: School) -> None:
    one = in_order(school)
    first = row(school, one).file.tells
    change_product(school, one, replace(REKENAAR, used_for="anders"))
    record_published(school, TODAY, " schoolgids  2026 ")
    new, old = publications(school)
    assert (new.place, old.place) == ("schoolgids 2026", "website van de school")
    assert old.said[one] == first and "anders" in new.said[one]
    assert new.recorded_by == "Directie"


def test_a_publication_that_cannot_be(school: School) -> None:
    assert refused(lambda: record_published(school, TODAY, "x")) == "supplier.nothing_to_tell"
    in_order(school)
    assert refused(lambda: record_published(school, TODAY, " ")) == "supplier_field.place"
    assert refused(lambda: record_published(school, TODAY + DAY, "x")) == "supplier.future"
    early = lambda: record_published(school, TODAY - DAY, "x")  # noqa: E731
    assert refused(early) == "supplier.too_early"
    change = record_published(school, TODAY, "x")
    undo(school, change)
    assert len(publications(school)) == 1


def test_a_product_without_bijsluiter_is_on_the_list_too(school: School) -> None:
    a_product(school)
    (told,) = parents_list(school).products
    assert told.what == () and told.who == "Rekenaar"


def test_recipients(school: School) -> None:
    key = add_recipient(school, DUO).about
    assert refused(lambda: add_recipient(school, replace(DUO, name="duo"))) == (
        "supplier.recipient_twin"
    )
    for name, missing in (("name", "recipient"), ("what", "what"), ("why", "recipient_why")):
        act = lambda n=name: add_recipient(school, replace(OTHER, **{n: ""}))  # type: ignore[misc] # noqa: E731
        assert refused(act) == f"supplier_field.{missing}"
    ended = replace(DUO, since=TODAY, last_day=TODAY - DAY)
    assert refused(lambda: change_recipient(school, key, ended)) == "supplier.too_early"
    change_recipient(school, key, replace(DUO, last_day=TODAY - DAY))
    assert parents_list(school).recipients == ()
    (kept,) = recipients(school)
    assert kept.last_day == TODAY - DAY
    undo(school, remove_recipient(school, key))
    assert recipients(school) == [kept]
    assert refused(lambda: remove_recipient(school, "nix")) == "supplier.unknown"


def test_the_start_lists_can_all_be_stored(school: School) -> None:
    names = [each.name for each in usual_products()]
    assert len(names) == len(set(names)) > 30
    for each in usual_recipients():
        add_recipient(school, each)
    assert len(recipients(school)) == len(usual_recipients())
