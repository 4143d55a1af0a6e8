"""What every test stands on: a database of its own, the size of drills."""

import gc
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations
from django.template import Context, RequestContext, Template
from django.test.signals import template_rendered
from django.utils.safestring import SafeString
from pytest_django.plugin import DjangoDbBlocker

from requests_app.services.setup import set_up_city
from tests.cast import Cast, assemble_cast
from tests.factories import NOW
from tests.kept_rows import put_back
from tests.migrated_database import drop_copy, place_copy

_TESTS = Path(__file__).parent
_RULES = _TESTS / "domain"
# What waits for other programs, then what takes longest: in random order a long walk may begin when all else is done.
BEGIN_FIRST = tuple(
    _TESTS / name
    for name in (
        "reliability", "house/test_run.py", "house/test_deployment.py", "browser/test_every_page.py",
        "browser/test_every_role.py", "pages/test_who_may.py", "pages/test_every_page.py", "pages/test_canaries.py",
        "views/test_report_lists.py", "views/test_report_parts.py",
    )
)  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--drill-size", choices=["small", "full"], default="small", help="how long drills (-m drill) run")


@pytest.fixture(scope="session")
def full_size_drill(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--drill-size") == "full")


@pytest.hookimpl(trylast=True)  # after the order was made a random one
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _place_in_line(item.path))
    if connections["default"].vendor == "postgresql":
        # The rules know no database.
        ran_already = {item for item in items if item.get_closest_marker("once") or _RULES in item.path.parents}
        config.hook.pytest_deselected(items=list(ran_already))
        items[:] = [item for item in items if item not in ran_already]
        return
    needs_services = pytest.mark.skip(reason="needs PostgreSQL and Redis: the second half of make test")
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(needs_services)


@cache
def _place_in_line(test_file: Path) -> int:
    ways = {test_file, *test_file.parents}
    return next((place for place, path in enumerate(BEGIN_FIRST) if path in ways), len(BEGIN_FIRST))


def pytest_collection_finish() -> None:
    """Leave out of every garbage collection what is there to stay: looking through it took a quarter of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def contexts_of_pages_only(django_test_environment: None) -> Iterator[None]:
    """Tell the test client what a page was given, as tests read it, and not each part, field and widget within it.

    Django tells it of every template, and the client copies every context: of a page with forms some hundred times.
    """

    def render(template: Template, context: Context) -> SafeString:
        if isinstance(context, RequestContext) and context.template is template:
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Leave the database as it was placed: it is a copy that is migrated already."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    # A file, not memory: threads of the live server and of concurrency tests get connections of their own, as in life.
    connection = connections["default"]
    name = f"test_pinole_{os.getpid()}"
    if connection.vendor == "sqlite":
        name = str(Path(settings.VAR_DIR) / f"{name}.sqlite3")
    connection.settings_dict["TEST"]["NAME"] = name
    with django_db_blocker.unblock():
        place_copy(connection, name)
    yield
    with django_db_blocker.unblock():
        drop_copy(connection, name)


@pytest.fixture(scope="session", autouse=True)
def emptying_lifts_the_guard() -> Iterator[None]:
    """Let a test database be emptied between tests: the triggers that refuse it are lifted for just that long."""
    plain = BaseDatabaseOperations.execute_sql_flush

    def lifted(operations: BaseDatabaseOperations, sql_list: Iterable[str]) -> None:
        lift, restore = guard_against_emptying(operations.connection)
        plain(operations, [*lift, *sql_list, *restore])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", lifted)
        if connections["default"].vendor == "postgresql":
            patch.setattr(type(connections["default"].ops), "sql_flush", _deletions)
        yield


def _deletions(
    operations: BaseDatabaseOperations, style: object, tables: Iterable[str], **options: object
) -> list[str]:
    """Delete the few rows a test left: to truncate is to make a hundred tables anew, with every index of theirs."""
    return [
        "; ".join(f"DELETE FROM {operations.quote_name(table)}" for table in tables),
        "SET CONSTRAINTS ALL IMMEDIATE",
    ]


def guard_against_emptying(connection: BaseDatabaseWrapper) -> tuple[list[str], list[str]]:
    """Give the statements that lift the guard on the audit trail, and those that put it back."""
    name = "audit_entry_is_never_deleted"
    if connection.vendor == "postgresql":
        table = "ALTER TABLE requests_app_auditentry"
        return [f"{table} DISABLE TRIGGER {name}"], [f"{table} ENABLE ALWAYS TRIGGER {name}"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s", [name])
        return [f"DROP TRIGGER {name}"], [cursor.fetchone()[0]]


@pytest.fixture
def now() -> datetime:
    """The fixed clock: Mon 23 Nov 2026, 2:10 pm in Pinole."""
    return NOW


@pytest.fixture
def city(db: None) -> None:
    """Departments, confirmed calendars, standards, ladder and categories, as `manage.py setup_city` leaves them."""
    put_back("city", lambda: set_up_city(at=datetime(2025, 1, 2, 17, tzinfo=UTC)))


@pytest.fixture
def cast(city: None) -> Cast:
    """Alice and everybody else, in a city that is set up."""
    return put_back("cast", assemble_cast)
