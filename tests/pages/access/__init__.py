"""Who gets what from which address: written by hand, so that a new address without a row is noticed.

One text file for each area, beside this module. GET and POST (with an empty form) are asked of every address; DO is a
POST of a valid form, for the verbs. The request in the addresses is Alice's, in the streets department, not yet
answered.
"""

from collections.abc import Mapping
from pathlib import Path

PEOPLE = (
    "anonymous", "alice", "bob", "sam", "dora", "max", "hana", "fay", "ada", "charlie", "cleo", "otto", "lena",
)  # fmt: skip
_FOLDER = Path(__file__).parent

# What an address is made of, besides the number of the request.
PARTS: Mapping[str, Mapping[str, str]] = {
    "bulk_act": {"verb": "take"},
    "compliance_chart": {"look": "light", "size": "wide"},
    "end_one_sign_in": {"pk": "0"},
    "mfa_edit_webauthn": {"pk": "0"},
    "mfa_remove_webauthn": {"pk": "0"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "0-0"},
}


def expected() -> dict[str, dict[str, dict[str, int]]]:
    """Read the tables: address name to method to person to status."""
    rows: dict[str, dict[str, dict[str, int]]] = {}
    for line in _lines():
        name, method, *statuses = line.split()
        rows.setdefault(name, {})[method] = dict(zip(PEOPLE, map(int, statuses), strict=True))
    return rows


def _lines() -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.txt"))]
    return [line for text in texts for line in text.splitlines() if line.strip() and not line.startswith("#")]


BY_NUMBER = {"contact_add", "contact_done"} | {
    name for name in expected() if name.startswith("request_") and name != "request_list"
}


def parts_of(name: str, number: str) -> dict[str, str]:
    """Give what the address of that name is made of."""
    by_number = {"number": number} if name in BY_NUMBER else {}
    return {**PARTS.get(name, {}), **by_number}
