"""As much as a page can ever have to show: long, foreign and hostile texts, and a request in every state."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import (
    AnswerKind,
    AttemptOutcome,
    Channel,
    Confidentiality,
    Disposition,
    FairnessKind,
    Involvement,
    RequestKind,
)
from requests_app.models import CalendarVersion, Category, Event, Interaction, ServiceRequest
from requests_app.services.answers import add_note, answer_request, log_attempt
from requests_app.services.assignments import give_request
from requests_app.services.attachments import attach_files
from requests_app.services.closing import close_request, reopen_request
from requests_app.services.commendations import give_commendation, thank
from requests_app.services.complaint_subjects import name_at_intake
from requests_app.services.corrections import CorrectionEntry, correct_clock
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import (
    AnswerEntry,
    CloseEntry,
    ContactEntry,
    ContactOutcome,
    DangerEntry,
    InboundEntry,
)
from requests_app.services.escalation_climbs import climb_unaccepted
from requests_app.services.escalations import (
    EscalationEntry,
    accept_escalation,
    answer_escalation,
    escalate,
    send_back_escalation,
)
from requests_app.services.excusals import excuse_clock
from requests_app.services.fairness import FairnessEntry, keep_fair
from requests_app.services.requests import add_contact, log_request
from requests_app.services.sweeps import fire_due_stages
from requests_app.services.waiting import wait_for_resident
from tests.cast import Cast, actor
from tests.kept_rows import put_back
from tests.pages.known_file import attach_known_file, lay_known_file
from tests.pages.scene_absences import let_people_be_away
from tests.pages.scene_customers import let_customers_be_known
from tests.pages.scene_feedback import hear_back
from tests.pages.scene_imports import imported_request
from tests.pages.scene_packets import let_reports_leave
from tests.pages.scene_person_rates import let_rates_be_seen
from tests.pages.scene_policies import let_the_policy_be_reviewed
from tests.pages.scene_replays import let_hana_ask
from tests.pages.scene_staff import let_staff_act
from tests.sample_files import incoming

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>"
NAMES = (
    "N" * 60,
    "Rosalía O'Brien-Núñez",
    "Madonna",
    "王小明",
    "محمد بن عبد الله",
    "Nguyễn Thị Minh Khai",
    f"<b>{'x' * 40}</b>",
    "=HYPERLINK(0)",
)
TITLES = (
    "W" * 200,
    "Ein Satz der nicht aufhört " * 7,
    MARKUP,
    "路燈壞了，晚上很暗",
    "تسرب المياه في الشارع",
    '=cmd|"/c calc"!A1',
    "👩‍🚒 Baum umgestürzt",
    "{{ 7|add:7 }} {% now 'Y' %} %s %(x)s {0}",
)
LONG_NOTE = ("Lorem " * 3333)[:19_990] + MARKUP[:8]


@dataclass(frozen=True)
class Scene:
    """The requests worth opening, by what they are."""

    by_state: dict[str, ServiceRequest]


def crowded_city(cast: Cast, *, now: datetime) -> Scene:
    """Fill the city as of `now`, a working day; everything in it happened in the week before."""
    found = put_back(f"crowded city at {now}", lambda: _fill(cast, now=now))
    for row in (cast.alice, cast.bob, cast.streets):  # renamed
        row.refresh_from_db(fields=["name"])
    lay_known_file()
    return found


def _fill(cast: Cast, *, now: datetime) -> Scene:
    week_ago = now - timedelta(days=7)
    _rename(cast)
    found = {
        f"named {number}": _log(cast, at=week_ago + timedelta(hours=number), title=title, name=name)
        for number, (name, title) in enumerate(zip(NAMES, TITLES, strict=True))
    }
    found |= _ended(cast, at=week_ago, now=now)
    found |= _running(cast, at=week_ago, now=now)
    let_people_be_away(cast, now=now, text=MARKUP * 2)
    let_the_policy_be_reviewed(cast, now=now, text=MARKUP)
    hear_back(cast, now=now, text=MARKUP * 5)
    let_reports_leave(cast, now=now, text=MARKUP * 2)
    let_rates_be_seen(cast, now=now, text=MARKUP * 2)
    found |= _escalated(cast, at=week_ago, now=now)
    found |= _about_people(cast, at=week_ago)
    let_staff_act(cast, now=now, text=MARKUP, names=(NAMES[0], NAMES[7], TITLES[5]))
    found["imported"] = imported_request(now=now, title=TITLES[0])
    found["storied"] = _storied(cast, at=week_ago)
    fire_due_stages(now=now)
    found["undated"] = _undated(cast, at=week_ago)
    let_hana_ask(cast, now=now)
    let_customers_be_known(cast, now=now, text=MARKUP * 3)
    return Scene({name: ServiceRequest.objects.get(pk=row.pk) for name, row in found.items()})


def _rename(cast: Cast) -> None:
    """Give people, a department and a category the longest names they can have."""
    for row, field, name in ((cast.alice, "name", NAMES[0]), (cast.bob, "name", NAMES[3])):
        setattr(row, field, name)
        row.save(update_fields=[field])
    cast.streets.name = "Department of " + "Long" * 15
    cast.streets.save(update_fields=["name"])
    category = Category.objects.filter(department=cast.streets).earliest("pk")
    category.name = "Kategorie " * 6
    category.save(update_fields=["name"])


def _log(cast: Cast, *, at: datetime, title: str = "A matter", name: str = "Jun", **facts: object) -> ServiceRequest:
    given: dict[str, object] = {
        "channel": Channel.PHONE,
        "title": title,
        "received_at": at,
        "text": LONG_NOTE,
        "customer": CustomerEntry(name=name, phone="(510) 555-0143 ext. 7", email="x" * 60 + "@mail.example"),
        "for_employee_id": cast.alice.pk,
        "category_id": Category.objects.filter(department=cast.streets).earliest("pk").pk,
        "place": "P" * 200,
        "best_time_to_reach": "B" * 120,
        "language": "zh",
        "needs_interpreter": True,
    }
    return log_request(ContactEntry(**{**given, **facts}), actor=actor(cast.fay), at=at)  # type: ignore[arg-type]  # a test's own facts


def _answer(text: str, at: datetime, **facts: object) -> AnswerEntry:
    return AnswerEntry(channel=Channel.PHONE, text=text, occurred_at=at, **facts)  # type: ignore[arg-type]  # as above


def _ended(cast: Cast, *, at: datetime, now: datetime) -> dict[str, ServiceRequest]:
    """Close one in each way; reopen one, excuse one."""
    alice, sam = actor(cast.alice), actor(cast.sam)
    found = {"on the spot": _log(cast, at=at, outcome=ContactOutcome.ANSWERED, outcome_note="O" * 500)}
    winner = _log(cast, at=at, title="The one that stays")
    for disposition in Disposition:
        row = _log(cast, at=at, title=f"Ended: {disposition}")
        entry = CloseEntry(disposition=disposition, note=LONG_NOTE, duplicate_of=winner.number)
        close_request(request_id=row.pk, entry=entry, actor=alice, at=now - timedelta(hours=1))
        found[f"ended {disposition}"] = row
    again = InboundEntry(channel=Channel.EMAIL, text=LONG_NOTE, occurred_at=now)
    reopen_request(request_id=found["ended done"].pk, entry=again, actor=alice, at=now)
    late = found["ended answered"].clocks.get()
    excuse_clock(clock_id=late.pk, reason="R" * 300, actor=sam, at=now)
    return found | {"winner": winner}


def _running(cast: Cast, *, at: datetime, now: datetime) -> dict[str, ServiceRequest]:
    """Leave one open in each way."""
    alice, sam = actor(cast.alice), actor(cast.sam)
    danger = DangerEntry(told="T" * 120, told_at=at)
    found = {
        "danger": _log(cast, at=at, danger=danger),
        "held": _log(cast, at=at),
        "waiting": _log(cast, at=at),
        "corrected": _log(cast, at=at),
        "attempted": _log(cast, at=at),
        "records": _log(cast, at=at, kind=RequestKind.RECORDS),
        "without reply": _log(cast, at=at, is_reply_wanted=False),
        "anonymous": _log(cast, at=at, customer=CustomerEntry(), place="", category_id=None),
        "from a colleague": _log(
            cast, at=at, is_from_colleague=True, colleague_id=cast.bob.pk, customer=CustomerEntry()
        ),
        "confidential": _log(cast, at=at, confidentiality=Confidentiality.CONFIDENTIAL),
        "nobody's": _log(cast, at=at),
    }
    promise = _answer("Who looks at it", now, answer=AnswerKind.HOLDING, promised_on=(now + timedelta(days=1)).date())
    answer_request(request_id=found["held"].pk, entry=promise, actor=alice, at=now)
    wait_for_resident(request_id=found["waiting"].pk, note=LONG_NOTE, actor=alice, at=now)
    correction = CorrectionEntry(reason="C" * 300, channel=Channel.EMAIL)
    correct_clock(clock_id=found["corrected"].clocks.get().pk, entry=correction, actor=sam, at=now)
    attempt = _answer("", now, outcome=AttemptOutcome.NO_ANSWER)
    log_attempt(request_id=found["attempted"].pk, entry=attempt, actor=alice, at=now)
    files = [incoming(f"{'W' * 140}.png"), incoming(f"{MARKUP}.png"), incoming("تسرب.png")]
    attach_files(
        request_id=found["held"].pk, files=files, note="For the crew", submission_key=None, actor=alice, at=now
    )
    give_request(
        request_id=found["nobody's"].pk,
        owner_id=None,
        department_id=cast.streets.pk,
        note="N" * 300,
        actor=alice,
        at=now,
    )
    return found


def _about_people(cast: Cast, *, at: datetime) -> dict[str, ServiceRequest]:
    """Log a complaint about somebody who made a statement, and a compliment that waits to be a commendation."""
    complaint = _log(cast, at=at, kind=RequestKind.COMPLAINT)
    name_at_intake(
        request_id=complaint.pk,
        employee_ids=[cast.bob.pk, cast.charlie.pk],
        involvement=Involvement.CONCERNED,
        actor=actor(cast.fay),
        at=at,
    )
    said = FairnessEntry(employee_id=cast.bob.pk, kind=FairnessKind.STATEMENT, on=localdate(at), text=LONG_NOTE)
    keep_fair(request_id=complaint.pk, entry=said, actor=actor(cast.sam), at=at)
    compliment = _log(cast, at=at, kind=RequestKind.COMPLIMENT)
    people = [cast.alice.pk, cast.bob.pk, cast.sam.pk]
    drafts = thank(request_id=compliment.pk, employee_ids=people, actor=actor(cast.fay), at=at)
    give_commendation(commendation_id=drafts[0].pk, text=LONG_NOTE, actor=actor(cast.sam), at=at)
    return {"about somebody": complaint, "compliment": compliment}


def _undated(cast: Cast, *, at: datetime) -> ServiceRequest:
    """Log one whose due day lies beyond the last year that was confirmed."""
    version = CalendarVersion.objects.get(calendar__slug="response")
    short = {**version.definition, "known_through": at.date().isoformat()}
    CalendarVersion.objects.filter(pk=version.pk).update(definition=short)
    row = _log(cast, at=at, title="Undated")
    CalendarVersion.objects.filter(pk=version.pk).update(definition=version.definition)
    return row


def _escalated(cast: Cast, *, at: datetime, now: datetime) -> dict[str, ServiceRequest]:
    """Pass three upwards: one went on, was answered and waits again, one is accepted, one came back; one stays late."""
    alice, sam = actor(cast.alice), actor(cast.sam)
    rows = {
        "escalated": _log(cast, at=at, title=MARKUP),
        "accepted": _log(cast, at=at, title=TITLES[0]),
        "sent back": _log(cast, at=at, title=TITLES[5], confidentiality=Confidentiality.CONFIDENTIAL),
        "late complaint": _log(cast, at=at, title=TITLES[1], kind=RequestKind.COMPLAINT),
    }
    entry = EscalationEntry(reason=LONG_NOTE)
    escalate(request_id=rows["escalated"].pk, entry=entry, actor=alice, at=at)
    climb_unaccepted(now=now - timedelta(days=2))
    climbed = rows["escalated"].escalations.last()
    assert climbed
    accept_escalation(escalation_id=climbed.pk, actor=actor(cast.dora), at=now - timedelta(days=1))
    answer_escalation(escalation_id=climbed.pk, answer=LONG_NOTE, actor=actor(cast.dora), at=now - timedelta(hours=9))
    again = [escalate(request_id=row.pk, entry=entry, actor=alice, at=now) for row in list(rows.values())[:3]]
    accept_escalation(escalation_id=again[1].pk, actor=sam, at=now)
    send_back_escalation(escalation_id=again[2].pk, reason=LONG_NOTE, actor=sam, at=now)
    return rows


def _storied(cast: Cast, *, at: datetime) -> ServiceRequest:
    """Give one request three hundred touches and as many events."""
    row = _log(cast, at=at, title="A long story")
    for number in range(3):
        again = InboundEntry(channel=Channel.SOCIAL, text=LONG_NOTE, occurred_at=at + timedelta(hours=number))
        add_contact(request_id=row.pk, entry=again, actor=actor(cast.fay), at=again.occurred_at)
    add_note(request_id=row.pk, text=MARKUP, actor=actor(cast.alice), at=at)
    kinds = [kind.value for kind in EventKind]
    Event.objects.bulk_create(
        Event(service_request=row, kind=kinds[number % len(kinds)], actor=cast.alice, at=at, text=MARKUP)
        for number in range(300)
    )
    Interaction.objects.bulk_create(
        Interaction(
            service_request=row, direction="note", occurred_at=at, recorded_at=at, employee=cast.bob, text=TITLES[0]
        )
        for _ in range(300)
    )
    attach_known_file(row, at=at)
    return row
