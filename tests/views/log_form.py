"""The log form as a browser posts it."""

from typing import Any
from uuid import uuid4

from django.test import Client

from requests_app.models import Employee
from tests.cast import login_of

Shown = Any  # the test client's answer, with its templates and context
LOG = "/log/"


def as_(employee: Employee) -> Client:
    """Give a browser in which somebody is signed in."""
    client = Client()
    client.force_login(login_of(employee))
    return client


def typed(**values: Any) -> dict[str, Any]:
    """Give a form with a channel, one line and a key of its own, and what a test is about."""
    return {"channel": "phone", "title": "When does the pool open", "submission_key": str(uuid4()), **values}


def text_of(answer: Shown) -> str:
    return str(answer.content.decode())
