"""What a form was sent, if it was sent at all, and what a box of words was asked."""

from django.http import HttpRequest, QueryDict

_LONGEST_WORDS = 120


def posted(request: HttpRequest) -> QueryDict | None:
    """Give what was posted, empty or not, or None where a page is only looked at: a form without data is not bound."""
    return request.POST if request.method == "POST" else None


def asked_in(request: HttpRequest, name: str = "q") -> str:
    """Give the words looked for; no database takes a NUL, and nobody types one."""
    return request.GET.get(name, "").replace("\x00", "")[:_LONGEST_WORDS].strip()
