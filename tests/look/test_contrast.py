"""Contrast of every pair the look uses, measured on static/css/tokens.css itself."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css").read_text()
_DECLARATION = re.compile(r"--ps-([a-z0-9-]+): (?:light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)|(#[0-9a-f]{6}));")
COLOURS = {name: (light or both, dark or both) for name, light, dark, both in _DECLARATION.findall(TOKENS)}
THEMES = ("light", "dark")

GROUNDS = ("page", "surface", "well", "accent-soft")
STATES = ("over", "soon", "good", "beside")
TEXT = [
    *[("ink", ground) for ground in (*GROUNDS, *[f"{state}-soft" for state in STATES])],
    *[("ink-2", ground) for ground in (*GROUNDS, *[f"{state}-soft" for state in STATES])],
    *[(ink, ground) for ink in ("accent", "accent-strong") for ground in GROUNDS],
    *[
        (f"{state}", ground)
        for state in STATES
        for ground in ("page", "surface", "well", "accent-soft", f"{state}-soft")
    ],
    *[(ink, f"{state}-soft") for ink in ("accent", "accent-strong") for state in STATES],
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-over", "over"),
    *[(ink, ground) for ink in ("rail-ink", "rail-ink-2") for ground in ("rail", "rail-on")],
]
PARTS = [
    *[("edge", ground) for ground in GROUNDS],
    *[("focus", ground) for ground in GROUNDS],
    ("accent", "well"),
    ("rail-mark", "rail"),
    ("rail-mark", "rail-on"),
]


def contrast(one: str, other: str) -> float:
    """Give the WCAG 2 contrast ratio of two #rrggbb colours."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(ink: str, ground: str, theme: str) -> None:
    index = THEMES.index(theme)
    assert contrast(COLOURS[ink][index], COLOURS[ground][index]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("part", "ground"), PARTS)
def test_parts_of_controls_stand_out(part: str, ground: str, theme: str) -> None:
    index = THEMES.index(theme)
    assert contrast(COLOURS[part][index], COLOURS[ground][index]) >= 3


def test_contrast_is_the_one_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


def test_every_colour_is_measured_or_only_decoration() -> None:
    measured = {name for pair in (*TEXT, *PARTS) for name in pair}
    assert set(COLOURS) - measured == {"line"}
