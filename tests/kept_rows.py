"""Rows that a fixture makes in an empty database: made by the product once in a process, then put back as they were."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.apps import apps
from django.db import connection, transaction

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class KeptRows:
    """What was added, as one statement for each table."""

    _statements: list[tuple[str, list[Any]]]

    @classmethod
    def added_since(cls, before: Rows) -> KeptRows:
        """Keep the rows there are now and were not `before`."""
        added = {table: [row for row in rows if row not in before[table]] for table, rows in all_rows().items()}
        return cls([_insert(table, rows) for table, rows in added.items() if rows])

    def put_back(self) -> None:
        """Insert them again, keys included: PostgreSQL's sequences are past those keys since they were made."""
        with transaction.atomic(), connection.cursor() as cursor:
            for statement, values in self._statements:
                cursor.execute(statement, values)


def all_rows() -> Rows:
    """Read every table of every model, as the database keeps them."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(tables):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = cursor.fetchall()
    return found


def _insert(table: str, rows: list[tuple[Any, ...]]) -> tuple[str, list[Any]]:
    row = f"({', '.join(['%s'] * len(rows[0]))})"
    return (
        f"INSERT INTO {connection.ops.quote_name(table)} VALUES {', '.join([row] * len(rows))}",
        list(chain.from_iterable(rows)),
    )
