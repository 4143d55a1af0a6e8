"""A text is data: what it may name is filled in, everything else is left as it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.domain.notice_texts import LANGUAGES, TEXTS, TextCode, check_text, default_texts
from requests_app.domain.placeholders import InvalidText, fill


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", list(TextCode))
def test_every_default_is_fit_to_be_sent(code: TextCode, language: str) -> None:
    default = TEXTS[code].default(language)
    assert check_text(code, default) == default


def test_english_and_spanish_differ_wherever_there_is_text() -> None:
    english, spanish = default_texts("en"), default_texts("es")
    assert [code for code in TextCode if english[code] and english[code] == spanish[code]] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write the text"),
        ("   ", "Write the text"),
        ("Your number", "{number} is missing"),
        ("{number} {due}", "{due} is not filled in here"),
        ("{number} {", "A brace stands alone"),
        ("{number} }", "A brace stands alone"),
        ("{number.__class__}", "is not filled in here"),
        ("{number} \x00", "cannot be sent"),
        ("{number} \ud800", "cannot be sent"),
        ("{number}" + "x" * 600, "At most 600"),
    ],
)
def test_what_could_not_be_sent_is_refused_with_what_to_do(text: str, said: str) -> None:
    with pytest.raises(InvalidText, match="|".join([said.replace("{", r"\{")])):
        check_text(TextCode.READ_BACK_NUMBER, text)


def test_a_value_with_braces_is_not_filled_in_again() -> None:
    assert fill("{number}: {due}", {"number": "{due}", "due": "Tue"}) == "{due}: Tue"


@given(st.text())
def test_filling_never_evaluates_anything(text: str) -> None:
    assert fill(text, {}) == text.replace("..", ".")
