"""How many wrong passwords and codes are looked at, and by whose count.

A stranger's guesses count against the address they come from and against the account. A browser in which that account
has signed in before has a count of its own instead: so nobody outside can lock the owner out of the computers they
use, however hard they guess (OWASP, "device cookies").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

PASSWORD, CODE = "password", "code"
_SHORT, _LONG = timedelta(minutes=10), timedelta(days=1)
FROM_KNOWN_BROWSER = 10
FROM_ADDRESS = 30
AT_ACCOUNT = 20
# NIST SP 800-63B-4, 3.2.2: no more than 100 in a row.
AT_ACCOUNT_A_DAY = 100


@dataclass(frozen=True, slots=True)
class GuessCounter:
    """One count: at most `limit` guesses within `window` from the first of them."""

    name: str
    limit: int
    window: timedelta


def counters_for(*, kind: str, account: str, address: str, browser: str | None) -> Sequence[GuessCounter]:
    """Give every count a guess goes to; one that is full refuses it. `kind` is what is guessed: password, code."""
    if browser:
        return (GuessCounter(f"{kind} browser {browser} {account}", FROM_KNOWN_BROWSER, _SHORT),)
    return (
        GuessCounter(f"{kind} address {address}", FROM_ADDRESS, _SHORT),
        *account_counters(kind=kind, account=account),
    )


def account_counters(*, kind: str, account: str) -> Sequence[GuessCounter]:
    """Give the counts of an account alone."""
    return (
        GuessCounter(f"{kind} account {account}", AT_ACCOUNT, _SHORT),
        GuessCounter(f"{kind} account a day {account}", AT_ACCOUNT_A_DAY, _LONG),
    )
