"""The versions of each standard over time, and what the policy or the law itself says."""

from dataclasses import dataclass
from datetime import date

from requests_app.domain.fingerprints import fingerprint
from requests_app.domain.vocabulary import StandardSource, Unit
from requests_app.models import ServiceStandard


@dataclass(frozen=True)
class StandardHistory:
    """One standard: its versions by effective date, latest first, and which of them is in force on a date."""

    versions: list[ServiceStandard]
    on: date

    @property
    def in_force(self) -> ServiceStandard:
        """Give the version a contact received today is judged by; the first one where none is in force yet."""
        return next((each for each in self.versions if each.effective_from <= self.on), self.versions[-1])

    @property
    def coming(self) -> list[ServiceStandard]:
        """List the versions that are to come, the next one first."""
        return [each for each in reversed(self.versions) if each.effective_from > self.on]

    @property
    def past(self) -> list[ServiceStandard]:
        """List the versions that were in force before, the latest first."""
        return [each for each in self.versions if each.effective_from < self.in_force.effective_from]

    @property
    def founding(self) -> ServiceStandard | None:
        """Give the first version whose number is the policy's or the law's; None for a local choice."""
        return next((each for each in reversed(self.versions) if each.source != StandardSource.LOCAL_CHOICE), None)

    @property
    def mark(self) -> str:
        """Give the mark a form sends back, so that another administrator's version in between is noticed."""
        return fingerprint([[each.version, each.effective_from.isoformat()] for each in self.versions])

    def source_of(self, number: int, unit: Unit) -> StandardSource:
        """Say where a number comes from: another than that of policy or law is the city's own choice."""
        founding = self.founding
        if founding and (founding.number, founding.unit) == (number, unit):
            return StandardSource(founding.source)
        return StandardSource.LOCAL_CHOICE

    def departs(self, number: int, unit: Unit) -> bool:
        """Say whether a number would depart from the policy or the law."""
        return self.founding is not None and self.source_of(number, unit) is StandardSource.LOCAL_CHOICE


def standard_histories(on: date) -> list[StandardHistory]:
    """Give every standard with its versions, first responses first (one query)."""
    rows = ServiceStandard.objects.select_related("calendar").order_by("code", "-effective_from")
    by_code: dict[str, list[ServiceStandard]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    found = [StandardHistory(versions, on) for versions in by_code.values()]
    return sorted(
        found, key=lambda each: (each.in_force.milestone != "response", each.in_force.clause, each.in_force.code)
    )


def standard_history(code: str, *, on: date) -> StandardHistory | None:
    """Give one standard with its versions, or None when there is no such code."""
    versions = list(ServiceStandard.objects.filter(code=code).select_related("calendar").order_by("-effective_from"))
    return StandardHistory(versions, on) if versions else None
