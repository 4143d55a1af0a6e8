"""A draft is its writer's, goes with the save, and grows no older than a week."""

from datetime import datetime, timedelta
from uuid import uuid4

from requests_app.domain.vocabulary import Channel
from requests_app.models import AuditEntry, Draft
from requests_app.selectors.drafts import draft_of
from requests_app.services.drafts import MOST_CHARACTERS, drop_draft, keep_draft
from requests_app.services.entries import ContactEntry
from requests_app.services.requests import log_request
from requests_app.services.sweeps import sweep_clocks
from tests.cast import Cast, actor


def test_a_draft_is_read_by_its_writer_only(cast: Cast, now: datetime) -> None:
    entries = AuditEntry.objects.count()
    keep_draft("log-1", {"title": ["Where is"], "kind": ["a", "b"]}, actor=actor(cast.fay), at=now)

    found = draft_of(actor(cast.fay), "log-1")
    assert found is not None
    assert dict(found.lists()) == {"title": ["Where is"], "kind": ["a", "b"]}
    assert draft_of(actor(cast.alice), "log-1") is None
    assert AuditEntry.objects.count() == entries


def test_the_later_copy_takes_the_place_of_the_earlier(cast: Cast, now: datetime) -> None:
    for text in ("Wh", "Where is"):
        keep_draft("log-1", {"title": [text]}, actor=actor(cast.fay), at=now)
    assert Draft.objects.get().typed == {"title": ["Where is"]}


def test_nothing_typed_and_far_too_much_are_not_kept(cast: Cast, now: datetime) -> None:
    for text in ("", "x" * (MOST_CHARACTERS + 1)):
        assert not keep_draft("log-1", {"title": [text]}, actor=actor(cast.fay), at=now)
    assert not Draft.objects.exists()


def test_what_no_database_keeps_is_left_out(cast: Cast, now: datetime) -> None:
    keep_draft("log-1", {"title": ["a\0b"], "x\0": ["c"]}, actor=actor(cast.fay), at=now)
    assert Draft.objects.get().typed == {"title": ["ab"]}


def test_a_copy_that_comes_after_the_save_is_not_kept(cast: Cast, now: datetime) -> None:
    key = uuid4()
    entry = ContactEntry(channel=Channel.PHONE, title="Pothole", received_at=now, submission_key=key)
    log_request(entry, actor=actor(cast.fay), at=now)

    assert not keep_draft("log-1", {"title": ["Poth"], "submission_key": [str(key)]}, actor=actor(cast.fay), at=now)


def test_one_draft_is_dropped_without_the_others(cast: Cast, now: datetime) -> None:
    for who in (cast.fay, cast.alice):
        for key in ("log-1", "note-2"):
            keep_draft(key, {"text": ["x"]}, actor=actor(who), at=now)
    drop_draft("log-1", actor=actor(cast.fay))
    assert Draft.objects.count() == 3


def test_a_week_later_the_sweep_forgets_it(cast: Cast, now: datetime) -> None:
    keep_draft("log-1", {"title": ["old"]}, actor=actor(cast.fay), at=now - timedelta(days=8))
    keep_draft("note-2", {"title": ["new"]}, actor=actor(cast.fay), at=now - timedelta(days=6))

    counted = [sweep_clocks(now=now)["drafts_dropped"] for _ in range(2)]

    assert counted == [1, 0]
    assert [draft.form_key for draft in Draft.objects.all()] == ["note-2"]
