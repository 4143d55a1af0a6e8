"""Write the policy in versions and publish them (III.e)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from requests_app.domain.policies import PolicyRefusal, PolicyRefused, VersionState, publication_refusal
from requests_app.domain.vocabulary import Role
from requests_app.models import PolicyVersion
from requests_app.selectors.access import Actor
from requests_app.selectors.policies import mark_of, policy_draft, published_versions
from requests_app.services.edits import require_unchanged
from requests_app.services.events import record_audit


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyEntry:
    """A version as typed; `is_summary` says that these are not the city's sentences."""

    title: str
    text: str
    is_summary: bool = False


@transaction.atomic
def write_policy_draft(entry: PolicyEntry, *, actor: Actor, at: datetime) -> PolicyVersion:
    """Begin the next version; a second click gives back the first one's. Raises PolicyRefused."""
    require_hr(actor)
    lock_policy()
    draft = policy_draft()
    if draft is not None:
        if (draft.title, draft.text) == (entry.title, entry.text):
            return draft
        raise PolicyRefused(PolicyRefusal.DRAFT_EXISTS)
    last = PolicyVersion.objects.order_by("-number").values_list("number", flat=True).first()
    draft = PolicyVersion.objects.create(
        number=(last or 0) + 1,
        title=entry.title,
        text=entry.text,
        is_summary=entry.is_summary,
        changed_at=at,
        changed_by=actor.employee,
    )
    record_audit("policy_draft_written", draft, actor=actor, at=at, fields=_told(draft))
    return draft


@transaction.atomic
def change_policy_draft(number: int, entry: PolicyEntry, *, seen: str, actor: Actor, at: datetime) -> PolicyVersion:
    """Change the draft; what is so already leaves no trace. Raises PolicyRefused, ChangedMeanwhile."""
    draft = _lock_draft(number, actor=actor)
    if (draft.title, draft.text, draft.is_summary) == (entry.title, entry.text, entry.is_summary):
        return draft
    require_unchanged(seen=seen, now=mark_of(draft))
    draft.title, draft.text, draft.is_summary = entry.title, entry.text, entry.is_summary
    draft.changed_at, draft.changed_by = at, actor.employee
    draft.save(update_fields=["title", "text", "is_summary", "changed_at", "changed_by"])
    record_audit("policy_draft_changed", draft, actor=actor, at=at, fields=_told(draft))
    return draft


@transaction.atomic
def publish_policy(
    number: int, *, approved_on: date, effective_from: date, seen: str, actor: Actor, at: datetime
) -> PolicyVersion:
    """Publish the draft for good, as it was read. Raises PolicyRefused, ChangedMeanwhile."""
    draft = _lock_draft(number, actor=actor)
    require_unchanged(seen=seen, now=mark_of(draft))
    last = published_versions().order_by("-effective_from", "-number").first()
    if last is not None and last.text == draft.text:
        raise PolicyRefused(PolicyRefusal.NOTHING_CHANGED)
    refusal = publication_refusal(
        approved_on=approved_on,
        effective_from=effective_from,
        last_effective_from=last.effective_from if last else None,
        today=timezone.localdate(at),
    )
    if refusal is not None:
        raise PolicyRefused(refusal)
    draft.state, draft.approved_on, draft.effective_from = VersionState.PUBLISHED, approved_on, effective_from
    draft.published_at, draft.published_by = at, actor.employee
    draft.save(update_fields=["state", "approved_on", "effective_from", "published_at", "published_by"])
    record_audit("policy_published", draft, actor=actor, at=at, fields=_told(draft))
    return draft


def require_hr(actor: Actor) -> None:
    """Raise PolicyRefused for anybody but Human Resources, who keep the policy (III.f)."""
    if not actor.holds(Role.HR):
        raise PolicyRefused(PolicyRefusal.ROLE)


def lock_policy() -> None:
    """Let one change of the policy pass at a time: one draft, one round, one question for two clicks."""
    PolicyVersion.objects.select_for_update().order_by("number").first()


def _lock_draft(number: int, *, actor: Actor) -> PolicyVersion:
    require_hr(actor)
    lock_policy()
    version = PolicyVersion.objects.select_for_update().get(number=number)
    if not version.is_draft:
        raise PolicyRefused(PolicyRefusal.NOT_A_DRAFT)
    return version


def _told(version: PolicyVersion) -> dict[str, object]:
    names = ("number", "title", "text", "is_summary", "approved_on", "effective_from")
    return {name: getattr(version, name) for name in names}
