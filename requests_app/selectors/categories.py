"""Find a category by everyday words, in English or Spanish."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from requests_app.domain.text import normalise_text
from requests_app.models import Category

SUGGESTIONS = 8
_GOOD_ENOUGH = 75  # of 100: a slip or two of the finger
_EXACT, _NAME_STARTS, _KEYWORD, _WORD_STARTS, _KEYWORD_STARTS = 400, 300, 280, 260, 240


@dataclass(frozen=True, slots=True)
class _Words:
    """A category's names and keywords, normalised."""

    names: tuple[str, ...]
    keywords: tuple[str, ...]


def active_categories() -> list[Category]:
    """Give every category in use with its department, by name."""
    return list(Category.objects.filter(is_active=True).select_related("department").order_by("name"))


def suggest_categories(text: str, categories: Iterable[Category], *, limit: int = SUGGESTIONS) -> list[Category]:
    """Rank the categories whose name or keywords fit what was typed, best first."""
    wanted = normalise_text(text)
    if not wanted:
        return []
    scored = [(_score(wanted, _words_of(category)), category) for category in categories]
    fitting = [(score, category) for score, category in scored if score >= _GOOD_ENOUGH]
    return [category for _, category in sorted(fitting, key=lambda pair: (-pair[0], pair[1].name))[:limit]]


def category_named(text: str, categories: Iterable[Category]) -> Category | None:
    """Give the one category a text names outright, by a name in either language or a keyword only it has."""
    wanted = normalise_text(text)
    rows = [(category, _words_of(category)) for category in categories]
    by_name = [category for category, words in rows if wanted in words.names]
    by_keyword = [category for category, words in rows if wanted in words.keywords]
    found = by_name or by_keyword
    return found[0] if len(found) == 1 else None


def names_hand_over(texts: Iterable[str], *, chosen: str = "") -> bool:
    """Say whether a half-typed contact goes to the police department, so that no word of it may be kept (DOMAIN 4)."""
    handed_over = [category for category in active_categories() if category.is_handed_over]
    if chosen.isascii() and chosen.isdigit() and any(category.pk == int(chosen) for category in handed_over):
        return True
    return any(category_named(text, handed_over) for text in texts if text)


def _words_of(category: Category) -> _Words:
    names = tuple(normalise_text(name) for name in (category.name, category.name_es) if name)
    return _Words(names, tuple(normalise_text(word) for word in category.keywords.split(",") if word.strip()))


def _score(wanted: str, words: _Words) -> float:
    if wanted in words.names:
        return _EXACT
    if any(name.startswith(wanted) for name in words.names):
        return _NAME_STARTS
    if wanted in words.keywords:
        return _KEYWORD
    if any(f" {wanted}" in name for name in words.names):
        return _WORD_STARTS
    if any(f" {keyword}".find(f" {wanted}") >= 0 for keyword in words.keywords):
        return _KEYWORD_STARTS
    return max((_likeness(wanted, each) for each in (*words.names, *words.keywords)), default=0)


def _likeness(wanted: str, known: str) -> float:
    """Compare whole texts, and a sentence with the keyword it contains."""
    if len(known) >= 4 and f" {known} " in f" {wanted} ":
        return 90
    return fuzz.ratio(wanted, known)
