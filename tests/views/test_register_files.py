"""Every register leaves as a file: whole, recorded, and with no cell a spreadsheet would run."""

from datetime import date, datetime
from typing import Any

import pytest

from requests_app.models import (
    Attestation,
    AttestationRound,
    AuditEntry,
    Commendation,
    PolicyQuestion,
    PolicyReview,
    PolicyVersion,
    TrainingEvidence,
    TrainingRecord,
)
from tests.cast import Cast
from tests.factories import NOW, EmployeeFactory, ServiceRequestFactory
from tests.training_cases import make_course, took
from tests.views.log_form import as_, text_of

FORMULA = "=HYPERLINK(0)"
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def today(now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)


@pytest.fixture
def registers(cast: Cast) -> None:
    """One row in each, its words a formula."""
    about = ServiceRequestFactory.create(kind="compliment", department=cast.streets)
    Commendation.objects.create(
        service_request=about, employee=cast.bob, text=FORMULA, drafted_by=cast.fay, drafted_at=NOW
    )
    version = PolicyVersion.objects.get(number=1)
    PolicyVersion.objects.filter(pk=version.pk).update(title=FORMULA)
    PolicyReview.objects.create(
        due_on=TODAY, opened_on=TODAY, completed_on=TODAY, outcome="kept", minutes_reference=FORMULA
    )
    PolicyQuestion.objects.create(question=FORMULA, raised_at=NOW, raised_by=cast.dora)
    opened = AttestationRound.objects.create(version=version, opened_on=TODAY, due_on=TODAY)
    Attestation.objects.create(attestation_round=opened, employee=cast.bob, attested_on=TODAY, recorded_at=NOW)
    paper = TrainingEvidence.objects.create(
        name=FORMULA, content_type="application/pdf", size=1, sha256="5e" * 32, uploaded_at=NOW
    )
    took(cast.bob, make_course(FORMULA), evidence=paper)
    wrong = took(cast.sam, make_course("Telephone"))
    TrainingRecord.objects.filter(pk=wrong.pk).update(removed_at=NOW, removed_reason="Another Sam")


@pytest.mark.usefixtures("registers")
@pytest.mark.parametrize(
    ("url", "kind", "words", "refused"),
    [
        ("/commendations/?format=csv", "commendation", ["Bob Teammate", "draft", f"'{FORMULA}"], ""),
        ("/policy/?format=csv", "policyversion", [f"'{FORMULA}", "III.b.ii.3"], ""),
        ("/policy/reviews/?format=csv", "policyreview", [f"'{FORMULA}", "2026-11-23"], "bob"),
        ("/policy/questions/?format=csv", "policyquestion", [f"'{FORMULA}", "Dora Head"], "bob"),
        ("/policy/attestations/?format=csv", "attestationround", ["1,2026-11-23,2026-11-23,,1,0,"], "bob"),
        ("/training/courses/?format=csv", "trainingcourse", [f"'{FORMULA}", "Telephone"], "sam"),
        ("/training/records/file/", "trainingrecord", [f"'{FORMULA}", "5e5e", "Another Sam", "Bob Teammate"], "sam"),
    ],
)
def test_a_register_leaves_whole_recorded_and_harmless(
    cast: Cast, url: str, kind: str, words: list[str], refused: str
) -> None:
    answer = as_(cast.hana).get(url)
    written = b"".join(answer).decode()
    assert [word for word in words if word not in written] == []
    assert f",{FORMULA}" not in written
    assert AuditEntry.objects.filter(action="exported", object_kind=kind).count() == 1
    if refused:
        assert as_(getattr(cast, refused)).get(url).status_code == 403


@pytest.mark.usefixtures("registers")
def test_who_leads_nobody_has_no_commendations_to_hand_out(cast: Cast) -> None:
    written = b"".join(as_(cast.charlie).get("/commendations/?format=csv")).decode()
    assert len(written.splitlines()) == 1


@pytest.mark.usefixtures("registers")
def test_the_roster_of_a_round_is_on_pages_and_its_file_is_whole(cast: Cast) -> None:
    EmployeeFactory.create_batch(52, department=cast.streets)
    client, url = as_(cast.hana), AttestationRound.objects.get().get_absolute_url()
    first = text_of(client.get(f"{url}?department={cast.streets.pk}"))
    assert "55 people" in first
    assert "1 to 50 of 55" in first
    assert f"{url}?department={cast.streets.pk}&amp;page=2" in first
    second = text_of(client.get(f"{url}?department={cast.streets.pk}&page=2"))
    assert [page.count('<td class="cell-title"') for page in (first, second)] == [50, 5]
    written = b"".join(client.get(f"{url}?department={cast.streets.pk}&format=csv")).decode()
    assert len(written.splitlines()) == 56
