"""JSON lines in, JSON lines out: as another program would use it."""

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from time import process_time

import pytest
from django.core.management import CommandError, call_command

from requests_app.domain.deadlines import Rule
from tests.domain.examples import DATA, calendar_data, examples

ROOT = Path(__file__).resolve().parents[2]
GOOD = {"received_at": "2026-11-13T17:12:00-08:00", "business_days": 1, "rule": "end_of_nth_business_day"}


def run(lines: Sequence[object] | bytes, *arguments: str) -> tuple[list[dict[str, object]], bool]:
    """Return the answers and whether the command would exit with 0."""
    if not isinstance(lines, bytes):
        lines = "".join(json.dumps(line) + "\n" for line in lines).encode()
    out, is_clean = StringIO(), True
    try:
        call_command("compute_deadlines", *arguments, stdin=BytesIO(lines), stdout=out)
    except CommandError as error:
        is_clean = error.returncode != 1
    return [json.loads(line) for line in out.getvalue().splitlines()], is_clean


def test_a_line_is_answered_with_its_due_instant_and_trace() -> None:
    assert run([GOOD]) == (
        [
            {
                "due_at": "2026-11-17T01:00:00Z",
                "trace": [
                    "Received Fri 13 Nov, 5:12 pm, after closing.",
                    "Day 0 is Fri 13 Nov.",
                    "Sat 14 and Sun 15 Nov: closed.",
                    "Mon 16 Nov is business day 1.",
                    "Answer by Mon 16 Nov, 5:00 pm.",
                ],
            }
        ],
        True,
    )


def test_every_worked_example_comes_out_with_its_calendar_inline() -> None:
    rows = examples()
    lines = [
        {**row, "business_days": int(row["business_days"]), "calendar": calendar_data()[row["calendar"]]}
        for row in rows
    ]
    answers, is_clean = run(lines)
    assert is_clean
    assert [answer["due_at"] for answer in answers] == [_utc(row["due_at"]) for row in rows]


def test_calendars_of_a_file_may_be_used_by_name() -> None:
    rows = examples()
    lines = [{**row, "business_days": int(row["business_days"])} for row in rows]
    answers, is_clean = run(lines, "--calendar", str(DATA / "calendars.json"))
    assert is_clean
    assert [answer["due_at"] for answer in answers] == [_utc(row["due_at"]) for row in rows]


def _utc(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_file_may_hold_one_calendar(tmp_path: Path) -> None:
    path = tmp_path / "tuesdays.json"
    path.write_text(json.dumps(calendar_data()["tuesdays_only"]), encoding="utf-8")
    answers, _ = run([GOOD], "--calendar", str(path))
    assert answers[0]["due_at"] == "2026-11-18T01:00:00Z"


BAD_VALUES: list[dict[str, object]] = [
    {"received_at": "2026-11-13T17:12:00"},
    {"received_at": "tomorrow"},
    {"received_at": 1794618720},
    {"received_at": None},
    {"received_at": "2026-11-13"},
    {"received_at": "2030-01-02T10:00:00-08:00"},
    {"received_at": "0001-01-01T00:00:00+14:00"},
    {"business_days": 0},
    {"business_days": 367},
    {"business_days": 1.0},
    {"business_days": True},
    {"business_days": "2"},
    {"business_days": float("nan")},
    {"rule": "soon"},
    {"rule": None},
    {"rule": ["end_of_nth_business_day"]},
    {"calendar": {}},
    {"calendar": []},
    {"calendar": 5},
    {"calendar": "nowhere"},
]
BAD_LINES = [
    b"not json",
    b"[1, 2]",
    b"null",
    b'"text"',
    b"{}",
    b"\xff\xfe{}",
    b"[" * 100_000,
    b'{"received_at": ',
    *(json.dumps({**GOOD, **bad}).encode() for bad in BAD_VALUES),
    *(json.dumps({key: value for key, value in GOOD.items() if key != missing}).encode() for missing in GOOD),
]


@pytest.mark.parametrize("line", BAD_LINES, ids=lambda line: line[:60].decode("latin-1"))
def test_a_bad_line_gets_an_error_and_the_rest_their_answers(line: bytes) -> None:
    good = json.dumps(GOOD).encode()
    answers, is_clean = run(b"\n".join([good, line, good]))
    assert not is_clean
    assert len(answers) == 3
    assert list(answers[1]) == ["error"]
    assert answers[1]["error"]
    assert answers[0] == answers[2]
    assert "due_at" in answers[0]


def test_blank_lines_are_passed_over_and_other_keys_ignored() -> None:
    line = json.dumps({**GOOD, "id": 7, "note": "ñ"}).encode()
    answers, is_clean = run(b"\n  \n\xef\xbb\xbf" + line + b"\r\n\n" + line)
    assert is_clean
    assert len(answers) == 2


def test_no_input_is_no_failure() -> None:
    assert run(b"") == ([], True)


def test_answers_keep_their_order_across_chunks() -> None:
    days = [number % 20 + 1 for number in range(3000)]
    padding = "x" * 200
    answers, _ = run([{**GOOD, "business_days": day, "padding": padding} for day in days])
    once = {day: answers[day - 1]["due_at"] for day in range(1, 21)}
    assert [answer["due_at"] for answer in answers] == [once[day] for day in days]


def test_an_unusable_calendar_file_is_one_clear_line(tmp_path: Path) -> None:
    for name, text in (("missing.json", None), ("broken.json", "{"), ("empty.json", "{}"), ("list.json", "[]")):
        path = tmp_path / name
        if text is not None:
            path.write_text(text, encoding="utf-8")
        with pytest.raises(CommandError, match="Cannot use"):
            call_command("compute_deadlines", "--calendar", str(path), stdin=BytesIO(), stdout=StringIO())
    both = tmp_path / "both.json"
    city = calendar_data()["city"]
    both.write_text(json.dumps({"north": city, "south": city}), encoding="utf-8")
    with pytest.raises(CommandError, match='none is called "city"'):
        call_command("compute_deadlines", "--calendar", str(both), stdin=BytesIO(), stdout=StringIO())


def test_as_a_program_it_answers_while_the_pipe_is_open_and_exits_with_1_after_a_failure() -> None:
    with subprocess.Popen(
        [sys.executable, "manage.py", "compute_deadlines"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(json.dumps(GOOD).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["due_at"] == "2026-11-17T01:00:00Z"
        process.stdin.write(b"nonsense\n")
        process.stdin.close()
        assert "error" in json.loads(process.stdout.readline())
        assert process.stdout.read() == b""
        assert b"1 of 2 lines could not be answered" in process.stderr.read()
        assert process.wait(timeout=30) == 1


@pytest.mark.drill
def test_a_batch_is_answered_fast_enough(full_size_drill: bool) -> None:
    lines = 200_000 if full_size_drill else 2_000
    first_at = datetime(2025, 1, 2, tzinfo=UTC)
    batch = [
        json.dumps(
            {
                "received_at": (first_at + timedelta(minutes=431 * number % (1000 * 1440))).isoformat(),
                "business_days": (1, 2, 5, 10)[number % 4],
                "rule": list(Rule)[number % 3],
            }
        )
        for number in range(lines)
    ]
    started = process_time()
    answers, is_clean = run("\n".join(batch).encode())
    seconds = process_time() - started
    assert is_clean
    assert len(answers) == lines
    if full_size_drill:
        assert lines / seconds >= 20_000
