"""Turn typed names into customers, colleagues and categories; what fits nobody comes back with suggestions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from requests_app.models import Category, Employee
from requests_app.selectors.access import Actor
from requests_app.selectors.away_words import away_marks
from requests_app.selectors.categories import category_named, suggest_categories
from requests_app.selectors.customers import KnownCustomer, known_customer, suggest_customers
from requests_app.selectors.people import person_at_work, person_named, suggest_people
from requests_app.selectors.whereabouts import Whereabouts

Data = Mapping[str, object]
_LONGEST_NUMBER = 16


@dataclass(frozen=True, slots=True)
class Option:
    """One of several that may be meant; the value of the last one, "as typed", is empty."""

    value: str
    label: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be meant by a typed text, offered as radios on the next page."""

    name: str
    asked: str
    options: list[Option]


def chosen_id(data: Data, name: str, text: str) -> int | None:
    """Give what was chosen among suggestions, as long as they were made for this very text."""
    asked = str(data.get(f"{name}_asked", ""))
    return number_in(str(data.get(f"{name}_choice", ""))) if asked == text else None


def number_in(text: str) -> int | None:
    """Read the number of a row as an address or a form names it; None for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER else None


def customer_meant(text: str, *, picked: int | None, data: Data, actor: Actor) -> KnownCustomer | None:
    """Give the customer that was picked; a pick counts only while its name still stands in the box."""
    chosen = chosen_id(data, "who", text)
    if chosen is not None:
        return known_customer(chosen, actor=actor)
    known = known_customer(picked, actor=actor) if picked is not None and text else None
    return known if known and known.label == text else None


def person_meant(text: str, *, picked: int | None, data: Data, name: str) -> Employee | None:
    """Give the colleague that was picked or chosen, or whom the text names beyond doubt."""
    chosen = chosen_id(data, name, text)
    if chosen is not None:
        return person_at_work(chosen)
    person = person_at_work(picked) if picked is not None else None
    return person if person and person.name == text else person_named(text)


def category_meant(text: str, categories: list[Category], *, data: Data) -> Category | None:
    """Give the category that was chosen, or that the text names beyond doubt."""
    chosen = chosen_id(data, "category", text)
    named = (category for category in categories if category.pk == chosen)
    return next(named, None) or category_named(text, categories)


def customer_choices(text: str, *, actor: Actor) -> Choices:
    """Offer the known customers a text fits, and the text itself."""
    fitting = suggest_customers(text, actor=actor)
    options = [Option(str(known.pk), known.label, known.contact) for known in fitting]
    return Choices("who", text, [*options, Option("", gettext("Somebody new, as typed"))])


def people_choices(name: str, text: str, *, at: datetime) -> Choices:
    """Offer the colleagues a text fits, and say of whoever is away until when (III.b.ii.5)."""
    people = suggest_people(text, at=at)
    marks = away_marks(people, Whereabouts(at))
    options = []
    for person in people:
        more = ", ".join(part for part in (person.department.name, marks.get(person.pk, "")) if part)
        options.append(Option(str(person.pk), person.name, more))
    return Choices(name, text, options)


def category_choices(text: str, categories: list[Category]) -> Choices:
    """Offer the categories a text fits."""
    fitting = suggest_categories(text, categories)
    return Choices("category", text, [Option(str(each.pk), str(each), each.department.name) for each in fitting])
