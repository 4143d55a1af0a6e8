"""The scorecard as a file: one row for each figure, and one for each clause that has none."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from requests_app.domain.scorecard import Frame
from requests_app.views.report_figures import tenths
from requests_app.views.scorecard_rows import ClauseRow, FigureRow


def file_columns(frame: Frame) -> list[str]:
    """Name the columns of the file."""
    fixed = [
        gettext("Clause"), gettext("What it asks"), gettext("How it is counted"), gettext("Measure"),
        gettext("Figure"), gettext("Definition"), gettext("Number"), "n", gettext("Share"), gettext("Target"),
        gettext("Local choice"),
        gettext("Standing"), gettext("Signed"), gettext("Number before"), gettext("n before"),
    ]  # fmt: skip
    return fixed + [head for month in frame.months for head in (str(month), f"{month} n")]


def file_rows(rows: list[ClauseRow]) -> Iterator[list[object]]:
    """Give one row for each figure, and one for each clause without any."""
    for row in rows:
        asked = [row.clause.key, row.words.asks, row.words.counted]
        for figure in row.figures:
            yield [*asked, *_cells(figure)]
        if not row.figures:
            words = ", ".join(str(measure) for measure in row.measures)
            yield [*asked, words, row.why_none, "", "", "", "", "", "", row.none_tag.text]


def _cells(row: FigureRow) -> list[object]:
    (part, whole), before = row.told(row.pair), row.told(row.series.before)
    signed_at: datetime | None = row.signed["at"] if row.signed else None
    return [
        row.measure_word,
        row.label,
        row.definition.meaning,
        part,
        whole,
        tenths(row.pair.part, row.pair.whole) / 1000 if row.is_share else "",
        row.target,
        row.choice_words,
        row.tag.text if row.tag else "",
        f"{timezone.localtime(signed_at):%Y-%m-%d}" if signed_at else "",
        *before,
        *(number for pair in row.series.months for number in row.told(pair)),
    ]
