"""Files of rows between their preview and their application; nobody sees another's."""

from typing import TypeVar

from django.db.models import QuerySet

from requests_app.domain.roster_files import RosterLine
from requests_app.models import AbsenceUpload, ContactCountUpload, RosterUpload, TrainingUpload
from requests_app.selectors.access import Actor

KeptTable = TypeVar("KeptTable", AbsenceUpload, ContactCountUpload, RosterUpload, TrainingUpload)


def tables_kept_by(kind: type[KeptTable], actor: Actor) -> QuerySet[KeptTable]:
    """Give the files of a kind that somebody uploaded themselves and did not apply yet."""
    return kind._default_manager.filter(uploaded_by=actor.employee_id, uploaded_by__isnull=False)


def lines_of(table: AbsenceUpload | ContactCountUpload | RosterUpload | TrainingUpload) -> list[RosterLine]:
    """Give the rows of a kept file."""
    return [RosterLine(line, cells) for line, cells in table.lines]
