"""The first figure of a clause, as a reader of the scorecard sees it."""

from django.test import Client

from requests_app.views.scorecard_rows import FigureRow


def figure_of(client: Client, key: str) -> FigureRow:
    """Give the first figure of a clause."""
    rows = client.get("/compliance/scorecard/").context["rows"]
    figures: list[FigureRow] = next(row for row in rows if row.clause.key == key).figures
    return figures[0]
