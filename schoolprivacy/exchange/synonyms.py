"""The words schools and their programs put above columns, by what they mean.

Headers are compared squeezed: lower case, no accents, letters and digits only. So ``E-mail
adres`` and ``emailadres`` are one word here.
"""

from __future__ import annotations

import re
import unicodedata

# Field (without the person it belongs to) → headers. A header that may mean several fields
# stands in several rows; the first row that is still free in a file gets it.
_HEADERS = {
    "pupil_keys": "leerlingcodes leerlingnummers",
    "key": (
        "leerlingnummer leerlingnr leerlingcode leerlingid stamnummer stamnr llnr llnummer "
        "administratienummer leerlingsleutel idleerling studentid"
    ),
    "code": "code relatienummer oudercode",  # a key, once it is clear whose
    "call_name": "roepnaam voornaam vnaam firstname calledname",
    "prefix": (
        "voorvoegsel voorvoegsels tussenvoegsel tussenvoegsels voorv tv tussenv vv "
        "voorvoegselachternaam tussenvoegselachternaam prefix"
    ),
    "surname": "achternaam familienaam geslachtsnaam anaam lastname surname",
    "full_name": (
        "naam volledigenaam voorenachternaam voornaamachternaam voornaamenachternaam "
        "achternaamvoornaam naamleerling leerlingnaam volledigenaamleerling fullname name "
        "naamvoluit samengesteldenaam weergavenaam"
    ),
    "given_names": (
        "voornamen voornaam doopnamen allevoornamen officielevoornamen volledigevoornamen "
        "officielevoornaam"
    ),
    "initials": "voorletters voorletter initialen initials",
    "born_on": (
        "geboortedatum gebdatum geboren gebdat geboortedag geborenop datumgeboorte dateofbirth "
        "birthdate verjaardag"
    ),
    "group": (
        "klas klasnaam groepsnaam groepnaam naamgroep huidigegroep huidigeklas stamgroep "
        "basisgroep groep lesgroep groepklas klasgroep stamgroepnaam class"
    ),
    "year_level": (
        "jaargroep leerjaar huidigleerjaar huidigjaargroep huidigejaargroep groepsjaar "
        "jaargroepleerling leerjaarleerling groep"
    ),
    "came_on": (
        "instroomdatum datuminschrijving inschrijfdatum ingeschrevenop datuminstroom "
        "ingeschrevenvanaf datumin eersteschooldag"
    ),
    "left_on": (
        "uitstroomdatum datumuitschrijving uitschrijfdatum uitgeschrevenop datumuitstroom "
        "datumuit uitgeschrevenper vertrekdatum"
    ),
    "status": "status huidigestatus inschrijfstatus leerlingstatus statusinschrijving",
    "street": "straat straatnaam street",
    "house_number": (
        "huisnummer huisnr toevoeging huisnummertoevoeging huisnrtoevoeging "
        "toevoeginghuisnummer huisletter huisnummerletter toev housenumber"
    ),
    "address": (
        "adres straatenhuisnummer straathuisnummer straatnaamenhuisnummer adresregel "
        "adresregel1 woonadres thuisadres straatnr straatennr straatnaamhuisnummer address "
        "volledigadres postadres"
    ),
    "postcode": "postcode pc zipcode postalcode",
    "place": "woonplaats plaats plaatsnaam stad city",
    "address_secret": (
        "geheimadres adresgeheim adresisgeheim geheimadresgegevens adresafgeschermd "
        "afgeschermdadres adresafschermen geheimadresindicatie indicatiegeheimadres geheimepostcode"
    ),
    "institution": (
        "instelling naaminstelling instellingsnaam voogdijinstelling organisatie "
        "gecertificeerdeinstelling"
    ),
    "relation": (
        "relatie soortrelatie relatietotkind relatietotleerling relatiemetkind rol "
        "relatiesoort relatietype soortouder roltovkind relationship familierelatie"
    ),
    "authority": (
        "gezag ouderlijkgezag wettelijkgezag gezaghebbend heeftgezag heeftouderlijkgezag "
        "isgezaghebbend"
    ),
    "phone": (
        "telefoon telefoonnummer tel telnr telnummer telefoonnr vastetelefoon telefoonvast "
        "vast vastnummer vastetelefoonnummer telefoonnummervast thuistelefoon telefoonthuis "
        "telefoonnummerthuis telthuis huistelefoon telefoonprive phone telefoonnummers"
    ),
    "mobile": (
        "mobiel mobielnummer mobieletelefoon mobielenummer mobieltelefoonnummer mobielnr mob "
        "mobieletelefoonnummer telefoonmobiel telefoonnummermobiel telmobiel gsm gsmnummer 06 "
        "06nummer 06nr mobile mobieltje"
    ),
    "work_phone": (
        "werktelefoon telefoonwerk telefoonnummerwerk telwerk werknummer "
        "telefoonoverdag werktelefoonnummer"
    ),
    "email": (
        "email emailadres mail mailadres emailadressen epost emailaddress emailprive "
        "priveemail emailadresprive"
    ),
    "phone_secret": (
        "geheimtelefoonnummer telefoongeheim telefoonnummergeheim geheimnummer geheimtelefoon "
        "telefoonisgeheim nummergeheim geheimtelefoonnr telefoonnummerisgeheim geheimtelnr "
        "afgeschermdtelefoonnummer telefoonafgeschermd mobielgeheim geheimmobiel "
        "geheimmobielnummer"
    ),
    "language": "taal voertaal correspondentietaal contacttaal spreektaal language",
}

# What schools export and this program may or need not have → its name for the screen.
_SET_ASIDE = {
    "burgerservicenummer": "bsn burgerservicenummer bsnnummer bsnnr sofinummer sofinr sofi",
    "onderwijsnummer": (
        "onderwijsnummer pgn persoonsgebondennummer bsnonderwijsnummer bsnonderwijsnr "
        "onderwijsnr bsnofonderwijsnummer"
    ),
    "rijksregisternummer": "rijksregisternummer rijksregisternr insz",
    "nationaliteit": "nationaliteit nationaliteiten nationaliteit1 nationaliteit2 nationality",
    "geboorteplaats": "geboorteplaats gebplaats plaatsgeboorte geboortegemeente geborente",
    "geboorteland": (
        "geboorteland gebland landvanherkomst herkomst herkomstland landgeboorte "
        "landvanherkomstleerling"
    ),
    "land": "land landcode",
    "etniciteit": "etniciteit etnischeafkomst afkomst cultureleachtergrond cumi cumicode ethnicity",
    "verblijfsstatus": "verblijfsstatus verblijfsvergunning verblijfstitel datuminnederland",
    "geloof": (
        "geloof religie godsdienst geloofsovertuiging kerk kerkgenootschap "
        "kerkelijkegezindte levensovertuiging gezindte denominatie religion"
    ),
    "gewicht": (
        "gewicht leerlinggewicht gewichtnieuw schoolgewicht gewichtenregeling "
        "leerlinggewichten leerlinggewichtnieuw gewichtleerling"
    ),
    "opleiding van ouders": (
        "opleiding opleidingsniveau opleidingouders opleidingscategorie hoogstgenotenopleiding"
    ),
    "beroep": "beroep beroepen werkgever",
    "thuistaal": "thuistaal moedertaal taalthuis eerstetaal",
    "geslacht": "geslacht mv jongenmeisje sekse gender",
    "gezondheid": (
        "medicatie medicijnen medischegegevens medischebijzonderheden medisch allergie "
        "allergieen dieet dieetwensen gezondheid handicap diagnose huisarts zorgverzekeraar "
        "polisnummer medischeinformatie tandarts huisartstelefoon telefoonhuisarts"
    ),
    "begeleiding": "arrangement rugzak zorgniveau iq handelingsplan dossier",
    "bankrekening": "iban iban1 rekeningnummer bankrekening bankrekeningnummer rekening bic",
    "burgerlijke staat": "burgerlijkestaat gezinssituatie gezinssamenstelling",
    "identiteitsbewijs": "paspoortnummer idnummer identiteitsbewijs documentnummer idbewijs",
    "foto": "fotourl pasfoto",
    "ECK iD": "eckid ecki",
    "gebruikersnaam": "gebruikersnaam inlognaam login wachtwoord username password",
}

# A guardian may have these too, but the program keeps them of pupils only (or of nobody).
GUARDIAN_SET_ASIDE = {"born_on": "geboortedatum van ouders", "given_names": "voornamen van ouders"}
PUPIL_SET_ASIDE = {
    "initials": "voorletters van de leerling",
    "email": "e-mailadres van de leerling",
    "phone": "telefoonnummer van de leerling",
    "mobile": "telefoonnummer van de leerling",
}

_NOISE = re.compile(
    r"(?:ddmmj{2,4}|ddmmy{2,4}|jjjjmmdd|yyyymmdd|janee|jaofnee|jn|verplicht|optioneel)$"
)


def squeeze(text: str) -> str:
    """Letters and digits only, lower case, without accents: ``E-mail (prive)`` → emailprive."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if sign.isalnum() and sign.isascii())


def squeeze_header(text: str) -> str:
    """As :func:`squeeze`, without remarks on how to fill in: ``(dd-mm-jjjj)``, ``ja/nee``."""
    return _NOISE.sub("", squeeze(text))


def _by_word(table: dict[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for meaning, words in table.items():
        for word in words.split():
            found[squeeze(word)] = (*found.get(squeeze(word), ()), meaning)
    return found


FIELDS_OF = _by_word(_HEADERS)
SET_ASIDE_AS = {word: names[0] for word, names in _by_word(_SET_ASIDE).items()}
