"""Why a roster file or one of its rows cannot be used, in words that say what to do."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.roster_files import UnusableRoster
from requests_app.models.labels import ROLES
from requests_app.selectors.roster_previews import Change, PreviewRow

Words = Mapping[str, str | Promise]
_FILE: Words = {
    "too_big": _("The file is larger than %(limit)s MB. Split it."),
    "too_many_rows": _("The file has more than %(limit)s rows. Split it."),
    "not_text": _("This is no CSV file. In the spreadsheet choose “Save as”, then CSV UTF-8."),
    "no_heading": _("The first line has no heading “name” or “e-mail”. Start from the template."),
    "column_twice": _("The column “%(column)s” is there twice. Delete one of them."),
    "empty": _("The file has no rows under its headings."),
    "bad_quotes": _("Quotation marks do not match from line %(line)s on. Save the file again as CSV."),
}
_ROW: Words = {
    "too_long": _("%(value)s: too long"),
    "email": _("%(value)s is not an e-mail address"),
    "extension": _("%(value)s is not an extension: digits only"),
    "employment": _("%(value)s is not employee, contractor or volunteer"),
    "date": _("%(value)s is not a date like 2026-11-24 or 11/24/2026"),
    "language": _("%(value)s is not a language we keep: Spanish, Chinese, Tagalog, Punjabi, Other"),
    "role": _("%(value)s is not a role"),
    "nobody": _("neither a name nor an e-mail address"),
    "no_name": _("no name, and nobody has this e-mail address"),
    "no_department": _("no department, and nobody is known by this e-mail address or name"),
    "unknown_department": _("no department is called %(value)s"),
    "several_departments": _("several departments are called %(value)s: write the one in their address, like finance"),
    "several_people": _("several people are called %(value)s: change them one by one"),
    "twice_in_file": _("this person is in the file more than once"),
    "has_left": _("%(value)s has left: record that they came back first"),
    "role_by_hand": _("Human Resources and administrators are named one by one, on the page of the person"),
    "own_roles": _("nobody changes their own roles"),
}
_COLUMNS: Words = {
    "name": _("name"),
    "email": _("e-mail"),
    "title": _("title"),
    "extension": _("extension"),
    "employment": _("employment"),
    "hired_on": _("hired on"),
    "languages": _("languages"),
    "department": _("department"),
}


def file_words(unusable: UnusableRoster) -> str:
    """Say why nothing can be read from a file."""
    return str(_FILE[unusable.code]) % unusable.params


def row_words(row: PreviewRow) -> str:
    """Say why a row cannot be used."""
    return str(_ROW[row.code]) % {"value": row.value}


def change_words(change: Change) -> str:
    """Say what changes: "title: Clerk → Senior Clerk"."""
    before = f"{change.before} → " if change.before else ""
    return f"{_COLUMNS[change.column]}: {before}{change.after}"


def role_words(row: PreviewRow) -> list[str]:
    """Name the roles a row gives."""
    return [f"{ROLES[role]}, {department.name}" for role, department in row.new_roles]
