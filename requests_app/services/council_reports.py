"""Draw the half-yearly report on complaints to the council: counts and times, no name, no tracking number."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone, translation

from requests_app.domain.periods import Period
from requests_app.domain.vocabulary import Milestone
from requests_app.selectors.choices import current_choices
from requests_app.selectors.reports.complaint_register import ComplaintRegister
from requests_app.selectors.reports.definitions import shown_definitions
from requests_app.selectors.standards import standards_in_force
from requests_app.services.mail_texts import STAFF_LANGUAGE
from requests_app.services.pdf_drawing import draw_pdf

_OWED = (
    Milestone.COMPLAINT_ACKNOWLEDGED, Milestone.COMPLAINT_ANSWER, Milestone.ESCALATION_ACCEPTED, Milestone.FOLLOW_UP,
)  # fmt: skip


def council_pdf(found: ComplaintRegister, *, title: str, period: Period, at: datetime, is_whole: bool) -> bytes:
    """Draw the figures with their definitions; `at` is when they were counted."""
    context = {
        "register": found,
        "title": title,
        "period": period,
        "at": at,
        "is_whole": is_whole,
        "made": timezone.localtime(at).isoformat(timespec="seconds"),
        "definitions": shown_definitions(choices=current_choices(), groups=("complaints",))[0].definitions,
        "standards": [row for milestone in _OWED for row in standards_in_force(milestone, period.to_on)],
    }
    with translation.override(STAFF_LANGUAGE):
        page = render_to_string("complaints/council.html", context)
    return draw_pdf(page, sheet="complaints/council.css", identifier=f"complaints {title}")
