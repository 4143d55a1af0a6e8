"""Who gets what from the address of each kind of request: the tables beside, times what everybody is to it.

`standings.txt` says what a person is to a kind; the other tables say what comes of it. All of it is written by hand.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from tests.pages.access import BY_NUMBER, PEOPLE, expected

_FOLDER = Path(__file__).parent
SIGNED_IN = PEOPLE[1:]
# The column of the tables beside that shows what somebody of this standing gets.
_COLUMN: Mapping[str, str] = {
    "owner": "alice", "work": "bob", "lead": "sam", "manager": "max", "hr": "hana", "desk": "fay", "clerk": "cleo",
    "audit": "otto", "none": "charlie", "outside": "ada",
}  # fmt: skip
UNSEEING = ("none", "outside", "stub", "handed")


@cache
def standings() -> dict[str, dict[str, str]]:
    """Give kind to person to standing."""
    return {kind: dict(zip(SIGNED_IN, rest, strict=True)) for kind, *rest in _rows("standings.txt")}


def cells(kind: str, who: str) -> Iterator[tuple[str, str, int]]:
    """Give (address name, method, expected status) of every address by number, for one person and one kind."""
    standing = standings()[kind][who] if who != "anonymous" else ""
    for name in sorted(BY_NUMBER):
        for method in expected()[name]:
            status = _status(kind, name, method, standing) if standing else expected()[name][method][who]
            yield name, method, status


def _status(kind: str, name: str, method: str, standing: str) -> int:
    differing = dict(_differences().get((kind, name, method), {}))
    if standings()[kind]["fay"] in ("stub", "handed"):
        differing = _differences().get(("restricted", name, method), {}) | differing
    if standing in differing:
        return differing[standing]
    if "*" in differing and standing not in UNSEEING:
        return differing["*"]
    if standing in _COLUMN:
        return expected()[name][method][_COLUMN[standing]]
    own = _own_columns().get((name, method), {})
    if standing in own:
        return own[standing]
    if standing in UNSEEING:
        return expected()[name][method]["charlie"]
    return 403 if method == "DO" else expected()[name][method]["bob"]


@cache
def _own_columns() -> dict[tuple[str, str], dict[str, int]]:
    columns = ("read", "asked", "counsel", "stub", "handed")
    return {
        (name, method): dict(zip(columns, map(int, rest), strict=True))
        for name, method, *rest in _rows("own_columns.txt")
    }


@cache
def _differences() -> dict[tuple[str, str, str], dict[str, int]]:
    found: dict[tuple[str, str, str], dict[str, int]] = {}
    for kind, name, method, standing, status in _rows("differences.txt"):
        found.setdefault((kind, name, method), {})[standing] = int(status)
    return found


def _rows(name: str) -> list[list[str]]:
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line.strip() and not line.startswith("#")]
