"""What is taken out of a text: found whatever its case, accents and spacing, and nothing else lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.domain.exemptions import EXEMPTIONS
from requests_app.domain.redaction import (
    Cut,
    Passage,
    is_found,
    mark_text,
    passages_of_name,
    redact_text,
    redact_value,
    split_at_marks,
)

MARK = mark_text("privacy")


def without(text: str, *words: str, limit: int | None = None) -> str:
    return redact_text(text, [Cut(Passage(word), "privacy") for word in words], limit=limit)


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("Call Ana Ruiz today", "Ana Ruiz", f"Call {MARK} today"),
        ("call ANA  \n RUIZ today", "Ana Ruiz", f"call {MARK} today"),
        ("Señora Muñoz", "munoz", f"Señora {MARK}"),
        ("Sen\u0303ora Mun\u0303oz!", "Muñoz", f"Sen\u0303ora {MARK}!"),
        ("Straße 5", "strasse", f"{MARK} 5"),
        ("王小明 called", "王小明", f"{MARK} called"),
        ("(510) 555-0143 or 510.555.0143", "510 555 0143", f"({MARK} or {MARK}"),
        ("+15105550143 ext. 7", "(510) 555-0143", f"+1{MARK} ext. 7"),
        ("nothing of it", "Ruiz", "nothing of it"),
        ("", "Ruiz", ""),
    ],
)
def test_words_are_taken_out_however_they_are_written(text: str, words: str, left: str) -> None:
    assert without(text, words) == left


def test_overlapping_passages_share_one_mark_with_both_reasons() -> None:
    cuts = [Cut(Passage("Ana Ruiz"), "privacy"), Cut(Passage("Ruiz of Pear Street"), "medical")]
    assert redact_text("For Ana Ruiz of Pear Street.", cuts) == "For [redacted: privacy; medical]."


def test_a_name_is_found_by_its_parts_as_whole_words_only() -> None:
    passages = passages_of_name("Will Ng-Marsh", is_person=True)
    text = "Will called; willing to wait. Ng-Marsh again."
    shown = redact_text(text, [Cut(passage, "privacy") for passage in passages])
    assert shown == f"{MARK} called; willing to wait. {MARK} again."
    assert passages_of_name("Pear Market", is_person=False) == [Passage("Pear Market")]


def test_a_shown_text_fits_its_column() -> None:
    shown = without("x" * 190 + " Ana Ruiz", "Ana Ruiz", limit=200)
    assert len(shown) == 200
    assert "Ana" not in shown


def test_every_text_inside_a_json_value_is_redacted_and_no_name_of_a_field() -> None:
    value = {"Ana": "Ana", "list": ["to Ana", 3, None], "in": {"told": "ANA"}}
    cuts = [Cut(Passage("Ana"), "privacy")]
    assert redact_value(value, cuts) == {"Ana": MARK, "list": [f"to {MARK}", 3, None], "in": {"told": MARK}}


def test_a_text_is_split_at_its_marks() -> None:
    assert list(split_at_marks(f"To {MARK}, at once")) == [("To ", False), (MARK, True), (", at once", False)]
    assert list(split_at_marks("plain [redacted] text")) == [("plain [redacted] text", False)]


@given(text=st.text(), words=st.text(min_size=2, max_size=8))
def test_nothing_of_a_passage_is_left_and_what_is_left_was_there(text: str, words: str) -> None:
    shown = redact_text(text, [Cut(Passage(words), "privacy")])
    parts = [part for part, is_mark in split_at_marks(shown) if not is_mark]
    assert not any(is_found(part, Passage(words)) for part in parts)
    position = 0
    for part in parts:
        position = text.index(part, position) + len(part)


@given(
    text=st.text(alphabet="abc ", max_size=30),
    words=st.lists(st.text(alphabet="abc", min_size=2, max_size=4), max_size=3),
)
def test_the_order_of_redactions_changes_nothing(text: str, words: list[str]) -> None:
    assert without(text, *words) == without(text, *reversed(words))


def test_every_reason_names_its_law_and_has_a_mark_of_its_own() -> None:
    assert all(found.code == code and found.citation and found.label for code, found in EXEMPTIONS.items())
    assert len({found.mark for found in EXEMPTIONS.values()}) == len(EXEMPTIONS)
