"""Find a colleague by name or extension, as a caller asks for one."""

from datetime import datetime

from django.db.models import Q

from requests_app.domain.text import digits_of, normalise_text
from requests_app.models import Employee
from requests_app.selectors.directory import active_employees
from requests_app.selectors.whereabouts import may_be_away

SUGGESTIONS = 8
_WORDS = 5


def suggest_people(text: str, *, limit: int = SUGGESTIONS, at: datetime | None = None) -> list[Employee]:
    """Suggest people at work for a name or an extension, by name (one query); with `at`, marked if one may be away."""
    condition = matching_people(text)
    if condition is None:
        return []
    people = active_employees().filter(condition)
    return list((people.annotate(may_be_away=may_be_away(at)) if at else people)[:limit])


def person_named(text: str) -> Employee | None:
    """Give the one person a text names: by full name, by extension, or because nobody else fits."""
    wanted = normalise_text(text)
    found = suggest_people(text, limit=50)
    exact = [person for person in found if wanted in (person.name_normalised, person.extension)]
    if len(exact) == 1:
        return exact[0]
    return found[0] if len(found) == 1 else None


def person_at_work(employee_id: int) -> Employee | None:
    """Give somebody who still works here, with the department, or None."""
    return active_employees().filter(pk=employee_id).first()


def matching_people(text: str) -> Q | None:
    """Say whom a name or an extension fits; None for a text that names nobody."""
    words = normalise_text(text).split()[:_WORDS]
    digits = digits_of(text)
    # "x214" and "ext 214" are extensions.
    if digits and normalise_text(text).replace(digits, "").strip(" .#") in ("", "x", "ext", "extension"):
        return Q(extension__startswith=digits)
    if not words:
        return None
    condition = Q()
    for word in words:
        condition &= Q(name_normalised__startswith=word) | Q(name_normalised__contains=f" {word}")
    return condition
