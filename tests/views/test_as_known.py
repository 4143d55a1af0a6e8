"""What a report said of a day it says again, whatever was done since (III.d.i)."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from requests_app.domain.periods import midnight
from requests_app.domain.vocabulary import Channel, Disposition
from requests_app.domain.workflow import ActionRefused
from requests_app.forms.reports import read_report_address
from requests_app.models import ResponseClock, ServiceRequest
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.reports.choices import report_choices
from requests_app.selectors.reports.compliance import compliance_report
from requests_app.selectors.reports.scope import whole_city
from requests_app.services.answers import answer_request
from requests_app.services.assignments import give_request, send_back_request
from requests_app.services.closing import close_request, reopen_request
from requests_app.services.corrections import CorrectionEntry, correct_clock
from requests_app.services.entries import AnswerEntry, CloseEntry, InboundEntry
from requests_app.services.excusals import excuse_clock
from requests_app.views.report_access import Reading
from requests_app.views.report_grids import grid_lines
from requests_app.views.report_paper import report_parts
from tests.cast import Cast, actor
from tests.pages.scene import crowded_city

DAY = timedelta(days=1)


def figures(at: datetime, **asked: str) -> dict[str, Any]:
    """Give every figure of every part of the report as somebody who sees everything reads it at an instant."""
    scope = whole_city()
    choices = report_choices(scope, on=timezone.localdate(at))
    address = read_report_address({"from": "2026-11-01", "to": "2026-11-30", **asked}, choices=choices, now=at)
    report = compliance_report(scope, address.query())
    tables = {part.name: list(grid_lines(part.grids)) for part in report_parts(Reading(SYSTEM, scope, address, at))}
    return {"clocks": report["clocks"], "first_contact": report["first_contact"], **tables}


def go_on(cast: Cast, *, at: datetime) -> int:
    """Do to every request whatever can be done to it; say how much was."""
    alice, sam, hana = actor(cast.alice), actor(cast.sam), actor(cast.hana)
    said = AnswerEntry(channel=Channel.PHONE, text="Done", occurred_at=at)
    ending = CloseEntry(disposition=Disposition.DONE, note="Done")
    again = InboundEntry(channel=Channel.EMAIL, text="Once more", occurred_at=at)
    excused = [clock.pk for clock in ResponseClock.objects.filter(verdict="late")]
    met = [clock.pk for clock in ResponseClock.objects.filter(verdict="met")]
    acts: list[Any] = [
        *(lambda pk=pk: excuse_clock(clock_id=pk, reason="Storm", actor=sam, at=at) for pk in excused),
        *(
            lambda pk=pk: correct_clock(
                clock_id=pk, entry=CorrectionEntry(reason="Noted wrongly", answered_at=at), actor=sam, at=at
            )
            for pk in met
        ),
    ]
    for pk in ServiceRequest.objects.values_list("pk", flat=True):
        acts += [
            lambda pk=pk: give_request(
                request_id=pk, owner_id=None, department_id=cast.finance.pk, note="", actor=hana, at=at
            ),
            lambda pk=pk: send_back_request(request_id=pk, reason="Not ours", actor=sam, at=at),
            lambda pk=pk: answer_request(request_id=pk, entry=said, actor=alice, at=at),
            lambda pk=pk: close_request(request_id=pk, entry=ending, actor=alice, at=at),
            lambda pk=pk: reopen_request(request_id=pk, entry=again, actor=alice, at=at),
        ]
    done = 0
    for act in acts:
        with suppress(ActionRefused):
            act()
            done += 1
    return done


@pytest.mark.django_db
def test_every_figure_of_a_day_is_the_same_later(cast: Cast, now: datetime, time_machine: Any) -> None:
    noon = now + timedelta(hours=22)
    time_machine.move_to(noon, tick=False)
    crowded_city(cast, now=noon)
    evening = midnight(timezone.localdate(noon) + DAY, timezone.get_default_timezone())
    known = figures(evening)
    assert sum(go_on(cast, at=noon + days * DAY) for days in (1, 2)) > 40
    later = noon + 3 * DAY
    changed = figures(later)
    assert {name for name in known if known[name] != changed[name]} == set(known)

    then = figures(later, as_of=str(timezone.localdate(noon)))

    for name, rows in known.items():
        assert then[name] == rows, name
