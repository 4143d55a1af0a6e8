"""What the rules of the directory know of roles, beside what each may do (DOMAIN 4)."""

from requests_app.domain.vocabulary import Role

# Whoever holds one of these anywhere reaches the whole city, so they are held for the whole city.
CITY_WIDE = frozenset(
    {
        Role.FRONT_DESK,
        Role.HR,
        Role.RECORDS_CLERK,
        Role.CITY_MANAGER,
        Role.ATTORNEY,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)
# They open confidential matters or the running of the desk: a password alone is not enough.
SECOND_FACTOR = frozenset({Role.HR, Role.ADMINISTRATOR})
