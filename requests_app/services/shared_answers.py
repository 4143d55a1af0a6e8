"""Share an answer with colleagues, change or retire one, and count what it was used for (III.b.iv.4)."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from requests_app.domain.notice_texts import LANGUAGES
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.shared_answers import check_answers
from requests_app.models import Interaction, SharedAnswer, SharedAnswerRevision, SharedAnswerUse
from requests_app.selectors.access import Actor
from requests_app.selectors.shared_answers import may_change_answer
from requests_app.services.edits import require_unchanged
from requests_app.services.events import record_audit


class TitleTaken(ValueError):
    """Another shared answer goes by this title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedAnswerEntry:
    """An answer as typed; texts by language, English always."""

    title: str
    texts: Mapping[str, str]
    review_by: date
    owner_id: int
    category_id: int | None = None
    is_active: bool = True


@transaction.atomic
def share_answer(entry: SharedAnswerEntry, *, actor: Actor, at: datetime) -> SharedAnswer:
    """Share an answer; a second click gives back the one of the first.

    Raises ActionRefused for a login of nobody on the roster, InvalidText, TitleTaken.
    """
    if actor.employee is None:
        raise ActionRefused(Refusal.ROLE)
    facts = _checked(entry)
    answer, is_new = SharedAnswer.objects.get_or_create(title=entry.title, defaults=facts)
    if is_new:
        _keep_version(answer, actor=actor, at=at)
        record_audit("shared_answer_added", answer, actor=actor, at=at, fields=facts)
    elif _facts(answer) != facts:
        raise TitleTaken(entry.title)
    return answer


@transaction.atomic
def change_shared_answer(
    answer_id: int, entry: SharedAnswerEntry, *, seen: int | None, actor: Actor, at: datetime
) -> SharedAnswer:
    """Change or retire an answer; other words make a new version, and the same again leaves no trace.

    Raises ActionRefused, InvalidText, TitleTaken, ChangedMeanwhile.
    """
    answer = SharedAnswer.objects.select_for_update(of=("self",)).select_related("owner").get(pk=answer_id)
    if not may_change_answer(actor, answer):
        raise ActionRefused(Refusal.ROLE)
    before, after = _facts(answer), _checked(entry)
    if before == after:
        return answer
    require_unchanged(seen=str(seen), now=str(answer.version))
    if SharedAnswer.objects.filter(title=entry.title).exclude(pk=answer_id).exists():
        raise TitleTaken(entry.title)
    changed = {name: value for name, value in after.items() if before[name] != value}
    for name, value in changed.items():
        setattr(answer, name, value)
    answer.version += 1
    answer.save(update_fields=["version", *(name.removesuffix("_id") for name in changed)])
    if {"title", "texts"} & set(changed):
        _keep_version(answer, actor=actor, at=at)
    record_audit("shared_answer_changed", answer, actor=actor, at=at, fields=changed)
    return answer


def count_uses(interaction: Interaction, answer_ids: Collection[int], *, at: datetime) -> None:
    """Count the answers a reply was made of, in its transaction; one that is gone is passed over."""
    if not answer_ids:
        return
    SharedAnswerUse.objects.bulk_create(
        SharedAnswerUse(answer=answer, version=answer.version, interaction=interaction, used_at=at)
        for answer in SharedAnswer.objects.filter(pk__in=answer_ids)
    )


def _checked(entry: SharedAnswerEntry) -> dict[str, object]:
    return asdict(entry) | {"texts": check_answers(entry.texts, languages=LANGUAGES)}


def _facts(answer: SharedAnswer) -> dict[str, object]:
    return {name: getattr(answer, name) for name in SharedAnswerEntry.__dataclass_fields__}


def _keep_version(answer: SharedAnswer, *, actor: Actor, at: datetime) -> None:
    SharedAnswerRevision.objects.create(
        answer=answer,
        version=answer.version,
        title=answer.title,
        texts=answer.texts,
        saved_at=at,
        saved_by=actor.employee,
    )
