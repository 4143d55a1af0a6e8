"""What a form was sent, if it was sent at all."""

from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """Give what was posted, empty or not, or None where a page is only looked at: a form without data is not bound."""
    return request.POST if request.method == "POST" else None
