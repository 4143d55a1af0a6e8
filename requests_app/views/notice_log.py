"""The log of notices of one request, whole."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from requests_app.selectors.access import actor_for
from requests_app.selectors.notice_log import notice_lines, notices_about
from requests_app.selectors.notice_words import RungWords
from requests_app.selectors.request_story import Story
from requests_app.selectors.visibility import visible_requests
from requests_app.services.reads import record_read


@login_required
@require_GET
def request_notices(request: HttpRequest, number: str) -> HttpResponse:
    """Show who was told what, to those who read the notes among colleagues; to an auditor without names."""
    found = get_object_or_404(visible_requests(request.user), number=number)
    actor = actor_for(request.user)
    record_read(found, actor=actor, at=timezone.now())
    story = Story(found, actor=actor)
    is_shown = story.is_masked or story.reads_notes
    lines = notice_lines(notices_about(found), is_masked=story.is_masked, rungs=RungWords()) if is_shown else []
    return render(request, "requests/notice_log.html", {"service_request": found, "lines": lines, "is_shown": is_shown})
