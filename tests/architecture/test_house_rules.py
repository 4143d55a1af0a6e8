"""The code keeps the rules of the house."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from requests_app.domain.event_kinds import EventKind
from requests_app.models.audit_words import AUDIT_ACTIONS
from requests_app.models.event_words import EVENT_KINDS
from tests.architecture import findings
from tests.architecture.findings import ROOT

pytestmark = pytest.mark.once
# Entry points may read the clock, and so may rendering at the other edge.
CLOCK_READERS = (
    "requests_app/views/", "requests_app/open311/", "requests_app/mail/", "requests_app/management/",
    "requests_app/tasks.py", "requests_app/admin.py", "requests_app/checks.py", "requests_app/context_processors.py",
    "requests_app/templatetags/", "pinole_service/middleware.py", "pinole_service/accounts.py",
    "pinole_service/guessing.py",
)  # fmt: skip
# Seeding stands in for years of services at work.
WRITERS = ("requests_app/services/", "requests_app/demo/", "requests_app/migrations/")
UNSCOPED_READERS = (
    "requests_app/management/commands/seed_demo.py", "requests_app/management/commands/import_requests.py",
    "requests_app/management/commands/run_local.py",
)  # fmt: skip


def python_files(*folders: str, without: Iterable[str] = ()) -> list[Path]:
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in paths if not name_of(path).startswith(tuple(without))]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def offences(paths: Iterable[Path], check: Callable[[str], list[str]]) -> list[str]:
    return [f"{name_of(path)} {finding}" for path in paths for finding in check(path.read_text(encoding="utf-8"))]


def none_of(found: list[str]) -> None:
    assert found == [], "\n" + "\n".join(found)


def test_only_services_write() -> None:
    none_of(offences(python_files("requests_app", without=WRITERS), findings.writes))


def test_only_entry_points_read_the_clock() -> None:
    paths = python_files("requests_app", "pinole_service", without=(*CLOCK_READERS, "requests_app/migrations/"))
    none_of(offences(paths, findings.clock_readings))


def test_only_the_workflow_decides_on_a_status() -> None:
    without = ("requests_app/domain/workflow.py", "requests_app/migrations/")
    none_of(offences(python_files("requests_app", without=without), findings.status_branches))


def test_requests_are_read_through_the_scope() -> None:
    paths = python_files("requests_app/views", "requests_app/forms", "requests_app/management")
    paths = [path for path in paths if name_of(path) not in UNSCOPED_READERS]
    none_of(offences(paths, findings.unscoped_reads))


@pytest.mark.parametrize("folder", ["requests_app", "pinole_service", "tests"])
def test_nothing_outgrows_its_budget(folder: str) -> None:
    found = []
    for path in python_files(folder, without=("requests_app/migrations/",)):
        name = name_of(path)
        is_view, is_service = name.startswith("requests_app/views/"), name.startswith("requests_app/services/")
        source = path.read_text(encoding="utf-8")
        found += [f"{name} {each}" for each in findings.over_budget(source, is_view=is_view, is_service=is_service)]
    none_of(found)


def test_the_domain_knows_the_standard_library_only() -> None:
    check = lambda source: findings.foreign_imports(source, own="requests_app.domain")  # noqa: E731  # a table of one
    none_of(offences(python_files("requests_app/domain"), check))


def test_tests_run_our_code_rather_than_replace_it() -> None:
    none_of(offences(python_files("tests", without=("tests/architecture/",)), findings.replaced_own_code))


def test_modules_are_named_by_their_noun() -> None:
    paths = python_files("requests_app", "pinole_service", "tests")
    none_of([f"{name_of(path)} {each}" for path in paths for each in findings.vague_name(path)])


def test_templates_keep_the_security_policy_and_the_theme() -> None:
    paths = sorted((ROOT / "templates").rglob("*.html"))
    assert paths
    none_of(offences(paths, findings.template_faults))


def test_every_audited_act_has_words() -> None:
    """Codes put together at run time are not seen here: those of a disposal list, and of the trail's own head."""
    codes = {
        code
        for path in python_files("requests_app", without=("requests_app/migrations/",))
        for code in findings.audited_actions(path.read_text(encoding="utf-8"))
    }
    assert len(codes) > 60, "the calls are no longer found"
    assert codes - AUDIT_ACTIONS.keys() == set()


def test_every_event_has_words() -> None:
    assert set(EventKind) == set(EVENT_KINDS)
