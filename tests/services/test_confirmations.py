"""Who looked at a thing and said that it is right."""

from datetime import datetime, timedelta

from requests_app.models import AuditEntry, Confirmation
from requests_app.selectors.confirmations import newest_confirmations
from requests_app.services.confirmations import confirm
from tests.cast import Cast, actor


def test_the_newest_confirmation_counts_and_the_older_one_stays(cast: Cast, now: datetime) -> None:
    older = confirm("hr_contact", actor=actor(cast.ada), at=now - timedelta(days=400))
    newer = confirm("hr_contact", actor=actor(cast.hana), at=now)

    assert newest_confirmations() == {"hr_contact": newer}
    assert Confirmation.objects.filter(pk=older.pk).exists()
    assert AuditEntry.objects.filter(action="confirmed").count() == 2


def test_a_second_click_confirms_once(cast: Cast, now: datetime) -> None:
    first = confirm("hr_contact", actor=actor(cast.ada), at=now)
    again = confirm("hr_contact", actor=actor(cast.ada), at=now + timedelta(seconds=1))

    assert again == first
    assert AuditEntry.objects.filter(action="confirmed").count() == 1
