"""Complaints with as much on them as a page can have to show: long, foreign and hostile words in every field."""

from datetime import datetime, timedelta

from requests_app.domain.vocabulary import AttemptOutcome, ComplaintSubject, FollowUpOutcome
from requests_app.models import Department, ServiceRequest
from requests_app.services.complaints import DescriptionEntry, begin_investigation, describe_complaint
from tests.cast import Cast, actor
from tests.services.complaint_steps import complain, decide, follow_up, review

_HOUR = timedelta(hours=1)


def argued_complaints(cast: Cast, *, at: datetime, words: str) -> dict[str, ServiceRequest]:
    """Give one that was just received, one that awaits its follow-up, and one in review."""
    found = {
        name: complain(cast, at, title=words[:200], text=words)
        for name in ("complaint received", "complaint answered", "complaint reviewed")
    }
    for name in ("complaint answered", "complaint reviewed"):
        _tell_to_its_answer(cast, found[name], at=at + _HOUR, words=words)
    follow_up(found["complaint answered"], cast.sam, at + 4 * _HOUR, attempt=AttemptOutcome.LEFT_MESSAGE, text=words)
    review(found["complaint reviewed"], cast.fay, at + 4 * _HOUR, words)
    return found


def _tell_to_its_answer(cast: Cast, found: ServiceRequest, *, at: datetime, words: str) -> None:
    entry = DescriptionEntry(
        subject=ComplaintSubject.ACCESS,
        department_ids=frozenset(Department.objects.values_list("pk", flat=True)[:3]),
        desired_outcome=words,
    )
    describe_complaint(request_id=found.pk, entry=entry, actor=actor(cast.sam), at=at)
    begin_investigation(request_id=found.pk, investigator_id=None, began_at=at, actor=actor(cast.sam), at=at)
    decide(found, cast.sam, at + _HOUR, findings=words, reasons=words, remedy=words, lesson=words)
    follow_up(found, cast.sam, at + _HOUR, FollowUpOutcome.NOT_RESOLVED, text=words)
    begin_investigation(
        request_id=found.pk, investigator_id=None, began_at=at, actor=actor(cast.sam), at=at + 2 * _HOUR
    )
    decide(found, cast.sam, at + 2 * _HOUR, findings=words, reasons=words, remedy=words, lesson=words)
