"""What a shared answer may say, and what of it may not reach a customer (III.b.iv.4)."""

from datetime import date

import pytest

from requests_app.domain.notice_texts import LANGUAGES
from requests_app.domain.placeholders import InvalidText
from requests_app.domain.shared_answers import MOST_CHARACTERS, VARIABLES, check_answers, is_stale, left_open


def test_texts_are_kept_without_blank_ends_and_without_empty_languages() -> None:
    assert check_answers({"en": "  By {received}. ", "es": " "}, languages=LANGUAGES) == {"en": "By {received}."}


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"es": "Hola"}, "Write the answer in English"),
        ({"en": "Dear {neighbour}"}, "{neighbour} is not filled in here. This text may use: {customer}"),
        ({"en": "Hello", "es": "Hola {nombre}"}, "{nombre} is not filled in here"),
        ({"en": "A brace { alone"}, "A brace stands alone"),
        ({"en": "x" * (MOST_CHARACTERS + 1)}, f"At most {MOST_CHARACTERS} characters"),
        ({"en": "bell\x07"}, "cannot be sent"),
    ],
)
def test_what_could_not_be_filled_in_is_refused_with_what_to_do(texts: dict[str, str], said: str) -> None:
    with pytest.raises(InvalidText) as refused:
        check_answers(texts, languages=LANGUAGES)

    assert said in str(refused.value)


def test_every_variable_may_be_used_and_is_found_again_where_nothing_was_put_in_its_place() -> None:
    text = " ".join(f"{{{name}}}" for name in VARIABLES)

    assert check_answers({"en": text}, languages=LANGUAGES) == {"en": text}
    assert left_open(text) == sorted(VARIABLES)
    assert left_open("A set {1, 2} and {this} are no names of ours") == []


def test_an_answer_is_to_be_read_again_from_its_day_on() -> None:
    day = date(2026, 11, 23)

    assert [is_stale(day, date(2026, 11, on)) for on in (22, 23, 24)] == [False, True, True]
