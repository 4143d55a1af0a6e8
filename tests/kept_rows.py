"""Rows that a fixture makes: made by the product once in a process, then put back as they were."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, transaction

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of a table by their keys, as the database keeps them."""

    name: str
    key: str
    columns: tuple[str, ...]
    rows: dict[Any, tuple[Any, ...]]


Tables = dict[str, _Table]


@dataclass(frozen=True, slots=True)
class KeptRows:
    """What was added and what was changed, as one statement for each table."""

    _statements: list[tuple[str, list[Any]]]

    @classmethod
    def since(cls, before: Tables) -> KeptRows:
        """Keep the rows there are now and were not like that `before`; none may be gone."""
        statements = []
        for name, table in all_rows().items():
            known = before[name].rows
            assert known.keys() <= table.rows.keys(), f"gone from {name}: this would not be put back"
            differing = {key: row for key, row in table.rows.items() if known.get(key) != row}
            if differing:
                statements.append(_insert(table, differing, changes=not differing.keys().isdisjoint(known)))
        return cls(statements)

    def put_back(self) -> None:
        """Insert them again, keys included: PostgreSQL's sequences are past those keys since they were made."""
        with transaction.atomic(), connection.cursor() as cursor:
            for statement, values in self._statements:
                cursor.execute(statement, values)


_KEPT: dict[str, tuple[KeptRows, Any]] = {}


def put_back(name: str, make: Callable[[], Made]) -> Made:
    """Make rows by the product's own code the first time in a process; afterwards put the very same ones back.

    One name stands for one thing made on the same ground: what `make` was given, the clock included, never differs.
    """
    if name not in _KEPT:
        before = all_rows()
        made = make()
        _KEPT[name] = KeptRows.since(before), deepcopy(made)
        return made
    rows, kept = _KEPT[name]
    rows.put_back()
    again: Made = deepcopy(kept)
    return again


def all_rows() -> Tables:
    """Read every table of every model, as the database keeps them."""
    models = {
        model._meta.db_table: str(model._meta.pk.column)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
    }
    with connection.cursor() as cursor:
        found = {}
        for name, key in sorted(models.items()):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            columns = tuple(column[0] for column in cursor.description)
            place = columns.index(key)
            found[name] = _Table(name, key, columns, {row[place]: row for row in cursor.fetchall()})
    return found


def _insert(table: _Table, rows: dict[Any, tuple[Any, ...]], *, changes: bool) -> tuple[str, list[Any]]:
    quoted = connection.ops.quote_name
    row = f"({', '.join(['%s'] * len(table.columns))})"
    statement = f"INSERT INTO {quoted(table.name)} VALUES {', '.join([row] * len(rows))}"
    if changes:
        anew = ", ".join(f"{quoted(column)} = excluded.{quoted(column)}" for column in table.columns)
        statement = f"{statement} ON CONFLICT ({quoted(table.key)}) DO UPDATE SET {anew}"
    return statement, list(chain.from_iterable(rows.values()))
