"""A text as who writes it sees it: nothing is lost, and it prints what is seen."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schoolprivacy.errors import RefusedError
from schoolprivacy.letters.checking import check_body
from schoolprivacy.letters.literals import literals
from schoolprivacy.letters.pieces import (
    Field,
    Mark,
    Piece,
    Remark,
    Turn,
    Words,
    Wrap,
    going_along,
    groups,
    is_whole,
    shown,
    whole,
)
from schoolprivacy.letters.reading import read_pieces
from schoolprivacy.letters.terms import Letter, letter_of, letters
from schoolprivacy.letters.writing import write_pieces
from schoolprivacy.paper.letter_text import shipped_languages, shipped_text, text_of_body
from schoolprivacy.paper.running_text import _blocks_of

REQUEST = letter_of("consent_request")
SHIPPED = [
    (part.name, language)
    for letter in letters()
    for part in letter.parts
    for language in shipped_languages()
]
END = Mark(Turn.END)


def seen(pieces: tuple[Piece, ...], letter: Letter = REQUEST) -> str:
    """What somebody reads."""
    return "".join(shown(each, letter) for each in pieces)


def read(body: str) -> str:
    return seen(read_pieces(body, REQUEST))


def tidy(body: str) -> str:
    """As a text is kept."""
    return "\n".join(line.rstrip() for line in body.split("\n")).strip("\n")


# — what ships —


@pytest.mark.parametrize(("name", "language"), SHIPPED)
def test_a_shipped_text_comes_back_byte_for_byte(name: str, language: str) -> None:
    body = shipped_text(name, language)
    pieces = read_pieces(body, letter_of(name))
    assert write_pieces(pieces).body == body
    assert write_pieces(read_pieces(tidy(body), letter_of(name))).body == tidy(body)


@pytest.mark.parametrize(("name", "language"), SHIPPED)
def test_a_shipped_text_is_shown_without_codes_and_glues_no_words(name: str, language: str) -> None:
    letter = letter_of(name)
    pieces = read_pieces(tidy(shipped_text(name, language)), letter)
    assert not re.search(r"[{}<>]|&\w", seen(pieces, letter))
    names = {each.name for each in letter.placeholders}
    names |= {each.name for each in letter.conditions}
    assert not {name for name in names if "_" in name} & set(
        re.findall(r"\w+", seen(pieces, letter))
    )
    for one, other in itertools.pairwise(pieces):
        swallowed = isinstance(one, Mark) and one.source.endswith("\n")
        assert not (swallowed and isinstance(other, Words) and other.text[0].isalnum())


@pytest.mark.parametrize("letter", letters(), ids=lambda each: each.name)
def test_every_value_and_condition_has_a_dutch_name_of_its_own(letter: Letter) -> None:
    names = [each.called for each in letter.placeholders]
    names += [each.explains for each in letter.conditions]
    assert all(names) and len({each.casefold() for each in names}) == len(names)
    assert not any(";" in each.called or "«" in each.called for each in letter.placeholders)


def test_a_sentence_is_read_in_dutch() -> None:
    body = tidy(shipped_text("withdrawal"))
    assert seen(read_pieces(body, letter_of("withdrawal")), letter_of("withdrawal")) == (
        "# Wij hebben uw intrekking verwerkt\n\nBeste «naam van wie introk»,\n\n"
        "U hebt toestemming ingetrokken[Alleen als niet: de leerling van 16 jaar of ouder trok "
        "zelf in] voor «naam van de leerling»[Einde][Alleen als: ‘groep van de leerling’ is "
        "ingevuld] («groep van de leerling»)[Einde]. Wij hebben dit vastgelegd:"
    )


# — what a school once wrote as a template —


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("{{child}} en {{  child }}", "«naam van de leerling» en «naam van de leerling»"),
        ("a\nb\n\nc", "a b\n\nc"),
        ("# kop\ntekst", "# kop\ntekst"),
        ("3 &lt; 4 &amp; meer &gt;", "3 < 4 & meer >"),
        ("{{ 'los' }} woord", "los woord"),
        ("{# van mij #}tekst", "[Niet afgedrukt: van mij]tekst"),
        (
            "{% if not (images and group) or contact %}x{% endif %}",
            "[Alleen als: niet: (het formulier vraagt naar foto's en video's, en ‘groep van de "
            "leerling’ is ingevuld), of het formulier vraagt naar de contactlijst]x[Einde]",
        ),
        (
            "{{ child if images else 'ja' if not contact else group }}",
            "[Alleen als: het formulier vraagt naar foto's en video's]«naam van de leerling»"
            "[Anders, als niet: het formulier vraagt naar de contactlijst]ja[Anders]«groep van de "
            "leerling»[Einde]",
        ),
    ],
)
def test_a_template_is_read_in_dutch(body: str, text: str) -> None:
    assert read(body) == text
    again = write_pieces(read_pieces(body, REQUEST)).body
    assert read(again) == text
    check_body(again, REQUEST)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("a\n{{ kind }}", 2),
        ("a\n\n{{ images }}", 3),
        ("a\n{{ child if onbekend else group }}", 2),
        ("a\n{% raw %}{{ x }}{% endraw %}", 2),
        ("a\n{% if images %}\n\n{% if 'x' %}{% endif %}{% endif %}", 4),
        ("a\n{{ child", None),
        ("{% if images %}x", 1),
        ("a\n{{- child }}", 2),
        ("a\n{{ child|upper }}", 2),
    ],
)
def test_what_cannot_be_shown_says_so(body: str, line: int | None) -> None:
    if line is None:  # no code at all: printed as it stands, and warned of
        assert write_pieces(read_pieces(body, REQUEST)).body == 'a\n{{ "{{" }} child'
        return
    with pytest.raises(RefusedError) as refused:
        read_pieces(body, REQUEST)
    assert (refused.value.key, refused.value.values["line"]) == ("letter.unshown", line)
    assert f"Regel {line}" in str(refused.value)


# — what somebody writes —


def written(*pieces: Piece) -> str:
    return write_pieces(pieces).body


def test_codes_that_somebody_types_are_words() -> None:
    typed = "{{ child }} {% if x %} {# y #} {naam} <i> AT&T &amp; 3 < 4 {"
    body = written(Words(typed), Field("child"))
    check_body(body, REQUEST)
    printed = text_of_body(body, child="Aylin")
    expected = typed.replace("&", "&amp;").replace("<", "&lt;") + "Aylin"
    assert printed.replace("& ", "&amp; ").replace("&amp;amp;amp;", "&amp;amp;") == expected


def test_a_condition_at_the_end_of_a_line_keeps_the_next_paragraph_apart() -> None:
    body = written(Words("a"), Mark(Turn.WHEN, "images"), Words("b"), END, Words("\n\nc"))
    assert text_of_body(body, images=True) == "ab\n\nc"
    alone = written(Words("a\n\n"), Mark(Turn.WHEN, "images"), Words("\nb\n"), END, Words("\nc"))
    assert alone == "a\n\n{% if images %}\nb<br/>\n{% endif %}\nc"
    assert on_paper(text_of_body(alone, images=True)) == [("a",), ("b", "c")]
    assert on_paper(text_of_body(alone, images=False)) == [("a",), ("c",)]


def test_a_line_that_is_seen_is_a_line_on_paper() -> None:
    pieces = (Words("## kop\nMet groet,\n"), Field("child", bold=True), Words("\n\nc"))
    body = written(*pieces)
    assert body == "## kop\nMet groet,<br/>\n<b>{{ child }}</b>\n\nc"
    check_body(body, REQUEST)
    assert read_pieces(body, REQUEST) == pieces
    assert on_paper(text_of_body(body, child="Sem")) == [
        ("## kop",), ("Met groet,", "Sem"), ("c",),
    ]  # fmt: skip


def test_a_title_that_is_made_bold_is_a_title() -> None:
    assert written(Words("# Titel", bold=True), Words("\n\n"), Words("b", bold=True)) == (
        "# Titel\n\n<b>b</b>"
    )
    body = written(
        Words("# a&", bold=True), Words("lt; {"), Words("# b {", bold=True), Words("{ x")
    )
    assert on_paper(text_of_body(body)) == [("# a&lt; {# b {{ x",)]
    empty = written(Mark(Turn.WHEN, "images"), Words("# "), END, Words("\na"))
    assert on_paper(text_of_body(empty, images=True)) == [("a",)]


def test_a_line_of_which_nothing_holds_is_no_line() -> None:
    when = Mark(Turn.WHEN, "images")
    body = written(Words("a\n"), when, Words("b"), END, Words("\nc\n"), when, Words("d"), END)
    assert on_paper(text_of_body(body, images=True)) == [("a", "b", "c", "d")]
    assert on_paper(text_of_body(body, images=False)) == [("a", "c")]


def test_bold_ends_before_a_condition_and_a_paragraph() -> None:
    body = written(
        Words("een ", bold=True),
        Mark(Turn.WHEN, "images"),
        Words("twee\n\ndrie", bold=True),
        END,
        Field("child", bold=True),
    )
    check_body(body, REQUEST)
    assert text_of_body(body, images=True, child="x") == (
        "<b>een </b><b>twee</b>\n\n<b>drie</b><b>x</b>"
    )


def test_a_choice_that_no_longer_is_one_word_becomes_a_condition() -> None:
    (when, one, other, two, end) = read_pieces('{{ "a" if images else "b" }}', REQUEST)
    assert written(when, one, other, two, end) == '{{ "a" if images else "b" }}'
    longer = written(when, Words('de "'), Field("child"), other, two, end)
    assert longer == '{% if images %}de "{{ child }}{% else %}b{% endif %}'


def test_a_condition_without_its_end_is_refused_with_the_line_that_is_seen() -> None:
    with pytest.raises(RefusedError) as refused:
        written(Words("a"), Wrap(), Words("b\n\n"), Mark(Turn.WHEN, "images"), Words("c"))
    assert (refused.value.key, refused.value.values["line"]) == ("letter.unpaired", 3)
    with pytest.raises(RefusedError):
        written(Words("a"), Mark(Turn.OTHERWISE), END)


def test_a_line_of_the_kept_text_is_found_where_it_is_seen() -> None:
    found = write_pieces(read_pieces("# a\n\nb\nc\nd\n\ne", REQUEST))
    assert [found.line_seen(line) for line in range(9)] == [0, 1, 2, 3, 3, 3, 4, 5, 5]


# — marks that belong together —


def test_with_the_begin_or_end_of_a_condition_its_other_marks_go() -> None:
    pieces = read_pieces("a{% if images %}b{% else %}c{% endif %}d", REQUEST)
    marks = [place for place, each in enumerate(pieces) if isinstance(each, Mark)]
    for chosen in (marks[0], marks[-1]):
        assert going_along(pieces, {chosen}) == set(marks)
    assert going_along(pieces, {marks[1]}) == {marks[1]}
    assert groups(pieces) == [marks]


def test_part_of_a_text_has_no_half_conditions() -> None:
    pieces = read_pieces("{% if images %}b{% if contact %}c{% endif %}{% endif %}d", REQUEST)
    assert seen(whole(pieces[1:])).count("[") == 2
    assert whole((END, Mark(Turn.OTHERWISE), Words("x"))) == (Words("x"),)
    twice = (Mark(Turn.WHEN, "images"), Mark(Turn.OTHERWISE), Mark(Turn.OTHERWISE), END)
    assert len(whole(twice)) == 3


# — whatever somebody writes —

_WORDS = st.text(st.sampled_from("ab {}%#<>&;\"'\\\n«»é/x"), min_size=1, max_size=9)
_WORD = st.builds(Words, _WORDS, st.booleans())
_FIELD = st.builds(Field, st.sampled_from(["child", "group", "questions"]), st.booleans())
_ASKS = st.sampled_from(["images", "not contact", "group", "images and contact"])


def _condition(inner: st.SearchStrategy[list[Piece]]) -> st.SearchStrategy[list[Piece]]:
    def made(asks: str, first: list[Piece], other: list[Piece] | None, choice: bool) -> list[Piece]:
        when: list[Piece] = [Mark(Turn.WHEN, asks, is_choice=choice), *first]
        rest = [] if other is None else [Mark(Turn.OTHERWISE, is_choice=choice), *other]
        return [*when, *rest, Mark(Turn.END, is_choice=choice)]

    return st.builds(made, _ASKS, inner, st.none() | inner, st.booleans())


def _several(one: st.SearchStrategy[list[Piece]]) -> st.SearchStrategy[list[Piece]]:
    return st.lists(one, max_size=4).map(lambda found: list(itertools.chain(*found)))


_ONE: st.SearchStrategy[list[Piece]] = st.one_of(_WORD, _FIELD, st.just(Wrap())).map(
    lambda piece: [piece]
)
TEXTS: st.SearchStrategy[list[Piece]] = st.recursive(
    _several(_ONE), lambda inner: _several(st.one_of(_ONE, _condition(inner))), max_leaves=12
)
VALUES: dict[str, str | bool] = {"child": "Aylin", "group": "5B", "questions": "Vraag."}


Lines = tuple[str, ...]
_HEAD = re.compile("##?(?: |$)")


def printed(pieces: Sequence[Piece], values: Mapping[str, str | bool]) -> list[Lines]:
    """The lines of each paragraph that a text prints, told without templates.

    Lines are as they are seen; but a line with nothing but marks is no line.
    """
    lines: list[list[Piece]] = [[]]
    for each in pieces:
        if isinstance(each, Words):
            first, *more = each.text.split("\n")
            lines[-1].append(Words(first))
            lines += [[Words(text)] for text in more]
        else:
            lines[-1].append(each)
    made, stack = "", [(True, False)]  # whether it is printed, whether one of the group was
    static = [_static(line) for line in lines]
    # no promise of a # before what is not always printed, or of a title that goes on in some case
    assume(not any("#\0" in _static(line, mark="\0") for line in lines))
    assume(not any(_HEAD.match(_static(line)) and not _is_closed(line) for line in lines))
    for number, line in enumerate(lines):
        is_alone = any(isinstance(each, Mark) for each in line) and not any(
            isinstance(each, Field | Wrap) or (isinstance(each, Words) and each.text.strip())
            for each in line
        )
        begun = len(made)
        for each in line:
            made += _put(each, stack, values)
        is_head = bool(_HEAD.match(static[number]))
        assume(is_head == bool(_HEAD.match(made[begun:])) or not made[begun:].strip())
        if not is_alone and number < len(lines) - 1 and all(on for on, _ in stack):
            made += "\r\n" if static[number].strip() and not is_head else "\n"
    return _in_blocks(made)


def _is_closed(line: list[Piece]) -> bool:
    return all(is_whole(line, group) for group in groups(line))


def _static(line: list[Piece], mark: str = "") -> str:
    """What a line holds in some case."""
    said = (each.text if isinstance(each, Words) else f"{type(each)}" for each in line)
    return "".join(
        mark if isinstance(each, Mark) else " " if isinstance(each, Wrap) else text
        for each, text in zip(line, said, strict=True)
    )


def _in_blocks(text: str) -> list[Lines]:
    """Paragraphs with their lines; ``\r`` is at the end of a line that is printed as one."""
    found: list[list[str]] = [[""]]
    for line in text.split("\n"):
        said, is_end = line.removesuffix("\r"), line.endswith("\r")
        if head := _HEAD.match(line):
            found += [[said], [""]] if said[head.end() :].strip() else [[""]]
        elif said.strip(" "):
            found[-1][-1] += f" {said}"
            found[-1] += [""] if is_end else []
        elif not is_end:
            found.append([""])
    tidied = (tuple(" ".join(line.split()) for line in block) for block in found)
    return [kept for block in tidied if (kept := tuple(line for line in block if line))]


def on_paper(markup: str) -> list[Lines]:
    """The same of what is drawn."""
    return [
        tuple(" ".join(unmarked(line).replace("’", "'").split()) for line in block.split("<br/>"))
        for block in _blocks_of(markup)
    ]


def _put(piece: Piece, stack: list[tuple[bool, bool]], values: Mapping[str, object]) -> str:
    if isinstance(piece, Mark):
        if piece.turn is Turn.WHEN:
            holds = bool(eval(piece.asks, {}, dict(values)))  # noqa: S307 – written above
            stack.append((holds, holds))
        elif piece.turn is Turn.OTHERWISE:
            stack[-1] = (not stack[-1][1], True)
        else:
            stack.pop()
        return ""
    if not all(on for on, _ in stack):
        return ""
    if isinstance(piece, Field):
        return str(values[piece.name])
    return piece.text if isinstance(piece, Words) else " "


def unmarked(text: str) -> str:
    """What is printed, without its markup."""
    plain = text.replace("<b>", "").replace("</b>", "")
    return (
        plain.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#34;", '"')
        .replace("&#39;", "'")
        .replace("&amp;", "&")
    )


@given(TEXTS, st.booleans(), st.booleans(), st.booleans())
def test_what_is_seen_is_what_is_printed(
    pieces: list[Piece], images: bool, contact: bool, has_group: bool
) -> None:
    values = VALUES | {"images": images, "contact": contact}
    if not has_group:  # a line of nothing but empty values, kept as more than one, is not told
        values |= {"group": ""}
        pieces = [each for each in pieces if not isinstance(each, Wrap)]
    body = tidy(written(*pieces))
    assert on_paper(text_of_body(body, **values)) == printed(pieces, values)
    if body:
        check_body(body, REQUEST)


def is_stable(body: str, letter: Letter) -> None:
    """What is read of a text and kept again is read the same, and from then on kept the same."""
    pieces = read_pieces(body, letter)
    again = write_pieces(pieces).body
    assert seen(read_pieces(again, letter), letter) == seen(pieces, letter)
    assert write_pieces(read_pieces(again, letter)).body == again


@given(TEXTS)
def test_what_was_kept_is_read_again_and_kept_the_same(pieces: list[Piece]) -> None:
    body = tidy(written(*pieces))
    is_stable(body, REQUEST)
    assert len(write_pieces(pieces).lines) == written(*pieces).count("\n") + 1


@given(st.sampled_from(SHIPPED), st.data())
def test_a_shipped_text_survives_an_edit(shipped: tuple[str, str], data: st.DataObject) -> None:
    letter = letter_of(shipped[0])
    pieces = read_pieces(tidy(shipped_text(*shipped)), letter)
    chosen = data.draw(st.sets(st.integers(0, len(pieces) - 1), max_size=4))
    gone = going_along(pieces, chosen)
    left = [each for place, each in enumerate(pieces) if place not in gone]
    left.insert(data.draw(st.integers(0, len(left))), data.draw(_WORD))
    written_ = tidy(write_pieces(left).body)
    if written_:
        check_body(written_, letter)
    is_stable(written_, letter)


def test_a_remark_is_kept() -> None:
    body = "{# eerst #}\na{# dan #}.\n\nb"
    pieces = read_pieces(body, REQUEST)
    assert sum(isinstance(each, Remark) for each in pieces) == 2
    assert write_pieces(pieces).body == body


# — what is typed as if it were a value —


@pytest.mark.parametrize(
    ("typed", "line", "meant"),
    [
        ("Beste {child}", 1, "child"),
        ("a\n\n{naam van de leerling}", 3, "child"),
        ("{naam leerling}", 1, "child"),
        ("{groep}", 1, "group"),
        ("{{ hand_in_by }}", 1, "hand_in_by"),
        ("a\n«Groep van de leerling»", 2, "group"),
        ("{x}", 1, None),
        ("{% if images %}", 1, None),
        ("a\n«wie de gegevens krijgt»", 2, None),
        ("[Alleen als: wij het willen]", 1, None),
        ("b [alleen als niet foto's] a", 1, None),
        ("a [einde]", 1, None),
        ("[Anders, als: x]", 1, None),
        ("[Niet afgedrukt: x]", 1, None),
    ],
)
def test_what_looks_like_a_value_is_found_with_its_line(
    typed: str, line: int, meant: str | None
) -> None:
    (found,) = literals((Words(typed),), REQUEST)
    assert (found.line, found.meant.name if found.meant else None) == (line, meant)
    assert f"Regel {line}: ‘" in str(found) and "wordt letterlijk afgedrukt" in str(found)
    if found.meant:
        assert f"Bedoelt u het veld ‘{found.meant.called}’?" in str(found)


def test_what_is_no_value_is_no_warning() -> None:
    assert literals((Words("«Merci», a { b } {"), Field("child")), REQUEST) != ()
    assert literals((Words("«Merci», a { b"), Field("child"), Words("} c")), REQUEST) == ()
    assert literals((Words("[zie ook bijlage 1] [Anders gezegd] [Eindelijk]"),), REQUEST) == ()


@pytest.mark.parametrize(("name", "language"), SHIPPED)
def test_a_shipped_text_prints_no_braces(name: str, language: str) -> None:
    letter = letter_of(name)
    assert literals(read_pieces(shipped_text(name, language), letter), letter) == ()
