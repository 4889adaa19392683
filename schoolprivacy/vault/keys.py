"""Key slots: who can open the school file, without a name on disk.

The database has one random key. Every person (and the paper key in the safe) has an X25519 key
pair. The database key lies in a box sealed to each public key, the private key lies in a box
locked with the passphrase through Argon2id. One salt serves the whole file, so that one
derivation tries every slot. To give the database a new key, nobody's passphrase is needed.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import re
import secrets
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

import nacl.exceptions
import nacl.pwhash.argon2id as argon2id
from nacl.bindings import crypto_box_SEALBYTES
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

from schoolprivacy.errors import FileError, KnownError, UnlockError
from schoolprivacy.vault.files import reachable, write_durably

KEYS = "keys.json"
KEYS_SPARE = "keys.json.bak"
DATABASE_KEY_BYTES = 32
SHORTEST_PASSPHRASE = 8  # characters; NIST SP 800-63B 5.1.1.1
WORDS_ASKED = 4

_LARGEST_MEMORY = 4 * 1024**3  # bytes; more than any version of ours would ask for
_PAPER_GROUPS = 8
_PAPER_STEP = 11  # 16 bits times 11 in six digits: finds every wrong digit and nearly every swap
_RUDE = re.compile(
    "dod[aeo]|fuk[aou]|ho[mr][ao]|jode|kak[aeio]|ku[kt][aeio]|lul[aeiou]|mof[eo]|nazi|ne[gp][aeio]|"
    "pedo|peni|p[iou][kpst][aeio]|rap[ei]|s[ae][dk][eo]|suf[eo]|t[ei]t[aeio]|vagi|zak[ei]"
)


@dataclass(frozen=True, slots=True)
class Cost:
    """How dear one guess of a passphrase is.

    :param passes: Argon2id time cost
    :param memory: bytes
    """

    passes: int
    memory: int


SCHOOL_COST = Cost(passes=3, memory=256 * 1024 * 1024)  # libsodium MODERATE, about half a second


@dataclass(frozen=True, slots=True)
class Slot:
    """One person's way in; ``sealed_next`` is there while the database key is being renewed."""

    public_key: bytes
    locked_private_key: bytes
    sealed_key: bytes
    sealed_next: bytes = b""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a right passphrase gives: whose slot, and the database key (64 hex characters)."""

    public_key: str
    database_key: str
    next_key: str | None


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The content of keys.json.

    :param database_salt: first 16 bytes of data.db in hex; opens one whose first bytes are lost
    """

    cost: Cost
    salt: bytes
    slots: tuple[Slot, ...]
    database_salt: str = ""

    @classmethod
    def new(cls, cost: Cost) -> KeyFile:
        """An empty key file with a fresh salt."""
        return cls(cost, os.urandom(argon2id.SALTBYTES), ())

    @classmethod
    def read(cls, folder: Path) -> KeyFile:
        """Read keys.json, or its spare copy when it is damaged.

        :raises FileError: both are missing or damaged
        """
        found = list(filter(None, _texts(folder)))
        if not found:
            raise FileError("file.missing", place=folder)
        for text in found:
            with contextlib.suppress(ValueError, KeyError, TypeError, RecursionError):
                return _decode(text)
        raise FileError("file.keys_damaged", place=folder)

    def write(self, folder: Path) -> None:
        """Replace keys.json, then its spare; one of the two is whole at every moment.

        :raises FileError: no room, or the place cannot be written in; at most one was replaced
        """
        text = _encode(self).encode()
        with reachable(folder):
            write_durably(folder / KEYS, text)
            write_durably(folder / KEYS_SPARE, text)

    def mend(self, folder: Path) -> None:
        """Make both copies alike again, when one is damaged, missing or a step behind.

        :raises FileError: see write
        """
        if not self.is_whole(folder):
            self.write(folder)

    def is_whole(self, folder: Path) -> bool:
        """Whether keys.json and its spare both hold exactly this."""
        return _texts(folder) == [_encode(self)] * 2

    def open(self, secret: str) -> Opened:
        """Try a passphrase or paper key on every slot; always all of them, so time tells nothing.

        :raises UnlockError: it opens none; or it is a paper key with a mistyped group
        :raises FileError: it opens a slot in which no database key lies
        """
        box = SecretBox(self._stretched(secret))
        opened: Opened | None = None
        for slot in self.slots:
            try:
                private = PrivateKey(box.decrypt(slot.locked_private_key))
            except nacl.exceptions.CryptoError:
                continue
            sealed = SealedBox(private)
            try:
                opened = Opened(
                    bytes(private.public_key).hex(),  # whatever the slot says of itself
                    sealed.decrypt(slot.sealed_key).hex(),
                    sealed.decrypt(slot.sealed_next).hex() if slot.sealed_next else None,
                )
            except nacl.exceptions.CryptoError:
                raise FileError("file.keys_damaged", place=KEYS) from None
        if opened is None:
            raise UnlockError("unlock.wrong")
        return opened

    def opens(self, secret: str) -> bool:
        """Whether a passphrase is in use already; two people never share one."""
        try:
            self.open(secret)
        except UnlockError:
            return False
        return True

    def with_slot(self, secret: str, database_key: str) -> tuple[KeyFile, str]:
        """Add a slot; gives the new key file and the slot's public key.

        :raises KnownError: the passphrase is too short or opens another slot already
        """
        check_passphrase(secret)
        if self.opens(secret):
            raise KnownError("passphrase.taken")
        private = PrivateKey.generate()
        public = bytes(private.public_key)
        slot = Slot(
            public,
            bytes(SecretBox(self._stretched(secret)).encrypt(bytes(private))),
            _seal(public, database_key),
        )
        return replace(self, slots=(*self.slots, slot)), public.hex()

    def public_keys(self) -> set[str]:
        """Whose slots there are."""
        return {slot.public_key.hex() for slot in self.slots}

    def without_slot(self, public_key: str) -> KeyFile:
        """Take somebody's way in away; give the database a new key afterwards."""
        kept = tuple(slot for slot in self.slots if slot.public_key.hex() != public_key)
        return replace(self, slots=kept)

    def announcing(self, next_key: str) -> KeyFile:
        """The file while the database key is being renewed: holds the present and the next key."""
        return replace(
            self,
            slots=tuple(replace(s, sealed_next=_seal(s.public_key, next_key)) for s in self.slots),
        )

    def renewed(self, key: str, database_salt: str) -> KeyFile:
        """The file after renewal: only the new key is left."""
        slots = tuple(
            replace(s, sealed_key=_seal(s.public_key, key), sealed_next=b"") for s in self.slots
        )
        return replace(self, slots=slots, database_salt=database_salt)

    def _stretched(self, secret: str) -> bytes:
        try:
            return argon2id.kdf(
                SecretBox.KEY_SIZE,
                canonical_secret(secret).encode(errors="surrogatepass"),
                self.salt,
                opslimit=self.cost.passes,
                memlimit=self.cost.memory,
            )
        except RuntimeError as error:  # libsodium gives this when it cannot get the memory
            raise KnownError("unlock.no_memory") from error


def _texts(folder: Path) -> list[str | None]:
    """keys.json and its spare copy as they are now."""
    with reachable(folder):
        return [
            path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None
            for path in (folder / KEYS, folder / KEYS_SPARE)
        ]


def _seal(public_key: bytes, database_key: str) -> bytes:
    return bytes(SealedBox(PublicKey(public_key)).encrypt(bytes.fromhex(database_key)))


def _encode(keys: KeyFile) -> str:
    def text(data: bytes) -> str:
        return base64.b64encode(data).decode()

    content = {
        "format": 1,
        "kdf": {
            "name": "argon2id",
            "passes": keys.cost.passes,
            "memory": keys.cost.memory,
            "salt": text(keys.salt),
        },
        "database_salt": keys.database_salt,
        "slots": [
            {
                "public_key": text(slot.public_key),
                "locked_private_key": text(slot.locked_private_key),
                "sealed_key": text(slot.sealed_key),
                "next": text(slot.sealed_next),
            }
            for slot in keys.slots
        ],
    }
    return json.dumps({"content": content, "sha256": _sum(content)}, indent=1)


def _decode(text: str) -> KeyFile:
    whole = json.loads(text)
    content = whole["content"]
    if whole["sha256"] != _sum(content) or content["format"] != 1:
        raise ValueError("checksum")

    def data(value: str) -> bytes:
        return base64.b64decode(value, validate=True)

    kdf = content["kdf"]
    slots = tuple(
        Slot(
            data(slot["public_key"]),
            data(slot["locked_private_key"]),
            data(slot["sealed_key"]),
            data(slot["next"]),
        )
        for slot in content["slots"]
    )
    keys = KeyFile(
        Cost(kdf["passes"], kdf["memory"]), data(kdf["salt"]), slots, content["database_salt"]
    )
    if not _sound(keys):
        raise ValueError("what it says cannot be")
    return keys


def _sound(keys: KeyFile) -> bool:
    """Whether every part has the size it must have; a sum is easily made anew."""
    sealed = DATABASE_KEY_BYTES + crypto_box_SEALBYTES
    return (
        argon2id.OPSLIMIT_MIN <= keys.cost.passes <= argon2id.OPSLIMIT_MAX
        and argon2id.MEMLIMIT_MIN <= keys.cost.memory <= _LARGEST_MEMORY
        and len(keys.salt) == argon2id.SALTBYTES
        and re.fullmatch(r"([0-9a-f]{32})?", keys.database_salt) is not None
        and len(keys.public_keys()) == len(keys.slots)
        and all(
            len(slot.public_key) == PublicKey.SIZE
            and len(slot.sealed_key) == sealed
            and len(slot.sealed_next) in (0, sealed)
            for slot in keys.slots
        )
    )


def _sum(content: object) -> str:
    plain = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def new_database_key() -> str:
    """A random database key as 64 hex characters."""
    return secrets.token_bytes(DATABASE_KEY_BYTES).hex()


def canonical_secret(secret: str) -> str:
    """One way of writing a secret: single spaces in a passphrase, a paper key in groups.

    :raises UnlockError: it looks like a paper key and groups of it are mistyped (which, is named)
    """
    groups = paper_groups(secret)
    if groups is None:
        return " ".join(unicodedata.normalize("NFKC", secret).split())
    wrong = [str(place) for place, group in enumerate(groups, 1) if not _right_group(group)]
    if wrong:
        raise UnlockError("unlock.paper_groups", groups=", ".join(wrong))
    return "-".join(groups)


def paper_groups(secret: str) -> list[str] | None:
    """Eight groups of digits, as printed or typed with blanks; None when it is no paper key."""
    groups = re.findall(r"[^\s\-‐‑‒–—]+", secret)
    if len(groups) != _PAPER_GROUPS and len("".join(groups)) == 6 * _PAPER_GROUPS:
        groups = re.findall("......", "".join(groups))  # typed on, or with blanks elsewhere
    if len(groups) == _PAPER_GROUPS and all(
        group.isascii() and group.isdigit() for group in groups
    ):
        return groups
    return None


def _right_group(group: str) -> bool:
    return len(group) == 6 and int(group) % _PAPER_STEP == 0 and int(group) < 2**16 * _PAPER_STEP


def new_paper_key() -> str:
    """Eight groups of six digits, 16 random bits each."""
    return "-".join(f"{secrets.randbits(16) * _PAPER_STEP:06d}" for _ in range(_PAPER_GROUPS))


def new_passphrase(words: int = 6) -> str:
    """Made-up words that can be said aloud, 12.6 bits each, for a colleague's first unlock."""
    consonants, vowels = "bdfghjklmnprstvz", "aeiou"

    def word() -> str:
        made = "".join(secrets.choice(letters) for letters in (consonants, vowels) * 2)
        return word() if _RUDE.fullmatch(made) else made

    return " ".join(word() for _ in range(words))


def check_passphrase(secret: str) -> None:
    """Refuse what is no passphrase at all.

    :raises KnownError: shorter than eight characters
    """
    if len(canonical_secret(secret)) < SHORTEST_PASSPHRASE:
        raise KnownError("passphrase.short", least=SHORTEST_PASSPHRASE)


def is_weak(secret: str) -> bool:
    """Fewer than the four words that are asked for."""
    return paper_groups(secret) is None and len(set(secret.lower().split())) < WORDS_ASKED
