"""What each figure of compliance means: the one table behind every page, file, mail and the scorecard."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.choices import LocalChoices
from requests_app.selectors.reports.absence_definitions import ABSENCE_DEFINITIONS
from requests_app.selectors.reports.answer_definitions import ANSWER_DEFINITIONS
from requests_app.selectors.reports.complaint_definitions import COMPLAINT_DEFINITIONS
from requests_app.selectors.reports.contact_definitions import CONTACT_DEFINITIONS
from requests_app.selectors.reports.definition import Definition
from requests_app.selectors.reports.register_definitions import REGISTER_DEFINITIONS
from requests_app.selectors.reports.replay_definitions import REPLAY_DEFINITIONS
from requests_app.selectors.reports.scorecard_definitions import SCORECARD_DEFINITIONS


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
    "coverage": _("Coverage of logging"),
    "greetings": _("Greetings and automatic replies"),
    "excusals": _("Excused answers"),
    "complaints": _("Complaints"),
    "training": _("Training and signatures"),
    "feedback": _("Feedback"),
    "improvements": _("Suggestions"),
    "recognition": _("Recognition"),
    "referrals": _("Referrals to other agencies"),
    "replays": _("What if"),
    "scorecard": _("Scorecard"),
}
# What the compliance report on paper counts: no paper of the city's figures tells of rates per person.
ON_PAPER = ("basis", "rate", "beside", "times", "contacts", "handling", "imported")

DEFINITIONS: tuple[Definition, ...] = (
    *ANSWER_DEFINITIONS,
    *CONTACT_DEFINITIONS,
    *ABSENCE_DEFINITIONS,
    *COMPLAINT_DEFINITIONS,
    *REGISTER_DEFINITIONS,
    *REPLAY_DEFINITIONS,
    *SCORECARD_DEFINITIONS,
)
BY_CODE: Mapping[str, Definition] = {definition.code: definition for definition in DEFINITIONS}


def shown_definitions(
    *, choices: LocalChoices, target: str = "", groups: Collection[str] = tuple(GROUPS)
) -> list[DefinitionGroup]:
    """Give the definitions in the reader's language, group by group; `target` in words, the city's where none is."""
    numbers = _numbers(target, choices)
    return [
        DefinitionGroup(code, str(title), [_shown(each, numbers) for each in DEFINITIONS if each.group == code])
        for code, title in GROUPS.items()
        if code in groups
    ]


def defined(*codes: str, choices: LocalChoices) -> list[ShownDefinition]:
    """Give some definitions in the reader's language, as asked. Raises KeyError for a figure that has none."""
    numbers = _numbers("", choices)
    return [_shown(BY_CODE[code], numbers) for code in codes]


def _numbers(target: str, choices: LocalChoices) -> dict[str, object]:
    city_target = f"{(Decimal(str(choices.target_rate)) * 100).normalize():f}\N{NO-BREAK SPACE}%"
    return {**asdict(choices), "target": target or city_target, "city_target": city_target}


def _shown(definition: Definition, numbers: Mapping[str, object]) -> ShownDefinition:
    return ShownDefinition(
        code=definition.code,
        name=str(definition.name),
        meaning=str(definition.meaning) % numbers,
        formula=str(definition.formula) % numbers,
        clause=definition.clause,
        is_local_choice=definition.is_local_choice,
    )
