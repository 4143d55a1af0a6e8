"""The numbers of a digest are those of every report."""

from requests_app.domain.vocabulary import Verdict
from requests_app.models import Excusal, OutgoingMail, ResponseClock
from requests_app.selectors.reports.definitions import BY_CODE
from requests_app.services.digests import write_out
from requests_app.services.sweeps import fire_due_stages
from tests.cast import Cast
from tests.services.test_sweeps import MONDAY_OPENS, a_clock


def test_a_mail_counts_as_every_report_does_and_in_its_words(cast: Cast) -> None:
    """What was answered or excused before the mail goes out is told in its lines and counted in no number."""
    for _ in range(4):
        a_clock(cast)
    fire_due_stages(now=MONDAY_OPENS)
    answered, excused, *_late = ResponseClock.objects.order_by("pk")
    ResponseClock.objects.filter(pk=answered.pk).update(
        verdict=Verdict.LATE, met_at=MONDAY_OPENS, verdict_recorded_at=MONDAY_OPENS
    )
    Excusal.objects.create(clock=excused, reason="Away, ill", decided_by=cast.sam, decided_at=MONDAY_OPENS)
    mail = OutgoingMail.objects.get(recipient=cast.sam)
    write_out([mail], at=MONDAY_OPENS)
    assert mail.subject == f"Waiting for an answer: 2 {str(BY_CODE['overdue'].name).lower()}"
