"""What a school's own text may hold: every refusal names its line, every shipped text is good."""

from __future__ import annotations

import re

import pytest

from schoolprivacy.errors import RefusedError
from schoolprivacy.letters import papers, rules
from schoolprivacy.letters.checking import LONGEST, check_body
from schoolprivacy.letters.languages import (
    find_language,
    form_words,
    language_of,
    languages,
    purpose_words,
)
from schoolprivacy.letters.terms import DUTCH, Letter, letter_of, letters
from schoolprivacy.paper.letter_text import shipped_languages, shipped_text
from schoolprivacy.paper.sender import SchoolPaper
from schoolprivacy.people.terms import Guardian
from schoolprivacy.settings import resource
from tests.consents.paper_builders import SCHOOL

REQUEST = letter_of("consent_request")


def refusal(body: str, letter: Letter = REQUEST) -> tuple[str, object]:
    with pytest.raises(RefusedError) as refused:
        check_body(body, letter)
    assert str(refused.value)
    return refused.value.key, refused.value.values.get("line")


@pytest.mark.parametrize(
    ("body", "key", "line"),
    [
        ("", "letter.empty", None),
        (" \n\n", "letter.empty", None),
        ("a" * (LONGEST + 1), "letter.long", None),
        ("Beste\n\n{{ kind }}", "letter.placeholder", 3),
        ("Beste\n{% if kinderen %}x{% endif %}", "letter.placeholder", 2),
        ("Beste\n{{ child", "letter.broken", 2),
        ("Beste\n\n{% if images %}\nnooit uit", "letter.broken", 4),
        ("Beste\n{% endif %}", "letter.broken", 2),
        ("a\n{{ images }}", "letter.condition", 2),
        ("a\n{{ 'x' if contact else images }}", "letter.condition", 2),
        ("a\n{{ child or group }}", "letter.not_allowed", 2),
        ("a\n{% for x in child %}x{% endfor %}", "letter.not_allowed", 2),
        ("a\n\n{{ child.__class__ }}", "letter.not_allowed", 3),
        ("a\n{{ child['x'] }}", "letter.not_allowed", 2),
        ("a\n{{ range(9) }}", "letter.not_allowed", 2),
        ("a\n{{ child|safe }}", "letter.not_allowed", 2),
        ("a\n{{ 7 }}", "letter.not_allowed", 2),
        ("a\n{{ 'x' * 99 }}", "letter.not_allowed", 2),
        ("a\n{% set x = 1 %}", "letter.not_allowed", 2),
        ("a\n{% include 'x' %}", "letter.not_allowed", 2),
        ("a\n{% macro x() %}{% endmacro %}", "letter.not_allowed", 2),
        ("{% if images == contact %}x{% endif %}", "letter.not_allowed", 1),
        ("{% if images %}" * 9 + "{% endif %}" * 9, "letter.nested", 1),
        ("{{ " + "(" * 3000 + "child" + ")" * 3000 + " }}", "letter.nested", 1),
        ("{% if " + "child or " * 800 + "group %}x{% endif %}", "letter.nested", 1),
        ("a\n<i>schuin</i>", "letter.markup", 2),
        ("a\n\n<img src='file:///etc/passwd'/>", "letter.markup", 3),
        ("a\n3 < 4", "letter.markup", 2),
        ("a<br/>\nb<br/>c", "letter.markup", 2),
        ("a\n<b>vet\n\nnieuw</b>", "letter.bold", 2),
        ("a\nvet</b>", "letter.bold", 2),
        ("a <b>b <b>c</b></b>", "letter.bold", 1),
        ("a\n<b>vet", "letter.bold", 2),
        ("<b>{% if images %}a</b>{% endif %}", "letter.bold", 1),
        ("a\nb &#x5d0;", "letter.sign", 2),
        ("a &copy; b", "letter.sign", 1),
    ],
)
def test_what_cannot_be_set_is_refused_with_its_line(body: str, key: str, line: int | None) -> None:
    assert refusal(body) == (key, line)


@pytest.mark.parametrize(
    "body",
    [
        "Ouders & school, 3 &lt; 4 &amp; meer",
        "# Titel\n\n## Kop\n\nBeste <b>{{ child }}</b><br/>\n{{ group }}",
        "{% if images and not contact or group %}a{% elif contact %}b{% else %}c{% endif %}",
        "{{ 'ja' if images else 'nee' if contact else child }}{{ ' x' if all_sign }}",
        "{# <i> hier mag alles #}tekst",
        "{% if images %}a" + "{% elif contact %}b" * 300 + "{% endif %}",
    ],
)
def test_names_conditions_and_bold_are_allowed(body: str) -> None:
    check_body(body, REQUEST)


def test_a_name_that_only_another_letter_knows_is_unknown() -> None:
    assert refusal("{{ party }}") == ("letter.placeholder", 1)
    check_body("{{ party }}", letter_of("sharing_request"))


def test_an_unknown_letter_is_refused() -> None:
    with pytest.raises(RefusedError):
        letter_of("leesmij")


# — what ships —


@pytest.mark.parametrize("language", shipped_languages())
@pytest.mark.parametrize("letter", letters(), ids=lambda each: each.name)
def test_every_shipped_text_is_good_complete_and_fits(letter: Letter, language: str) -> None:
    for part in letter.parts:
        check_body(shipped_text(part.name, language), letter)
    for school in (SCHOOL, SchoolPaper("De Papieren Draak")):
        papers.check_fits(letter, school, language)
        renderings = papers.marked_renderings(letter, school, language)
        assert rules.missing_parts(letter, renderings, find_language(language).required) == ()


def test_every_language_fills_in_the_same() -> None:
    """A translation that forgets a value or a case would tell parents less."""
    for letter in letters():
        names = {each.name for each in (*letter.placeholders, *letter.conditions)}
        for part in letter.parts:
            filled = {
                code: filled_in(shipped_text(part.name, code)) for code in shipped_languages()
            }
            assert all(found & names == filled[DUTCH] & names for found in filled.values()), part


def filled_in(text: str) -> set[str]:
    """The words between braces that are not between quotes."""
    between = " ".join(re.findall(r"\{[{%].*?[}%]\}", text))
    return set(re.findall(r"\w+", re.sub(r'"[^"]*"', "", between)))


def test_every_language_has_the_same_words() -> None:
    assert languages()[0].code == DUTCH
    for each in languages():
        assert form_words(each.code).keys() == form_words(DUTCH).keys()
        assert each.about.keys() == find_language(DUTCH).about.keys()
        assert each.required.keys() == find_language(DUTCH).required.keys()
        assert purpose_words(each.code).keys() == purpose_words(DUTCH).keys()
        assert len(each.months) == 12
        texts = {path.name for path in resource(f"letters/{each.code}").glob("*.txt")}
        assert texts == {f"{part.name}.txt" for letter in letters() for part in letter.parts}


def test_names_of_languages_are_not_shared() -> None:
    names = [name for each in languages() for name in each.names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("written", "language"),
    [
        (["en"], "en"),
        (["Engels"], "en"),
        ([" ENGLISH "], "en"),
        (["nl", "english"], "en"),
        (["nl", "Nederlands"], ""),
        (["Klingon", ""], ""),
        ([], ""),
    ],
)
def test_the_language_of_who_gets_a_letter_together(written: list[str], language: str) -> None:
    guardians = [Guardian(str(n), surname="Jansen", language=w) for n, w in enumerate(written)]
    assert language_of(guardians) == language


def test_a_part_that_stands_in_one_case_only_is_missing_in_the_others() -> None:
    letter, words = letter_of("reminder"), find_language(DUTCH).required
    body = "{% if one_child %}Geen antwoord = geen toestemming.{% endif %} Geen nadeel."
    school = papers.with_text(SCHOOL, "reminder_same", DUTCH, body)
    renderings = papers.marked_renderings(letter, school, DUTCH)
    missing = rules.missing_parts(letter, renderings, words)
    assert [each.key for each in missing] == ["silence", "hand_in"]


@pytest.mark.parametrize(
    "part", ["consent_request", "consent_request_same", "sharing_request_same"]
)
def test_a_text_that_only_a_child_with_a_group_gets_is_missing(part: str) -> None:
    letter, words = letter_of(part), find_language(DUTCH).required
    body = f"{{% if group %}}\n{shipped_text(part, DUTCH)}{{% endif %}}\n"
    school = papers.with_text(SCHOOL, part, DUTCH, body)
    assert rules.missing_parts(letter, papers.marked_renderings(letter, school, DUTCH), words)


def test_a_name_that_is_typed_in_braces_fills_in_nothing() -> None:
    letter, words = letter_of("consent_request"), find_language(DUTCH).required
    body = shipped_text("consent_request_same", DUTCH).replace(
        "{{ how_to_withdraw }}", "{how_to_withdraw}"
    )
    school = papers.with_text(SCHOOL, "consent_request_same", DUTCH, body)
    renderings = papers.marked_renderings(letter, school, DUTCH)
    assert [each.key for each in rules.missing_parts(letter, renderings, words)] == ["withdraw"]
