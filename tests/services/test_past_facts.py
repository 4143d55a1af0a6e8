"""What a request was counted as is kept before it is changed, and read again from the story where it was not."""

import ast
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from requests_app.domain.choices import DEFAULT_CHOICES
from requests_app.domain.periods import Period
from requests_app.domain.vocabulary import Channel, Confidentiality
from requests_app.models import ClockRevision, PastFacts, ServiceRequest
from requests_app.models.past_facts import REQUEST_FACTS
from requests_app.selectors.choices import choices_at
from requests_app.selectors.reports.first_contact import first_contact
from requests_app.selectors.reports.scope import ReportQuery, report_scope
from requests_app.services.answers import answer_request
from requests_app.services.assignments import give_request
from requests_app.services.choices import change_choice
from requests_app.services.confidentiality import set_confidentiality
from requests_app.services.corrections import CorrectionEntry, correct_clock
from requests_app.services.entries import AnswerEntry
from tests.cast import Cast, actor
from tests.services.conftest import Log

SERVICES = Path(__file__).resolve().parents[2] / "requests_app" / "services"
MIGRATION = "requests_app.migrations.0047_tell_past_facts"
# What is counted by; closing is told by events, so it needs no row.
FACTS = {"kind", "channel", "language", "confidentiality", "department", "department_id", "received_at"}
# An import keeps the facts of a whole batch before it fills them in.
FIRST_SET = {("imports", "_fill")}
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def changed(cast: Cast, log: Log, now: datetime) -> ServiceRequest:
    """Give a request: its receipt corrected after a day, gone to Finance after two, restricted after three."""
    found = log()
    entry = CorrectionEntry(reason="By letter, before", started_at=found.received_at - HOUR, channel=Channel.LETTER)
    clock = found.clocks.get()
    acts: list[Callable[[datetime], object]] = [
        lambda at: correct_clock(clock_id=clock.pk, entry=entry, actor=actor(cast.sam), at=at),
        lambda at: _give(cast, found, at=at),
        lambda at: _set(cast, found, Confidentiality.CONFIDENTIAL, at=at),
    ]
    for days, act in enumerate(acts, start=1):
        act(now + days * DAY)
    return ServiceRequest.objects.get(pk=found.pk)


def _give(cast: Cast, found: ServiceRequest, *, at: datetime) -> None:
    where = {"owner_id": None, "department_id": cast.finance.pk}
    give_request(request_id=found.pk, **where, note="", actor=actor(cast.sam), at=at)


def _set(cast: Cast, found: ServiceRequest, level: Confidentiality, *, at: datetime) -> None:
    set_confidentiality(request_id=found.pk, level=level, reason="So", actor=actor(cast.hana), at=at)


def _rows() -> list[tuple[Any, ...]]:
    return list(PastFacts.objects.values_list("known_from_at", "known_until_at", *REQUEST_FACTS))


def test_each_change_leaves_what_was_before_it(changed: ServiceRequest, cast: Cast, now: datetime) -> None:
    received_at = changed.received_at + HOUR
    ordinary, service = Confidentiality.ORDINARY.value, changed.kind
    first, second, third = (now + days * DAY for days in (1, 2, 3))
    assert _rows() == [
        (now, first, service, "phone", "en", ordinary, cast.streets.pk, received_at, None),
        (first, second, service, "letter", "en", ordinary, cast.streets.pk, changed.received_at, None),
        (second, third, service, "letter", "en", ordinary, cast.finance.pk, changed.received_at, None),
    ]


def test_what_was_never_changed_leaves_no_row(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    said = AnswerEntry(channel=Channel.PHONE, text="Done", occurred_at=now + HOUR)
    answer_request(request_id=found.pk, entry=said, actor=actor(cast.alice), at=now + HOUR)
    _set(cast, found, Confidentiality.ORDINARY, at=now + DAY)
    assert not PastFacts.objects.exists()


def test_the_migration_tells_from_stories_what_services_would_have_kept(changed: ServiceRequest, log: Log) -> None:
    log()
    kept, verdicts = _rows(), list(ClockRevision.objects.values_list("pk", "verdict_recorded_at"))
    PastFacts.objects.all().delete()
    ClockRevision.objects.update(verdict_recorded_at=None)

    migration = import_module(MIGRATION)
    migration.tell_past_facts(apps, None)
    migration.date_verdicts(apps, None)

    assert _rows() == kept
    assert list(ClockRevision.objects.values_list("pk", "verdict_recorded_at")) == verdicts


def test_a_reader_never_counts_what_became_restricted_nor_what_was_restricted_then(
    cast: Cast, log: Log, now: datetime
) -> None:
    """Human Resources' figures stay; an auditor's grow by nothing and lose what nobody may tell them of any more."""
    log()
    opened, closed = log(confidentiality=Confidentiality.CONFIDENTIAL), log()
    then = now + HOUR
    before = {reader: _contacts(cast, reader, as_of=then) for reader in ("hana", "max", "otto", "sam")}
    _set(cast, opened, Confidentiality.ORDINARY, at=now + DAY)
    _set(cast, closed, Confidentiality.CONFIDENTIAL, at=now + DAY)
    assert before == {"hana": 3, "max": 3, "otto": 2, "sam": 3}
    assert {reader: _contacts(cast, reader, as_of=then) for reader in before} == {**before, "otto": 1}
    assert _contacts(cast, "otto", as_of=now + 2 * DAY) == 2


def _contacts(cast: Cast, reader: str, *, as_of: datetime) -> int:
    query = ReportQuery(period=Period(as_of.date() - 9 * DAY, as_of.date()), as_of=as_of, is_past=True)
    counted = first_contact(report_scope(actor(getattr(cast, reader))), query, ("channel",))
    return sum(counts["contacts"] for counts in counted.values())


def test_what_the_city_had_chosen_is_known_for_every_day(cast: Cast, now: datetime) -> None:
    for days, number in enumerate((7, 9, 5)):
        change_choice("small_number", number, actor=actor(cast.ada), at=now + days * DAY)
    known = [choices_at(now + timedelta(days=days, hours=-1)).small_number for days in range(4)]
    assert known == [DEFAULT_CHOICES.small_number, 7, 9, 5]


def test_no_service_changes_a_counted_fact_without_keeping_it() -> None:
    """Logging and importing set the facts first; whoever changes them later keeps what they were."""
    assert [place for path in sorted(SERVICES.glob("*.py")) for place in _unkept(path)] == []


def _unkept(path: Path) -> list[str]:
    found = []
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(function, ast.FunctionDef) or (path.stem, function.name) in FIRST_SET:
            continue
        nodes = list(ast.walk(function))
        sets = [target for node in nodes if isinstance(node, ast.Assign) for target in node.targets]
        names = {target.attr for target in sets if isinstance(target, ast.Attribute) and _is_request(target.value)}
        is_kept = any(isinstance(node, ast.Name) and node.id == "keep_past_facts" for node in nodes)
        if names & FACTS and not is_kept:
            found.append(f"{path.stem}.{function.name}")
    return found


def _is_request(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("service_request", "found", "winner", "row")
