"""Thanks between the demo's colleagues over the year, and a few awards out of commendations (III.d.iii)."""

from datetime import timedelta
from random import Random

from django.utils import timezone

from requests_app.demo.world import World
from requests_app.domain.business_time import business_day_on_or_after
from requests_app.models import Award, ColleagueThanks
from requests_app.selectors.recognition import commendations_to_award

_THANKS, _AWARDS = 45, 3
_IN_ERROR = 0
_WORDS = (
    "You covered the counter while I was at the dentist.",
    "Your list of plan numbers saved me an afternoon.",
    "You stayed with the caller until she had her answer.",
    "You showed me the new form twice, with a smile.",
    "The storm morning would have sunk us without you.",
)


def seed_recognition(world: World, *, seed: int) -> None:
    """Let colleagues thank each other, and give an award to some who were commended."""
    rng = Random(f"recognition {seed}")  # noqa: S311  # repeatable on purpose  # nosec B311
    today = timezone.localdate(world.until_at)
    rows = []
    for _n in range(_THANKS):
        thanked, by = rng.sample(world.roster.everybody, 2)
        on = min(business_day_on_or_after(world.calendar, today - timedelta(days=rng.randrange(1, 360))), today)
        rows.append(ColleagueThanks(employee=thanked, thanked_by=by, text=rng.choice(_WORDS), on=on))
    _take_back(world, rows[_IN_ERROR])
    ColleagueThanks.objects.bulk_create(rows)
    Award.objects.bulk_create(
        Award(
            employee=source.employee,
            name="Service award of the quarter",
            occasion="For help a resident wrote to thank for",
            on=timezone.localdate(source.decided_at),
            commendation=source,
            recorded_by=world.roster.human_resources[0],
            recorded_at=source.decided_at or world.until_at,
        )
        for source in commendations_to_award()[:_AWARDS]
    )


def _take_back(world: World, row: ColleagueThanks) -> None:
    row.withdrawn_at, row.withdrawn_by = world.until_at - timedelta(hours=20), row.thanked_by
    row.withdrawn_reason = "Meant for a colleague of the same first name"
