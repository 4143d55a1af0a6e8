"""A file of a request, handed out to be kept, never to be shown."""

import structlog
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from requests_app.selectors.access import actor_for
from requests_app.selectors.attachments import visible_attachments
from requests_app.selectors.visibility import visible_requests
from requests_app.services.attachments import record_attachment_read
from requests_app.views.file_answers import file_answer

logger = structlog.get_logger(__name__)


@login_required
@require_GET
def download(request: HttpRequest, number: str, key: str) -> HttpResponseBase:
    """Hand out a file of a request the reader may see; a read of a restricted one is recorded."""
    actor = actor_for(request.user)
    found = get_object_or_404(visible_requests(request.user), number=number)
    attachment = get_object_or_404(visible_attachments(actor, found), key=key)
    if not attachment.path.is_file():
        logger.error("attachment_file_missing", attachment_id=attachment.pk)
        raise Http404
    record_attachment_read(attachment, actor=actor, at=timezone.now())
    answer: FileResponse = file_answer(attachment.path, name=attachment.name, content_type=attachment.content_type)
    return answer
