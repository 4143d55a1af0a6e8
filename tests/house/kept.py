"""A clause of the policy, and what keeps it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kept:
    """A clause, where it is cited in the code, and the tests that fail when it is broken."""

    clause: str
    code: str
    tests: tuple[str, ...]
