"""One definition each: no page words a figure for itself, and none shows figures without saying what they mean."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
FROM_THE_TABLE = "reports/definition_rows.html"
# Lists of terms that are about no figure: what was sealed, what a check found, how a word of the scorecard is read.
OTHER_TERMS = {
    "packets/packet.html",
    "scorecard/scorecard.html",
    "settings/mails.html",
    "settings/notice_texts.html",
    "settings/watchdog.html",
}
# Tables of numbers that say nothing about how the policy is kept: previews of files, and what runs the house.
OTHER_NUMBERS = {
    "absences/import_preview.html",
    "audit/trail.html",
    "backups/backups.html",
    "coverage/preview.html",
    "directory/import_preview.html",
    "packets/packet.html",
    "settings/mails.html",
    "training/import_preview.html",
}
_TERMS = re.compile(r'<dl class="definitions">')
_NUMBERS = re.compile(r'class="[^"]*\b(?:figure-table|stats|scorecard)\b[^"]*"')
_DEFINED = re.compile(
    r"reports/definitions\.html|reports/definition_rows\.html|figure\.definition|compliance_definitions"
)


def _templates() -> dict[str, str]:
    return {str(path.relative_to(TEMPLATES)): path.read_text() for path in sorted(TEMPLATES.rglob("*.html"))}


def _pages(found: dict[str, str]) -> list[str]:
    """Name what is a page by itself, on screen or on paper."""
    return [name for name, text in found.items() if "{% extends" in text or "</html>" in text]


def _with_parts(name: str, found: dict[str, str]) -> str:
    """Give a template with all that it includes."""
    text, left, seen = "", [name], {name}
    while left:
        text += found[left[0]]
        wanted = re.findall(r'{% (?:include|extends) "([^"]+)"', found[left.pop(0)])
        left += [each for each in wanted if each in found and each not in seen]
        seen.update(wanted)
    return text


def test_terms_of_figures_are_written_in_the_table_of_definitions_alone() -> None:
    found = {name for name, text in _templates().items() if _TERMS.search(text)}
    assert found == {FROM_THE_TABLE, *OTHER_TERMS}


@pytest.mark.parametrize("name", _pages(_templates()))
def test_a_page_of_figures_says_what_they_mean(name: str) -> None:
    text = _with_parts(name, _templates())
    has_figures = _NUMBERS.search(text) is not None and name not in OTHER_NUMBERS
    assert not has_figures or _DEFINED.search(text), f"{name} shows figures and no definition"
