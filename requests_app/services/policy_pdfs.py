"""Draw the evidence packet of a review as a tagged PDF: counts only, no name, no tracking number (III.e)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from requests_app.models import PolicyReview
from requests_app.selectors.policy_evidence import PolicyEvidence, evidence_definitions
from requests_app.services.mail_texts import STAFF_LANGUAGE
from requests_app.services.pdf_drawing import draw_pdf


def review_pdf(
    review: PolicyReview, found: PolicyEvidence, *, tables: Sequence[Any], at: datetime, is_whole: bool
) -> bytes:
    """Draw the packet from tables of words; `at` is when they were counted, `is_whole` with confidential matters."""
    context = {
        "review": review,
        "found": found,
        "tables": tables,
        "definitions": evidence_definitions(),
        "at": at,
        "is_whole": is_whole,
        "made": timezone.localtime(at).isoformat(timespec="seconds"),
    }
    with translation.override(STAFF_LANGUAGE):
        page = render_to_string("policies/packet.html", context)
    return draw_pdf(page, sheet="reports/council.css", identifier=f"policy review {review.pk}")
