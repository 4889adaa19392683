"""Which column holds what, for the headers of real exports and of lists kept by hand."""

from __future__ import annotations

import pytest

from schoolprivacy.errors import ImportFileError
from schoolprivacy.exchange.columns import FIELDS, IGNORE, Placement, fingerprint, place


def placed(*headers: str) -> Placement:
    return place(list(headers), {}, {})


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Leerlingnummer", "pupil.key"),
        ("leerlingnr.", "pupil.key"),
        ("Stamnummer", "pupil.key"),
        ("Roepnaam", "pupil.call_name"),
        ("VOORVOEGSEL", "pupil.prefix"),
        ("Tussenvoegsel(s)", "pupil.prefix"),
        ("Achternaam leerling", "pupil.surname"),
        ("Naam kind", "pupil.full_name"),
        ("Leerling", "pupil.full_name"),
        ("Geboortedatum (dd-mm-jjjj)", "pupil.born_on"),
        ("Huidige groep", "pupil.group"),
        ("Klas", "pupil.group"),
        ("Leerjaar", "pupil.year_level"),
        ("Datum uitschrijving", "pupil.left_on"),
        ("Geheim adres (ja/nee)", "pupil.address_secret"),
        ("Geheim telefoonnummer", "pupil.phone_secret"),
        ("Straat + huisnummer", "pupil.address"),
        ("E-mail", "guardian1.email"),
        ("Mobiele telefoon", "guardian1.mobile"),
        ("Ouder/verzorger 1 achternaam", "guardian1.surname"),
        ("Achternaam (ouder 2)", "guardian2.surname"),
        ("E-mailadres ouder/verzorger 2", "guardian2.email"),
        ("Ouder1Email", "guardian1.email"),
        ("ouder2_geheim_telefoon", "guardian2.phone_secret"),
        ("1e ouder: naam", "guardian1.full_name"),
        ("Tweede verzorger - mobiel", "guardian2.mobile"),
        ("Contactpersoon 3", "guardian3.full_name"),
        ("Verzorger 4 postcode", "guardian4.postcode"),
        ("Telefoon 2 ouder 1", "guardian1.phone"),
        ("Ouder e-mail 2", "guardian2.email"),
        ("Ouderlijk gezag ouder 1", "guardian1.authority"),
        ("Relatie tot kind ouder 2", "guardian2.relation"),
        ("06 moeder", "guardian1.mobile"),
        ("Vader", "guardian1.full_name"),
    ],
)
def test_a_header_by_itself(header: str, code: str) -> None:
    assert placed(header).columns == {header: code}


@pytest.mark.parametrize(
    "header",
    [
        *("Opmerkingen", "Geheim", "Foto", "Nummer", "Code", "E-mail 2", "Telefoon 1"),
        *("Ouder telefoon 2", "E-mail 2 ouder 1", "Geen gezag", "Noodnummer", "Oma telefoon"),
        *("Gezinsvoogd", "Stiefmoeder", "Ouder 5 naam", "", "!!!"),
    ],
)
def test_what_is_not_certain_is_a_question(header: str) -> None:
    assert placed(header).unplaced == (header,)


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("BSN", "burgerservicenummer"),
        ("Burgerservice-nummer", "burgerservicenummer"),
        ("BSN ouder 1", "burgerservicenummer"),
        ("Onderwijsnummer", "onderwijsnummer"),
        ("Nationaliteit moeder", "nationaliteit"),
        ("Geboorteplaats leerling", "geboorteplaats"),
        ("Geloofsovertuiging", "geloof"),
        ("Etniciteit", "etniciteit"),
        ("Moedertaal", "thuistaal"),
        ("Geboortedatum ouder 1", "geboortedatum van ouders"),
        ("E-mail leerling", "e-mailadres van de leerling"),
    ],
)
def test_what_is_not_kept_is_set_aside_and_told(header: str, word: str) -> None:
    placement = placed(header)
    assert placement.columns == {header: IGNORE}
    assert placement.dropped == (word,)


def test_known_exports() -> None:
    assert list(
        placed(
            *("Leerlingnummer", "Huidige groep", "Huidige status"),
            *("Roepnaam", "Voorvoegsel", "Achternaam"),
        ).columns.values()
    ) == [
        *("pupil.key", "pupil.group", "pupil.status"),
        *("pupil.call_name", "pupil.prefix", "pupil.surname"),
    ]
    assert list(placed("Code", "Achternaam", "Email", "Leerlingcodes").columns.values()) == [
        *("guardian1.key", "guardian1.surname", "guardian1.email", "parent.pupil_keys")
    ]


def test_mother_and_father_are_one_and_two_and_named_so() -> None:
    placement = placed("Naam vader", "Naam moeder", "Geheim adres vader")
    assert list(placement.columns.values()) == [
        *("guardian2.full_name", "guardian1.full_name", "guardian2.address_secret")
    ]
    assert placement.relations == {1: "moeder", 2: "vader"}


def test_whether_mother_is_parent_one_is_not_guessed() -> None:
    assert placed("Naam ouder 1", "Telefoon moeder").unplaced == ("Telefoon moeder",)


def test_two_words_for_one_field_share_by_their_other_meaning() -> None:
    assert list(placed("Voornaam", "Roepnaam", "Groep", "Klas").columns.values()) == [
        *("pupil.given_names", "pupil.call_name", "pupil.year_level", "pupil.group")
    ]


def test_two_columns_for_one_field_are_both_a_question() -> None:
    assert placed("Achternaam", "Familienaam").unplaced == ("Achternaam", "Familienaam")


def test_a_column_that_says_whose_it_is_goes_before_one_that_does_not() -> None:
    placement = placed("E-mail", "E-mail ouder 1")
    assert placement.columns == {"E-mail ouder 1": "guardian1.email"}
    assert placement.unplaced == ("E-mail",)


def test_telephones_and_house_numbers_may_have_several_columns() -> None:
    placement = placed("Telefoon", "Telefoon ouder 1", "Huisnummer", "Toevoeging")
    assert list(placement.columns.values()) == [
        *("guardian1.phone", "guardian1.phone", "pupil.house_number", "pupil.house_number")
    ]


def test_what_is_the_parents_together_is_nobodys_when_there_are_two() -> None:
    placement = placed("Ouder 1", "Ouder 2", "Gezag", "Relatie ouders", "Geheim adres ouders")
    assert placement.unplaced == ("Gezag", "Relatie ouders")
    assert placement.columns["Geheim adres ouders"] == "pupil.address_secret"  # counts for both


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("pupil.surname", "pupil.surname"),
        (" Guardian2.Email ", "guardian2.email"),
        ("achternaam", "pupil.surname"),
        ("ouder 1 e-mail", "guardian1.email"),
        ("e-mail", "guardian1.email"),
        ("vader mobiel", "guardian1.mobile"),
        ("negeer", IGNORE),
    ],
)
def test_a_column_goes_where_a_person_says(wanted: str, code: str) -> None:
    assert place(["Kolom X", "Y"], {" kolomx": wanted}, {}).columns == {"Kolom X": code}


def test_rows_of_parents_are_seen_by_a_given_column_too() -> None:
    placement = place(["Achternaam", "Hoort bij"], {"Hoort bij": "parent.pupil_keys"}, {})
    assert placement.columns["Achternaam"] == "guardian1.surname"


def test_given_goes_before_remembered_goes_before_the_header() -> None:
    headers = ["Achternaam", "Familienaam", "Roepnaam"]
    placement = place(
        headers,
        {"Familienaam": "pupil.surname"},
        {"Achternaam": "guardian1.surname", "Roepnaam": IGNORE, "Weg": "pupil.key"},
    )
    assert placement.columns == {
        "Achternaam": "guardian1.surname",
        "Familienaam": "pupil.surname",
        "Roepnaam": IGNORE,
    }


def test_what_was_remembered_wrongly_does_no_harm() -> None:
    remembered = {"Roepnaam": "pupil.shoe_size", "BSN": "pupil.key", "Klas": "pupil.surname"}
    placement = place(["Roepnaam", "BSN", "Klas"], {"Klas": "groep"}, remembered)
    assert placement.columns == {
        "Roepnaam": "pupil.call_name",
        "BSN": IGNORE,
        "Klas": "pupil.group",
    }


@pytest.mark.parametrize(
    ("given", "key", "named"),
    [
        ({"Weg": "pupil.key"}, "import_file.unknown_column", ["Weg", "Naam, BSN, Bijnaam"]),
        ({"Naam": "schoenmaat"}, "import_file.unknown_field", ["schoenmaat", "pupil.key", IGNORE]),
        ({"Naam": "bsn"}, "import_file.unknown_field", ["bsn"]),
        ({"BSN": "pupil.key"}, "import_file.set_aside_column", ["BSN"]),
        (
            {"Naam": "pupil.key", "Bijnaam": "leerlingnummer"},
            "import_file.field_twice",
            ["Bijnaam", "pupil.key"],
        ),
    ],
)
def test_a_wrong_mapping_is_explained(given: dict[str, str], key: str, named: list[str]) -> None:
    with pytest.raises(ImportFileError) as caught:
        place(["Naam", "BSN", "Bijnaam"], given, {})
    assert caught.value.key == key
    assert all(word in str(caught.value) for word in named)


def test_a_sensitive_column_may_be_ignored_explicitly() -> None:
    assert place(["BSN"], {"BSN": IGNORE}, {}).columns == {"BSN": IGNORE}


def test_every_code_can_be_given() -> None:
    for code in FIELDS:
        assert place(["X"], {"X": code}, {}).columns == {"X": code}


def test_the_fingerprint_is_of_the_set_of_columns() -> None:
    assert fingerprint(["Roepnaam", "E-mail"]) == fingerprint(["e-mail ", "Roepnaam"])
    assert fingerprint(["Roepnaam"]) != fingerprint(["Achternaam"])
