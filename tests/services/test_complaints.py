"""A complaint before it is answered: described, looked into, put off."""

from datetime import UTC, date, datetime, timedelta

import pytest

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import (
    Channel,
    ComplaintSubject,
    Confidentiality,
    Direction,
    Milestone,
    RequestKind,
    RevisionReason,
    Status,
    Verdict,
)
from requests_app.models import Complaint, RequestSubject, ServiceRequest
from requests_app.services.answers import answer_request
from requests_app.services.complaints import (
    DescriptionEntry,
    add_to_description,
    begin_investigation,
    describe_complaint,
)
from requests_app.services.entries import AnswerEntry
from tests.cast import Cast, actor
from tests.services.complaint_steps import complain, decide, put_off

pytestmark = pytest.mark.django_db

# Logged Mon 23 Nov 2026; ten business days on, past Thanksgiving, is Wed 9 Dec, 5:00 pm in Pinole.
DUE = datetime(2026, 12, 10, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
WISH = DescriptionEntry(subject=ComplaintSubject.TIMELINESS, desired_outcome="A call")


def describe(found: ServiceRequest, cast: Cast, at: datetime, entry: DescriptionEntry = WISH) -> Complaint:
    return describe_complaint(request_id=found.pk, entry=entry, actor=actor(cast.sam), at=at)


def refusal_of(refused: pytest.ExceptionInfo[ActionRefused]) -> Refusal:
    return refused.value.refusal


def test_what_they_wish_for_is_kept(cast: Cast, now: datetime) -> None:
    found = complain(cast, now)
    entry = DescriptionEntry(
        subject=ComplaintSubject.ACCESS,
        department_ids=frozenset({cast.streets.pk, cast.finance.pk}),
        desired_outcome="An interpreter",
    )

    described = describe(found, cast, now, entry)

    described.refresh_from_db()
    assert (described.subject, described.desired_outcome) == ("access", "An interpreter")
    assert set(described.departments.all()) == {cast.streets, cast.finance}
    event = found.events.get(kind=EventKind.COMPLAINT_DESCRIBED)
    assert event.actor == cast.sam
    assert "interpreter" not in str(event.data)  # typed words have one home each


def test_described_the_same_twice_it_is_told_once(cast: Cast, now: datetime) -> None:
    found = complain(cast, now)
    describe(found, cast, now)
    describe(found, cast, now)
    assert found.events.filter(kind=EventKind.COMPLAINT_DESCRIBED).count() == 1


def test_only_a_complaint_is_described(cast: Cast, now: datetime) -> None:
    question = complain(cast, now, kind=RequestKind.QUESTION)
    with pytest.raises(ActionRefused) as refused:
        describe(question, cast, now)
    assert refusal_of(refused) is Refusal.NOT_A_COMPLAINT


def test_who_logged_it_adds_once_and_changes_nothing_of_what_others_wrote(cast: Cast, now: datetime) -> None:
    found = complain(cast, now, confidentiality=Confidentiality.CONFIDENTIAL)
    first = DescriptionEntry(
        subject=ComplaintSubject.OTHER, department_ids=frozenset({cast.finance.pk}), desired_outcome="An apology"
    )
    describe(found, cast, now, first)
    more = DescriptionEntry(
        subject=ComplaintSubject.SERVICE, department_ids=frozenset({cast.streets.pk}), desired_outcome="The money back"
    )

    add_to_description(request_id=found.pk, entry=more, actor=actor(cast.fay), at=now)

    complaint = Complaint.objects.get(service_request=found)
    assert complaint.subject == ComplaintSubject.OTHER
    assert complaint.desired_outcome == "An apology\n\nThe money back"
    assert set(complaint.departments.all()) == {cast.streets, cast.finance}
    with pytest.raises(ActionRefused) as refused:
        add_to_description(request_id=found.pk, entry=WISH, actor=actor(cast.fay), at=now)
    assert refusal_of(refused) is Refusal.STATUS


def test_nobody_else_adds_blindly(cast: Cast, now: datetime) -> None:
    found = complain(cast, now, confidentiality=Confidentiality.CONFIDENTIAL)
    with pytest.raises(ActionRefused) as refused:
        add_to_description(request_id=found.pk, entry=WISH, actor=actor(cast.sam), at=now)
    assert refusal_of(refused) is Refusal.ROLE


def investigate(found: ServiceRequest, cast: Cast, at: datetime, investigator_id: int | None = None) -> Complaint:
    return begin_investigation(
        request_id=found.pk, investigator_id=investigator_id, began_at=at, actor=actor(cast.sam), at=at
    )


def test_who_looks_into_it_and_since_when_is_kept(cast: Cast, now: datetime) -> None:
    found = complain(cast, now)

    complaint = investigate(found, cast, now, cast.bob.pk)
    investigate(found, cast, now + SECOND, cast.bob.pk)

    assert (complaint.investigated_by, complaint.investigation_began_at) == (cast.bob, now)
    found.refresh_from_db()
    assert found.status == Status.OPEN
    assert found.events.get(kind=EventKind.INVESTIGATION_BEGUN).text == "Bob Teammate"


def test_whoever_says_so_looks_into_it_where_nobody_is_named(cast: Cast, now: datetime) -> None:
    assert investigate(complain(cast, now), cast, now).investigated_by == cast.sam


def test_nobody_looks_into_a_complaint_about_themselves_or_that_they_may_not_read(cast: Cast, now: datetime) -> None:
    found = complain(cast, now)
    RequestSubject.objects.create(service_request=found, employee=cast.bob, involvement="concerned")
    for person, refusal in [(cast.bob, Refusal.PERSON_CONCERNED), (cast.charlie, Refusal.PERSON_MAY_NOT_READ)]:
        with pytest.raises(ActionRefused) as refused:
            investigate(found, cast, now, person.pk)
        assert refusal_of(refused) is refusal


def test_it_was_not_looked_into_before_it_came_or_in_the_future(cast: Cast, now: datetime) -> None:
    found = complain(cast, now)
    for began_at, refusal in [
        (now - timedelta(days=1), Refusal.BEFORE_RECEIPT),
        (now + SECOND, Refusal.IN_FUTURE),
    ]:
        with pytest.raises(ActionRefused) as refused:
            begin_investigation(
                request_id=found.pk, investigator_id=None, began_at=began_at, actor=actor(cast.sam), at=now
            )
        assert refusal_of(refused) is refusal


def test_the_answer_is_put_off_once_with_the_reason_they_were_told(cast: Cast, now: datetime) -> None:
    found = complain(cast, now)

    put_off(found, cast.hana, DUE, date(2026, 12, 23))  # ten business days beyond, Christmas Eve being closed

    clock = found.clocks.get(milestone=Milestone.COMPLAINT_ANSWER)
    assert clock.due_at == datetime(2026, 12, 24, 1, 0, tzinfo=UTC)
    assert clock.verdict == Verdict.OPEN
    revision = clock.revisions.get(reason=RevisionReason.EXTENDED)
    assert (revision.note, revision.recorded_by) == ("A witness is away.", cast.hana)
    told = found.interactions.get(direction=Direction.OUTBOUND)
    assert (told.text, told.channel, told.occurred_at) == ("A witness is away.", "email", DUE)
    assert found.events.get(kind=EventKind.EXTENDED).text == "A witness is away."
    # Whoever was told has been acknowledged, late as it was; nothing was promised beside the new day.
    states = dict(found.clocks.values_list("milestone", "verdict"))
    assert states == {"response": "late", "complaint_acknowledged": "late", "complaint_answer": "open"}
    found.refresh_from_db()
    assert found.answer_by_at == clock.due_at

    with pytest.raises(ActionRefused) as refused:
        put_off(found, cast.hana, DUE, date(2026, 12, 28))
    assert refusal_of(refused) is Refusal.EXTENDED_ALREADY


def test_an_answer_that_is_late_already_is_not_put_off(cast: Cast, now: datetime) -> None:
    found = complain(cast, now)
    with pytest.raises(ActionRefused) as refused:
        put_off(found, cast.hana, DUE + SECOND, date(2026, 12, 14))
    assert refusal_of(refused) is Refusal.EXTENSION_TOO_LATE
    assert found.clocks.get(milestone=Milestone.COMPLAINT_ANSWER).due_at == DUE


@pytest.mark.parametrize(
    ("to", "refusal"),
    [
        (date(2026, 12, 9), Refusal.EXTENSION_TOO_LONG_IN_DAYS),  # no later than it is due
        (date(2026, 12, 28), Refusal.EXTENSION_TOO_LONG_IN_DAYS),  # eleven business days
        (date(2026, 12, 12), Refusal.PROMISE_NOT_BUSINESS_DAY),  # a Saturday
        (date(2030, 1, 7), Refusal.EXTENSION_TOO_LONG_IN_DAYS),  # beyond the calendar
    ],
)
def test_to_which_days_it_is_not_put_off(cast: Cast, now: datetime, to: date, refusal: Refusal) -> None:
    found = complain(cast, now)
    with pytest.raises(ActionRefused) as refused:
        put_off(found, cast.sam, now, to)
    assert refusal_of(refused) is refusal
    assert not found.interactions.filter(direction=Direction.OUTBOUND).exists()


def test_a_reason_is_needed(cast: Cast, now: datetime) -> None:
    found = complain(cast, now)
    with pytest.raises(ActionRefused) as refused:
        put_off(found, cast.sam, now, date(2026, 12, 14), reason=" ")
    assert refusal_of(refused) is Refusal.ANSWER_NEEDED


def test_what_was_answered_is_not_put_off(cast: Cast, now: datetime) -> None:
    found = decide(complain(cast, now), cast.sam, now)
    with pytest.raises(ActionRefused):
        put_off(found, cast.sam, now, date(2026, 12, 14))


@pytest.mark.parametrize(("late_by", "verdict"), [(timedelta(), Verdict.MET), (SECOND, Verdict.LATE)])
def test_it_is_acknowledged_in_time_to_the_very_instant(
    cast: Cast, now: datetime, late_by: timedelta, verdict: Verdict
) -> None:
    found = complain(cast, now)
    due_at = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)  # two business days on: Wed 25 Nov, 5:00 pm in Pinole
    entry = AnswerEntry(channel=Channel.PHONE, text="We look into it.", occurred_at=due_at + late_by)
    answer_request(request_id=found.pk, entry=entry, actor=actor(cast.alice), at=due_at + late_by)
    clock = found.clocks.get(milestone=Milestone.COMPLAINT_ACKNOWLEDGED)
    assert (clock.due_at, clock.verdict) == (due_at, verdict)
