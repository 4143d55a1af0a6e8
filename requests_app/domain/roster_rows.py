"""A row of a roster file: which columns there are, what people call them, and what each may hold."""

from requests_app.domain.vocabulary import Role

COLUMNS = (
    "name",
    "e-mail",
    "title",
    "extension",
    "department",
    "employment",
    "hired_on",
    "languages",
    "roles",
)


def role_code(role: Role | str, department: str) -> str:
    """Write a role and where it is held: "supervisor@finance"."""
    return f"{role}@{department}"
