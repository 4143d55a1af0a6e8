"""Multiply the rows of the requests told: INSERT … SELECT on tables without indexes, which are built again at the end.

Each copy keeps all its dates, so that every due instant, verdict and count of business minutes is still what the rules
say of it. Copies of one row lie side by side, as the rows of one day do in life; they differ in their keys, tracking
numbers and customers, and belong to another set of the city's people. Foreign keys and checks are made anew over all
rows, so the database itself vouches for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from random import Random

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management.color import no_style
from django.db import connection, models, transaction

from requests_app.domain.tracking_numbers import new_tracking_number
from requests_app.models import (
    ClockRevision,
    Commendation,
    Complaint,
    ComplaintDecision,
    ContactPoint,
    Customer,
    Employee,
    Escalation,
    EscalationReceiver,
    Event,
    Excusal,
    FollowUp,
    Interaction,
    Notice,
    OutgoingMail,
    RequestSubject,
    ResponseClock,
    RoleAssignment,
    ServiceRequest,
    StageFiring,
)

Progress = Callable[[str], None]
Model = type[models.Model]

COPIED: tuple[Model, ...] = (
    Customer, ContactPoint, ServiceRequest, Interaction, ResponseClock, Complaint, ComplaintDecision, FollowUp,
    Escalation, EscalationReceiver, Commendation, ClockRevision, Excusal, RequestSubject, Event, StageFiring,
    OutgoingMail, Notice,
)  # fmt: skip
_STAFF: tuple[Model, ...] = (User, EmailAddress, Employee, RoleAssignment)
_NAME = "split_part({column}, '@', 1) || '.' || k || '@' || split_part({column}, '@', 2)"


@dataclass(frozen=True, slots=True)
class Multiplying:
    """How often each request is to be there, and for how many sets of people."""

    copies: int
    staff_sets: int
    staff_span: Mapping[Model, int]

    def key(self, column: str, target: Model) -> str:
        """Give the SQL of a key in copy `k`: copies of one row follow each other; people repeat by whole sets."""
        if target in COPIED:
            return f"{column} * {self.copies} + k"
        return f"{column} + (k % {self.staff_sets}) * {self.staff_span[target]}" if target in _STAFF else column


@transaction.atomic
def multiply(*, copies: int, staff_sets: int, seed: int, progress: Progress) -> None:
    """Make so many of each request, and of everything that hangs on it. PostgreSQL only; needs a database of its own.

    Registers such as feedback stay with the first copy of their request.
    """
    if copies == 1:
        return
    span = {model: (model._default_manager.latest("pk").pk if staff_sets > 1 else 0) for model in _STAFF}
    wanted = Multiplying(copies, staff_sets, span)
    _copy_staff(wanted)
    _deal_numbers(copies, seed)
    with _without_indexes():
        for position, model in enumerate(COPIED, start=1):
            rows = _copy(model, wanted)
            progress(f"{position} of {len(COPIED)} tables: {rows:,} rows of {model._meta.db_table}")
        _point_registers_at_first_copies(copies)
        progress("building indexes and checking foreign keys")
    _run(connection.ops.sequence_reset_sql(no_style(), [*COPIED, *_STAFF]))


def _copy(model: Model, wanted: Multiplying) -> int:
    table = model._meta.db_table
    names = [field.column for field in model._meta.concrete_fields]
    values = [_value(model, field, wanted) for field in model._meta.concrete_fields]
    joined = f"JOIN dealt_number ON dealt_number.id = {wanted.key('told.id', model)}"
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE told ON COMMIT DROP AS TABLE {table}")
        cursor.execute(f"TRUNCATE {table}")
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {', '.join(values)} FROM told "
            f"CROSS JOIN generate_series(0, {wanted.copies - 1}) AS k "
            f"{joined if model is ServiceRequest else ''} ORDER BY told.id, k"
        )
        rows = int(cursor.rowcount)
        cursor.execute("DROP TABLE told")
    return rows


def _value(model: Model, field: models.Field[object, object], wanted: Multiplying) -> str:
    own = _OWN.get((model, field.name))
    if own:
        return own(wanted)
    column = f'told."{field.column}"'
    if field.primary_key:
        return wanted.key(column, model)
    target = field.related_model
    return wanted.key(column, target) if isinstance(target, type) else column


def _firing_key(wanted: Multiplying) -> str:
    """Name the notice of a firing as the sweep does: clock, stage, date, recipient."""
    clock, person = wanted.key("told.clock_id", ResponseClock), wanted.key("told.recipient_id", Employee)
    told = "told.dedupe_key"
    parts = (clock, f"split_part({told}, ':', 2)", f"split_part({told}, ':', 3)", person)
    return f"CASE WHEN told.firing_id IS NULL THEN {told} || ':' || k ELSE concat_ws(':', {', '.join(parts)}) END"


def _event_data(wanted: Multiplying) -> str:
    """Let what a story tells of its owner name the person of the copy."""
    owner = wanted.key("(told.data->>'owner')::bigint", Employee)
    has_owner = "told.data->>'owner' <> ''"
    return f"CASE WHEN {has_owner} THEN jsonb_set(told.data, '{{owner}}', to_jsonb(({owner})::text)) ELSE told.data END"


_OWN: Mapping[tuple[Model, str], Callable[[Multiplying], str]] = {
    (ServiceRequest, "number"): lambda _: "dealt_number.number",
    (ServiceRequest, "search_text"): lambda _: (
        "replace(told.search_text, lower(told.number), lower(dealt_number.number))"
    ),
    (Event, "data"): _event_data,
    (Notice, "dedupe_key"): _firing_key,
}


def _copy_staff(wanted: Multiplying) -> None:
    """Give every further set of people logins of their own, told apart by a number in the address."""
    own = {"email": _NAME, "username": "{column} || '.' || k"}
    span: dict[object, int] = dict(wanted.staff_span.items())
    for model in _STAFF:
        fields = list(model._meta.concrete_fields)
        values = [
            f"{field.column} + k * {wanted.staff_span[model]}"
            if field.primary_key
            else f"{field.column} + k * {span[field.related_model]}"
            if field.related_model in span
            else f"CASE WHEN {field.column} = '' THEN '' ELSE {own[field.name].format(column=field.column)} END"
            if field.name in own
            else f'"{field.column}"'
            for field in fields
        ]
        columns = ", ".join(f'"{field.column}"' for field in fields)
        people = f"{model._meta.db_table} CROSS JOIN generate_series(1, {wanted.staff_sets - 1}) AS k"
        _run([f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {', '.join(values)} FROM {people}"])


def _deal_numbers(copies: int, seed: int) -> None:
    """Give every request a tracking number of its own, by COPY."""
    rng = Random(f"numbers {seed}")
    told = ServiceRequest.objects.order_by("pk").values_list("pk", "number")
    taken = {number for _, number in told}
    lines = StringIO()
    for pk, number in told:
        for copy in range(copies):
            lines.write(f"{pk * copies + copy}\t{number if copy == 0 else _new_number(rng, taken)}\n")
    lines.seek(0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE dealt_number (id bigint, number text) ON COMMIT DROP")
        cursor.copy_expert("COPY dealt_number FROM STDIN", lines)
        cursor.execute("CREATE INDEX ON dealt_number (id)")
        cursor.execute("ANALYZE dealt_number")


def _new_number(rng: Random, taken: set[str]) -> str:
    while (number := new_tracking_number(rng.randrange)) in taken:
        pass
    taken.add(number)
    return number


def _point_registers_at_first_copies(copies: int) -> None:
    for model in apps.get_models(include_auto_created=True):
        if model in COPIED or not model._meta.managed:
            continue
        for field in model._meta.concrete_fields:
            if field.related_model in COPIED:
                # By way of negative keys, so that no new one is another row's old one.
                _run(
                    [
                        f"UPDATE {model._meta.db_table} SET {field.column} = {field.column} * {factor} "
                        f"WHERE {field.column} IS NOT NULL"
                        for factor in (-copies, -1)
                    ]
                )


@contextmanager
def _without_indexes() -> Iterator[None]:
    """Take away keys and indexes of the copied tables, and the keys that point to them; build them again after."""
    tables = [model._meta.db_table for model in COPIED]
    constraints = _rows(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype IN ('f', 'u', 'p') "
        "AND (conrelid::regclass::text = ANY(%s) OR confrelid::regclass::text = ANY(%s)) "
        "ORDER BY contype = 'f', conname",
        [tables, tables],
    )
    indexes = _rows(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s) "
        "AND indexname NOT IN (SELECT conname FROM pg_constraint) ORDER BY indexname",
        [tables],
    )
    _run(["SET CONSTRAINTS ALL IMMEDIATE"])  # a table with a check still to come cannot be altered
    _run([f'ALTER TABLE {table} DROP CONSTRAINT "{name}"' for table, name, _ in reversed(constraints)])
    _run([f'DROP INDEX "{name}"' for name, _ in indexes])
    yield
    _run(["SET LOCAL maintenance_work_mem = '512MB'"])
    keys = [row for row in constraints if not row[2].startswith("FOREIGN")]
    _run([f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}' for table, name, definition in keys])
    _run([definition for _, definition in indexes])
    foreign = [row for row in constraints if row[2].startswith("FOREIGN")]
    _run([f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}' for table, name, definition in foreign])


def _rows(sql: str, params: Sequence[list[str]]) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _run(statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
