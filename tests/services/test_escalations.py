"""An escalation goes up until somebody accepts it and answers; every act has its row, its event and its notice."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from requests_app.domain.refusals import Refusal
from requests_app.domain.vocabulary import Confidentiality, Direction, Milestone, Verdict
from requests_app.models import Employee, Escalation, Notice, OutgoingMail, ServiceRequest
from requests_app.services.escalations import (
    accept_escalation,
    answer_escalation,
    send_back_escalation,
)
from tests.cast import Cast, actor
from tests.escalating import OUTSIDE, name_independent_recipient, received_by, refusal_of, sees, send, told
from tests.factories import EmployeeFactory, ServiceRequestFactory, concern, give_role

Send = Callable[..., Escalation]


@pytest.fixture
def pothole(cast: Cast) -> ServiceRequest:
    return ServiceRequestFactory.create(department=cast.streets, owner=cast.alice, title="Pothole, again")


@pytest.fixture
def escalated(cast: Cast, pothole: ServiceRequest, now: datetime) -> Send:
    """Escalate the pothole as Alice; name whom to, and by whom, where it differs."""

    def sent(*, by: Employee | None = None, **to: int) -> Escalation:
        return send(pothole, by or cast.alice, now, **to)

    return sent


def test_the_next_in_the_ladder_gets_it_with_the_reason_and_a_date(
    cast: Cast, pothole: ServiceRequest, escalated: Send, now: datetime
) -> None:
    escalation = escalated()

    assert (escalation.level, escalation.to_employee, escalation.from_employee) == (1, cast.sam, cast.alice)
    assert received_by(escalation) == ["Sam"]
    clock = escalation.clock
    assert clock
    assert (clock.milestone, clock.verdict) == (Milestone.ESCALATION_ACCEPTED, Verdict.OPEN)
    assert clock.due_at == datetime.fromisoformat("2026-11-25T01:00:00+00:00")  # Tue 24 Nov, 5:00 pm: one business day
    note = pothole.interactions.get()
    assert (note.direction, note.text) == (Direction.NOTE, "Escalated to Sam Supervisor: Third time this year")
    assert clock.started_by == note
    assert pothole.events.get(kind="escalated").data == {"to": "Sam Supervisor", "level": "1"}
    notice = Notice.objects.get()
    assert (notice.kind, notice.recipient, notice.text) == ("escalated", cast.sam, "Third time this year")
    assert "Accept it, or send it back, by Tue 24 Nov, 5:00 pm" in OutgoingMail.objects.get().body
    pothole.refresh_from_db()
    assert pothole.answer_by_at is None, "the owner owes nothing more for it"


@pytest.mark.parametrize(
    ("who", "first"),
    [("bob", "Sam"), ("fay", "Sam"), ("sam", "Dora"), ("dora", "Max"), ("hana", "Max"), ("max", "Hana")],
)
def test_the_ladder_begins_above_the_sender(cast: Cast, escalated: Send, who: str, first: str) -> None:
    assert received_by(escalated(by=getattr(cast, who))) == [first]


def test_it_goes_to_somebody_chosen_and_opens_to_them_for_as_long_as_it_runs(
    cast: Cast, pothole: ServiceRequest, escalated: Send, now: datetime
) -> None:
    assert not sees(cast.charlie, pothole)
    escalation = escalated(employee_id=cast.charlie.pk)
    assert (escalation.level, received_by(escalation)) == (1, ["Charlie"])
    assert sees(cast.charlie, pothole)
    send_back_escalation(escalation_id=escalation.pk, reason="Not ours", actor=actor(cast.charlie), at=now)
    assert not sees(cast.charlie, pothole)


def test_it_goes_to_the_leads_of_a_chosen_department(cast: Cast, escalated: Send) -> None:
    head = EmployeeFactory.create(name="Finn Finance", department=cast.finance)
    give_role(head, "department_head", cast.finance)  # type: ignore[arg-type]  # the stored code of the role
    escalation = escalated(department_id=cast.finance.pk)
    assert (escalation.level, escalation.to_department, received_by(escalation)) == (2, cast.finance, ["Finn"])


def test_human_resources_are_chosen_by_their_department(cast: Cast, escalated: Send) -> None:
    assert received_by(escalated(department_id=cast.hana.department_id)) == ["Hana"]


def test_two_supervisors_receive_it_and_one_accepts(
    cast: Cast, pothole: ServiceRequest, escalated: Send, now: datetime
) -> None:
    zoe = EmployeeFactory.create(name="Zoe Second", department=cast.streets)
    give_role(zoe, "supervisor", cast.streets)  # type: ignore[arg-type]  # the stored code of the role
    escalation = escalated()
    assert (escalation.to_employee, escalation.to_department, received_by(escalation)) == (
        None, cast.streets, ["Sam", "Zoe"],
    )  # fmt: skip
    accept_escalation(escalation_id=escalation.pk, actor=actor(zoe), at=now)

    def accept() -> object:
        return accept_escalation(escalation_id=escalation.pk, actor=actor(cast.sam), at=now)

    assert refusal_of(accept) is Refusal.ESCALATION_STATE


def test_only_one_runs_at_a_time(escalated: Send) -> None:
    escalated()
    assert refusal_of(escalated) is Refusal.ESCALATION_OPEN


@pytest.mark.parametrize("who", ["alice", "otto_gone", "sam"])
def test_it_does_not_go_to_the_sender_nor_to_who_left_nor_to_who_is_concerned(
    cast: Cast, pothole: ServiceRequest, escalated: Send, who: str
) -> None:
    Employee.objects.filter(pk=cast.otto.pk).update(is_active=False)
    concern(pothole, cast.sam)
    whom = {"alice": cast.alice, "otto_gone": cast.otto, "sam": cast.sam}[who]
    assert refusal_of(lambda: escalated(employee_id=whom.pk)) is Refusal.NOBODY_TO_ESCALATE_TO
    assert not Escalation.objects.exists()


def test_a_confidential_matter_is_opened_to_nobody_the_sender_may_not_ask(
    cast: Cast, pothole: ServiceRequest, escalated: Send
) -> None:
    ServiceRequest.objects.filter(pk=pothole.pk).update(confidentiality=Confidentiality.IMPROPER_ACTIVITY)
    send_to = {"by": cast.max, "employee_id": cast.charlie.pk}
    assert refusal_of(lambda: escalated(**send_to)) is Refusal.NOBODY_TO_ESCALATE_TO


def test_the_supervisor_it_is_about_is_passed_over(cast: Cast, pothole: ServiceRequest, escalated: Send) -> None:
    concern(pothole, cast.sam)
    escalation = escalated()
    assert (escalation.level, received_by(escalation)) == (2, ["Dora"])


def test_improper_activity_passes_over_supervisor_and_head(
    cast: Cast, pothole: ServiceRequest, escalated: Send
) -> None:
    ServiceRequest.objects.filter(pk=pothole.pk).update(confidentiality=Confidentiality.IMPROPER_ACTIVITY)
    assert received_by(escalated(by=cast.hana)) == ["Max"]


def test_where_nobody_is_left_it_is_refused_until_the_city_names_an_independent_recipient(
    cast: Cast, pothole: ServiceRequest, escalated: Send
) -> None:
    for who in (cast.sam, cast.dora, cast.max, cast.hana):
        concern(pothole, who)
    assert refusal_of(escalated) is Refusal.NOBODY_TO_ESCALATE_TO
    name_independent_recipient()
    assert escalated().level == 5


def test_the_independent_recipient_gets_a_number_and_whom_to_call_and_nothing_else(
    cast: Cast, pothole: ServiceRequest, escalated: Send, now: datetime
) -> None:
    name_independent_recipient()
    for who in (cast.sam, cast.dora, cast.hana):
        concern(pothole, who)
    escalation = escalated(by=cast.max)
    mail = OutgoingMail.objects.get(to_address=OUTSIDE)
    assert escalation.to_outside == "Mayor of Pinole <mayor@council.example>"
    assert pothole.number in mail.subject
    assert pothole.number in mail.body
    assert "Max Manager" in mail.body
    assert not any(word in mail.subject + mail.body for word in ("Pothole", "Third", "Hana", "Sam", "Dora", "Alice"))
    assert (mail.recipient, escalation.receivers.count()) == (None, 0)

    answer_escalation(escalation_id=escalation.pk, answer="Settled.", actor=actor(cast.max), at=now)

    escalation.refresh_from_db()
    assert (escalation.accepted_by, escalation.answer) == (cast.max, "Settled.")
    assert escalation.clock
    assert escalation.clock.verdict == Verdict.MET
    assert pothole.interactions.last().text == "On behalf of Mayor of Pinole: Settled."  # type: ignore[union-attr]  # there is one


@pytest.mark.parametrize("who", ["alice", "bob", "sam", "hana"])
def test_nobody_else_speaks_for_the_independent_recipient(
    cast: Cast, pothole: ServiceRequest, escalated: Send, now: datetime, who: str
) -> None:
    name_independent_recipient()
    for person in (cast.sam, cast.dora, cast.hana):
        concern(pothole, person)
    escalation = escalated(by=cast.max)

    def answer() -> object:
        asking = actor(getattr(cast, who))
        return answer_escalation(escalation_id=escalation.pk, answer="Settled.", actor=asking, at=now)

    expected = Refusal.ROLE if who in ("sam", "hana") else Refusal.ESCALATION_NOT_YOURS
    assert refusal_of(answer) is expected


def test_accepting_stops_the_clock_and_tells_the_sender(
    cast: Cast, pothole: ServiceRequest, escalated: Send, now: datetime
) -> None:
    escalation = escalated()
    later = now + timedelta(hours=1)
    for _ in range(2):
        accept_escalation(escalation_id=escalation.pk, actor=actor(cast.sam), at=later)
    escalation.refresh_from_db()
    assert (escalation.accepted_at, escalation.accepted_by) == (later, cast.sam)
    assert escalation.clock
    assert (escalation.clock.verdict, escalation.clock.met_at) == (Verdict.MET, later)
    assert pothole.events.filter(kind="escalation_accepted").count() == 1
    assert told("escalation") == ["Alice"]


def test_sending_it_back_says_why_and_ends_it(
    cast: Cast, pothole: ServiceRequest, escalated: Send, now: datetime
) -> None:
    escalation = escalated()
    send_back_escalation(escalation_id=escalation.pk, reason="Ask the county first", actor=actor(cast.sam), at=now)
    escalation.refresh_from_db()
    assert (escalation.sent_back_at, escalation.sent_back_reason) == (now, "Ask the county first")
    assert escalation.clock
    assert escalation.clock.verdict == Verdict.MET
    assert pothole.events.get(kind="escalation_sent_back").text == "Ask the county first"
    notice = Notice.objects.get(kind="escalation")
    assert (notice.recipient, notice.text) == (cast.alice, "It was sent back to you. Ask the county first")
    assert received_by(escalated()) == ["Dora"], "whoever sent it back does not get it again"


def test_answering_returns_it_with_the_answer_as_a_note(
    cast: Cast, pothole: ServiceRequest, escalated: Send, now: datetime
) -> None:
    escalation = escalated()
    accept_escalation(escalation_id=escalation.pk, actor=actor(cast.sam), at=now)
    answer_escalation(escalation_id=escalation.pk, answer="A crew comes on Friday", actor=actor(cast.sam), at=now)
    escalation.refresh_from_db()
    assert (escalation.answered_at, escalation.answer) == (now, "A crew comes on Friday")
    assert pothole.interactions.filter(text="A crew comes on Friday", direction=Direction.NOTE).count() == 1
    assert pothole.events.filter(kind="escalation_answered").count() == 1
    assert told("escalation") == ["Alice", "Alice"]
    assert received_by(escalated()) == ["Sam"], "a new matter begins at the first rung again"


def test_a_mail_about_a_restricted_matter_carries_neither_title_nor_reason(
    cast: Cast, pothole: ServiceRequest, escalated: Send, now: datetime
) -> None:
    ServiceRequest.objects.filter(pk=pothole.pk).update(confidentiality=Confidentiality.CONFIDENTIAL)
    escalation = escalated()
    send_back_escalation(escalation_id=escalation.pk, reason="Canary reason", actor=actor(cast.sam), at=now)
    mails = list(OutgoingMail.objects.all())
    assert [mail.recipient for mail in mails] == [cast.sam, cast.alice]
    assert not any(word in mail.subject + mail.body for mail in mails for word in ("Pothole", "Third", "Canary"))


def test_an_imported_case_is_not_escalated(cast: Cast, escalated: Send, pothole: ServiceRequest) -> None:
    ServiceRequest.objects.filter(pk=pothole.pk).update(department=None, is_imported=True)
    assert refusal_of(escalated) is Refusal.ROLE
