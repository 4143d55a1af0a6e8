"""Greetings: every text says the four things, in English and Spanish, and what is missing is named."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from requests_app.domain.greeting_texts import compose
from requests_app.domain.greetings import (
    Alternative,
    Element,
    ElementState,
    GreetingFacts,
    GreetingKind,
    TextKey,
    element_states,
    lacks,
    missing_elements,
    spoken_name,
    usual_keys,
    words_that_say_why,
)

ANA = GreetingFacts(
    name="Ana Prueba",
    department="Finance",
    returns_on=date(2026, 12, 7),
    alternative=Alternative("Bo Ejemplo", "510-555-0140", "bo@pinole.example"),
)
LANGUAGES = ("en", "es")
VOICEMAIL: TextKey = (GreetingKind.VOICEMAIL, "en")
INSIDE: TextKey = (GreetingKind.EMAIL_INTERNAL, "en")
OUTSIDE: TextKey = (GreetingKind.EMAIL_EXTERNAL, "en")
TEXT = "Ana Prueba, Finance, back on Monday 7 December; turn to Bo Ejemplo."


def texts_of(facts: GreetingFacts, *languages: str) -> dict[TextKey, str]:
    keys = product(GreetingKind, languages or ("en",))
    return {(kind, language): compose(kind, facts, language=language) for kind, language in keys}


@pytest.mark.parametrize("languages", [("en",), ("es",), LANGUAGES])
@pytest.mark.parametrize(
    "facts",
    [
        ANA,
        replace(ANA, returns_on=None),
        replace(ANA, alternative=None, no_alternative_reason="Nobody else knows it"),
        replace(ANA, name="Prueba, Ana Inés"),
        replace(ANA, department="Department of Public Works & Parks"),
        replace(ANA, alternative=Alternative("Finance Department")),
    ],
)
def test_what_is_composed_lacks_nothing(facts: GreetingFacts, languages: tuple[str, ...]) -> None:
    assert missing_elements(texts_of(facts, *languages), facts) == frozenset()


@pytest.mark.parametrize(
    ("facts", "declined"),
    [
        (ANA, set()),
        (replace(ANA, alternative=None, no_alternative_reason="The counter answers"), {Element.ALTERNATIVE}),
        (replace(ANA, no_alternative_reason="Somebody stands in all the same"), set()),
    ],
)
def test_the_third_element_is_declined_only_where_nobody_stands_in(
    facts: GreetingFacts, declined: set[Element]
) -> None:
    states = element_states(texts_of(facts), facts)
    assert {element for element, state in states.items() if state is ElementState.DECLINED} == declined


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_an_alternative_and_a_reason_the_third_element_is_missing(reason: str) -> None:
    facts = replace(ANA, alternative=None, no_alternative_reason=reason)
    assert missing_elements(texts_of(facts), facts) == {Element.ALTERNATIVE}


def test_without_any_text_everything_is_missing_whatever_the_reasons() -> None:
    facts = replace(ANA, alternative=None, no_alternative_reason="Because", one_text_reason="Because")
    assert missing_elements({}, facts) == frozenset(Element)


@pytest.mark.parametrize(
    ("took_out", "missing"),
    [
        ("Finance", Element.NAME_AND_DEPARTMENT),
        ("Ana Prueba", Element.NAME_AND_DEPARTMENT),
        ("Monday 7 December", Element.RETURN_DATE),
        ("Bo Ejemplo: 510-555-0140, bo@pinole.example", Element.ALTERNATIVE),
    ],
)
def test_what_somebody_took_out_is_missed(took_out: str, missing: Element) -> None:
    texts = texts_of(ANA)
    assert took_out in texts[VOICEMAIL]
    texts[VOICEMAIL] = texts[VOICEMAIL].replace(took_out, "…")
    assert missing_elements(texts, ANA) == {missing}


@pytest.mark.parametrize(
    ("was", "became", "lacking"),
    [
        ("Ana Prueba", "Ana M. Prueba", ""),
        ("Ana Prueba", "ANA PRUEBA", ""),
        ("Ana Prueba", "Ana", "a"),
        ("Ana Prueba", "Banana Prueba", "a"),
        ("Finance", "Finance Department", ""),
        ("Finance", "Financial matters", "a"),
        ("Monday 7 December", "December 7", ""),
        ("Monday 7 December", "December 7th, 2026", ""),
        ("Monday 7 December", "Dec. 7", ""),
        ("Monday 7 December", "Mon 7 Dec", ""),
        ("Monday 7 December", "12/7", ""),
        ("Monday 7 December", "12/07/2026", ""),
        ("Monday 7 December", "the 7th of December", ""),
        ("Monday 7 December", "17 December", "b"),
        ("Monday 7 December", "December 70", "b"),
        ("Monday 7 December", "2/12/7", "b"),
        ("Monday 7 December", "7 November", "b"),
        ("Monday 7 December", "next week", "b"),
        ("Bo Ejemplo", "(510) 555 0140", ""),
        ("Bo Ejemplo", "BO@pinole.example", ""),
        ("Bo Ejemplo", "my colleagues", "c"),
    ],
)
def test_a_text_is_judged_by_what_it_says_not_by_how(was: str, became: str, lacking: str) -> None:
    assert was in TEXT
    assert "".join(sorted(lacks(TEXT.replace(was, became), ANA, "en"))) == lacking


@pytest.mark.parametrize(
    ("text", "language", "is_said"),
    [
        ("back on a day not known yet", "en", True),
        ("it is unknown when I am back", "en", True),
        ("back soon", "en", False),
        ("la fecha no se sabe", "es", True),
        ("volveré pronto", "es", False),
    ],
)
def test_an_unknown_return_is_said_to_be_unknown(text: str, language: str, *, is_said: bool) -> None:
    missing = lacks(f"Ana Prueba, Finance: {text}, Bo Ejemplo", replace(ANA, returns_on=None), language)
    assert (Element.RETURN_DATE in missing) is not is_said


def test_one_text_for_inside_and_outside_needs_a_reason() -> None:
    texts = texts_of(ANA)
    texts[INSIDE] = texts[OUTSIDE].upper()
    assert missing_elements(texts, ANA) == {Element.INSIDE_AND_OUTSIDE}
    explained = replace(ANA, one_text_reason="All colleagues know")
    assert element_states(texts, explained)[Element.INSIDE_AND_OUTSIDE] is ElementState.DECLINED


def test_a_second_language_for_the_public_asks_for_no_second_text_for_colleagues() -> None:
    texts = {key: text for key, text in texts_of(ANA, *LANGUAGES).items() if key[1] == "en" or key[0] != INSIDE[0]}
    assert element_states(texts, ANA)[Element.INSIDE_AND_OUTSIDE] is ElementState.PRESENT
    texts[GreetingKind.VOICEMAIL_INTERNAL, "es"] = texts[GreetingKind.VOICEMAIL, "es"]
    assert missing_elements(texts, ANA) == {Element.INSIDE_AND_OUTSIDE}


def test_a_text_for_colleagues_that_is_empty_is_none() -> None:
    assert Element.INSIDE_AND_OUTSIDE in missing_elements({**texts_of(ANA), INSIDE: " "}, ANA)


def test_three_texts_are_usual_and_two_where_one_serves_both() -> None:
    assert usual_keys(is_one_text=False) == (VOICEMAIL, OUTSIDE, INSIDE)
    assert usual_keys(is_one_text=True) == (VOICEMAIL, OUTSIDE)


def test_accents_and_capitals_do_not_matter() -> None:
    texts = {key: text.upper() for key, text in texts_of(ANA, "es").items()}
    assert missing_elements(texts, ANA) == frozenset()


def test_a_voicemail_gives_the_telephone_first_and_a_mail_the_address() -> None:
    voice, mail = (compose(kind, ANA, language="en") for kind in (GreetingKind.VOICEMAIL, GreetingKind.EMAIL_EXTERNAL))
    assert voice.index("510-555-0140") < voice.index("bo@pinole.example")
    assert mail.index("bo@pinole.example") < mail.index("510-555-0140")


@pytest.mark.parametrize(("kind", "language"), list(product(GreetingKind, LANGUAGES)))
def test_without_an_alternative_nothing_points_to_one(kind: GreetingKind, language: str) -> None:
    text = compose(kind, replace(ANA, alternative=None), language=language)
    assert not [word for word in ("goes there", "va allí", "Otherwise", "lo contrario", "Or leave", "O deje", "turn to")
                if word in text]  # fmt: skip


@pytest.mark.parametrize(("kind", "language"), list(product(GreetingKind, LANGUAGES)))
def test_no_text_says_why(kind: GreetingKind, language: str) -> None:
    for facts in (ANA, replace(ANA, alternative=None, no_alternative_reason="jury duty", one_text_reason="surgery")):
        assert words_that_say_why(compose(kind, facts, language=language)) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I am on vacation until Monday", "vacation"),
        ("I am SICK today", "sick"),
        ("I am on leave", "on leave"),
        ("Estoy enferma", "enferma"),
        ("Please leave a message", ""),
        ("I will be back", ""),
        ("Family services are open", ""),
    ],
)
def test_words_that_say_why_are_found(text: str, found: str) -> None:
    assert words_that_say_why(text) == found


@pytest.mark.parametrize(
    ("written", "said"), [("Prueba, Ana", "Ana Prueba"), ("Ana Prueba", "Ana Prueba"), ("X,", "X,")]
)
def test_a_name_is_said_first_name_first(written: str, said: str) -> None:
    assert spoken_name(written) == said
