"""Who may ask somebody else about a restricted request: what DOMAIN 4 adds to the workflow table."""

from collections.abc import Mapping

from requests_app.domain.vocabulary import Confidentiality, Role

# Single records by invitation; these three invite.
_INVITE_THE_ATTORNEY = frozenset({Role.HR, Role.RECORDS_CLERK, Role.CITY_MANAGER})
_ASK_ABOUT: Mapping[Confidentiality, frozenset[Role]] = {
    Confidentiality.CONFIDENTIAL: frozenset({Role.OWNER, Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.HR}),
    Confidentiality.IMPROPER_ACTIVITY: frozenset({Role.HR}),
    Confidentiality.POLICE_STUB: frozenset({Role.HR}),
}


def may_ask(confidentiality: str, roles: frozenset[Role], *, is_attorney: bool) -> bool:
    """Say whether somebody with these roles may open a request to one person more; who is asked may be the attorney."""
    if is_attorney:
        return not _INVITE_THE_ATTORNEY.isdisjoint(roles)
    askers = _ASK_ABOUT.get(Confidentiality(confidentiality))
    return askers is None or not askers.isdisjoint(roles)
