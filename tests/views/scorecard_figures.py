"""The figures of a clause, as a reader of the scorecard sees them."""

from django.test import Client

from requests_app.views.scorecard_rows import FigureRow


def figures_of(client: Client, key: str, query: str = "") -> list[FigureRow]:
    """Give the figures of a clause, of a period or a department if the query asks for one."""
    rows = client.get(f"/compliance/scorecard/{query}").context["rows"]
    figures: list[FigureRow] = next(row for row in rows if row.clause.key == key).figures
    return figures


def figure_of(client: Client, key: str) -> FigureRow:
    """Give the first of them."""
    return figures_of(client, key)[0]
