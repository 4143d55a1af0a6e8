"""Who was, is and will be away in the demo: leave, sick days behind the excused answers, and today's picture."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from requests_app.demo import profile
from requests_app.demo.greetings import greet
from requests_app.demo.phrases import absences as words
from requests_app.demo.roster import Roster
from requests_app.demo.world import World
from requests_app.domain.absences import AbsenceKind, AbsenceReason
from requests_app.domain.business_time import business_day_on_or_after, next_business_day, nth_business_day_after
from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.vocabulary import Verdict
from requests_app.models import Absence, Alternate, Employee, Excusal, ExcusalProposal, Greeting, ResponseClock

_CALLED_AFTER = timedelta(minutes=25)


@dataclass(slots=True)
class Diary:
    """Everybody's absences as they are invented; nobody has two at once."""

    world: World
    rng: Random
    absences: list[Absence] = field(default_factory=list)
    proposals: list[ExcusalProposal] = field(default_factory=list)
    by_person: dict[int, list[Absence]] = field(default_factory=lambda: defaultdict(list))
    stand_ins: dict[int, list[Alternate]] = field(default_factory=lambda: defaultdict(list))

    @property
    def calendar(self) -> BusinessCalendar:
        """Give the calendar the city works by."""
        return self.world.calendar

    def opening(self, on: date) -> datetime:
        """Give the first open instant of a business day."""
        return self.calendar.open_intervals_utc(on)[0].start_at

    def is_free(self, person: Employee, starts_at: datetime, ends_at: datetime) -> bool:
        """Say whether somebody has no absence in that time yet."""
        return all(
            (known.ends_at is not None and known.ends_at <= starts_at) or known.starts_at >= ends_at
            for known in self.by_person[person.pk]
        )

    def add(self, absence: Absence) -> Absence:
        """Write an absence down."""
        self.absences.append(absence)
        self.by_person[absence.employee_id].append(absence)
        return absence

    def name_stand_in(self, absence: Absence) -> None:
        """Let the first alternate of the directory stand in, or say why nobody does (III.b.ii.5.c)."""
        known = self.stand_ins[absence.employee_id]
        if not known:
            absence.no_alternate_reason = words.NO_STAND_IN
            return
        absence.alternate_person, absence.alternate_department = known[0].person, known[0].department


def seed_absences(world: World, *, seed: int) -> None:
    """Add a year of absences with their greetings; the same seed gives the same rows."""
    diary = Diary(world, Random(f"absences {seed}"))  # noqa: S311  # repeatable on purpose  # nosec B311
    for row in Alternate.objects.select_related("person", "department").order_by("employee_id", "position"):
        diary.stand_ins[row.employee_id].append(row)
    _arrange_today(diary, world.roster)
    _explain_excusals(diary)
    for person in world.roster.everybody:
        _take_leave(diary, person)
    Absence.objects.bulk_create(diary.absences, batch_size=500)
    ExcusalProposal.objects.bulk_create(diary.proposals, batch_size=500)
    Greeting.objects.bulk_create(
        [greeting for absence in diary.absences for greeting in greet(world, diary.rng, absence)], batch_size=500
    )


def _explain_excusals(diary: Diary) -> None:
    """Give each excused answer the sick day behind it, proposed by the system and granted."""
    rows = Excusal.objects.select_related("clock__stopped_by__employee", "decided_by").order_by("pk")
    for excusal in rows:
        clock = excusal.clock
        person = clock.stopped_by.employee if clock.stopped_by else None
        if person is None or clock.due_at is None:
            continue
        absence = _sick_day(diary, person, diary.calendar.due_date(clock.due_at))
        if absence is None or absence.recorded_at > excusal.decided_at:
            continue
        proposal = _proposal(absence, clock)
        proposal.decided_at, proposal.decided_by = excusal.decided_at, excusal.decided_by
        proposal.is_granted, proposal.decision_reason, proposal.excusal = True, excusal.reason, excusal
        diary.proposals.append(proposal)


def _sick_day(diary: Diary, person: Employee, on: date) -> Absence | None:
    """Give the absence that covers a day, a new one where there is none yet; None where leave is in the way."""
    starts_at, ends_at = diary.opening(on), diary.opening(next_business_day(diary.calendar, on))
    for known in diary.by_person[person.pk]:
        if known.kind == AbsenceKind.UNFORESEEN and known.starts_at == starts_at and known.ends_at == ends_at:
            return known
    if not diary.is_free(person, starts_at, ends_at):
        return None
    recorded_at = starts_at + timedelta(minutes=diary.rng.randrange(5, 90))
    if diary.rng.random() < profile.RECORDED_AFTER_SHARE:
        recorded_at = ends_at + timedelta(minutes=diary.rng.randrange(10, 120))
    reason = diary.rng.choice((AbsenceReason.ILLNESS, AbsenceReason.ILLNESS, AbsenceReason.FAMILY))
    absence = Absence(
        employee=person,
        kind=AbsenceKind.UNFORESEEN.value,
        reason=reason.value,
        starts_at=starts_at,
        ends_at=ends_at,
        recorded_at=recorded_at,
        recorded_by=diary.rng.choice(diary.world.roster.front_desk),
    )
    diary.name_stand_in(absence)
    return diary.add(absence)


def _proposal(absence: Absence, clock: ResponseClock) -> ExcusalProposal:
    is_after = clock.due_at is not None and absence.recorded_at > clock.due_at
    return ExcusalProposal(absence=absence, clock=clock, proposed_at=absence.recorded_at, is_after_breach=is_after)


def _take_leave(diary: Diary, person: Employee) -> None:
    """Let somebody take a few leaves over the year, each told some weeks ahead; who signs in is there today."""
    until_on = diary.calendar.local_date(diary.world.until_at)
    signs_in = person in diary.world.roster.by_login.values()
    for _leave in range(diary.rng.choice(profile.LEAVES_A_YEAR)):
        days_ago = diary.rng.randrange(-profile.LEAVE_AHEAD_DAYS, profile.DAYS)
        first = business_day_on_or_after(diary.calendar, until_on - timedelta(days=days_ago))
        back = nth_business_day_after(diary.calendar, first, diary.rng.choice(profile.LEAVE_BUSINESS_DAYS))
        told_days_before = diary.rng.randrange(6, 60)
        if not (signs_in and first <= until_on < back):
            _plan(diary, person, first, back, told_days_before=told_days_before)


def _plan(diary: Diary, person: Employee, first: date, back: date, *, told_days_before: int) -> Absence | None:
    starts_at, ends_at = diary.opening(first), diary.opening(back)
    recorded_at = starts_at - timedelta(days=told_days_before, minutes=-120)
    if recorded_at > diary.world.until_at or not diary.is_free(person, starts_at, ends_at):
        return None
    reason = diary.rng.choice((*[AbsenceReason.LEAVE] * 5, AbsenceReason.TRAINING, AbsenceReason.CIVIC))
    absence = Absence(
        employee=person,
        kind=AbsenceKind.PLANNED.value,
        reason=reason.value,
        starts_at=starts_at,
        ends_at=ends_at,
        recorded_at=recorded_at,
        recorded_by=person,
    )
    diary.name_stand_in(absence)
    return diary.add(absence)


def _arrange_today(diary: Diary, roster: Roster) -> None:
    """See to it that somebody is on leave now, somebody called in sick today, and somebody leaves tomorrow."""
    calendar, own = diary.calendar, roster.by_login["staff"]
    today = calendar.local_date(diary.world.until_at)
    day = business_day_on_or_after(calendar, today)
    team = [person for person in roster.staff[own.department_id] if person != own]
    if not team:
        return
    first, last = _days_before(calendar, day, 2), nth_business_day_after(calendar, day, 3)
    # Whoever is away on one of these days already is passed over.
    plans = (_plan(diary, person, first, last, told_days_before=20) for person in team)
    on_leave = next((plan for plan in plans if plan is not None), None)
    if on_leave is not None:
        on_leave.alternate_person, on_leave.alternate_department, on_leave.no_alternate_reason = own, None, ""
    others = [person for person in team if on_leave is None or person != on_leave.employee]
    if others:
        _plan(diary, others[0], next_business_day(calendar, day), nth_business_day_after(calendar, day, 6),
              told_days_before=12)  # fmt: skip
    _call_in_sick(diary, _last_opened(diary))


def _last_opened(diary: Diary) -> date:
    """Give the last business day on which the city had opened by the end of the story."""
    on = diary.calendar.local_date(diary.world.until_at)
    if diary.calendar.is_business_day(on) and diary.opening(on) + _CALLED_AFTER < diary.world.until_at:
        return on
    return _days_before(diary.calendar, on, 1)


def _call_in_sick(diary: Diary, on: date) -> None:
    """Let whoever owns most of what was due that day be ill since, and propose what they cannot answer."""
    starts_at = diary.opening(on)
    recorded_at = starts_at + _CALLED_AFTER
    closes_at = diary.calendar.closing_at(on)
    owed = ResponseClock.objects.filter(
        verdict=Verdict.OPEN, due_at__gte=starts_at, service_request__owner__isnull=False
    ).select_related("service_request__owner")
    logins = set(diary.world.roster.by_login.values())
    theirs: dict[Employee, list[ResponseClock]] = defaultdict(list)
    for clock in owed.order_by("pk"):
        owner = clock.service_request.owner
        if owner is not None and owner not in logins and diary.is_free(owner, starts_at, closes_at):
            theirs[owner] += [clock] if clock.due_at is not None and clock.due_at <= closes_at else []
    if not theirs:
        return
    person = max(theirs, key=lambda each: (len(theirs[each]), -each.pk))
    absence = Absence(
        employee=person,
        kind=AbsenceKind.UNFORESEEN.value,
        reason=AbsenceReason.ILLNESS.value,
        starts_at=starts_at,
        ask_again_on=next_business_day(diary.calendar, diary.calendar.local_date(diary.world.until_at)),
        recorded_at=recorded_at,
        recorded_by=diary.world.roster.by_login["frontdesk"],
    )
    diary.name_stand_in(absence)
    diary.add(absence)
    diary.proposals += [_proposal(absence, clock) for clock in theirs[person]]


def _days_before(calendar: BusinessCalendar, on: date, days: int) -> date:
    while days:
        on -= timedelta(days=1)
        days -= calendar.is_business_day(on)
    return on
