import random
import secrets
from itertools import pairwise

import pytest

from requests_app.domain.tracking_numbers import ALPHABET, new_tracking_number, normalise_tracking_number

SAMPLES = [new_tracking_number(random.Random(seed).randrange) for seed in range(60)]


def _spelled(symbols: str) -> str:
    return f"PN-{symbols[:4]}-{symbols[4:]}"


@pytest.mark.parametrize("number", SAMPLES)
def test_every_single_wrong_symbol_is_caught(number: str) -> None:
    symbols = number.replace("PN-", "").replace("-", "")
    for place in range(8):
        for wrong in ALPHABET.replace(symbols[place], ""):
            assert normalise_tracking_number(_spelled(symbols[:place] + wrong + symbols[place + 1 :])) is None


@pytest.mark.parametrize("number", SAMPLES)
def test_every_swap_of_neighbours_is_caught(number: str) -> None:
    symbols = number.replace("PN-", "").replace("-", "")
    for place, (left, right) in enumerate(pairwise(symbols)):
        if left != right:
            swapped = symbols[:place] + right + left + symbols[place + 2 :]
            assert normalise_tracking_number(_spelled(swapped)) is None


def test_every_pair_of_symbols_differs_at_every_place() -> None:
    # The check is linear, so one word of zeros with one symbol set stands for all words.
    for place in range(8):
        for symbol in ALPHABET[1:]:
            assert normalise_tracking_number("0" * place + symbol + "0" * (7 - place)) is None


@pytest.mark.parametrize("number", SAMPLES[:20])
def test_a_number_is_recognised_however_it_is_typed(number: str) -> None:
    bare = number.replace("-", "")
    spellings = [
        *(number, number.lower(), bare, bare[2:], f"  {number} ", number.replace("-", " "), bare[2:].lower()),
        *(number.replace("-", "–"), number.replace("0", "O"), number.replace("0", "o"), number.replace("1", "l")),
        *(number.replace("1", "I"), number.replace("5", "S"), number.replace("V", "u"), f"#{number}."),
    ]
    assert {normalise_tracking_number(spelling) for spelling in spellings} == {number}


@pytest.mark.parametrize(
    "text", ["", "PN", "PN-1234", "PN-0000-00000", "María", "PN-____-____", "¹²³⁴⁵⁶⁷⁸9", "ПН-0000-0001"]
)
def test_what_cannot_be_a_number_is_none(text: str) -> None:
    assert normalise_tracking_number(text) is None


def test_a_number_may_begin_like_the_prefix() -> None:
    draws = iter([ALPHABET.index(symbol) for symbol in "PN34567"])
    number = new_tracking_number(lambda _: next(draws))
    assert number.startswith("PN-PN34-567")
    assert normalise_tracking_number(number.replace("-", "")[2:]) == number
    assert normalise_tracking_number(number) == number


def test_symbols_are_31_and_none_looks_like_another() -> None:
    assert len(set(ALPHABET)) == 31
    assert not set("ILOSU") & set(ALPHABET)


def test_real_randomness_makes_valid_and_different_numbers() -> None:
    numbers = {new_tracking_number(secrets.randbelow) for _ in range(1000)}
    assert len(numbers) == 1000
    assert all(normalise_tracking_number(number) == number for number in numbers)
