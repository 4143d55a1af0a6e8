"""Who may be asked to take over the work of somebody who leaves."""

from enum import StrEnum
from typing import NamedTuple


class Receiver(StrEnum):
    """The four answers to "to whom does it go?"."""

    ALTERNATE = "alternate"
    SUPERVISOR = "supervisor"
    QUEUE = "queue"
    PERSON = "person"


class Heir(NamedTuple):
    """One answer; `person_id` goes with PERSON alone."""

    receiver: Receiver
    person_id: int | None = None
