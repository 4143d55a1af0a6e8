"""The one file whose address the tables know."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from requests_app.models import Attachment, ServiceRequest
from requests_app.models.attachments import attachment_path
from tests.pages.access import ATTACHMENT_KEY
from tests.sample_files import PNG


def attach_known_file(found: ServiceRequest, *, at: datetime) -> None:
    """Attach the file that the tables of addresses name."""
    row = Attachment(
        key=UUID(ATTACHMENT_KEY), service_request=found, name="light.png", content_type="image/png",
        size=len(PNG), sha256=sha256(PNG).hexdigest(), uploaded_at=at,
    )  # fmt: skip
    row.save()
    lay_known_file()


def lay_known_file() -> None:
    """Lay the file itself where its row says: rows that are put back bring none."""
    path = attachment_path(UUID(ATTACHMENT_KEY).hex)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(PNG)
