"""Who keeps the records of a matter: redacts it, holds it, proposes it for disposal."""

from collections.abc import Mapping

from requests_app.domain.vocabulary import Confidentiality, Role

_CLERK = frozenset({Role.RECORDS_CLERK})
# What the records clerk may not read, Human Resources keeps (III.b.i.4).
_HR = frozenset({Role.HR})
KEEPERS: Mapping[Confidentiality, frozenset[Role]] = {
    Confidentiality.ORDINARY: _CLERK,
    Confidentiality.CONFIDENTIAL: _HR,
    Confidentiality.IMPROPER_ACTIVITY: _HR,
    Confidentiality.POLICE_STUB: _HR,
}
