"""The figures of a clause, as a reader of the scorecard sees them."""

from django.test import Client

from requests_app.views.scorecard_rows import FigureRow


def figures_of(client: Client, key: str) -> list[FigureRow]:
    """Give the figures of a clause."""
    rows = client.get("/compliance/scorecard/").context["rows"]
    figures: list[FigureRow] = next(row for row in rows if row.clause.key == key).figures
    return figures


def figure_of(client: Client, key: str) -> FigureRow:
    """Give the first of them."""
    return figures_of(client, key)[0]
