"""Which days the city works: editable calendars, confirmed as immutable versions (III.b.ii.3, III.b.ii.4)."""

import json
from functools import lru_cache

from django.db import models
from django.utils.translation import gettext_lazy as _

from requests_app.domain.calendar_schema import parse_calendar
from requests_app.domain.calendars import BusinessCalendar

_PARSED_VERSIONS = 64


class Calendar(models.Model):
    """A calendar being edited; deadlines run on its confirmed versions only."""

    RESPONSE = "response"
    COUNTER = "counter"

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    settings = models.JSONField(help_text=_("the calendar schema without its closures"))

    def __str__(self) -> str:
        return self.name


class Closure(models.Model):
    """One date on which the weekly pattern does not hold."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="closures")
    on = models.DateField()
    name = models.CharField(max_length=120)
    open = models.JSONField(default=list, blank=True, help_text=_("intervals open all the same, [['08:00', '12:00']]"))
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["on", "name"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "on", "name"], name="closure_once_per_date_and_name"),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.name}"


class CalendarVersion(models.Model):
    """What a calendar said when it was confirmed; never changed afterwards."""

    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("requests_app.Employee", null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["calendar", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "number"], name="calendar_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.calendar} {self.number}"

    def business_calendar(self) -> BusinessCalendar:
        """Give the pure calendar; parsed once a process, since a version never changes."""
        return _parse_text(json.dumps(self.definition, sort_keys=True))


@lru_cache(maxsize=_PARSED_VERSIONS)
def _parse_text(definition: str) -> BusinessCalendar:
    return parse_calendar(json.loads(definition))
