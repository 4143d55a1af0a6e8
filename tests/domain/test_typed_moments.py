"""A moment as somebody reads it off an answering machine."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.domain.typed_moments import read_moment

NOW = datetime(2026, 11, 23, 8, 10)  # local and naive, as the module takes it. A Monday


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("7:42", "2026-11-23 07:42"),
        ("7.42", "2026-11-23 07:42"),
        ("742", "2026-11-23 07:42"),
        ("0742", "2026-11-23 07:42"),
        ("8:10", "2026-11-23 08:10"),  # this very minute
        ("8:11", "2026-11-22 08:11"),  # not yet today, so yesterday
        ("4:50p", "2026-11-22 16:50"),
        ("4:50 pm", "2026-11-22 16:50"),
        ("4:50 p. m.", "2026-11-22 16:50"),
        ("4 PM", "2026-11-22 16:00"),
        ("16:50", "2026-11-22 16:50"),
        ("12 am", "2026-11-23 00:00"),
        ("12:30 pm", "2026-11-22 12:30"),
        ("Fri 4:50 pm", "2026-11-20 16:50"),
        ("friday, 16:50", "2026-11-20 16:50"),
        ("16:50 vie", "2026-11-20 16:50"),
        ("sábado 9", "2026-11-21 09:00"),
        ("mon 7:42", "2026-11-23 07:42"),
        ("mon 9:00", "2026-11-16 09:00"),  # today's nine is still to come
        ("yesterday 5pm", "2026-11-22 17:00"),
        ("ayer 17:00", "2026-11-22 17:00"),
        ("today 7", "2026-11-23 07:00"),
        ("11/20 4 pm", "2026-11-20 16:00"),
        ("12/31 4 pm", "2025-12-31 16:00"),
        ("2026-11-20 16:00", "2026-11-20 16:00"),
        ("11/20/2026 16:00", "2026-11-20 16:00"),
    ],
)  # fmt: skip
def test_what_people_type_is_the_last_such_moment(text: str, moment: str) -> None:
    assert read_moment(text, now=NOW) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    "text",
    ["", "fri", "noonish", "25:00", "7:75", "13 pm", "0 am", "today 9", "2/30 9", "2026-13-01 9", "fri sat 9",
     "11/24/2026 9", "99999", "7:42 7:43"],
)  # fmt: skip
def test_what_says_no_moment_that_was_is_not_read(text: str) -> None:
    assert read_moment(text, now=NOW) is None


@given(st.text(max_size=30))
def test_whatever_is_typed_it_is_never_in_the_future(text: str) -> None:
    found = read_moment(text, now=NOW)
    assert found is None or found <= NOW
