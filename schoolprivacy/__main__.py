"""Headless commands for the board's ICT staff and for scripts: the same actions as the windows.

Exit 0: done. 1: refused, with a sentence on stderr, and nothing changed. 2: wrong usage.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
import traceback
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from schoolprivacy import __version__, commands, year_commands
from schoolprivacy.errors import KnownError, sentence
from schoolprivacy.exchange.columns import FIELDS
from schoolprivacy.exchange.supplier_sheet import FIELDS as SUPPLIER_FIELDS
from schoolprivacy.print_commands import DOCUMENTS
from schoolprivacy.schoolyear import SchoolYear


def parser() -> argparse.ArgumentParser:
    """Everything the command line understands."""
    top = argparse.ArgumentParser(
        prog="schoolprivacy",
        description="Privacyadministratie voor kleine basisscholen.",
        epilog="De wachtzin komt uit SCHOOLPRIVACY_PASSPHRASE of wordt gevraagd.",
    )
    top.add_argument("--version", action="version", version=__version__)
    verbs = top.add_subparsers(dest="command", required=True)

    demo = _command(verbs, "demo", "maak een verzonnen school om mee te oefenen")
    demo.add_argument("--pupils", type=_count, default=200, metavar="N")
    demo.add_argument("--seed", type=int, default=1, metavar="S")

    create = _command(verbs, "create", "maak een leeg schoolbestand; toont de papieren sleutel")
    create.add_argument("--name", required=True, type=_text)
    create.add_argument("--brin", required=True, metavar="99XX")

    settings = _writing(
        verbs, "settings", "vul in wat op de brieven staat en welke doelen aan staan"
    )
    for name, kind in commands.SETTINGS.items():
        settings.add_argument(f"--{name.replace('_', '-')}", type=_text if kind is str else kind)
    settings.add_argument("--logo", type=_path, metavar="PNG|JPEG")
    for switch in ("on", "off"):
        settings.add_argument(
            f"--{switch}", nargs="*", action="extend", default=[], metavar="CODES"
        )

    read = _writing(verbs, "import", "lees leerlingen en ouders in; toont eerst het verschil")
    read.add_argument("files", nargs="+", type=_path, metavar="FILE")
    read.add_argument("--apply", action="store_true", help="sla het op")
    _importing(read)

    _suppliers_command(verbs)
    _year_command(verbs)

    _print_command(verbs)

    answer = _writing(verbs, "answer", "voer een teruggekomen formulier in")
    answer.add_argument("form", metavar="FORM-NUMBER")
    answer.add_argument("--yes", nargs="*", action="extend", default=[], metavar="CODES")
    answer.add_argument("--no", nargs="*", action="extend", default=[], metavar="CODES")
    answer.add_argument("--by", default="", type=_text, metavar="NAME")
    answer.add_argument("--authority", choices=("yes", "no"))
    answer.add_argument("--on", type=_day, metavar="DATE")
    answer.add_argument(
        "--correct", action="store_true", help="wat eerder van dit formulier is ingevoerd, was fout"
    )

    status = _command(verbs, "status", "toon hoe het ervoor staat")
    status.add_argument("--json", action="store_true")
    _command(verbs, "verify", "controleer het schoolbestand")

    backup = _writing(verbs, "backup", "maak een back-up")
    backup.add_argument("file", type=_path, metavar="FILE")
    restore = verbs.add_parser("restore", help="zet een back-up terug")
    restore.add_argument("file", type=_path, metavar="FILE")
    restore.add_argument("school", type=_path, metavar="SCHOOL")
    restore.add_argument("--paper-key", metavar="KEY")
    _take_over(restore)
    return top


if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]


def _command(verbs: Verbs, name: str, text: str) -> argparse.ArgumentParser:
    command = verbs.add_parser(name, help=text, description=text)
    command.add_argument("school", type=_path, metavar="SCHOOL")
    return command


def _writing(verbs: Verbs, name: str, text: str) -> argparse.ArgumentParser:
    command = _command(verbs, name, text)
    _take_over(command)
    return command


def _importing(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--whole-school", action="store_true", help="wie niet in het bestand staat, is vertrokken"
    )
    command.add_argument("--map", action="append", default=[], type=_placed, metavar="COLUMN=FIELD")
    command.add_argument("--json", action="store_true")
    command.epilog = f"FIELD is ignore, of een van: {', '.join(FIELDS)}"


def _take_over(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--take-over",
        action="store_true",
        help="neem het schoolbestand over van wie het openliet en niet meer werkt",
    )


def _suppliers_command(verbs: Verbs) -> None:
    """A list of suppliers out of a spreadsheet."""
    what = "lees een lijst van leveranciers in; toont eerst het verschil"
    suppliers = _writing(verbs, "import-suppliers", what)
    suppliers.add_argument("file", type=_path, metavar="FILE")
    suppliers.add_argument("--apply", action="store_true", help="sla het op")
    suppliers.add_argument(
        "--map", action="append", default=[], type=_placed, metavar="COLUMN=FIELD"
    )
    suppliers.add_argument("--json", action="store_true")
    suppliers.epilog = f"FIELD is ignore, of een van: {', '.join(SUPPLIER_FIELDS)}"


def _print_command(verbs: Verbs) -> None:
    """One document as a PDF."""
    paper = _writing(verbs, "print", "maak een PDF")
    paper.add_argument("document", choices=sorted(DOCUMENTS), metavar="DOCUMENT")
    paper.add_argument("--group", metavar="G")
    paper.add_argument(
        "--for", action="append", dest="for_whom", type=_text, metavar="TEXT", help="wie het krijgt"
    )
    paper.add_argument("--purpose", nargs="*", action="extend", default=[], metavar="CODES")
    paper.add_argument("--event", type=_text, metavar="TEXT")
    paper.add_argument("--on", type=_day, metavar="DATE")
    paper.add_argument("--pupil", metavar="ID")
    paper.add_argument(
        "--product", type=_text, metavar="NAAM", help="een product van een leverancier"
    )
    paper.add_argument("--year", type=_year, metavar="2027-2028")
    paper.add_argument(
        "--again", action="store_true", help="ook wie al twee herinneringen kreeg, nog een brief"
    )
    paper.epilog = f"DOCUMENT is een van: {', '.join(sorted(DOCUMENTS))}"
    paper.add_argument(
        "--out", type=_path, metavar="PDF", help="supplier-list ook als .html of .txt"
    )
    paper.add_argument("--json", action="store_true")


def _year_command(verbs: Verbs) -> None:
    year = _writing(verbs, "year", "toon, open of sluit de jaarlijkse ronde")
    year.add_argument("what", nargs="?", choices=year_commands.VERBS, default="show")
    year.add_argument("year", nargs="?", type=_year, metavar="2027-2028")
    year.add_argument("--import", nargs="+", default=[], dest="files", type=_path, metavar="FILE")
    _importing(year)


def _path(text: str) -> Path:
    if not text.strip() or Path(text) == Path():
        raise argparse.ArgumentTypeError("noem een bestand of een map")
    return Path(text)


def _text(text: str) -> str:
    """What came in with letters that are no letters (a wrong code page) cannot be stored."""
    if not text.isprintable():
        raise argparse.ArgumentTypeError("in de tekst staan tekens die geen letters zijn")
    return text


def _count(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if not 1 <= number <= 100_000:
        raise argparse.ArgumentTypeError("kies een aantal van 1 tot 100000")
    return number


def _placed(text: str) -> tuple[str, str]:
    column, found, place = text.rpartition("=")
    if not (column and found and place):
        raise argparse.ArgumentTypeError("schrijf COLUMN=FIELD of COLUMN=ignore")
    return column, place


def _year(text: str) -> SchoolYear:
    try:
        return SchoolYear.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError("schrijf het schooljaar als 2027-2028") from None


def _day(text: str) -> date:
    dutch = re.fullmatch(r"(\d{1,2})-(\d{1,2})-(\d{4})", text)
    try:
        return date(*map(int, reversed(dutch.groups()))) if dutch else date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("schrijf de datum als 2026-09-01 of 01-09-2026") from None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command."""
    commands.no_core_dumps()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a name must not stop a command half-way
            stream.reconfigure(errors="backslashreplace")
    given = parser().parse_args(arguments)
    try:
        code = commands.run(given)
        sys.stdout.flush()
        return code
    except KnownError as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        print("Afgebroken. Wat nog niet klaar was, is niet opgeslagen.", file=sys.stderr)
    except BrokenPipeError:  # the reader of the output went away; the work was done
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # a bug: told without values, which may be personal
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__}, {Path(place.filename).name}:{place.lineno}"
        print(sentence("program.bug", where=where), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
