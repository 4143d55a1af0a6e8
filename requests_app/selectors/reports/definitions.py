"""What each figure of the compliance report means: the one table behind the page, the PDF and the scorecard."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.choices import LocalChoices
from requests_app.selectors.reports.answer_definitions import ANSWER_DEFINITIONS
from requests_app.selectors.reports.contact_definitions import CONTACT_DEFINITIONS
from requests_app.selectors.reports.definition import Definition


@dataclass(frozen=True, slots=True)
class ShownDefinition:
    """A definition in the reader's language, with the city's numbers in it."""

    code: str
    name: str
    meaning: str
    formula: str
    clause: str
    is_local_choice: bool


@dataclass(frozen=True, slots=True)
class DefinitionGroup:
    """The definitions of one part of the report."""

    code: str
    title: str
    definitions: list[ShownDefinition]


GROUPS: Mapping[str, str | Promise] = {
    "basis": _("What is counted"),
    "rate": _("On time"),
    "beside": _("Beside the rate, never in it"),
    "times": _("Time to answer"),
    "contacts": _("Logged contacts"),
    "handling": _("Handling"),
    "imported": _("Imported cases"),
    "people": _("Rates per person"),
}

DEFINITIONS: tuple[Definition, ...] = (*ANSWER_DEFINITIONS, *CONTACT_DEFINITIONS)
BY_CODE: Mapping[str, Definition] = {definition.code: definition for definition in DEFINITIONS}


def shown_definitions(
    *, target: str, choices: LocalChoices, without: Collection[str] = ("people",)
) -> list[DefinitionGroup]:
    """Give the definitions in the reader's language, group by group; `target` in words, as "95 %".

    Those of rates per person are left out unless asked for: no paper of the city's figures tells of them.
    """
    numbers = {
        "target": target,
        "small_number": choices.small_number,
        "backdated_after_minutes": choices.backdated_after_minutes,
    }
    return [
        DefinitionGroup(code, str(title), [_shown(each, numbers) for each in DEFINITIONS if each.group == code])
        for code, title in GROUPS.items()
        if code not in without
    ]


def _shown(definition: Definition, numbers: Mapping[str, object]) -> ShownDefinition:
    return ShownDefinition(
        code=definition.code,
        name=str(definition.name),
        meaning=str(definition.meaning) % numbers,
        formula=str(definition.formula) % numbers,
        clause=definition.clause,
        is_local_choice=definition.is_local_choice,
    )
