"""Which clauses somebody signs for, and who may: what is attested is neither computed nor rated (III.b.ii.1)."""

# Greetings (III.b.ii.5) are attested one by one in the register of absences, not here.
SIGNABLE = ("III.b.i.4", "III.b.ii.1")


def may_sign(department_id: int | None, *, is_hr: bool, heads: frozenset[int]) -> bool:
    """Say whether somebody may sign for a department: Human Resources for all and any, a head for their own."""
    return is_hr or (department_id is not None and department_id in heads)
