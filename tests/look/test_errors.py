"""Error pages: they ask the database nothing, say what to do, and give the reference."""

from collections.abc import Callable

import pytest
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from requests_app.views import errors

PAGES: dict[int, Callable[[HttpRequest], HttpResponse]] = {
    400: lambda request: errors.bad_request(request, ValueError()),
    403: lambda request: errors.permission_denied(request, PermissionError()),
    404: lambda request: errors.page_not_found(request, ValueError()),
    409: lambda request: errors.conflict(request, message="Bob took it <at> 2:10 pm."),
    413: lambda request: errors.bad_request(request, RequestDataTooBig()),
    429: errors.too_many_requests,
    500: errors.server_error,
    503: errors.service_unavailable,
}


def page(status: int, **cookies: str) -> tuple[HttpResponse, str]:
    request = RequestFactory(headers={"X-Request-ID": "7f3a-reference"}).get("/x/")
    request.COOKIES.update(cookies)
    answer = PAGES[status](request)
    return answer, answer.content.decode()


# Without the django_db mark a query fails the test.
@pytest.mark.parametrize("status", PAGES)
def test_an_error_page_stands_without_the_database_and_gives_the_reference(status: int) -> None:
    answer, text = page(status)
    assert answer.status_code == status
    assert "7f3a-reference" in text
    assert text.count("<h1>") == 1
    assert "<script" not in text


def test_a_conflict_says_what_changed() -> None:
    assert "Bob took it &lt;at&gt; 2:10 pm." in page(409)[1]


def test_an_old_form_is_told_apart_from_a_missing_right() -> None:
    expired = errors.csrf_failure(RequestFactory().post("/x/"), reason="token").content.decode()
    assert "The form was open too long" in expired
    assert "The form was open too long" not in page(403)[1]


def test_an_unavailable_service_says_when_to_come_back() -> None:
    assert page(503)[0]["Retry-After"] == "60"


@pytest.mark.parametrize(("cookie", "shown"), [("dark", True), ("light", True), ("<x>", False)])
def test_an_error_page_keeps_the_chosen_look(cookie: str, shown: bool) -> None:
    assert ("data-bs-theme=" in page(404, ps_look=cookie)[1]) is shown


@pytest.mark.django_db
def test_an_unknown_address_answers_with_our_page() -> None:
    answer = Client().get("/no/such/page/")
    assert answer.status_code == 404
    assert answer["X-Request-ID"] in answer.content.decode()
