"""Keep a file of rows between its preview and its application."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from requests_app.domain.roster_files import RosterLine
from requests_app.selectors.access import Actor
from requests_app.selectors.kept_tables import KeptTable

KEPT = timedelta(days=1)


def keep_table(
    kind: type[KeptTable], lines: Iterable[RosterLine], *, file_name: str, actor: Actor, at: datetime, **facts: object
) -> KeptTable:
    """Keep a file for its preview, in the caller's transaction; what was left lying for a day is thrown away."""
    kind._default_manager.filter(uploaded_at__lt=at - KEPT).delete()
    return kind._default_manager.create(
        file_name=file_name.replace("\0", "")[-120:],
        lines=[[line.line, line.cells] for line in lines],
        uploaded_by=actor.employee,
        uploaded_at=at,
        **facts,
    )
