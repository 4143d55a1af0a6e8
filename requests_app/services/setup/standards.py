"""The service standards of the policy and the reminder ladder, as first set up."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from requests_app.domain.choices import DEFAULT_CHOICES
from requests_app.domain.deadlines import Rule
from requests_app.domain.stages import DEFAULT_LADDER, LadderStage
from requests_app.domain.vocabulary import Channel, Milestone, StandardSource, Unit
from requests_app.models import Calendar, LadderRung, ServiceStandard

# The council approved the policy in April 2025; the rows start with the calendar, so that every contact a calendar
# can date has a standard, those carried over from before the approval included.
EFFECTIVE_FROM = date(2025, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardFacts:
    """One standard; without channels it covers every one."""

    code: str
    name: str
    clause: str
    number: int
    source: StandardSource
    channels: tuple[Channel, ...] = ()
    milestone: Milestone = Milestone.RESPONSE
    unit: Unit = Unit.BUSINESS_DAYS
    is_for_colleagues: bool = False


STANDARDS = (
    StandardFacts(
        code="phone_response",
        name="Phone and voicemail",
        clause="III.b.ii.3",
        number=1,  # III.b.ii.3: one business day
        source=StandardSource.POLICY,
        channels=(Channel.PHONE, Channel.VOICEMAIL),
    ),
    StandardFacts(
        code="email_response",
        name="E-mail and other writing online",
        clause="III.b.ii.4",
        number=2,  # III.b.ii.4: two business days; web form, text and social media likewise, a local choice
        source=StandardSource.POLICY,
        channels=(Channel.EMAIL, Channel.WEB, Channel.TEXT, Channel.SOCIAL, Channel.OPEN311),
    ),
    StandardFacts(
        code="colleague_response",
        name="Request from a colleague",
        clause="III.b.iv.3",
        number=2,
        source=StandardSource.LOCAL_CHOICE,
        is_for_colleagues=True,
    ),
    StandardFacts(
        code="counter_follow_up",
        name="Follow-up after the counter",
        clause="III.b.iii.2",
        number=1,
        source=StandardSource.LOCAL_CHOICE,
        channels=(Channel.COUNTER, Channel.COUNCIL),
    ),
    StandardFacts(
        code="letter_response",
        name="Letter",
        clause="III.a.ii",
        number=5,
        source=StandardSource.LOCAL_CHOICE,
        channels=(Channel.LETTER,),
    ),
    StandardFacts(
        code="promised_answer",
        name="Promised answer",
        clause="III.a.iv",
        number=DEFAULT_CHOICES.promise_limit_business_days,
        source=StandardSource.LOCAL_CHOICE,
        milestone=Milestone.PROMISED_ANSWER,
    ),
    StandardFacts(
        code="records_determination",
        name="Records determination",
        clause="Cal. Gov. Code 7922.535",
        number=10,  # Cal. Gov. Code 7922.535: ten calendar days
        source=StandardSource.LAW,
        milestone=Milestone.RECORDS_DETERMINATION,
        unit=Unit.CALENDAR_DAYS,
    ),
    StandardFacts(
        code="complaint_acknowledged",
        name="Complaint acknowledged",
        clause="III.b.v.1",
        number=2,
        source=StandardSource.LOCAL_CHOICE,
        milestone=Milestone.COMPLAINT_ACKNOWLEDGED,
    ),
    StandardFacts(
        code="complaint_answer",
        name="Complaint answered in writing",
        clause="III.b.v.1",
        number=10,
        source=StandardSource.LOCAL_CHOICE,
        milestone=Milestone.COMPLAINT_ANSWER,
    ),
    StandardFacts(
        code="escalation_accepted",
        name="Escalation accepted",
        clause="III.b.v.2",
        number=1,
        source=StandardSource.LOCAL_CHOICE,
        milestone=Milestone.ESCALATION_ACCEPTED,
    ),
    StandardFacts(
        code="follow_up",
        name="Follow-up after the answer",
        clause="III.b.v.3",
        number=10,
        source=StandardSource.LOCAL_CHOICE,
        milestone=Milestone.FOLLOW_UP,
    ),
)


def set_up_standards() -> int:
    """Add version 1 of the standards that have no version at all and say how many those were."""
    calendar = Calendar.objects.get(slug=Calendar.RESPONSE)
    known = set(ServiceStandard.objects.values_list("code", flat=True))
    missing = [_version_one(facts, calendar) for facts in STANDARDS if facts.code not in known]
    return len(ServiceStandard.objects.bulk_create(missing))


def _version_one(facts: StandardFacts, calendar: Calendar) -> ServiceStandard:
    return ServiceStandard(
        code=facts.code,
        version=1,
        effective_from=EFFECTIVE_FROM,
        name=facts.name,
        clause=facts.clause,
        milestone=facts.milestone.value,
        channels=[channel.value for channel in facts.channels],
        is_for_colleagues=facts.is_for_colleagues,
        number=facts.number,
        unit=facts.unit.value,
        rule=Rule.END_OF_NTH_BUSINESS_DAY.value,
        calendar=calendar,
        target_rate=Decimal(str(DEFAULT_CHOICES.target_rate)),
        source=facts.source.value,
    )


def set_up_ladder() -> int:
    """Add the rungs that are missing and say how many those were."""
    known = set(LadderRung.objects.values_list("code", flat=True))
    missing = [
        LadderRung(code=stage.code, position=position, definition=_definition(stage))
        for position, stage in enumerate(DEFAULT_LADDER, start=1)
        if stage.code not in known
    ]
    return len(LadderRung.objects.bulk_create(missing))


def _definition(stage: LadderStage) -> dict[str, object]:
    return {
        "anchor": stage.anchor.value,
        "audience": stage.audience.value,
        "offset": stage.offset,
        "digest": stage.digest.value,
        "public_only": stage.public_only,
    }
