"""Dutch words for suppliers, in the plain language that parents read too."""

from __future__ import annotations

from collections.abc import Iterable

from schoolprivacy.countries import is_in_eea
from schoolprivacy.errors import sentence
from schoolprivacy.letters.languages import form_words
from schoolprivacy.letters.terms import DUTCH
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.people.names import plain
from schoolprivacy.suppliers.rules import is_guarded
from schoolprivacy.suppliers.sheet_terms import (
    NEEDS_DETAIL,
    BijsluiterEntry,
    Data,
    Level,
    Place,
    Safeguard,
    Shared,
    Subject,
)
from schoolprivacy.suppliers.terms import (
    Basic,
    Dpia,
    Finding,
    Model,
    Paper,
    ProductKind,
    RecipientKind,
    State,
    Step,
)


def told(name: str, **values: object) -> str:
    """A sentence of the list for parents."""
    return sentence(f"supplier_told.{name}", **values)


def kind_word(kind: ProductKind) -> str:
    """What a product is, to stand on its own."""
    return sentence(f"supplier_kind.{kind}")


def recipient_word(kind: RecipientKind) -> str:
    """Who somebody is who gets data and is no processor."""
    return sentence(f"recipient_kind.{kind}")


def state_word(state: State) -> str:
    """How a product stands, in two or three words."""
    return sentence(f"supplier_state.{state}")


def step_word(step: Step) -> str:
    """What mends it, as the text of a button."""
    return sentence(f"supplier_step.{step}")


def why_told(finding: Finding) -> str:
    """The reason of a finding, as a sentence that says what to do."""
    day = dutch_date(finding.on) if finding.on else ""
    return sentence(f"supplier_why.{finding.why}", day=day, **finding.values)


def why_of(why: str) -> str:
    """The reason of a finding that names nothing else."""
    return sentence(f"supplier_why.{why}")


def data_word(data: Data, language: str = DUTCH) -> str:
    """A category of data."""
    return form_words(language)[f"supplier_{data}"]


def data_told(shared: Shared, language: str = DUTCH) -> str:
    """One category of data; where it says nothing the words of the bijsluiter take its place."""
    if shared.data in NEEDS_DETAIL:
        return shared.detail
    word = data_word(shared.data, language)
    return f"{word}: {shared.detail}" if shared.detail else word


def subject_word(subject: Subject) -> str:
    """Of whom data are."""
    return sentence(f"supplier_subject.{subject}")


def subjects_told(subjects: Iterable[Subject]) -> str:
    """``Over leerlingen en ouders.``; "" of nobody."""
    found = [subject_word(each) for each in subjects]
    if not found:
        return ""
    together = " en ".join([", ".join(found[:-1]), found[-1]] if found[:-1] else found)
    return told("about", subjects=together)


def place_told(place: Place) -> str:
    """A country, with what protects data there when it is outside the EEA."""
    if is_in_eea(place.country):
        return place.country
    safeguard = place.safeguard if is_guarded(place) else Safeguard.NONE
    return f"{place.country} ({safeguard_word(safeguard)})"


def others_told(sheet: BijsluiterEntry) -> str:
    """Who works for the supplier, and in which country; "" when nobody."""
    return ", ".join(
        f"{each.name} ({place_told(each.place)})" if each.place.country else each.name
        for each in sheet.sub_processors
    )


def places_told(sheet: BijsluiterEntry) -> str:
    """Where data are: kept by the supplier, and with whoever works for it."""
    places = [place_told(each) for each in sheet.places]
    others = others_told(sheet)
    said = [told("kept_in", places=", ".join(places))] if places else []
    said += [told("also_with", others=others)] if others else []
    return " ".join(said)


def basic_word(basic: Basic) -> str:
    """One of the five vuistregels, with what it asks."""
    return sentence(f"supplier_basic.{basic}")


def dpia_word(dpia: Dpia) -> str:
    """How far the assessment is."""
    return sentence(f"supplier_dpia.{dpia or 'unknown'}")


def model_word(model: Model) -> str:
    """On which text an agreement is."""
    return sentence(f"supplier_model.{model}")


def level_word(level: Level) -> str:
    """How high a demand is."""
    return sentence(f"supplier_level.{level or 'unknown'}")


def paper_word(paper: Paper) -> str:
    """What was scanned."""
    return sentence(f"supplier_paper.{paper}")


def safeguard_word(safeguard: Safeguard) -> str:
    """What protects data outside the EEA."""
    return sentence(f"supplier_safeguard.{safeguard}")


def sort_key(name: str) -> str:
    """By name, without capitals and accents."""
    return plain(name)
