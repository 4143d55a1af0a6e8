"""Count guesses before they are looked at. Each count is one row, changed by one conditional UPDATE."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.crypto import salted_hmac

from requests_app.domain.guesses import GuessCounter
from requests_app.models import GuessCount


class TooManyGuesses(Exception):
    """A count is full: the guess is not looked at."""


@transaction.atomic
def count_guess(counters: Sequence[GuessCounter], *, at: datetime) -> None:
    """Count a guess in every counter, or in none. Raises TooManyGuesses where one is full."""
    for counter in counters:
        if not _take(counter, at):
            raise TooManyGuesses


def give_back_guess(counters: Sequence[GuessCounter], *, at: datetime) -> None:
    """Take back what a right answer was counted as; wrong ones before it stay counted."""
    keys = [_key(counter) for counter in counters]
    GuessCount.objects.filter(key__in=keys, ends_at__gt=at, count__gt=0).update(count=F("count") - 1)


def forget_guesses(counters: Sequence[GuessCounter]) -> None:
    """Begin these counts anew: for somebody who proved in another way who they are."""
    GuessCount.objects.filter(key__in=[_key(counter) for counter in counters]).delete()


def clear_guesses(*, now: datetime) -> int:
    """Delete the counts that are over and give how many there were."""
    deleted, _ = GuessCount.objects.filter(ends_at__lte=now).delete()
    return deleted


def _take(counter: GuessCounter, at: datetime) -> bool:
    key, over = _key(counter), Q(ends_at__lte=at)
    GuessCount.objects.get_or_create(key=key, defaults={"count": 0, "ends_at": at + counter.window})
    room = GuessCount.objects.filter(over | Q(count__lt=counter.limit), key=key)
    return bool(
        room.update(
            count=Case(When(over, then=Value(1)), default=F("count") + 1),
            ends_at=Case(When(over, then=Value(at + counter.window)), default=F("ends_at")),
        )
    )


def _key(counter: GuessCounter) -> str:
    return salted_hmac("guesses", counter.name, algorithm="sha256").hexdigest()
