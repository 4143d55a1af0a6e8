"""When people make contact and about what: the shares of the profile, dealt out exactly, in a random order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, TypeVar

from requests_app.demo import profile
from requests_app.domain.business_time import is_open
from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.vocabulary import Channel, RequestKind

if TYPE_CHECKING:
    from requests_app.demo.customers import Visitor

T = TypeVar("T")
_MARGIN = timedelta(minutes=4)


@dataclass(slots=True)
class Arrival:
    """One contact before anybody has dealt with it."""

    received_at: datetime
    is_storm: bool
    subject: str = ""
    kind: RequestKind = RequestKind.QUESTION
    channel: Channel = Channel.PHONE
    language: str = "en"
    is_anonymous: bool = False
    is_from_colleague: bool = False
    visitor: "Visitor | None" = None


@dataclass(frozen=True, slots=True)
class Hours:
    """When the city answers: the phones, and the counter with its shorter week."""

    response: BusinessCalendar
    counter: BusinessCalendar


def make_arrivals(
    rng: Random, *, count: int, hours: Hours, kinds: Mapping[str, RequestKind], until_at: datetime
) -> list[Arrival]:
    """Give so many contacts of the year that ends at an instant, earliest first."""
    arrivals = _moments(rng, count, hours.response, until_at)
    _deal_subjects(rng, arrivals)
    _deal_channels(rng, arrivals, hours)
    _deal_kinds(rng, arrivals, kinds)
    for arrival, language in zip(arrivals, deal(rng, profile.LANGUAGE_SHARES, count), strict=True):
        arrival.language = language
    _deal_persons(rng, arrivals)
    return arrivals


def deal(rng: Random, shares: Mapping[T, float], count: int) -> list[T]:
    """Give a shuffled list in which every item has its share, to within one."""
    total = sum(shares.values())
    exact = {item: count * share / total for item, share in shares.items()}
    dealt = [item for item, number in exact.items() for _ in range(int(number))]
    by_rest = sorted(exact, key=lambda item: exact[item] - int(exact[item]), reverse=True)
    dealt += by_rest[: count - len(dealt)]
    rng.shuffle(dealt)
    return dealt


def _moments(rng: Random, count: int, calendar: BusinessCalendar, until_at: datetime) -> list[Arrival]:
    until_on = calendar.local_date(until_at)
    days = [until_on - timedelta(days=back) for back in range(profile.DAYS)][::-1]
    weights = [_weight(calendar, on) for on in days]
    weights[-1] *= _elapsed_share(calendar, until_at)
    storm_on = _storm_day(rng, calendar, days)
    storm_count = round(count * profile.STORM_DAY_WEIGHT / (sum(weights) - 1 + profile.STORM_DAY_WEIGHT))
    weights[days.index(storm_on)] = 0.0
    dates = rng.choices(days, weights, k=count - storm_count)
    moments = [(_moment(rng, calendar, on, until_at), False) for on in dates]
    moments += [(_moment(rng, calendar, storm_on, until_at), True) for _ in range(storm_count)]
    return [Arrival(received_at, is_storm) for received_at, is_storm in sorted(moments)]


def _weight(calendar: BusinessCalendar, on: date) -> float:
    weekday = profile.WEEKDAY_WEIGHTS[on.weekday()]
    return weekday if calendar.is_business_day(on) else min(weekday, profile.CLOSED_DAY_WEIGHT)


def _elapsed_share(calendar: BusinessCalendar, until_at: datetime) -> float:
    """Give the part of a day's contacts that has come in by a time of the day."""
    local = until_at.astimezone(calendar.time_zone)
    hour = local.hour + local.minute / 60
    total = sum(profile.HALF_HOURS.values())
    return sum(share for start, share in profile.HALF_HOURS.items() if start + 0.5 <= hour) / total


def _storm_day(rng: Random, calendar: BusinessCalendar, days: list[date]) -> date:
    """Choose a business day in the rainy season, not among the last ones."""
    open_days = [on for on in days[20:-20] if calendar.is_business_day(on) and on.weekday() in (1, 2, 3)]
    return rng.choice([on for on in open_days if on.month in profile.STORM_MONTHS] or open_days)


def _moment(rng: Random, calendar: BusinessCalendar, on: date, until_at: datetime) -> datetime:
    """Give an instant of a day that lies before the end of the story."""
    slots, shares = list(profile.HALF_HOURS), list(profile.HALF_HOURS.values())
    while True:
        start = rng.choices(slots, shares)[0] if calendar.is_business_day(on) else rng.uniform(6.5, 20.5)
        minute = int((start + rng.random() / 2) * 60)
        at = calendar.instant(on, minute) + timedelta(seconds=rng.randrange(60))
        if at <= until_at - _MARGIN:
            return at


def _deal_subjects(rng: Random, arrivals: list[Arrival]) -> None:
    """Deal the subjects, then let the storm take its own from ordinary days, so that the shares stay exact."""
    for arrival, subject in zip(arrivals, deal(rng, profile.SUBJECT_SHARES, len(arrivals)), strict=True):
        arrival.subject = subject
    stormy = profile.STORM_SUBJECTS
    givers = [arrival for arrival in arrivals if not arrival.is_storm and arrival.subject in stormy]
    rng.shuffle(givers)
    for taker in arrivals:
        wants = taker.is_storm and taker.subject not in stormy and rng.random() < profile.STORM_SUBJECT_SHARE
        if wants and givers:
            giver = givers.pop()
            taker.subject, giver.subject = giver.subject, taker.subject


def _deal_channels(rng: Random, arrivals: list[Arrival], hours: Hours) -> None:
    """Deal the channels: a closed city gets no calls answered, and only an open counter has visitors."""
    pool = deal(rng, profile.CHANNEL_SHARES, len(arrivals))
    left = {channel: pool.count(channel) for channel in profile.CHANNEL_SHARES}
    waiting = list(arrivals)
    rng.shuffle(waiting)
    waiting.sort(key=lambda arrival: (is_open(hours.response, arrival.received_at), _has_counter(arrival, hours)))
    for arrival in waiting:
        allowed = _allowed_channels(arrival, hours)
        choice = [channel for channel in allowed if left[channel]] or [channel for channel in left if left[channel]]
        arrival.channel = rng.choices(choice, [left[channel] for channel in choice])[0]
        left[arrival.channel] -= 1


def _has_counter(arrival: Arrival, hours: Hours) -> bool:
    return is_open(hours.counter, arrival.received_at)


def _allowed_channels(arrival: Arrival, hours: Hours) -> list[Channel]:
    if not is_open(hours.response, arrival.received_at):
        return list(profile.CLOSED_CHANNELS)
    if not _has_counter(arrival, hours):
        return [channel for channel in profile.CHANNEL_SHARES if channel is not Channel.COUNTER]
    return list(profile.CHANNEL_SHARES)


def _deal_kinds(rng: Random, arrivals: list[Arrival], kinds: Mapping[str, RequestKind]) -> None:
    """Give each contact the kind of its category; complaints, compliments and suggestions replace questions."""
    for arrival in arrivals:
        arrival.kind = kinds[arrival.subject]
    asked = [arrival for arrival in arrivals if arrival.kind is RequestKind.QUESTION]
    rng.shuffle(asked)
    for kind, share in (
        (RequestKind.COMPLAINT, profile.COMPLAINT_SHARE),
        (RequestKind.COMPLIMENT, profile.COMPLIMENT_SHARE),
        (RequestKind.SUGGESTION, profile.SUGGESTION_SHARE),
    ):
        for _ in range(min(len(asked), round(len(arrivals) * share / 100))):
            asked.pop().kind = kind


def _deal_persons(rng: Random, arrivals: list[Arrival]) -> None:
    """Say who gives no name, and who works for the city."""
    plain = (RequestKind.QUESTION, RequestKind.SERVICE)
    spoken = (Channel.PHONE, Channel.COUNTER, Channel.VOICEMAIL, Channel.WEB)
    candidates = [arrival for arrival in arrivals if arrival.kind in plain and arrival.language == "en"]
    rng.shuffle(candidates)
    for arrival in _take(candidates, len(arrivals) * profile.COLLEAGUE_SHARE / 100, (Channel.PHONE, Channel.EMAIL)):
        arrival.is_from_colleague = True
    for arrival in _take(candidates, len(arrivals) * profile.ANONYMOUS_SHARE / 100, spoken):
        arrival.is_anonymous = True


def _take(candidates: list[Arrival], count: float, channels: tuple[Channel, ...]) -> list[Arrival]:
    free = [arrival for arrival in candidates if arrival.channel in channels and not arrival.is_from_colleague]
    return free[: round(count)]
