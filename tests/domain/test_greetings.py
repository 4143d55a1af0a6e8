"""Greetings: every text says the four things, in English and Spanish, and what is missing is named."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from requests_app.domain.greetings import (
    Alternative,
    Element,
    GreetingFacts,
    GreetingKind,
    compose,
    missing_elements,
)

ANA = GreetingFacts(
    name="Ana Prueba",
    department="Finance",
    returns_on=date(2026, 12, 7),
    alternative=Alternative("Bo Ejemplo", "510-555-0140", "bo@pinole.example"),
)
LANGUAGES = ("en", "es")


def texts_of(facts: GreetingFacts, language: str) -> dict[GreetingKind, str]:
    return {kind: compose(kind, facts, language=language) for kind in GreetingKind}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "facts",
    [ANA, replace(ANA, returns_on=None), replace(ANA, alternative=None, no_alternative_reason="Nobody else knows it")],
)
def test_what_is_composed_lacks_nothing(facts: GreetingFacts, language: str) -> None:
    assert missing_elements(texts_of(facts, language), facts, language=language) == frozenset()


def test_without_an_alternative_and_a_reason_the_third_element_is_missing() -> None:
    facts = replace(ANA, alternative=None)
    assert missing_elements(texts_of(facts, "en"), facts, language="en") == {Element.ALTERNATIVE}


@pytest.mark.parametrize(
    ("took_out", "missing"),
    [
        ("Finance", Element.NAME_AND_DEPARTMENT),
        ("Monday 7 December", Element.RETURN_DATE),
        ("Bo Ejemplo", Element.ALTERNATIVE),
    ],
)
def test_what_somebody_took_out_is_missed(took_out: str, missing: Element) -> None:
    texts = texts_of(ANA, "en")
    assert took_out in texts[GreetingKind.VOICEMAIL]
    texts[GreetingKind.VOICEMAIL] = texts[GreetingKind.VOICEMAIL].replace(took_out, "…")
    assert missing_elements(texts, ANA, language="en") == {missing}


def test_one_text_for_inside_and_outside_needs_a_reason() -> None:
    texts = texts_of(ANA, "en")
    texts[GreetingKind.EMAIL_INTERNAL] = texts[GreetingKind.EMAIL_EXTERNAL]
    assert missing_elements(texts, ANA, language="en") == {Element.INSIDE_AND_OUTSIDE}
    assert not missing_elements(texts, replace(ANA, one_text_reason="All colleagues know"), language="en")


def test_accents_and_capitals_do_not_matter() -> None:
    texts = {kind: text.upper() for kind, text in texts_of(ANA, "es").items()}
    assert missing_elements(texts, ANA, language="es") == frozenset()


def test_a_voicemail_gives_the_telephone_first_and_a_mail_the_address() -> None:
    voice, mail = (compose(kind, ANA, language="en") for kind in (GreetingKind.VOICEMAIL, GreetingKind.EMAIL_EXTERNAL))
    assert voice.index("510-555-0140") < voice.index("bo@pinole.example")
    assert mail.index("bo@pinole.example") < mail.index("510-555-0140")


def test_no_text_says_why() -> None:
    for kind, language in product(GreetingKind, LANGUAGES):
        text = compose(kind, ANA, language=language).lower()
        assert not [word for word in ("on leave", "illness", "family", "vacation", "training") if word in text]
