"""Why an act was refused, in words that say what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.workflow import ActionRefused, Refusal

_WORDS: dict[Refusal, str | Promise] = {
    Refusal.ROLE: _("Your role in this department does not allow that. Ask the owner or the supervisor."),
    Refusal.STATUS: _("That is not possible in the present status. Reload the page to see what changed."),
    Refusal.CLOCK_OPEN: _("An answer is still owed. Record the answer, or choose how it ended without one."),
    Refusal.DETERMINATION_OPEN: _("Record the determination first: this is a records request."),
    Refusal.ANSWER_NEEDED: _("Write what the customer was told."),
    Refusal.BEFORE_RECEIPT: _("An answer cannot come before the contact it answers. Check the date and time."),
    Refusal.IN_FUTURE: _("That time is still to come. Enter when it happened."),
    Refusal.AFTER_RECORDING: _("It was recorded before that time, so it cannot have come later. Check date and time."),
    Refusal.PROMISE_NEEDED: _("A holding answer names the date of the full answer. Enter it."),
    Refusal.PROMISE_NOT_BUSINESS_DAY: _("The city is closed on that date. Choose a business day."),
    Refusal.PROMISE_TOO_FAR: _("That date is too far ahead. Choose one at most %(limit)s business days from now."),
    Refusal.PERSON_CONCERNED: _("This person cannot be given the request. Choose somebody else."),
    Refusal.PERSON_INACTIVE: _("This person no longer works here. Choose somebody else."),
    Refusal.OWN_CLOCK: _("Nobody decides on their own answers. Ask the next supervisor in the chain."),
    Refusal.NOT_LATE: _("This answer is not late, so there is nothing to excuse."),
    Refusal.NOT_OPEN: _("There is no open date to change."),
    Refusal.ALREADY_EXCUSED: _("This late answer is excused already."),
    Refusal.MERGE_WITH_ITSELF: _("A request cannot be a duplicate of itself. Enter the other tracking number."),
    Refusal.MERGE_TARGET_CLOSED: _("The other request is closed. Reopen it first, or choose another."),
    Refusal.MERGE_TARGET_UNKNOWN: _("No request has that tracking number. Check it and try again."),
    Refusal.NO_OWNER: _("Nobody owns this request yet. Give it to somebody first."),
    Refusal.ALREADY_OWNER: _("This person owns the request already."),
    Refusal.EXTENDED_ALREADY: _("The time was extended once already; the law allows one extension."),
    Refusal.EXTENSION_TOO_LONG: _("An extension is at most %(limit)s calendar days."),
    Refusal.DANGER_UNTOLD: _("Say who was told of the danger, and when. If nobody was, call 911 now."),
    Refusal.CHANGED_MEANWHILE: _("Somebody changed this request while you were writing. Your text is kept below."),
    Refusal.PERSON_MAY_NOT_READ: _("This person may not read the request. Choose somebody else."),
    Refusal.ASKING_NOT_YOURS: _("You cannot open this request to that person. Ask Human Resources."),
    Refusal.NOT_A_RECORDS_REQUEST: _("Only a records request asks for other requests."),
    Refusal.TOO_MANY_FILES: _("With these files the request would hold more than it can. Send smaller or fewer files."),
    Refusal.NO_STANDARD: _("No standard covers that date. Check the year."),
    Refusal.OWN_RECORD: _("Nobody changes their own roles, login or leaving. Ask another administrator."),
    Refusal.LAST_ADMINISTRATOR: _("Nobody else could run the service desk. Make somebody else administrator first."),
    Refusal.EMAIL_NEEDED: _("Signing in takes an e-mail address. Enter one under “Change” first."),
    Refusal.EMAIL_TAKEN: _("Somebody else signs in with that e-mail address. Enter another one."),
    Refusal.LOGIN_EXISTS: _("This person has a login already."),
    Refusal.NO_LOGIN: _("This person has no login."),
    Refusal.RECORD_CHANGED: _("Somebody changed this person while you were writing. What you typed is kept below."),
    Refusal.ALTERNATE_TAKEN: _("Nobody stands in for themselves, and nobody is listed twice. Choose somebody else."),
    Refusal.HAS_LEFT: _("This person has left. Record that they came back first."),
    Refusal.WORKS_HERE: _("This person works here already."),
    Refusal.PLAN_CHANGED: _("Something changed since this was shown. Look through it once more, then confirm."),
    Refusal.NAME_TAKEN: _("Another department there has that name. Choose another one."),
    Refusal.DEPARTMENT_INSIDE_ITSELF: _("A department cannot stand under itself. Choose another place."),
    Refusal.DEPARTMENT_IN_USE: _("It is still in use: %(uses)s. Move them first."),
    Refusal.DEPARTMENT_IS_CITY: _("The city itself stays at the top: it can be renamed, not moved or retired."),
    Refusal.DEPARTMENT_RETIRED: _("The department above it is retired. Put that one back into use first."),
    Refusal.NOTHING_TO_REDACT: _("Those words are nowhere in this request. Copy them from the text, and try again."),
    Refusal.NOTHING_TO_PURGE: _("No payment-card or social security number was found in this request."),
    Refusal.NOTHING_DUE: _("Nothing of this department is due. Check the classes, the holds and the other lists."),
    Refusal.EXEMPTION_NEEDED: _("Choose the law that lets the city withhold it: a denial has to name it."),
    Refusal.RELEASE_DATE_NEEDED: _("Enter the day it was released."),
    Refusal.RETENTION_TOO_SHORT: _("The law asks for at least %(least)s years in this class."),
    Refusal.DISPOSAL_STATE: _("That step is not possible now. Reload the page to see how far the list is."),
    Refusal.DISPOSAL_PERSON: _("This step is not yours: another role takes it, or you took one before."),
    Refusal.DESTROYED: _("What was in this request has been destroyed. Log a new one."),
    Refusal.NOTHING_TO_HOLD: _("No request matches, so there is nothing to hold."),
}


def refusal_text(refused: ActionRefused) -> str:
    """Put a refusal into the reader's language."""
    return str(_WORDS[refused.refusal]) % refused.params
