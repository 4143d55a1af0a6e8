"""What became of a records request: kept by the clerk, and counted as the determination the law asks for."""

from datetime import date, datetime, timedelta

import pytest

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Channel, Milestone, RecordsOutcome, RequestKind
from requests_app.models import Event, RecordsDetermination, ResponseClock, ServiceRequest
from requests_app.selectors.records_log import LogQuestion, LogState, every_log_line, records_requests
from requests_app.services.customers import CustomerEntry
from requests_app.services.determinations import DeterminationEntry, record_determination
from requests_app.services.entries import ContactEntry
from requests_app.services.records import extend_determination
from requests_app.services.requests import log_request
from tests.cast import Cast, actor

WITHHELD = DeterminationEntry(
    outcome=RecordsOutcome.PARTLY,
    exemptions=("attorney_client", "personal_privacy"),
    released_on=date(2026, 11, 23),
    page_count=12,
    attorney_asked_on=date(2026, 11, 20),
    external_reference="CPRA-77",
    told="Twelve pages follow, two passages are withheld.",
)


@pytest.fixture
def asked(cast: Cast, now: datetime) -> ServiceRequest:
    entry = ContactEntry(
        channel=Channel.EMAIL,
        title="All permits of Pear Street",
        received_at=now - timedelta(days=3),
        kind=RequestKind.RECORDS,
        customer=CustomerEntry(name="Jun Castellanos", email="jun@mail.example"),
        for_employee_id=cast.fay.pk,
    )
    return log_request(entry, actor=actor(cast.fay), at=now - timedelta(days=3))


def determination_clock(found: ServiceRequest) -> ResponseClock:
    return found.clocks.get(milestone=Milestone.RECORDS_DETERMINATION)


def test_the_determination_stops_its_clock_and_is_in_the_log(cast: Cast, asked: ServiceRequest, now: datetime) -> None:
    record_determination(request_id=asked.pk, entry=WITHHELD, actor=actor(cast.cleo), at=now)
    clock = determination_clock(asked)
    assert (clock.verdict, clock.met_at) == ("met", now)
    (line,) = every_log_line(records_requests(actor(cast.cleo), LogQuestion(), now=now))
    assert (line.number, line.external_reference, line.determined_at) == (asked.number, "CPRA-77", now)
    assert line.outcome == "Released in part"
    assert line.exemptions == "Gov. Code 7927.705; Evid. Code 954; Gov. Code 7927.700"
    assert (line.released_on, line.page_count, line.attorney_asked_on) == (
        date(2026, 11, 23), 12, date(2026, 11, 20),
    )  # fmt: skip
    assert Event.objects.filter(service_request=asked, kind="determined").get().actor == cast.cleo


def test_asking_the_attorney_is_kept_before_anything_is_determined(
    cast: Cast, asked: ServiceRequest, now: datetime
) -> None:
    entry = DeterminationEntry(attorney_asked_on=date(2026, 11, 20))
    for _ in range(2):
        record_determination(request_id=asked.pk, entry=entry, actor=actor(cast.cleo), at=now)
    assert determination_clock(asked).verdict == "open"
    assert Event.objects.filter(service_request=asked, kind="records_file_changed").count() == 1
    record_determination(request_id=asked.pk, entry=WITHHELD, actor=actor(cast.cleo), at=now)
    assert RecordsDetermination.objects.get().attorney_asked_on == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("entry", "refusal"),
    [
        (DeterminationEntry(outcome=RecordsOutcome.WITHHELD, told="No."), Refusal.EXEMPTION_NEEDED),
        (DeterminationEntry(outcome=RecordsOutcome.RELEASED, told="Here."), Refusal.RELEASE_DATE_NEEDED),
        (DeterminationEntry(outcome=RecordsOutcome.NO_RECORDS), Refusal.ANSWER_NEEDED),
    ],
)
def test_a_determination_without_its_reason_is_refused(
    cast: Cast, asked: ServiceRequest, now: datetime, entry: DeterminationEntry, refusal: Refusal
) -> None:
    with pytest.raises(ActionRefused) as refused:
        record_determination(request_id=asked.pk, entry=entry, actor=actor(cast.cleo), at=now)
    assert refused.value.refusal is refusal
    assert not RecordsDetermination.objects.exists()
    assert determination_clock(asked).verdict == "open"


def test_only_the_clerk_and_only_a_records_request(cast: Cast, asked: ServiceRequest, now: datetime) -> None:
    with pytest.raises(ActionRefused) as refused:
        record_determination(request_id=asked.pk, entry=WITHHELD, actor=actor(cast.fay), at=now)
    assert refused.value.refusal is Refusal.ROLE
    ServiceRequest.objects.filter(pk=asked.pk).update(kind=RequestKind.QUESTION)
    with pytest.raises(ActionRefused) as refused:
        record_determination(request_id=asked.pk, entry=WITHHELD, actor=actor(cast.cleo), at=now)
    assert refused.value.refusal is Refusal.NOT_A_RECORDS_REQUEST


def test_the_log_is_picked_by_state_date_and_words(cast: Cast, asked: ServiceRequest, now: datetime) -> None:
    clerk = actor(cast.cleo)

    def found(**question: object) -> bool:
        return records_requests(clerk, LogQuestion(**question), now=now).exists()  # type: ignore[arg-type]  # a test's own facts

    assert found(state=LogState.OWED)
    assert not found(state=LogState.EXTENDED)
    extend_determination(request_id=asked.pk, extended_to=date(2026, 12, 10), reason="Voluminous", actor=clerk, at=now)
    assert found(state=LogState.EXTENDED)
    (line,) = every_log_line(records_requests(clerk, LogQuestion(), now=now))
    assert (line.extended_to, line.extension_reason) == (date(2026, 12, 10), "Voluminous")
    record_determination(request_id=asked.pk, entry=WITHHELD, actor=clerk, at=now)
    assert found(state=LogState.PARTLY, words="permits", received_from=now - timedelta(days=4), received_before=now)
    assert not found(state=LogState.OWED)
    assert not found(state=LogState.RELEASED)
    assert not found(words="nothing like it")
    assert not found(received_before=now - timedelta(days=4))
