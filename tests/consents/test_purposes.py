"""Purposes of the school's own, and one purpose for each social medium."""

from __future__ import annotations

import pytest

from schoolprivacy.consents import records
from schoolprivacy.consents.publications.channels import ChannelEntry, ChannelKind, add_channel
from schoolprivacy.consents.purposes import (
    add_purpose,
    can_be_removed,
    media_in,
    move_purpose,
    purpose_settings,
    remove_purpose,
    require_all,
    reword_purpose,
    switch_purpose,
)
from schoolprivacy.consents.sharing.actions import NewSharing, start_sharing
from schoolprivacy.consents.sharing.sharings import Road
from schoolprivacy.consents.terms import Answer, Purpose, PurposeKind
from schoolprivacy.errors import RefusedError
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.families import MOTHER, a_child, answer_of, answered, asked, audit_lines, enrol
from tests.consents.log_builders import two_groups


def _purposes(school: School) -> dict[str, Purpose]:
    with school.reading() as session:
        return {each.code: each for each in records.purposes(session)}


def _add(
    school: School,
    label: str,
    short: str,
    *,
    social_medium: bool = False,
    kind: PurposeKind = PurposeKind.IMAGE,
) -> str:
    return add_purpose(
        school,
        label=label,
        short=short,
        audience="ouders",
        keeps="een jaar",
        social_medium=social_medium,
        kind=kind,
    )


def _hall(school: School) -> str:
    return _add(school, "op het scherm in de hal", "Hal")


def _refused(key: str) -> pytest.RaisesExc[RefusedError]:
    return pytest.RaisesExc(RefusedError, check=lambda error: error.key == key)


def test_an_own_purpose_is_asked_answered_and_counts(school: School) -> None:
    before = audit_lines(school)
    code = _hall(school)
    assert code.startswith("own-") and audit_lines(school) == before + 1
    added = _purposes(school)[code]
    assert added.switched_on and not added.all_must_agree and added.kind is PurposeKind.IMAGE
    assert list(_purposes(school))[-1] == code
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    answered(school, form.form, "Anna van der Sluis", Authority.YES, yes=code)
    assert answer_of(school, code) is Answer.GRANTED


def test_an_own_purpose_is_moved_reworded_and_switched(school: School) -> None:
    code = _hall(school)
    move_purpose(school, code, 0)
    assert next(iter(_purposes(school))) == code
    assert reword_purpose(school, code, widens=True, label="op schermen in de school") == 2
    require_all(school, code, all_must_agree=True)
    switch_purpose(school, code, on=False)
    found = _purposes(school)[code]
    assert (found.switched_on, found.all_must_agree, found.widened_at) == (False, True, 2)
    assert len(next(s for s in purpose_settings(school) if s.purpose.code == code).wordings) == 2


def test_a_social_medium_must_be_agreed_by_all(school: School) -> None:
    code = _add(school, "op het TikTok-account", "TikTok")
    other = _add(school, "op ons eigen forum", "Forum", social_medium=True)
    for each in (code, other):
        assert _purposes(school)[each].social_medium and _purposes(school)[each].all_must_agree


def test_one_purpose_names_one_medium(school: School) -> None:
    before = audit_lines(school)
    with _refused("purpose.two_media"):
        _add(school, "op TikTok en op X", "Media")
    with _refused("purpose.two_media"):
        reword_purpose(school, "facebook", widens=True, label="op Facebook of Instagram")
    with _refused("purpose.medium_apart"):
        reword_purpose(school, "website", widens=True, label="op de website en op Facebook")
    assert audit_lines(school) == before
    assert media_in("groep x", "klas") == () and media_in("op X") == ("X",)


def test_what_ships_names_at_most_one_medium(school: School) -> None:
    for each in _purposes(school).values():
        assert len(media_in(each.wording.label, each.wording.short)) == int(each.social_medium)


def test_what_cannot_be_told_apart_read_or_printed_is_not_added(school: School) -> None:
    for label, short, key in (
        ("", "Hal", "purpose.empty"),
        ("in de hal", " ", "purpose.empty"),
        ("in de hal", "H" * 25, "purpose.short_too_long"),
        ("Website", "Hal", "purpose.twice"),
    ):
        with _refused(key):
            _add(school, label, short)
    with _refused("purpose.only_images"):
        _add(school, "a", "b", kind=PurposeKind.SHARING)


def test_only_an_own_purpose_that_was_never_asked_goes_away(school: School) -> None:
    unused, used = _hall(school), _add(school, "in de gang", "Gang")
    assert can_be_removed(school, unused)
    remove_purpose(school, unused)
    assert unused not in _purposes(school)
    with _refused("purpose.unknown"):
        remove_purpose(school, unused)
    with _refused("purpose.not_own"):
        remove_purpose(school, "website")
    enrol(school, a_child("Noor", MOTHER))
    asked(school)
    assert not can_be_removed(school, used) and not can_be_removed(school, "website")
    with _refused("purpose.in_use"):
        remove_purpose(school, used)
    switch_purpose(school, used, on=False)


def test_a_purpose_of_a_channel_stays(school: School) -> None:
    code = _hall(school)
    add_channel(school, ChannelEntry("Scherm", ChannelKind.OTHER, purposes=(code,)))
    with _refused("purpose.in_use"):
        remove_purpose(school, code)
    assert code in _purposes(school)


def test_a_sharing_is_no_purpose_to_set(school: School) -> None:
    noor, today = two_groups(school)["Noor"], school.clock.today()
    new = NewSharing("Bureau Leer", "steun", "de toets", today, today, Road.SCHOOL, [noor])
    code = start_sharing(school, new)
    with _refused("purpose.unknown"):
        switch_purpose(school, code, on=False)
    with _refused("purpose.unknown"):
        require_all(school, code, all_must_agree=True)
    with _refused("purpose.unknown"):
        move_purpose(school, code, 0)
    with _refused("purpose.unknown"):
        remove_purpose(school, code)
