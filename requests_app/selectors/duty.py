"""One duty: a page that somebody keeps in order, and whose it is."""

from dataclasses import dataclass

from django.utils.functional import Promise

from requests_app.domain.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Duty:
    """One page that somebody keeps in order; `url` is the name of its address."""

    url: str
    label: str | Promise
    text: str | Promise
    icon: str
    roles: frozenset[Role]
