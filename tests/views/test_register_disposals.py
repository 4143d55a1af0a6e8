"""The pages on which registers are listed, held and let go again."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.models import AuditEntry, DisposalList, LegalHold, PulseRound
from tests.cast import Cast, login_of


@pytest.fixture
def old_round(cast: Cast, now: datetime) -> PulseRound:
    on = (now - timedelta(days=3 * 366)).date()
    return PulseRound.objects.create(opens_on=on, closes_on=on, questions=[], opened_at=now)


def as_(person: object) -> Client:
    client = Client()
    client.force_login(login_of(person))  # type: ignore[arg-type]  # one of the cast
    return client


@pytest.mark.django_db
def test_human_resources_list_what_is_due_once_and_the_page_tells_the_class_and_the_day(
    cast: Cast, old_round: PulseRound
) -> None:
    hana, url = as_(cast.hana), reverse("disposal_propose_register")
    assert "Surveys of residents and staff, to" in hana.get(reverse("disposals")).content.decode()
    assert hana.post(url, {"register": "general"}).status_code == 422
    answer = hana.post(url, {"register": "survey"}, follow=True)
    assert "Ended on or before" in answer.content.decode()
    assert hana.post(url, {"register": "survey"}).status_code == 409
    assert DisposalList.objects.get().department.slug == "human-resources"  # type: ignore[union-attr]  # a register's has one
    assert PulseRound.objects.filter(pk=old_round.pk).exists()


@pytest.mark.django_db
def test_the_records_clerk_holds_a_register_and_releases_it_with_a_reason(cast: Cast, old_round: PulseRound) -> None:
    clerk, hold_url = as_(cast.cleo), reverse("register_hold")
    assert clerk.post(hold_url, {"register": "survey", "reason": ""}).status_code == 422
    assert clerk.post(hold_url, {"register": "survey", "reason": "Ruiz v. City"}).status_code == 302
    refused = as_(cast.hana).post(reverse("disposal_propose_register"), {"register": "survey"})
    assert refused.status_code == 409
    assert "A legal hold keeps this register" in refused.content.decode()

    release_url = reverse("register_hold_release", args=[LegalHold.objects.get().pk])
    assert clerk.post(release_url, {"reason": ""}).status_code == 422
    assert clerk.post(release_url, {"reason": "Settled"}).status_code == 302
    assert list(AuditEntry.objects.filter(object_kind="legalhold").values_list("action", flat=True)) == [
        "hold_placed",
        "hold_released",
    ]
    assert as_(cast.hana).post(reverse("disposal_propose_register"), {"register": "survey"}).status_code == 302
