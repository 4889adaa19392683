"""Passphrases, the paper key and keys.json."""

from __future__ import annotations

import base64
import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolprivacy.errors import FileError, KnownError, UnlockError
from schoolprivacy.vault import keys as keys_module
from schoolprivacy.vault.keys import (
    KEYS,
    KEYS_SPARE,
    Cost,
    KeyFile,
    canonical_secret,
    is_weak,
    new_database_key,
    new_paper_key,
    new_passphrase,
)
from tests.vault.schools import ADMINISTRATION, CHEAP, DIRECTOR, Made, program, refused

KEY = new_database_key()
GROUPS = st.lists(st.integers(0, 2**16 - 1), min_size=8, max_size=8)


def written(values: list[int]) -> list[str]:
    return [f"{value * 11:06d}" for value in values]


def two_slots() -> KeyFile:
    one, _ = KeyFile.new(CHEAP).with_slot(DIRECTOR, KEY)
    return one.with_slot(ADMINISTRATION, KEY)[0]


# — the paper key —


def test_a_paper_key_is_eight_groups_of_six_digits() -> None:
    for _ in range(50):
        groups = new_paper_key().split("-")
        assert len(groups) == 8
        assert all(len(group) == 6 and int(group) % 11 == 0 for group in groups)


@given(GROUPS, st.sampled_from([" ", "-", "", "  ", " - ", "\n", "\N{NON-BREAKING HYPHEN}", "–"]))
def test_a_paper_key_may_be_typed_in_any_way(values: list[int], between: str) -> None:
    groups = written(values)
    assert canonical_secret(between.join(groups)) == "-".join(groups)
    assert canonical_secret(f" {between.join(groups)}{between}\n") == "-".join(groups)


def test_a_paper_key_may_be_typed_with_blanks_elsewhere() -> None:
    key = new_paper_key()
    digits = key.replace("-", "")
    fours = " ".join(digits[start : start + 4] for start in range(0, 48, 4))
    halves = f"{digits[:24]} {digits[24:]}"
    assert canonical_secret(fours) == canonical_secret(halves) == key


@given(GROUPS, st.integers(0, 7), st.integers(0, 5), st.integers(1, 9))
def test_every_wrong_digit_is_found_and_its_group_is_named(
    values: list[int], group: int, place: int, step: int
) -> None:
    groups = written(values)
    digit = (int(groups[group][place]) + step) % 10
    groups[group] = groups[group][:place] + str(digit) + groups[group][place + 1 :]
    with pytest.raises(UnlockError) as caught:
        canonical_secret("-".join(groups))
    assert caught.value.key == "unlock.paper_groups"
    assert caught.value.values["groups"] == str(group + 1)


@given(GROUPS, st.integers(0, 7), st.integers(0, 4))
def test_every_swap_of_neighbours_is_found(values: list[int], group: int, place: int) -> None:
    groups = written(values)
    before = groups[group]
    swapped = before[:place] + before[place + 1] + before[place] + before[place + 2 :]
    groups[group] = swapped
    if swapped == before:
        assert canonical_secret("-".join(groups)) == "-".join(groups)
        return
    with pytest.raises(UnlockError) as caught:
        canonical_secret("-".join(groups))
    assert caught.value.values["groups"] == str(group + 1)


@given(GROUPS, st.sets(st.integers(0, 7), min_size=1), st.sampled_from(["", "0"]))
def test_groups_with_a_digit_too_few_or_too_many_are_named(
    values: list[int], wrong: set[int], more: str
) -> None:
    groups = written(values)
    for each in wrong:
        groups[each] = groups[each] + more if more else groups[each][:-1]
    with pytest.raises(UnlockError) as caught:
        canonical_secret(" ".join(groups))
    assert caught.value.values["groups"] == ", ".join(str(each + 1) for each in sorted(wrong))


def test_a_group_that_is_too_large_is_found() -> None:
    too_large = f"{2**16 * 11:06d}"
    with pytest.raises(UnlockError, match="groep 3"):
        canonical_secret("-".join(["000000"] * 2 + [too_large] + ["000000"] * 5))


@pytest.mark.parametrize("secret", ["", "123456", "-".join(["000000"] * 7), "٠" * 48, "²" * 48])
def test_what_is_no_paper_key_is_a_passphrase(secret: str) -> None:
    assert canonical_secret(secret) == unicodedata.normalize("NFKC", secret)


@given(st.text())
def test_any_text_is_a_passphrase_or_a_mistyped_paper_key(text: str) -> None:
    try:
        once = canonical_secret(text)
    except UnlockError as error:
        assert error.key == "unlock.paper_groups"
    else:
        assert canonical_secret(once) == once


# — passphrases —


@pytest.mark.parametrize(
    "typed",
    [
        "Café  met\tslagroom én koek ",
        unicodedata.normalize("NFD", "Café met slagroom én koek"),
        unicodedata.normalize("NFC", "Café met slagroom én koek"),
        "Café\N{NO-BREAK SPACE}met slagroom én koek\n",
    ],
)
def test_a_passphrase_may_be_typed_on_any_keyboard(typed: str) -> None:
    keys, public = KeyFile.new(CHEAP).with_slot("Café met slagroom én koek", KEY)
    opened = keys.open(typed)
    assert (opened.public_key, opened.database_key, opened.next_key) == (public, KEY, None)


@pytest.mark.parametrize(
    "secret",
    [
        "a" * 1_000_000,
        "😀" * 8,
        "acht\0tekens",
        "half \ud83d een teken",  # what a terminal gives for bytes that are no text
        "'; DROP TABLE staff; --",
        "{0} {place} %s",
    ],
)
def test_a_strange_passphrase_opens_too(secret: str) -> None:
    keys, public = two_slots().with_slot(secret, KEY)
    assert keys.open(secret).public_key == public
    assert keys.open(DIRECTOR).public_key != public


@pytest.mark.parametrize("secret", ["", "zeven77", "       zeven77      ", "a b c d"])
def test_a_passphrase_of_less_than_eight_characters_is_refused(secret: str) -> None:
    assert refused(KeyFile.new(CHEAP).with_slot, secret, KEY) == "passphrase.short"


def test_two_people_never_share_a_passphrase() -> None:
    for secret in (DIRECTOR, f" {DIRECTOR.replace(' ', '   ')} "):
        assert refused(two_slots().with_slot, secret, KEY) == "passphrase.taken"


@given(st.text(max_size=30))
@settings(max_examples=25, deadline=None)
def test_a_wrong_secret_opens_nothing(secret: str) -> None:
    with pytest.raises(UnlockError):
        two_slots_once().open(secret)


_TWO: list[KeyFile] = []


def two_slots_once() -> KeyFile:
    if not _TWO:
        _TWO.append(two_slots())
    return _TWO[0]


def test_every_slot_is_tried_whatever_the_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the time would tell whose passphrase it is, or how many there are before it."""
    paper = new_paper_key()
    keys, _ = two_slots().with_slot(paper, KEY)
    tried: list[bytes] = []

    class Counting(keys_module.SecretBox):
        def decrypt(self, ciphertext: bytes, *more: Any, **named: Any) -> bytes:
            tried.append(ciphertext)
            return super().decrypt(ciphertext, *more, **named)

    monkeypatch.setattr(keys_module, "SecretBox", Counting)
    wrong = []
    for secret in (DIRECTOR, ADMINISTRATION, paper, "een verkeerde wachtzin", new_paper_key()):
        tried.clear()
        try:
            keys.open(secret)
        except UnlockError as error:
            wrong.append(str(error))
        assert tried == [slot.locked_private_key for slot in keys.slots]
    assert len(wrong) == 2
    assert wrong[0] == wrong[1]


def test_a_made_up_passphrase_is_strong_and_never_the_same() -> None:
    made_up = {new_passphrase() for _ in range(50)}
    assert len(made_up) == 50
    assert not any(is_weak(each) for each in made_up)
    assert not is_weak(new_paper_key())


@pytest.mark.parametrize(
    ("secret", "weak"),
    [
        ("welkom123", True),
        ("drie drie drie drie", True),
        ("vier groene fietsen slapen", False),
    ],
)
def test_less_than_four_words_is_weak(secret: str, weak: bool) -> None:
    assert is_weak(secret) is weak


# — memory —


def test_out_of_memory_is_said_and_is_not_a_wrong_passphrase() -> None:
    keys = replace(two_slots(), cost=Cost(1, 2**42 - 1024))
    assert refused(keys.open, DIRECTOR) == "unlock.no_memory"


def test_out_of_memory_on_a_small_computer(made: Made) -> None:
    source = f"""
import resource
from pathlib import Path
from schoolprivacy.errors import KnownError
from schoolprivacy.vault.keys import SCHOOL_COST, KeyFile
keys = KeyFile.new(SCHOOL_COST)
resource.setrlimit(resource.RLIMIT_AS, (200 * 2**20 + {_size_of_python()},) * 2)
try:
    keys.open("een twee drie vier")
except KnownError as error:
    print(error.key)
"""
    done = program(source)
    assert done.stdout.strip() == "unlock.no_memory", done.stderr


def _size_of_python() -> int:
    """Address space that a Python with these libraries takes before it derives a key."""
    done = program(
        "import schoolprivacy.vault.keys, resource\n"
        "print([l for l in open('/proc/self/status') if l.startswith('VmSize')][0].split()[1])"
        if Path("/proc/self/status").exists()
        else "print(500 * 1024)"
    )
    return int(done.stdout) * 1024


# — keys.json —


def test_nobody_is_named_on_disk(made: Made) -> None:
    for text in (made.keys.read_text(), made.spare.read_text()):
        assert "irecti" not in text
        assert "dministrati" not in text
        assert made.database_key not in text
        assert base64.b64encode(bytes.fromhex(made.database_key)).decode() not in text


def test_both_copies_are_alike(made: Made) -> None:
    assert made.keys.read_bytes() == made.spare.read_bytes()


@pytest.mark.parametrize(
    "damage",
    [b"", b"\0" * 400, b"{}", b"[]", b"null", b"7", b'"tekst"', b"[" * 200_000, b"\xff\xfe{"],
)
def test_one_damaged_copy_is_no_harm_and_is_mended(made: Made, damage: bytes) -> None:
    whole = made.keys.read_bytes()
    for path in (made.keys, made.spare):
        path.write_bytes(damage)
        made.open(read_only=True).lock()
        assert path.read_bytes() == damage
        made.open().lock()
        assert made.keys.read_bytes() == made.spare.read_bytes() == whole


@pytest.mark.parametrize("name", [KEYS, KEYS_SPARE])
def test_one_missing_copy_is_no_harm_and_comes_back(made: Made, name: str) -> None:
    whole = made.keys.read_bytes()
    (made.folder / name).unlink()
    made.open().lock()
    assert (made.folder / name).read_bytes() == whole


def test_both_damaged_is_never_called_a_wrong_passphrase(made: Made) -> None:
    for path in (made.keys, made.spare):
        path.write_bytes(path.read_bytes()[:-40])
    for secret in (DIRECTOR, "een verkeerde wachtzin"):
        assert refused(made.open, secret) == "file.keys_damaged"


def test_both_missing_is_no_school(made: Made) -> None:
    made.keys.unlink()
    made.spare.unlink()
    assert refused(made.open) == "file.missing"


def test_keys_that_cannot_be_read_are_not_called_damaged(made: Made) -> None:
    def no_disk(*_: object, **__: object) -> str:
        raise OSError(5, "Input/output error")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "read_text", no_disk)
        assert refused(KeyFile.read, made.folder) == "file.unreachable"


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_changed_byte_is_seen_as_damage(data: st.DataObject) -> None:
    text = keys_module._encode(two_slots_once()).encode()
    place = data.draw(st.integers(0, len(text) - 1))
    byte = data.draw(st.integers(0, 255))
    changed = text[:place] + bytes([byte]) + text[place + 1 :]
    try:
        read = keys_module._decode(changed.decode(errors="replace"))
    except (ValueError, KeyError, TypeError):
        return
    assert read == two_slots_once()  # a blank more or less between the parts


def forged(keys: KeyFile, edit: Callable[[dict[str, Any]], object]) -> str:
    """keys.json with something changed and its sum made anew."""
    whole = json.loads(keys_module._encode(keys))
    edit(whole["content"])
    whole["sha256"] = keys_module._sum(whole["content"])
    return json.dumps(whole)


@pytest.mark.parametrize(
    "edit",
    [
        lambda c: c.update(format=2),
        lambda c: c["kdf"].update(memory=2**60),
        lambda c: c["kdf"].update(memory=-1),
        lambda c: c["kdf"].update(memory="veel"),
        lambda c: c["kdf"].update(memory=None),
        lambda c: c["kdf"].update(passes=0),
        lambda c: c["kdf"].update(passes=2**70),
        lambda c: c["kdf"].update(salt=""),
        lambda c: c["kdf"].update(salt="é"),
        lambda c: c.update(database_salt="'; --"),
        lambda c: c.update(database_salt=7),
        lambda c: c.update(slots={}),
        lambda c: c.update(slots=[{}]),
        lambda c: c.update(slots=7),
        lambda c: c["slots"][0].update(public_key="AAAA"),
        lambda c: c["slots"][0].update(sealed_key="AAAA"),
        lambda c: c["slots"][1].update(next="AAAA"),
        lambda c: c.pop("kdf"),
    ],
)
def test_impossible_content_with_a_right_sum_is_damage_or_opens_nothing(
    tmp_path: Path, edit: Callable[[dict[str, Any]], object]
) -> None:
    text = forged(two_slots_once(), edit)
    (tmp_path / KEYS).write_text(text)
    try:
        read = KeyFile.read(tmp_path)
    except FileError as error:
        assert error.key == "file.keys_damaged"
    else:
        assert read.slots == ()
        assert refused(read.open, DIRECTOR) == "unlock.wrong"


def test_a_cost_that_no_computer_has_is_told_as_such(tmp_path: Path) -> None:
    text = forged(two_slots_once(), lambda c: c["kdf"].update(passes=1, memory=4 * 2**30))
    (tmp_path / KEYS).write_text(text)
    assert KeyFile.read(tmp_path).cost.memory == 4 * 2**30


def test_a_slot_whose_database_key_was_spoiled_is_damage() -> None:
    keys = two_slots()
    spoiled = bytes(len(keys.slots[0].sealed_key))
    for spoil in ({"sealed_key": spoiled}, {"sealed_next": spoiled}):
        bad = replace(keys, slots=(replace(keys.slots[0], **spoil), keys.slots[1]))
        assert refused(bad.open, DIRECTOR) == "file.keys_damaged"
        assert bad.open(ADMINISTRATION).database_key == KEY


def test_very_many_slots_still_open(tmp_path: Path) -> None:
    keys = two_slots()
    strangers = tuple(
        replace(keys.slots[0], locked_private_key=bytes(72), public_key=number.to_bytes(32, "big"))
        for number in range(20_000)
    )
    replace(keys, slots=(*strangers, *keys.slots)).write(tmp_path)
    assert KeyFile.read(tmp_path).open(ADMINISTRATION).database_key == KEY


# — renewal —


def test_while_being_renewed_every_slot_gives_both_keys() -> None:
    other = new_database_key()
    keys = two_slots().announcing(other)
    for secret in (DIRECTOR, ADMINISTRATION):
        opened = keys.open(secret)
        assert (opened.database_key, opened.next_key) == (KEY, other)
    keys = keys.renewed(other, "ab" * 16)
    for secret in (DIRECTOR, ADMINISTRATION):
        opened = keys.open(secret)
        assert (opened.database_key, opened.next_key) == (other, None)
    assert keys.database_salt == "ab" * 16


def test_writing_and_reading_gives_the_same(tmp_path: Path) -> None:
    keys = two_slots().announcing(new_database_key())
    keys.write(tmp_path)
    assert KeyFile.read(tmp_path) == keys
    assert sorted(path.name for path in tmp_path.iterdir()) == [KEYS, KEYS_SPARE]


# — planted keys —


def plant(made: Made, public_key: bytes | None = None) -> None:
    """Somebody who knows the database key adds a way in for themselves."""
    keys = KeyFile.read(made.folder)
    keys, _ = keys.with_slot("zelf verzonnen ingang hier", made.database_key)
    if public_key:
        keys = replace(
            keys, slots=(*keys.slots[:-1], replace(keys.slots[-1], public_key=public_key))
        )
    keys.write(made.folder)


def test_a_planted_slot_is_noticed_by_everybody(made: Made) -> None:
    plant(made)
    for secret in (DIRECTOR, ADMINISTRATION, made.paper_key, "zelf verzonnen ingang hier"):
        assert refused(made.open, secret) == "file.planted_key"
        assert refused(made.open, secret, read_only=True) == "file.planted_key"


def test_a_planted_slot_cannot_borrow_the_public_key_of_somebody_else(made: Made) -> None:
    known = KeyFile.read(made.folder)
    plant(made, known.slots[0].public_key)
    assert refused(made.open) == "file.keys_damaged"


def test_a_colleague_cannot_pass_for_the_director(made: Made) -> None:
    """By writing the director's public key in the own slot of keys.json."""
    keys = KeyFile.read(made.folder)
    director = keys.open(DIRECTOR).public_key
    own = keys.open(ADMINISTRATION).public_key
    other = {director: own, own: director}
    slots = tuple(
        replace(slot, public_key=bytes.fromhex(other.get(public, public)))
        for slot in keys.slots
        for public in [slot.public_key.hex()]
    )
    replace(keys, slots=slots).write(made.folder)
    with made.open(ADMINISTRATION) as school:
        assert school.who.role == "administration"


def test_a_taken_away_slot_opens_nothing() -> None:
    keys = two_slots()
    gone = keys.open(ADMINISTRATION).public_key
    left = keys.without_slot(gone)
    assert left.public_keys() == keys.public_keys() - {gone}
    with pytest.raises(KnownError, match="past niet"):
        left.open(ADMINISTRATION)


@pytest.mark.parametrize("which", ["keys", "spare"])
def test_verify_tells_of_a_damaged_copy_and_the_next_work_mends_it(made: Made, which: str) -> None:
    path: Path = getattr(made, which)
    path.write_bytes(path.read_bytes()[:-9])
    with made.open(read_only=True) as school:
        assert [each.key for each in school.problems()] == ["verify.keys_copy"]
    with made.open() as school:
        assert school.problems() == []


def test_a_made_up_passphrase_can_be_said_at_the_desk() -> None:
    words = set(new_passphrase(40_000).split())  # nearly all there are
    assert words.isdisjoint({"kaka", "nazi", "homo", "lulu", "dode", "pedo", "hora", "kuti"})
    assert len(words) > 2**12.4
