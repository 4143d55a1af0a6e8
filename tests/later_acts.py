"""Whatever can be done after a day that a report of that day must not show: every act, on every request."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial

from requests_app.domain.imports.cases import ForeignCase
from requests_app.domain.refusals import ActionRefused
from requests_app.domain.vocabulary import Channel, Confidentiality, Disposition, Involvement
from requests_app.models import Calendar, Closure, Department, Excusal, ImportedCase, ResponseClock, ServiceRequest
from requests_app.selectors.access import SYSTEM
from requests_app.services.answers import answer_request
from requests_app.services.assignments import give_request, send_back_request
from requests_app.services.calendars import confirm_calendar, recompute_open_clocks
from requests_app.services.choices import change_choice
from requests_app.services.closing import close_request, reopen_request
from requests_app.services.confidentiality import name_person, set_confidentiality
from requests_app.services.corrections import CorrectionEntry, correct_clock
from requests_app.services.departments import DepartmentEntry, add_department, change_department
from requests_app.services.entries import AnswerEntry, CloseEntry, InboundEntry
from requests_app.services.excusals import excuse_clock, revoke_excusal
from requests_app.services.identity_redactions import redact_identity
from requests_app.services.imports import import_cases
from requests_app.services.past_facts import keep_past_facts
from tests.cast import Cast, actor

Act = tuple[str, Callable[[], object]]
HOUR = timedelta(hours=1)
LEVELS = (Confidentiality.CONFIDENTIAL, Confidentiality.IMPROPER_ACTIVITY, Confidentiality.ORDINARY)


def go_on(cast: Cast, *, at: datetime) -> Counter[str]:
    """Do everything that can be done, in this order, and count what was, by its name; refused is not done."""
    done: Counter[str] = Counter()
    for acts in (_on_clocks, _on_endings, _on_requests, _on_settings, _on_cases):
        for name, act in list(acts(cast, at)):
            with suppress(ActionRefused):
                act()
                done[name] += 1
    return done


def _on_clocks(cast: Cast, at: datetime) -> Iterator[Act]:
    sam = actor(cast.sam)
    for pk in Excusal.objects.filter(revoked_at__isnull=True).values_list("clock", flat=True):
        yield "excusal taken back", partial(revoke_excusal, clock_id=pk, reason="No storm", actor=sam, at=at)
    for pk in ResponseClock.objects.filter(verdict="late").values_list("pk", flat=True):
        yield "excused", partial(excuse_clock, clock_id=pk, reason="Storm", actor=sam, at=at)
    for clock in ResponseClock.objects.filter(verdict__in=["met", "late", "open"]):
        earlier = clock.started_at - HOUR
        entry = CorrectionEntry(reason="Came before, by letter", started_at=earlier, channel=Channel.LETTER)
        yield "receipt corrected", partial(correct_clock, clock_id=clock.pk, entry=entry, actor=sam, at=at)
        if clock.met_at and clock.met_at - clock.started_at > HOUR:
            entry = CorrectionEntry(reason="Answered before", answered_at=clock.met_at - HOUR)
            yield "answer corrected", partial(correct_clock, clock_id=clock.pk, entry=entry, actor=sam, at=at)


def _on_endings(cast: Cast, at: datetime) -> Iterator[Act]:
    alice = actor(cast.alice)
    said = AnswerEntry(channel=Channel.PHONE, text="Done", occurred_at=at)
    again = InboundEntry(channel=Channel.EMAIL, text="Once more", occurred_at=at)
    winner = ServiceRequest.objects.filter(closed_at__isnull=True, kind="service").latest("pk").number
    ends = list(Disposition)
    for number, pk in enumerate(ServiceRequest.objects.order_by("pk").values_list("pk", flat=True)):
        how = ends[number % len(ends)]
        ending = CloseEntry(disposition=how, note="Done", duplicate_of=winner)
        if number % 2:
            yield "answered", partial(answer_request, request_id=pk, entry=said, actor=alice, at=at)
        yield f"ended as {how}", partial(close_request, request_id=pk, entry=ending, actor=alice, at=at)
        yield "opened again", partial(reopen_request, request_id=pk, entry=again, actor=alice, at=at)


def _on_requests(cast: Cast, at: datetime) -> Iterator[Act]:
    hana, sam, cleo = actor(cast.hana), actor(cast.sam), actor(cast.cleo)
    give = partial(give_request, owner_id=None, department_id=cast.finance.pk, note="", actor=sam, at=at)
    redact = partial(redact_identity, code="personal_privacy", actor=cleo, at=at)
    name = partial(name_person, reason="", actor=hana, at=at)
    for number, pk in enumerate(ServiceRequest.objects.order_by("pk").values_list("pk", flat=True)):
        yield "kind and language changed", partial(_reclassify, pk, at=at)
        if number % 2:
            yield "given", partial(give, request_id=pk)
        else:
            yield "sent back", partial(send_back_request, request_id=pk, reason="Not ours", actor=sam, at=at)
        yield "redacted", partial(redact, request_id=pk)
        person, how = (cast.bob, Involvement.MENTIONED) if number % 5 else (cast.charlie, Involvement.CONCERNED)
        yield "person named", partial(name, request_id=pk, employee_id=person.pk, involvement=how)
        level = LEVELS[number % len(LEVELS)]
        yield "level set", partial(set_confidentiality, request_id=pk, level=level, reason="So", actor=hana, at=at)


def _on_settings(cast: Cast, at: datetime) -> Iterator[Act]:
    yield "a day closed after all", partial(_close_a_day, at)
    city = Department.objects.get(parent__isnull=True)
    moved = DepartmentEntry(name=f"Renamed on {at:%d}", phone="", parent_id=city.pk)
    yield (
        "department moved",
        partial(change_department, department_id=cast.streets.pk, entry=moved, actor=SYSTEM, at=at),
    )
    added = DepartmentEntry(name=f"Added on {at:%d}", phone="", parent_id=cast.public_works.pk)
    yield "department added", partial(add_department, added, actor=SYSTEM, at=at)
    for key, value in (("small_number", 2 + at.day % 2), ("backdated_after_minutes", at.day), ("target_rate", 0.5)):
        yield f"{key} chosen", partial(change_choice, key, value, actor=actor(cast.ada), at=at)


def _on_cases(cast: Cast, at: datetime) -> Iterator[Act]:
    known = ImportedCase.objects.earliest("pk")
    opened = known.service_request.received_at - HOUR
    changed = ForeignCase(
        case_id=known.source_case_id,
        opened_at=opened,
        closed_at=opened + HOUR,
        due_at=opened,
        title=f"As told on {at:%d}",
        agency=f"Another office, {at:%d}",
        category_text="",
        channel=Channel.LETTER,
        channel_text="",
        status_text="",
        outcome_note="",
        place="",
        latitude=None,
        longitude=None,
    )
    new = changed._replace(case_id=f"new-{at:%d}")
    yield "imported anew", partial(import_cases, [changed, new], source=known.source, at=at)


def _reclassify(pk: int, *, at: datetime) -> None:
    """Do what a verb that changes the kind or the language of a request would do: there is none yet."""
    row = ServiceRequest.objects.get(pk=pk)
    keep_past_facts(row, at=at)
    row.language = "es" if row.language != "es" else "tl"
    row.kind = {"service": "question", "question": "service"}.get(row.kind, row.kind)
    row.save(update_fields=["language", "kind"])


def _close_a_day(at: datetime) -> None:
    calendar = Calendar.objects.get(slug=Calendar.RESPONSE)
    Closure.objects.create(calendar=calendar, on=at.astimezone(UTC).date() + timedelta(days=1), name="Storm")
    confirm_calendar(calendar_id=calendar.pk, actor=SYSTEM, at=at)
    recompute_open_clocks(calendar_id=calendar.pk, actor=SYSTEM, at=at)


# Every one of them must have been done to at least one request for the test to say anything.
ACTS = (
    "excusal taken back", "excused", "receipt corrected", "answer corrected", "kind and language changed", "given",
    "sent back", "redacted", "person named", "level set", "answered", "opened again",
    *(f"ended as {disposition}" for disposition in Disposition), "a day closed after all", "department moved",
    "department added",
    "small_number chosen", "backdated_after_minutes chosen", "target_rate chosen", "imported anew",
)  # fmt: skip
