"""The shape of a definition of a figure."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One figure; its texts may name the city's numbers, such as %(target)s.

    `parts` are the names under which metrics count it, so that no counted part is without a definition. An empty
    clause or formula means that there is none.
    """

    code: str
    group: str
    name: str | Promise
    meaning: str | Promise
    formula: str | Promise = ""
    clause: str = ""
    parts: tuple[str, ...] = ()
    is_local_choice: bool = False
