"""Questions that every page asks: put into SQL once for each process, then asked with the values of the moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Expression, Field, QuerySet

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler


class _Blank(Expression):
    """The place of a value in a question; it stands among the parameters until the question is asked."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Leave room for one parameter."""
        return "%s", [self]

    def filled(self, value: object) -> Any:
        """Give the value as the database wants it."""
        return self.output_field.get_db_prep_value(value, connection=connection)


def blank(name: str, field: Field[Any, Any]) -> Any:
    """Stand in a filter for a value that `Statement.rows` is given under this name."""
    return _Blank(name, field)


@dataclass(frozen=True, slots=True)
class Statement:
    """A question as SQL: Django's putting it into words costs a page several times what the answer does.

    Keep it only as long as it depends on nothing but its blanks and whatever it is kept under.
    """

    _sql: str
    _parameters: tuple[Any, ...]

    @classmethod
    def asking(cls, rows: QuerySet[Any, Any]) -> Statement:
        """Write down what reads these rows; of rows that cannot be there, too, so that counts of them are zeros."""
        sql, parameters = rows.query.get_compiler(connection=connection, elide_empty=False).as_sql()
        return cls(sql, tuple(parameters))

    def rows(self, **given: object) -> list[tuple[Any, ...]]:
        """Ask, in one query; each row as the database gives it, so ask for numbers and texts only."""
        values = [part.filled(given[part.name]) if isinstance(part, _Blank) else part for part in self._parameters]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, values)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
