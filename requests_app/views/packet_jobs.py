"""What a background worker does of a packet: count the month as it was known, draw it, have it sealed."""

from datetime import datetime, timedelta

from django.utils import timezone

from requests_app.domain.packets import REPORT, compared, opened
from requests_app.domain.periods import Month
from requests_app.models import Employee, Packet
from requests_app.selectors.access import SYSTEM, actor_for_employee
from requests_app.selectors.packets import known_until, ordinary_matters, packet_data
from requests_app.selectors.reports.compliance import CLOCK_COLUMNS
from requests_app.services.jobs import JobRun
from requests_app.services.packets import Counted, made_again, seal_packet
from requests_app.services.pdf_drawing import drawn_by
from requests_app.views.csv_files import csv_bytes
from requests_app.views.report_access import Reading, reading_of
from requests_app.views.report_paper import draw_report

_STEPS = 3  # counted and drawn, sealed, kept


def seal_month(run: JobRun) -> dict[str, object]:
    """Seal a month as it was known at the end of yesterday; needs the parameter `month`."""
    month, now = Month.parse(str(run.parameters["month"])), run.clock()
    run.report(1, _STEPS)
    as_of = known_until(now)
    counted = counted_month(month, as_of=as_of, at=now)
    run.report(2, _STEPS)
    actor = actor_for_employee(Employee.objects.get(pk=int(str(run.requested_by_id))))
    packet, is_new = seal_packet(month=month, counted=counted, as_of=as_of, actor=actor, at=now)
    return {"packet": packet.pk, "is_new": is_new}


def remake(run: JobRun) -> dict[str, object]:
    """Make a packet again from the data of today and hold it against the sealed one; needs the parameter `packet_id`.

    Another version of the program may draw the same data otherwise, so it is said what drew either report.
    """
    packet = Packet.objects.get(pk=int(str(run.parameters["packet_id"])))
    run.report(1, _STEPS)
    counted = counted_month(Month.parse(packet.month), as_of=packet.as_of, at=packet.sealed_at)
    again, sealed = made_again(packet, counted), bytes(packet.content)
    found = compared(opened(sealed), opened(again))
    return {
        "is_identical": again == sealed,
        "is_data_equal": found.is_data_equal,
        "equal": found.equal,
        "differs": found.differs,
        "drawn_by": opened(sealed).drawn_by,
        "drawn_now": counted.drawn_by,
    }


def counted_month(month: Month, *, as_of: datetime, at: datetime) -> Counted:
    """Count and draw a month as known at an instant; `at` is when it is said to be made."""
    data = packet_data(month, as_of=as_of)
    rows = (row.values() for row in data["figures"]["clocks"])
    drawn = {
        REPORT: draw_report(_reading(month, as_of=as_of, at=at)),
        "figures.csv": csv_bytes(CLOCK_COLUMNS, rows),
    }
    return Counted(data, drawn, drawn_by())


def _reading(month: Month, *, as_of: datetime, at: datetime) -> Reading:
    """Read the address under which the page shows the same figures."""
    scope = ordinary_matters(as_of=as_of)
    last_day = timezone.localdate(as_of - timedelta(microseconds=1))
    asked = {"from": str(month.first_on), "to": str(month.last_on), "as_of": str(last_day)}
    return reading_of(SYSTEM, scope, asked, now=at)
