"""What the commands say and take that the windows say and ask in their own way."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from schoolprivacy.__main__ import main
from schoolprivacy.clock import SystemClock
from schoolprivacy.consents.publications.log import NewPublication, record_publication
from schoolprivacy.consents.terms import Choice
from schoolprivacy.school import School
from tests.consents.families import MOTHER, a_child, asked, enrol
from tests.consents.log_builders import TODAY, a_channel, says, two_groups
from tests.okr import builders as okr
from tests.paper.reading import texts_of
from tests.vault.schools import DIRECTOR, Made, change, phone


@dataclass(frozen=True)
class Terminal:
    """Types commands and reads what they say."""

    capsys: pytest.CaptureFixture[str]

    def type(self, *words: object, expect: int = 0) -> str:
        self.capsys.readouterr()
        code = main([str(each) for each in words])
        said = self.capsys.readouterr()
        assert code == expect, said.err
        return said.out + said.err


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    monkeypatch.setenv("SCHOOLPRIVACY_PASSPHRASE", DIRECTOR)
    return Terminal(capsys)


def test_a_backup_takes_the_place_of_a_school_somebody_left_open(
    made: Made, terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = tmp_path / "a.schoolbackup"
    with made.open() as school:
        change(school, "0201111111")
        school.back_up(backup)
    left = made.open()
    change(left, "0202222222")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other-station"))  # another computer
    said = terminal.type("restore", backup, made.folder, expect=1)
    assert "in gebruik" in said
    assert phone(left) == "0202222222"
    said = terminal.type("restore", backup, made.folder, "--take-over")
    assert "teruggezet" in said and "van voor" in said
    with School.open(made.folder, DIRECTOR) as school:
        assert phone(school) == "0201111111"
    left.close()


def test_leavers_whom_the_school_does_not_know_are_told(
    made: Made, terminal: Terminal, tmp_path: Path
) -> None:
    rows = ["Roepnaam;Achternaam;Geboortedatum;Groep;Datum uitschrijving"]
    rows += ["Sanne;de Boer;17-5-2018;3;", "Noor;Smit;1-2-2018;3;1-9-2020"]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    said = terminal.type("import", made.folder, path)
    assert "Al van school en hier niet bekend, dus niet overgenomen: 1" in said
    assert '"strangers_gone": 1' in terminal.type("import", made.folder, path, "--json")


def test_a_column_without_a_place_is_told_with_the_words_of_the_command(
    made: Made, terminal: Terminal, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Roepnaam;Achternaam;Groep;Kleur\nSanne;Smit;3;rood\n", encoding="utf-8")
    said = terminal.type("import", made.folder, path, "--apply", expect=1)
    assert "Geef elke kolom een plaats" in said and "--map KOLOM=VELD" in said


def test_an_answer_that_contradicts_says_how_to_correct(made: Made, terminal: Terminal) -> None:
    with made.open() as school:
        enrol(school, a_child("Noor", MOTHER))
        (form,) = asked(school)
    day = date.isoformat(made.clock.today())
    words = ("answer", made.folder, form.form, "--authority", "yes", "--on", day)
    assert "--correct" not in terminal.type(*words, "--yes", "website")
    said = terminal.type(*words, "--no", "website")
    assert "als verbetering" in said and "Verbeteren: --correct" in said


# — printing —


def _printed(terminal: Terminal, made: Made, out: Path, *words: object) -> str:
    """What the document says, read back."""
    said = terminal.type("print", made.folder, *words, "--out", out)
    assert str(out) in said
    return "\n".join(texts_of(out.read_bytes()))


def _agreeing(made: Made) -> str:
    """Noor in group 5: her mother may be called, her father took the website back."""
    with made.open() as school:
        noor = two_groups(school)["Noor"]
        for code in ("contact-child-name", "contact-guardian-name", "contact-phone", "website"):
            says(school, noor, Choice.GRANTED, code=code)
        says(school, noor, Choice.REFUSED, code="press", parent=1)
        says(school, noor, Choice.GRANTED, code="press")
        says(school, noor, Choice.WITHDRAWN, parent=1)
        record_publication(
            school, NewPublication("Sinterklaas", TODAY, a_channel(school), pupil_ids=(noor,))
        )
    return noor


def test_every_document_of_consents_comes_from_the_command_line(
    made: Made, terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SystemClock, "now", lambda _: made.clock.now())
    noor = _agreeing(made)
    out = tmp_path / "a.pdf"
    group = ("--group", "Groep 5")
    listed = _printed(terminal, made, out, "contact-list", *group, "--for", "Familie Test")
    assert "Noor" in listed and "Familie Test" in listed and "Sem" not in listed
    assert "Noor" in _printed(terminal, made, out, "phone-tree", *group)
    standing = _printed(terminal, made, out, "photo-list", *group)
    assert "Noor" in standing and "Kim" not in standing
    words = ("event-sheet", *group, "--purpose", "website", "--event", "Sportdag")
    assert "Sportdag" in _printed(terminal, made, out, *words)
    assert "Sinterklaas" in _printed(terminal, made, out, "take-down-list")
    letter = _printed(terminal, made, out, "withdrawal-letter", "--pupil", noor)
    assert "Beste Bas" in letter and "openbare website" in letter
    assert _printed(terminal, made, out, "conflict-letters").count("verschillen,") == 2
    said = terminal.type("print", made.folder, "contact-list", *group, "--json", "--out", out)
    assert '"copy": 3' in said


def test_a_document_says_what_it_must_be_told(made: Made, terminal: Terminal) -> None:
    said = terminal.type("print", made.folder, "event-sheet", "--group", "Groep 5", expect=1)
    assert "--purpose" in said and "niets gemaakt" in said
    said = terminal.type("print", made.folder, "contact-list", expect=1)
    assert "--group" in said
    said = terminal.type("print", made.folder, "cover-sheet", "--pupil", "x", expect=1)
    assert "--pupil" in said


def test_the_move_to_another_school_is_printed_and_told(
    made: Made, terminal: Terminal, tmp_path: Path
) -> None:
    with made.open() as school:
        noor = okr.two_parents(school)
        okr.reported(school, noor)
    said = terminal.type("status", made.folder)
    assert "Overstap (OKR):" in said and "Uitnodigen" in said
    assert json.loads(terminal.type("status", made.folder, "--json"))["okr"]["to_invite"] == 1
    out = tmp_path / "okr.pdf"
    for document, told in (
        ("okr-invitations", "(1 brief)"),
        ("okr-forms", "(1 formulier)"),
        ("okr-proof", "(1 leerling)"),
        ("okr-list", "(1 leerling)"),
    ):
        said = terminal.type("print", made.folder, document, "--pupil", noor, "--out", out)
        assert told in said
        assert "Noor" in " ".join(texts_of(out.read_bytes()))
    assert "Wacht op inzage" in terminal.type("status", made.folder)
    letter = ("okr-accompanying", "--pupil", noor)
    said = terminal.type("print", made.folder, *letter, "--out", out, expect=1)
    assert "mag nog niet weg" in said and "Anna van der Sluis" in said
    said = terminal.type("print", made.folder, "okr-list", "--group", "Groep 8", "--out", out)
    assert "(1 leerling)" in said
    said = terminal.type("print", made.folder, "okr-list", "--group", "8", "--out", out)
    assert "(1 leerling)" in said, "as the README writes it"
    said = terminal.type("print", made.folder, "okr-proof", "--group", "9", "--out", out, expect=1)
    assert "Groep 8" in said
