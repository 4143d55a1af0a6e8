"""How long records are kept after they are closed, and the floor nobody goes below (Cal. Gov. Code 34090)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from requests_app.domain.vocabulary import Confidentiality, RequestKind, StandardSource

# Gov. Code 34090: a city may not destroy a record less than two years old, whatever it chooses itself.
FLOOR_YEARS = 2
LONGEST_YEARS = 100
_DAY = timedelta(days=1)


class RetentionCode(StrEnum):
    """The classes a request is kept under, and those of the registers, which are kept and destroyed by class."""

    GENERAL = "general"
    RECORDS = "records"
    COMPLAINT = "complaint"
    IMPROPER_ACTIVITY = "improper_activity"
    POLICE = "police"
    CORRECTIVE_ACTION = "corrective_action"
    SURVEY = "survey"
    PACKET = "packet"
    STAFF_SUGGESTION = "staff_suggestion"
    TRAINING = "training"


# What is destroyed as a whole class, not request by request.
REGISTERS = (
    RetentionCode.SURVEY,
    RetentionCode.PACKET,
    RetentionCode.STAFF_SUGGESTION,
    RetentionCode.TRAINING,
    RetentionCode.CORRECTIVE_ACTION,
)


@dataclass(frozen=True, slots=True)
class Retention:
    """How many years a class is kept from closing, on what ground; never fewer than `least_years`."""

    code: RetentionCode
    years: int
    least_years: int
    citation: str
    source: StandardSource


_DEFAULTS = (
    Retention(RetentionCode.GENERAL, 2, FLOOR_YEARS, "Gov. Code 34090", StandardSource.LAW),
    Retention(RetentionCode.RECORDS, 2, FLOOR_YEARS, "Gov. Code 34090", StandardSource.LAW),
    Retention(RetentionCode.COMPLAINT, 5, FLOOR_YEARS, "Gov. Code 34090, years chosen", StandardSource.LOCAL_CHOICE),
    Retention(
        RetentionCode.IMPROPER_ACTIVITY, 7, FLOOR_YEARS, "Gov. Code 34090, years chosen", StandardSource.LOCAL_CHOICE
    ),
    # Penal Code 832.5: five years, fifteen where a complaint about a peace officer was sustained.
    Retention(RetentionCode.POLICE, 15, 15, "Penal Code 832.5", StandardSource.LAW),
    # Gov. Code 12946: personnel records, four years.
    Retention(RetentionCode.CORRECTIVE_ACTION, 4, 4, "Gov. Code 12946", StandardSource.LAW),
    # Counted from the end of the month of asking: a survey has no closing of its own.
    Retention(RetentionCode.SURVEY, 2, FLOOR_YEARS, "Gov. Code 34090", StandardSource.LAW),
    # Evidence outlives the requests it counts. From its sealing.
    Retention(RetentionCode.PACKET, 7, FLOOR_YEARS, "Gov. Code 34090, years chosen", StandardSource.LOCAL_CHOICE),
    # From the decision, or from when it was done.
    Retention(RetentionCode.STAFF_SUGGESTION, 2, FLOOR_YEARS, "Gov. Code 34090", StandardSource.LAW),
    # Gov. Code 12946: personnel records, four years; from the day of the course.
    Retention(RetentionCode.TRAINING, 4, 4, "Gov. Code 12946", StandardSource.LAW),
)
DEFAULT_RETENTIONS: Mapping[RetentionCode, Retention] = {row.code: row for row in _DEFAULTS}


def retention_code(*, kind: str, confidentiality: str) -> RetentionCode:
    """Say under which class a request is kept: the longest that fits."""
    if confidentiality == Confidentiality.POLICE_STUB:
        return RetentionCode.POLICE
    if confidentiality == Confidentiality.IMPROPER_ACTIVITY:
        return RetentionCode.IMPROPER_ACTIVITY
    if kind == RequestKind.COMPLAINT or confidentiality == Confidentiality.CONFIDENTIAL:
        return RetentionCode.COMPLAINT
    return RetentionCode.RECORDS if kind == RequestKind.RECORDS else RetentionCode.GENERAL


def destroyable_on(closed_on: date, *, years: int) -> date:
    """Give the first day on which a record closed on a date may go: the day after its years are full."""
    return _years_later(closed_on, max(years, FLOOR_YEARS)) + _DAY


def last_closed_on(today: date, *, years: int) -> date:
    """Give the latest day of closing whose records may go today: the inverse of `destroyable_on`."""
    yesterday, kept_years = today - _DAY, max(years, FLOOR_YEARS)
    try:
        return yesterday.replace(year=yesterday.year - kept_years)
    except ValueError:
        return date(yesterday.year - kept_years, 2, 28)


def _years_later(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year + years)
    except ValueError:  # 29 February
        return date(on.year + years, 3, 1)
