"""A request as it was before anything was taken out of it, for whoever keeps its records."""

from dataclasses import dataclass, field
from typing import Any

from requests_app.domain.record_copies import RecordCopy
from requests_app.models import RedactedText, Redaction
from requests_app.selectors.record_copies import Copying, Row, points_of, request_to_copy
from requests_app.selectors.redactions import standing_redactions


def original_copy(request_id: int) -> RecordCopy:
    """Give a request as it was before anything was taken out, for whoever keeps its records."""
    return _Original(request_to_copy(request_id)).copy()


@dataclass
class _Original(Copying):
    """The copy as it was before; it never leaves the city."""

    _texts: dict[tuple[str, int], Any] = field(init=False)
    _identity: list[dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        rows = RedactedText.objects.filter(redactions__service_request=self.service_request)
        self._texts = {(row.place, row.object_id): row.original for row in rows}
        who = standing_redactions(self.service_request).filter(kind=Redaction.Kind.IDENTITY).first()
        self._identity = who.identity if who else []

    def restored(self, row: Row) -> Row:
        """Put the words back that were taken out of a row, on this copy only."""
        for (place, object_id), original in self._texts.items():
            name, _, column = place.partition(".")
            if name == row._meta.model_name and object_id == row.pk:
                setattr(row, column, original)
        return row

    def customer_name(self) -> str:
        names = [row["fields"]["name"] for row in self._identity if row["model"].endswith(".customer")]
        return names[0] if names else self.service_request.customer_line

    def contacts(self) -> str:
        points = [row["fields"]["as_typed"] for row in self._identity if row["model"].endswith(".contactpoint")]
        if self.service_request.customer:
            points += points_of(self.service_request.customer)
        return "; ".join(points)
