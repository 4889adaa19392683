"""The main job, through the commands a person types: from a school's export to the reminder list.

Every command is a process of its own, with an own home and temporary folder, so that everything
it writes can be looked through for names.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from schoolprivacy.paper.preview import page_count
from tests.paper.reading import texts_of

PASSPHRASE = "vier woorden voor journalen"
YES = ("brochure", "website", "parent-app", "newsletter")
NO = ("press", "class-photo", "school-photographer")
LIST_YES = ["contact-child-name", "contact-guardian-name"]
LIST_NO = ["contact-birthday", "contact-address", "contact-phone", "contact-email"]
CODES = [*YES, *NO, *LIST_YES, *LIST_NO]


def canary(kind: str) -> str:
    """A name nobody has, that must be found nowhere but on paper."""
    return f"{kind}{secrets.token_hex(5)}".capitalize()


@dataclass
class Desk:
    """A workplace: runs commands and keeps all they write in one folder."""

    root: Path
    passphrase: str = PASSPHRASE
    inputs: set[Path] = field(default_factory=set)

    def __post_init__(self) -> None:
        for name in ("home", "tmp", "work", "in", "pdf"):
            (self.root / name).mkdir(parents=True)

    def run(self, *words: object, expect: int = 0) -> subprocess.CompletedProcess[str]:
        home = str(self.root / "home")
        done = subprocess.run(
            [sys.executable, "-m", "schoolprivacy", *map(str, words)],
            cwd=self.root / "work",
            env=os.environ
            | {
                "HOME": home,
                "XDG_STATE_HOME": home,
                "XDG_CONFIG_HOME": home,
                "XDG_CACHE_HOME": home,
                "TMPDIR": str(self.root / "tmp"),
                "SQLITE_TMPDIR": str(self.root / "tmp"),
                "SCHOOLPRIVACY_PASSPHRASE": self.passphrase,
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == expect, (words, done.stdout, done.stderr)
        return done

    def json(self, *words: object) -> Any:
        return json.loads(self.run(*words, "--json").stdout)

    def input(self, name: str, text: str) -> Path:
        path = self.root / "in" / name
        path.write_text(text, encoding="utf-8")
        return path


@dataclass(frozen=True)
class Child:
    number: int
    call_name: str
    surname: str
    parent: str
    street: str
    secret: bool


def children(count: int) -> list[Child]:
    return [
        Child(n, canary("Kind"), canary("Naam"), canary("Ouder"), canary("Straat"), n % 7 == 3)
        for n in range(1, count + 1)
    ]


def edexml(pupils: list[Child]) -> str:
    rows = "".join(
        f'<leerling key="{c.number:05}"><achternaam>{c.surname}</achternaam>'
        f"<roepnaam>{c.call_name}</roepnaam><geboortedatum>2018-03-{c.number:02}</geboortedatum>"
        f'<geslacht>0</geslacht><jaargroep>4</jaargroep><groep key="g"/><bsn>111222333</bsn>'
        "</leerling>"
        for c in pupils
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><EDEX><school><schooljaar>2026-2027</schooljaar>'
        "<brincode>99ZZ</brincode><aanmaakdatum>2026-11-01T10:00:00</aanmaakdatum></school>"
        '<groepen><groep key="g"><naam>Groep 4</naam><jaargroep>4</jaargroep></groep></groepen>'
        f"<leerlingen>{rows}</leerlingen></EDEX>"
    )


def guardians_csv(pupils: list[Child]) -> str:
    head = (
        "Leerlingnummer;Roepnaam;Achternaam;Geboortedatum;Ouder 1 voornaam;Ouder 1 achternaam;"
        "Ouder 1 mobiel;Ouder 1 straat;Ouder 1 huisnummer;Ouder 1 postcode;Ouder 1 plaats;"
        "Ouder 1 geheim adres;Kleur laptop"
    )
    rows = (
        f"{c.number:05};{c.call_name};{c.surname};{c.number:02}-03-2018;Robin;{c.parent};"
        f"061234{c.number:04};{c.street};{c.number};1234 AB;Voorbeelddorp;"
        f"{'ja' if c.secret else 'nee'};blauw"
        for c in pupils
    )
    return "\n".join([head, *rows])


def leaks(root: Path, words: list[str]) -> list[str]:
    """Files outside ``in`` and ``pdf`` that hold one of the words, in any usual encoding."""
    needles = [
        form.encode(encoding)
        for word in words
        for form in (word, word.lower(), word.upper())
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    ]
    found = []
    for path in root.rglob("*"):
        if not path.is_file() or path.relative_to(root).parts[0] in ("in", "pdf"):
            continue
        content = path.read_bytes()
        if any(needle in content for needle in needles):
            found.append(str(path.relative_to(root)))
    return found


def test_the_leak_search_finds_a_name(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "x.tmp").write_bytes(b"\0\0" + "Kind12ab".encode("utf-16-le"))
    assert leaks(tmp_path, ["Kind12ab"]) == ["work/x.tmp"]


def test_from_export_to_reminder_list_and_back_from_a_backup(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk")
    pupils = children(28)
    school = desk.root / "work" / "draak.schoolprivacy"
    made = desk.run("create", school, "--name", "De Papieren Draak", "--brin", "99ZZ").stdout
    paper_key = next(line for line in made.splitlines() if line.startswith("Papieren")).split()[-1]

    import_pupils_and_guardians(desk, school, pupils)
    forms = print_a_form_for_every_child(desk, school, pupils)
    enter_answers(desk, school, pupils, forms[:10])
    remind_the_others(desk, school, pupils, forms)

    desk.run("verify", school)
    status = desk.json("status", school)
    backup = desk.root / "work" / "draak.schoolbackup"
    desk.run("backup", school, backup)
    elsewhere = Desk(tmp_path / "elsewhere")
    place = elsewhere.root / "work" / "terug.schoolprivacy"
    elsewhere.run("restore", backup, place, "--paper-key", paper_key)
    elsewhere.run("verify", place)
    assert elsewhere.json("status", place) == status

    words = [w for c in pupils for w in (c.call_name, c.surname, c.parent, c.street)]
    words += ["111222333", "61234000"]
    assert leaks(desk.root, words) == leaks(elsewhere.root, words) == []


def import_pupils_and_guardians(desk: Desk, school: Path, pupils: list[Child]) -> None:
    """Nothing is stored while a column has no place; the same files again change nothing."""
    xml = desk.input("leerlingen.xml", edexml(pupils))
    csv = desk.input("ouders.csv", guardians_csv(pupils))
    assert "Kleur laptop" in desk.run("import", school, xml, csv, "--apply", expect=1).stderr
    assert desk.json("status", school)["pupils"] == 0
    difference = desk.json("import", school, xml, csv, "--map", "Kleur laptop=ignore")
    assert len(difference["files"][0]["new"]) == 28 and not difference["applied"]
    assert desk.json("status", school)["pupils"] == 0
    desk.run("import", school, xml, csv, "--map", "Kleur laptop=ignore", "--apply")
    status = desk.json("status", school)
    assert (status["pupils"], status["guardians"], status["groups"]) == (28, 28, ["Groep 4"])
    assert sorted(status["purposes"]) == sorted(CODES)
    assert status["answers"]["not_asked"] == 28 * len(CODES)
    assert all(each["empty"] for each in desk.json("import", school, xml, csv)["files"])


def print_a_form_for_every_child(
    desk: Desk, school: Path, pupils: list[Child]
) -> list[dict[str, str]]:
    """Letter and form on one sheet, no secret address on any; printing again is a reprint."""
    target = desk.root / "pdf" / "forms.pdf"
    forms: list[dict[str, str]] = desk.json("print", school, "consent-forms", "--out", target)
    assert len({each["pupil"] for each in forms}) == len(forms) == 28
    assert page_count(target.read_bytes()) == 56
    text = "\n".join(texts_of(target.read_bytes()))
    assert all(c.call_name in text and (c.street in text) != c.secret for c in pupils)
    assert forms == desk.json("print", school, "consent-forms", "--out", target)
    status = desk.json("status", school)
    assert status["answers"]["no_answer"] == 28 * len(CODES)
    assert status["families_without_answer"] == 28
    return forms


def enter_answers(
    desk: Desk, school: Path, pupils: list[Child], forms: list[dict[str, str]]
) -> None:
    """Ten forms come back, found by their short number."""
    parents = {f"{c.call_name} {c.surname}": f"Robin {c.parent}" for c in pupils}
    for each in forms:
        desk.run(
            *("answer", school, each["form"][:8], "--by", parents[each["name"]]),
            *("--authority", "yes", "--on", "2026-11-02"),
            *("--yes", ",".join(YES[:2]), *YES[2:], "--no", NO[0], "--no", ",".join(NO[1:])),
            *("--yes", ",".join(LIST_YES), "--no", ",".join(LIST_NO)),
        )
    status = desk.json("status", school)
    assert status["answers"]["granted"] == 60 and status["answers"]["refused"] == 70
    assert status["decisions"] == 130 and status["families_without_answer"] == 18


def remind_the_others(
    desk: Desk, school: Path, pupils: list[Child], forms: list[dict[str, str]]
) -> None:
    """The list without those ten, letters to exactly the others, no secret address anywhere."""
    names = {each["name"].split()[0] for each in forms}
    silent = {each["name"].split()[0] for each in forms[10:]}
    for document in ("reminder-list", "reminder-letters"):
        target = desk.root / "pdf" / f"{document}.pdf"
        waited_for = desk.json("print", school, document, "--group", "Groep 4", "--out", target)
        assert {e["form"] for e in waited_for} == {e["form"] for e in forms[10:]}
        text = "\n".join(texts_of(target.read_bytes()))
        assert {name for name in names if name in text} == silent
        assert not any(c.street in text for c in pupils if c.secret)
    assert page_count((desk.root / "pdf" / "reminder-letters.pdf").read_bytes()) == 18
    cover = desk.root / "pdf" / "cover.pdf"
    assert desk.json("print", school, "cover-sheet", "--out", cover) == forms


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Path, list[dict[str, str]]]:
    """A school of three children whose forms were printed."""
    desk = Desk(tmp_path_factory.mktemp("small") / "desk")
    school = desk.root / "work" / "klein.schoolprivacy"
    desk.run("create", school, "--name", "De Papieren Draak", "--brin", "99ZZ")
    xml = desk.input("leerlingen.xml", edexml(children(3)))
    desk.run("import", school, xml, "--apply")
    forms = desk.json("print", school, "consent-forms", "--out", desk.root / "pdf" / "f.pdf")
    return desk, school, forms


def test_a_child_without_guardians_gets_a_form_to_hand_out_in_class(
    small: tuple[Desk, Path, list[dict[str, str]]],
) -> None:
    desk, _, forms = small
    texts = texts_of((desk.root / "pdf" / "f.pdf").read_bytes())
    assert len(forms) == 3
    assert all("Uit te delen in de klas" in text for text in texts[::2])


def test_what_cannot_be_answered_is_refused_and_changes_nothing(
    small: tuple[Desk, Path, list[dict[str, str]]],
) -> None:
    desk, school, forms = small
    number = forms[0]["form"]
    other = Desk(desk.root.parent / "other")
    elsewhere = other.root / "work" / "s"
    other.run("create", elsewhere, "--name", "De Andere Draak", "--brin", "99ZY")
    xml = other.input("l.xml", edexml(children(1)).replace("99ZZ", "99ZY"))
    other.run("import", elsewhere, xml, "--apply")
    (theirs,) = other.json("print", elsewhere, "consent-forms", "--out", other.root / "pdf" / "f")
    before = desk.json("status", school)
    yes = ("--yes", "website")
    for words, message in (
        ((theirs["form"], *yes), "andere school"),
        ((number[:-1] + ("0" if number[-1] != "0" else "1"), *yes), "typ"),
        (("01ZZZZZZ", *yes), "niet bekend"),
        (("onzin", *yes), "geen nummer van een formulier"),
        ((number, "--yes", "facebook"), "facebook"),
        ((number, "--yes", "website", "--no", "website"), "website"),
        ((number, *yes, "--on", "2099-01-01"), "toekomst"),
    ):
        refused = desk.run("answer", school, *words, expect=1)
        assert message in refused.stderr, refused.stderr
    desk.run("answer", school, number, *yes, "--on", "31-13-2026", expect=2)
    assert desk.json("status", school) == before


def test_a_wrong_passphrase_and_a_missing_folder_say_so(
    small: tuple[Desk, Path, list[dict[str, str]]],
) -> None:
    desk, school, _ = small
    stranger = Desk(desk.root.parent / "stranger", passphrase="iets heel anders hier")
    assert "past niet" in stranger.run("status", school, expect=1).stderr
    assert "niet gevonden" in desk.run("status", school.parent / "weg", expect=1).stderr


def test_what_a_valid_request_must_name_is_asked_for_and_then_printed(
    small: tuple[Desk, Path, list[dict[str, str]]],
) -> None:
    desk, school, _ = small
    target = desk.root / "pdf" / "letter.pdf"
    print_forms = ("print", school, "consent-forms", "--out", target)
    assert "settings" in desk.run(*print_forms).stderr
    shown = desk.run(
        *("settings", school, "--board", "Stichting Voorbeeld", "--dpo", "fg@voorbeeld.example"),
        *("--on", "facebook,instagram", "--off", "press"),
    ).stdout
    assert "facebook" in shown and "press" not in shown
    assert "FG" not in desk.run(*print_forms).stderr
    assert "fg@voorbeeld.example" in texts_of(target.read_bytes())[0]
    desk.run("settings", school, "--window-side", "midden", expect=1)
    desk.run("settings", school, "--logo", desk.root / "weg.png", expect=1)
    assert desk.run("settings", school).stdout == shown


def test_nothing_of_another_kind_is_ever_written_over(
    small: tuple[Desk, Path, list[dict[str, str]]],
) -> None:
    desk, school, _ = small
    mine = desk.root / "work" / "verslag.doc"
    mine.write_text("van mij")
    folder = desk.root / "work" / "map"
    (folder / "in").mkdir(parents=True)
    before = desk.json("status", school)
    for target in (school / "data.db", school / "backups" / "x.pdf", mine, folder):
        desk.run("print", school, "cover-sheet", "--out", target, expect=1)
        desk.run("backup", school, target, expect=1)
    desk.run("backup", school, desk.root / "work" / "b.schoolbackup")
    desk.run("restore", desk.root / "work" / "b.schoolbackup", folder, expect=1)
    desk.run("restore", desk.root / "work" / "b.schoolbackup", "", expect=2)
    desk.run("print", school, "cover-sheet", "--out", folder / "weg" / "x.pdf", expect=1)
    assert mine.read_text() == "van mij" and folder.is_dir()
    assert desk.json("status", school) == before
    assert not list(desk.root.rglob("*.tmp"))


def test_settings_are_all_stored_or_none(small: tuple[Desk, Path, list[dict[str, str]]]) -> None:
    desk, school, _ = small
    before = desk.run("settings", school).stdout
    desk.run("settings", school, "--board", "Half Bestuur", "--on", "youtube,onzin", expect=1)
    assert desk.run("settings", school).stdout == before
