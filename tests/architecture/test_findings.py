"""Each rule of the house can fail: fed bad code, it says so; fed good code, it is silent."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import findings

pytestmark = pytest.mark.once
LONG_FUNCTION = "def f():\n" + "    x = 1\n" * 50
LONG_VIEW = "def f():\n" + "    x = 1\n" * 25


@pytest.mark.parametrize(
    "code",
    [
        "service_request.save(update_fields=['status'])",
        "Event.objects.create(kind=kind)",
        "clock.firings.get_or_create(stage=stage)",
        "Notice.objects.filter(pk=1).update(sent_at=at)",
        "queryset.update(status='x')",
        "Notice.objects.bulk_create(rows)",
        "customer.delete()",
    ],
)
def test_a_write_is_found(code: str) -> None:
    assert findings.writes(code)


@pytest.mark.parametrize(
    "code", ["names.update(others)", "digest.update(b'')", "super().save(*args)", "{}.update({'a': 1})"]
)
def test_what_is_no_write_is_left_alone(code: str) -> None:
    assert findings.writes(code) == []


@pytest.mark.parametrize(
    "code",
    [
        "timezone.now()",
        "datetime.now(UTC)",
        "datetime.datetime.now()",
        "date.today()",
        "time.time()",
        "timezone.localdate()",
        "localtime()",
        "DateTimeField(default=timezone.now)",
        "DateTimeField(auto_now_add=True)",
        "queryset.annotate(now=Now())",
    ],
)
def test_a_clock_reading_is_found(code: str) -> None:
    assert findings.clock_readings(code)


@pytest.mark.parametrize("code", ["timezone.localdate(received_at)", "localtime(at)", "time.monotonic()"])
def test_what_reads_no_clock_is_left_alone(code: str) -> None:
    assert findings.clock_readings(code) == []


@pytest.mark.parametrize(
    "code",
    [
        "if service_request.status == 'open': pass",
        "x = status in (Status.NEW, Status.OPEN)",
        "x = 1 if Status.CLOSED == status else 2",
        "match service_request.status:\n    case _: pass",
    ],
)
def test_a_decision_on_a_status_is_found(code: str) -> None:
    assert findings.status_branches(code)


@pytest.mark.parametrize(
    "code",
    [
        "queryset.filter(status=Status.OPEN)",
        "response.status_code == 200",
        "job.status == BackgroundJob.Status.DONE",
        "service_request.status = Status.OPEN",
    ],
)
def test_what_decides_nothing_is_left_alone(code: str) -> None:
    assert findings.status_branches(code) == []


@pytest.mark.parametrize(
    ("code", "is_view", "is_service"),
    [
        (LONG_FUNCTION, False, False),
        (LONG_VIEW, True, False),
        ("x = 1\n" * 301, False, False),
        ("def f(a, *, b, c, d, e, g, h): pass", False, False),
        ("def close_request(a, b, c): pass", False, True),
    ],
)
def test_what_outgrows_its_budget_is_found(code: str, is_view: bool, is_service: bool) -> None:
    assert findings.over_budget(code, is_view=is_view, is_service=is_service)


def test_what_is_within_budget_is_left_alone() -> None:
    assert findings.over_budget(LONG_VIEW) == []
    assert findings.over_budget("def f(self, a, b, *, c, d, e, g): pass", is_service=True) == []


def test_an_unscoped_read_is_found() -> None:
    assert findings.unscoped_reads("ServiceRequest.objects.get(pk=1)")
    assert findings.unscoped_reads("get_object_or_404(models.ServiceRequest._default_manager)")
    assert findings.unscoped_reads("visible_requests(user).get(pk=1)") == []


def test_a_foreign_import_is_found() -> None:
    own = "requests_app.domain"
    assert findings.foreign_imports("from django.utils import timezone", own=own)
    assert findings.foreign_imports("import requests_app.models", own=own)
    assert (
        findings.foreign_imports("import zoneinfo\nfrom requests_app.domain.calendars import Calendar", own=own) == []
    )


def test_a_replaced_part_of_ours_is_found() -> None:
    assert findings.replaced_own_code("patch('requests_app.services.requests.log_request')")
    assert findings.replaced_own_code("monkeypatch.setattr('pinole_service.settings', None)")
    assert findings.replaced_own_code("monkeypatch.setattr('smtplib.SMTP', Fake)") == []


def test_a_vague_name_is_found() -> None:
    assert findings.vague_name(Path("requests_app/date_utils.py"))
    assert findings.vague_name(Path("requests_app/services/common.py"))
    assert findings.vague_name(Path("requests_app/services/requests.py")) == []


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>alert(1)</script>",
        '<a onclick="go()">',
        '<a href="javascript:go()">',
        '<script src="https://cdn.example/x.js"></script>',
        '<p class="lead text-danger">',
        '<a class="btn btn-outline-secondary">',
        '<div class="bg-light">',
        "<p>the SLA of this ticket</p>",
    ],
)
def test_a_template_fault_is_found(html: str) -> None:
    assert findings.template_faults(html)


@pytest.mark.parametrize(
    "html",
    [
        "<script src=\"{% static 'js/app.js' %}\" defer></script>",
        '<a class="btn btn-primary" href="https://city.example/">',
        '<div class="alert alert-danger">',
        '<p class="text-dangerous bg-lighter"><rect width="82">',
    ],
)
def test_a_sound_template_is_left_alone(html: str) -> None:
    assert findings.template_faults(html) == []


CHECKS: list[Callable[[str], list[str]]] = [findings.writes, findings.clock_readings, findings.status_branches]


@pytest.mark.parametrize("check", CHECKS)
def test_a_finding_says_where(check: Callable[[str], list[str]]) -> None:
    code = "\n\nif service_request.status == timezone.now(): service_request.save()"
    assert check(code)[0].startswith("line 3:")
