"""EDEXML as XML: takes the few elements that are wanted and never holds on to the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import StringIO
from xml.parsers.expat import errors as expat_errors
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, InputSource, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from schoolprivacy.errors import ImportFileError
from schoolprivacy.exchange.charset import Decoded, decode
from schoolprivacy.exchange.values import clean

GROUP = "groep"
COMBINED_GROUP = "samengestelde_groep"

# What is read, per element. Everything else in the file is passed over without being kept.
_TAKEN = {
    "school": (
        *("schooljaar", "peildatum", "brincode", "dependancecode", "schoolkey"),
        *("instellingsnummer", "aanmaakdatum", "xsdversie"),
    ),
    GROUP: ("naam", "jaargroep"),
    COMBINED_GROUP: ("naam",),
    "leerling": (
        *("achternaam", "voorvoegsel", "voornamen", "voorletters-1", "roepnaam"),
        *("geboortedatum", "jaargroep", "instroomdatum", "uitstroomdatum"),
    ),
}
# The elements above count only inside these (a teacher has groups, too).
_PARENTS = {GROUP: "groepen", COMBINED_GROUP: "groepen", "leerling": "leerlingen"}

# What is dropped and told, in the words for the screen.
_TOLD = {
    "bsn": "burgerservicenummer",
    "bsn_ondwnr-4": "laatste cijfers van het burgerservicenummer",
    "sofinummer": "sofinummer",
    "onderwijsnummer": "onderwijsnummer",
    "rijksregisternummer": "rijksregisternummer",
    "etniciteit": "etniciteit",
    "land": "geboorteland",
    "land_vader": "geboorteland van de vader",
    "land_moeder": "geboorteland van de moeder",
    "gewicht": "gewicht",
    "toevoegingen": "toevoegingen",
    "geslacht": "geslacht",
    "fotourl": "foto",
    "postcodenl": "postcode",
    "postnummerbe": "postcode",
    "eckid": "ECK iD",
    "gebruikersnaam": "gebruikersnaam",
    "emailadres": "e-mailadres van de leerling",
    "leerkrachten": "gegevens van leerkrachten",
}

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
# The bytes are text by now; and with blank lines before it, the declaration is an error in XML.
_DECLARATION = re.compile(r"\A(\s*)<\?xml\b[^>]*\?>")
_CUT_SHORT = frozenset(
    expat_errors.codes[message]
    for message in (
        expat_errors.XML_ERROR_NO_ELEMENTS,
        expat_errors.XML_ERROR_UNCLOSED_TOKEN,
        expat_errors.XML_ERROR_PARTIAL_CHAR,
        expat_errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)


@dataclass(slots=True)
class Entry:
    """One school, group or pupil: its wanted texts with their lines, and the groups it names."""

    tag: str
    line: int
    key: str
    depth: int
    texts: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    groups: list[tuple[str, str]] = field(default_factory=list)

    def text(self, name: str) -> str:
        return self.texts.get(name, "")


@dataclass(frozen=True, slots=True)
class EdexFile:
    """What an EDEXML file says, still as text.

    :param groups: groups and combined groups in the order of the file
    :param told: Dutch names of what was met and dropped
    """

    decoded: Decoded
    school: Entry | None
    groups: list[Entry]
    pupils: list[Entry]
    told: tuple[str, ...]


def parse_edexml(data: bytes) -> EdexFile:
    """Read the wanted texts out of an EDEXML file.

    :raises ImportFileError: no XML, cut short, with a DOCTYPE, or no EDEXML. The error holds
        nothing of the file
    """
    declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf").lstrip())
    decoded = decode(data, declared[1].decode("ascii") if declared else None)
    handler = _Handler()
    failure = _run(handler, decoded.text)
    if failure:
        raise failure
    if not handler.is_edexml:
        raise ImportFileError("import_file.not_edexml")
    told = tuple(dict.fromkeys(word for word in _TOLD.values() if word in handler.told))
    return EdexFile(decoded, handler.school, handler.groups, handler.pupils, told)


def _run(handler: ContentHandler, text: str) -> ImportFileError | None:
    """Parse, and give the error instead of raising it: a chained one would carry the file along."""
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(handler)
    source = InputSource()
    source.setCharacterStream(StringIO(_DECLARATION.sub(r"\1", text, count=1)))
    try:
        parser.parse(source)
    except DefusedXmlException:
        return ImportFileError("import_file.doctype")
    except SAXParseException as error:
        if getattr(error.getException(), "code", None) in _CUT_SHORT:
            return ImportFileError("import_file.xml_cut_short")
        return ImportFileError("import_file.xml_damaged", line=error.getLineNumber())
    return None


class _Handler(ContentHandler):
    """Walks through the file; matches by local name, so UWLR's namespaces do not matter."""

    def __init__(self) -> None:
        super().__init__()
        self.is_edexml = False
        self.school: Entry | None = None
        self.groups: list[Entry] = []
        self.pupils: list[Entry] = []
        self.told: set[str] = set()
        self._path: list[str] = []
        self._entry: Entry | None = None
        self._text: list[str] | None = None
        self._dropping: tuple[int, str] | None = None  # depth of a dropped element, its word

    def setDocumentLocator(self, locator: Locator) -> None:
        self._where = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        tag = name.rpartition(":")[2]
        depth = len(self._path)
        parent = self._path[-1] if self._path else ""
        self._path.append(tag)
        if not depth:
            self.is_edexml = tag.upper() == "EDEX"
        if self._dropping:
            return
        if self._entry is None:
            self._start_entry(tag, parent, depth, attrs)
        elif depth == self._entry.depth + 1:
            self._start_field(self._entry, tag, depth, attrs)
        elif tag == COMBINED_GROUP and parent == "samengestelde_groepen":
            self._entry.groups.append((tag, _key(attrs)))

    def _start_entry(self, tag: str, parent: str, depth: int, attrs: AttributesImpl) -> None:
        if tag in _TAKEN and _PARENTS.get(tag, parent) == parent:
            self._entry = Entry(tag, self._line(), _key(attrs), depth)
            if attrs.get("eckid"):
                self.told.add(_TOLD["eckid"])
        elif tag == "leerkrachten":
            self._dropping = depth, _TOLD[tag]
        elif tag == "leerlingen":
            self.is_edexml = True  # UWLR wraps the same elements in another root

    def _start_field(self, entry: Entry, tag: str, depth: int, attrs: AttributesImpl) -> None:
        told = _TOLD.get("gewicht" if tag.startswith("gewicht") else tag)
        if tag in _TAKEN[entry.tag]:
            self._text = []
            entry.lines.setdefault(tag, self._line())
        elif tag == GROUP:
            entry.groups.append((tag, _key(attrs)))
        elif told:
            self._dropping = depth, told

    def characters(self, content: str) -> None:
        if self._dropping:
            if not content.isspace():
                self.told.add(self._dropping[1])
        elif self._text is not None:
            self._text.append(content)

    def endElement(self, name: str) -> None:
        tag = self._path.pop()
        depth = len(self._path)
        if self._dropping:
            if depth == self._dropping[0]:
                self._dropping = None
        elif self._entry and depth == self._entry.depth + 1 and self._text is not None:
            self._entry.texts.setdefault(tag, clean("".join(self._text)))
            self._text = None
        elif self._entry and depth == self._entry.depth:
            self._keep(self._entry)
            self._entry = None

    def _keep(self, entry: Entry) -> None:
        if entry.tag == "school":
            self.school = self.school or entry
        elif entry.tag == "leerling":
            self.pupils.append(entry)
        else:
            self.groups.append(entry)

    def _line(self) -> int:
        return self._where.getLineNumber() or 0


def _key(attrs: AttributesImpl) -> str:
    return clean(attrs.get("key") or "")
