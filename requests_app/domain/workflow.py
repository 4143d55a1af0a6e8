"""Who may do what to a request in which status: the one table that buttons and services both read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import FollowUpOutcome, Role, Status


class Action(StrEnum):
    """What people do to a request: one button, one service."""

    ANSWER = "answer"
    ATTEMPT = "attempt"
    NOTE = "note"
    ADD_CONTACT = "add_contact"
    TAKE = "take"
    GIVE = "give"
    SEND_BACK = "send_back"
    WAIT = "wait"
    RESUME = "resume"
    CLOSE = "close"
    REOPEN = "reopen"
    REMIND = "remind"
    CORRECT = "correct"
    EXCUSE = "excuse"
    PROPOSE_EXCUSAL = "propose_excusal"
    DECIDE_EXCUSAL = "decide_excusal"
    SNOOZE = "snooze"
    EXTEND = "extend"
    CONSULT = "consult"
    END_CONSULTATION = "end_consultation"
    RESTRICT = "restrict"
    CLASSIFY = "classify"
    NAME_PEOPLE = "name_people"
    LINK_RECORDS = "link_records"
    ATTACH = "attach"
    DETERMINE = "determine"
    DESCRIBE = "describe"
    INVESTIGATE = "investigate"
    DECIDE = "decide"
    FOLLOW_UP = "follow_up"
    REVIEW = "review"
    KEEP_FAIR = "keep_fair"
    THANK = "thank"
    ESCALATE = "escalate"
    ACCEPT = "accept"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Transition:
    """Where an action leads, and the roles in the request's department that may take it there."""

    to: Status
    roles: frozenset[Role]


_WORKERS = frozenset({Role.OWNER, Role.STAFF, Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.FRONT_DESK})
_LEADS = frozenset({Role.SUPERVISOR, Role.DEPARTMENT_HEAD})
_WRITERS = _WORKERS | {Role.HR, Role.CITY_MANAGER, Role.RECORDS_CLERK}
_DECIDERS = _LEADS | {Role.OWNER, Role.HR, Role.CITY_MANAGER}
_UNFINISHED = (Status.NEW, Status.OPEN, Status.WAITING)
# A complaint that was answered in writing and awaits its follow-up; nothing else is ever there (DOMAIN 3).
_STANDING = (*_UNFINISHED, Status.RESOLVED)
_EVERY = (*_STANDING, Status.CLOSED)

Allow = Callable[[Action, tuple[Status, ...], Status | None, frozenset[Role]], None]


def _table() -> dict[tuple[Status, Action], Transition]:
    table: dict[tuple[Status, Action], Transition] = {}

    def allow(action: Action, statuses: tuple[Status, ...], to: Status | None, roles: frozenset[Role]) -> None:
        for status in statuses:
            table[status, action] = Transition(to or status, roles)

    # III.b.ii.3, III.b.ii.4: whoever answers, the answer counts; an answered request is no longer new.
    allow(Action.ANSWER, (Status.NEW, Status.OPEN), Status.OPEN, _WORKERS)
    allow(Action.ANSWER, (Status.WAITING, Status.RESOLVED), None, _WORKERS)
    allow(Action.ATTEMPT, _UNFINISHED, None, _WORKERS)
    allow(Action.NOTE, _EVERY, None, _WRITERS | {Role.CONSULTED})
    allow(Action.ATTACH, _EVERY, None, _WRITERS | {Role.CONSULTED})
    # A new contact ends the waiting: the resident has spoken.
    allow(Action.ADD_CONTACT, (Status.NEW, Status.OPEN, Status.RESOLVED), None, _WORKERS)
    allow(Action.ADD_CONTACT, (Status.WAITING,), Status.OPEN, _WORKERS)
    # III.a.iv: somebody owns every request.
    allow(Action.TAKE, _UNFINISHED, Status.OPEN, _WORKERS)
    allow(Action.TAKE, (Status.WAITING, Status.RESOLVED), None, _WORKERS)
    allow(Action.GIVE, _STANDING, None, _WORKERS)
    allow(Action.SEND_BACK, (Status.NEW, Status.OPEN), Status.NEW, _WORKERS - {Role.FRONT_DESK})
    allow(Action.WAIT, (Status.NEW, Status.OPEN), Status.WAITING, _WORKERS)
    allow(Action.RESUME, (Status.WAITING,), Status.OPEN, _WORKERS)
    allow(Action.CLOSE, _UNFINISHED, Status.CLOSED, _WORKERS)
    allow(Action.REOPEN, (Status.CLOSED,), Status.OPEN, _WORKERS)
    allow(Action.REMIND, _STANDING, None, _LEADS | {Role.FRONT_DESK})
    # III.d.i: supervisors answer for adherence, so facts and excuses are theirs to decide.
    allow(Action.CORRECT, _EVERY, None, _LEADS)
    allow(Action.EXCUSE, _EVERY, None, _LEADS)
    allow(Action.PROPOSE_EXCUSAL, _EVERY, None, frozenset({Role.OWNER}))
    # Who of them it is, `domain.excusals` says: the chain goes up where the lead is the absent person.
    allow(Action.DECIDE_EXCUSAL, _EVERY, None, _LEADS | {Role.CITY_MANAGER, Role.HR})
    allow(Action.SNOOZE, _STANDING, None, frozenset({Role.OWNER}))
    allow(Action.EXTEND, _UNFINISHED, None, _WORKERS - {Role.FRONT_DESK} | {Role.RECORDS_CLERK, Role.HR})
    # DOMAIN 4: who else may read it, and who may not.
    allow(Action.CONSULT, _STANDING, None, _WRITERS)
    allow(Action.END_CONSULTATION, _STANDING, None, _WRITERS)
    allow(Action.RESTRICT, _EVERY, None, _LEADS | {Role.CITY_MANAGER})
    allow(Action.CLASSIFY, _EVERY, None, frozenset({Role.HR}))
    allow(Action.NAME_PEOPLE, _EVERY, None, frozenset({Role.HR}))
    allow(Action.LINK_RECORDS, _UNFINISHED, None, frozenset({Role.HR, Role.RECORDS_CLERK}))
    # Cal. Gov. Code 7922.535: the clerk determines for the department that has the records.
    allow(Action.DETERMINE, (Status.NEW, Status.OPEN), Status.OPEN, frozenset({Role.RECORDS_CLERK, Role.HR}))
    allow(Action.DETERMINE, (Status.WAITING,), Status.WAITING, frozenset({Role.RECORDS_CLERK, Role.HR}))
    _allow_complaints(allow)
    _allow_escalations(allow)
    return table


def _allow_complaints(allow: Allow) -> None:
    """III.b.v.1, III.b.v.3: described, investigated, answered in writing, followed up, reviewed by somebody else."""
    allow(Action.DESCRIBE, _STANDING, None, _WRITERS)
    allow(Action.INVESTIGATE, (Status.NEW, Status.OPEN), Status.OPEN, _DECIDERS)
    allow(Action.INVESTIGATE, (Status.WAITING,), None, _DECIDERS)
    allow(Action.DECIDE, _UNFINISHED, Status.RESOLVED, _DECIDERS)
    # Where it leads depends on what the complainant says; see `after_follow_up`.
    allow(Action.FOLLOW_UP, (Status.RESOLVED,), None, _WORKERS | _DECIDERS)
    allow(Action.REVIEW, (Status.RESOLVED, Status.CLOSED), Status.OPEN, _WORKERS | _DECIDERS)
    allow(Action.KEEP_FAIR, _EVERY, None, _DECIDERS)
    allow(Action.THANK, _EVERY, None, _WRITERS)


def _allow_escalations(allow: Allow) -> None:
    """III.b.v.2: whoever works on it escalates; who received it is asked about it, and answers."""
    allow(Action.ESCALATE, _STANDING, None, _WRITERS | {Role.CONSULTED})
    allow(Action.ACCEPT, _EVERY, None, _WRITERS | {Role.CONSULTED})
    allow(Action.RETURN, _EVERY, None, _WRITERS | {Role.CONSULTED})


TABLE: Mapping[tuple[Status, Action], Transition] = _table()


def next_status(status: str, action: Action, roles: frozenset[Role]) -> Status:
    """Say where the action leads. Raises ActionRefused for the status first, then for the roles."""
    transition = TABLE.get((Status(status), action))
    if transition is None:
        raise ActionRefused(Refusal.STATUS)
    if not transition.roles & roles:
        raise ActionRefused(Refusal.ROLE)
    return transition.to


def actions_for(status: str, roles: frozenset[Role]) -> frozenset[Action]:
    """List what somebody with these roles may do now: the buttons of the page."""
    current = Status(status)
    return frozenset(action for (at, action), way in TABLE.items() if at is current and way.roles & roles)


def is_finished(status: str) -> bool:
    """Say whether nothing more is asked of anybody."""
    return status == Status.CLOSED


def is_waiting(status: str) -> bool:
    """Say whether the resident has the next word."""
    return status == Status.WAITING


def awaits_follow_up(status: str) -> bool:
    """Say whether the written answer was given, and the follow-up not made yet."""
    return status == Status.RESOLVED


def after_follow_up(outcome: FollowUpOutcome | None) -> Status:
    """Say where a follow-up leads: an attempt leaves it, "not resolved" opens it again, all else closes (III.b.v.3)."""
    if outcome is None:
        return Status.RESOLVED
    return Status.OPEN if outcome is FollowUpOutcome.NOT_RESOLVED else Status.CLOSED
