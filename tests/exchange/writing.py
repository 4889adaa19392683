"""Writes files as other programs do: EDEXML, CSV, xlsx, ods."""

from __future__ import annotations

import csv
import zipfile
from io import BytesIO, StringIO
from xml.sax.saxutils import escape, quoteattr

import openpyxl

from schoolprivacy.exchange.roster import RosterGuardian, RosterPupil

Rows = list[list[object]]


def edexml(
    pupils: str = "",
    *,
    groups: str = "",
    school: str = "<schooljaar>2026-2027</schooljaar><brincode>99ZZ</brincode>",
    teachers: str = "",
) -> bytes:
    """An EDEXML file around the inside of ``leerlingen`` and ``groepen``."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<EDEX>\n<school>{school}</school>\n<groepen>{groups}</groepen>\n"
        f"<leerlingen>\n{pupils}\n</leerlingen>\n<leerkrachten>{teachers}</leerkrachten>\n</EDEX>\n"
    ).encode()


def edexml_pupil(pupil: RosterPupil) -> str:
    """One pupil in EDEXML; the key of a group is its name."""
    texts = {
        "achternaam": pupil.surname,
        "voorvoegsel": pupil.prefix,
        "voornamen": pupil.given_names,
        "roepnaam": pupil.call_name,
        "geboortedatum": pupil.born_on or "",
        "jaargroep": pupil.year_level,
    }
    inside = "".join(f"<{tag}>{escape(str(text))}</{tag}>" for tag, text in texts.items())
    if pupil.group:
        inside += f"<groep key={quoteattr(pupil.group)}/>"
    for tag, day in (("instroomdatum", pupil.came_on), ("uitstroomdatum", pupil.left_on)):
        inside += f"<{tag}>{day or ''}</{tag}>"
    key = quoteattr(pupil.key or "#1")
    return f"<leerling key={key}>{inside}</leerling>"


HEADERS = (
    *("Leerlingnummer", "Roepnaam", "Tussenvoegsel", "Achternaam", "Voornamen"),
    *("Geboortedatum", "Klas", "Leerjaar", "Instroomdatum", "Uitstroomdatum"),
)
GUARDIAN_HEADERS = (
    *("Voorletters", "Roepnaam", "Tussenvoegsel", "Achternaam", "Relatie", "Gezag"),
    *("Straat", "Huisnummer", "Postcode", "Woonplaats", "Telefoon", "Mobiel", "E-mail"),
    *("Geheim adres", "Geheim telefoonnummer", "Taal"),
)


def spreadsheet_rows(pupils: list[RosterPupil], guardians: int) -> Rows:
    """A header and a row per pupil, with columns for so many guardians."""
    header: list[object] = [
        *HEADERS,
        *(f"Ouder {n} {word}" for n in range(1, guardians + 1) for word in GUARDIAN_HEADERS),
    ]
    rows = [header]
    for pupil in pupils:
        row: list[object] = [pupil.key, pupil.call_name, pupil.prefix, pupil.surname]
        row += [pupil.given_names, pupil.born_on, pupil.group, pupil.year_level]
        row += [pupil.came_on, pupil.left_on]
        for guardian in pupil.guardians:
            row += _guardian_cells(guardian)
        rows.append(row)
    return rows


def _guardian_cells(guardian: RosterGuardian) -> list[object]:
    flags = {True: "ja", False: "nee", None: ""}
    phone, mobile = (*guardian.phones, "", "")[:2]
    return [
        *(guardian.initials, guardian.call_name, guardian.prefix, guardian.surname),
        *(guardian.relation, "nee" if guardian.denied_authority else "ja"),
        *(guardian.street, guardian.house_number, guardian.postcode, guardian.place),
        *(phone, mobile, guardian.email),
        *(flags[guardian.address_secret], flags[guardian.phone_secret], guardian.language),
    ]


def csv_bytes(rows: Rows, separator: str = ";", encoding: str = "utf-8") -> bytes:
    text = StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_bytes(*sheets: Rows) -> bytes:
    workbook = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        sheet = workbook.create_sheet(f"Blad {number + 1}", number)
        for row in rows:
            sheet.append(row)
    del workbook["Sheet"]
    data = BytesIO()
    workbook.save(data)
    return data.getvalue()


def ods_bytes(rows: list[list[str]], manifest: str = "") -> bytes:
    """A small OpenDocument sheet; a text that starts with @ becomes a date cell."""
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    }
    spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in names.items())

    def cell(text: str) -> str:
        kind = f'"date" office:date-value="{text[1:]}"' if text.startswith("@") else '"string"'
        words = f"<text:p>{escape(text)}</text:p>"
        return f"<table:table-cell office:value-type={kind}>{words}</table:table-cell>"

    table = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Blad1">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    uri = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "META-INF/manifest.xml",
            f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{uri}">{manifest}'
            "</manifest:manifest>",
        )
        package.writestr("content.xml", content)
    return data.getvalue()
