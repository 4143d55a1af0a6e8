"""What can go wrong between a calendar and a date, each with a code a program can act on."""

from __future__ import annotations

from datetime import date


class CalendarError(ValueError):
    """Base of every error of this package; the message tells a person what to do.

    `code` is stable and stored with clocks that got no due instant; `params` are JSON values.
    """

    code = "calendar_error"

    def __init__(self, message: str, **params: str | int) -> None:
        super().__init__(message)
        self.params: dict[str, str | int] = params


class InvalidCalendar(CalendarError):
    """A calendar description that contradicts itself or its schema; `params["field"]` names the place."""

    code = "invalid_calendar"

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}", field=field)


class OutsideKnownDates(CalendarError):
    """A date for which nobody has confirmed the closures."""

    code = "outside_known_dates"

    def __init__(self, on: date, known_from: date, known_through: date) -> None:
        super().__init__(
            f"The calendar does not know {on}: its closures are loaded from {known_from} through {known_through}. "
            f"Confirm the closures of {on.year} first.",
            on=on.isoformat(),
            known_from=known_from.isoformat(),
            known_through=known_through.isoformat(),
        )


class HorizonReached(CalendarError):
    """No due instant, or no open time at all, within the horizon."""

    code = "horizon_reached"

    def __init__(self, on: date, horizon_days: int) -> None:
        super().__init__(
            f"The calendar has too few open days within {horizon_days} days of {on}. "
            "Check its weekly hours and closures.",
            on=on.isoformat(),
            horizon_days=horizon_days,
        )


class NotABusinessDay(CalendarError):
    """A date was asked for as a business day, and it is not one."""

    code = "not_a_business_day"

    def __init__(self, on: date) -> None:
        super().__init__(f"{on} is not a business day. Choose a day on which the city is open.", on=on.isoformat())


class InvalidInstant(CalendarError):
    """An instant without an offset, or beyond what can be computed."""

    code = "invalid_instant"


class InvalidDayCount(CalendarError):
    """A number of days that is not a whole number in range."""

    code = "invalid_day_count"
