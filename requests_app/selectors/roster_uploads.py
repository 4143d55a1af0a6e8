"""Roster files that wait for their application."""

from django.db.models import QuerySet

from requests_app.domain.roster_files import RosterLine
from requests_app.models import RosterUpload
from requests_app.selectors.access import Actor


def uploads_of(actor: Actor) -> QuerySet[RosterUpload]:
    """Give the files somebody uploaded themselves: nobody applies what another one looked through."""
    return RosterUpload.objects.filter(uploaded_by=actor.employee_id)


def lines_of(upload: RosterUpload) -> list[RosterLine]:
    """Give the rows of an uploaded file."""
    return [RosterLine(line, cells) for line, cells in upload.lines]
