"""The workflow table, walked cell by cell against one written by hand."""

import pytest

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Role, Status
from requests_app.domain.workflow import Action, actions_for, next_status

# status -> action -> (where it leads, who may).
DESK, OWNER, STAFF = Role.FRONT_DESK, Role.OWNER, Role.STAFF
LEADS = {Role.SUPERVISOR, Role.DEPARTMENT_HEAD}
BACK = {OWNER, STAFF} | LEADS
WORK = BACK | {DESK}
WRITE = WORK | {Role.HR, Role.CITY_MANAGER, Role.RECORDS_CLERK}

DECIDE = LEADS | {OWNER, Role.HR, Role.CITY_MANAGER}

EVERYWHERE = {
    Action.RESTRICT: LEADS | {Role.CITY_MANAGER},
    Action.CLASSIFY: {Role.HR},
    Action.NAME_PEOPLE: {Role.HR},
    Action.KEEP_FAIR: DECIDE,
    Action.THANK: WRITE,
    Action.ACCEPT: WRITE | {Role.CONSULTED},
    Action.RETURN: WRITE | {Role.CONSULTED},
    Action.PROPOSE_EXCUSAL: {OWNER},
    Action.DECIDE_EXCUSAL: LEADS | {Role.HR, Role.CITY_MANAGER},
}
UNFINISHED = {
    Action.CONSULT: WRITE,
    Action.END_CONSULTATION: WRITE,
    Action.LINK_RECORDS: {Role.HR, Role.RECORDS_CLERK},
    Action.DESCRIBE: WRITE,
    Action.ESCALATE: WRITE | {Role.CONSULTED},
    Action.SNOOZE: {OWNER},
}

EXPECTED: dict[Status, dict[Action, tuple[Status, set[Role]]]] = {
    Status.NEW: {
        Action.ANSWER: (Status.OPEN, WORK),
        Action.ATTEMPT: (Status.NEW, WORK),
        Action.NOTE: (Status.NEW, WRITE | {Role.CONSULTED}),
        Action.ATTACH: (Status.NEW, WRITE | {Role.CONSULTED}),
        Action.ADD_CONTACT: (Status.NEW, WORK),
        Action.TAKE: (Status.OPEN, WORK),
        Action.GIVE: (Status.NEW, WORK),
        Action.SEND_BACK: (Status.NEW, BACK),
        Action.WAIT: (Status.WAITING, WORK),
        Action.CLOSE: (Status.CLOSED, WORK),
        Action.REMIND: (Status.NEW, LEADS | {DESK}),
        Action.CORRECT: (Status.NEW, LEADS),
        Action.EXCUSE: (Status.NEW, LEADS),
        Action.EXTEND: (Status.NEW, BACK | {Role.RECORDS_CLERK, Role.HR}),
        Action.DETERMINE: (Status.OPEN, {Role.RECORDS_CLERK, Role.HR}),
    },
    Status.OPEN: {
        Action.ANSWER: (Status.OPEN, WORK),
        Action.ATTEMPT: (Status.OPEN, WORK),
        Action.NOTE: (Status.OPEN, WRITE | {Role.CONSULTED}),
        Action.ATTACH: (Status.OPEN, WRITE | {Role.CONSULTED}),
        Action.ADD_CONTACT: (Status.OPEN, WORK),
        Action.TAKE: (Status.OPEN, WORK),
        Action.GIVE: (Status.OPEN, WORK),
        Action.SEND_BACK: (Status.NEW, BACK),
        Action.WAIT: (Status.WAITING, WORK),
        Action.CLOSE: (Status.CLOSED, WORK),
        Action.REMIND: (Status.OPEN, LEADS | {DESK}),
        Action.CORRECT: (Status.OPEN, LEADS),
        Action.EXCUSE: (Status.OPEN, LEADS),
        Action.EXTEND: (Status.OPEN, BACK | {Role.RECORDS_CLERK, Role.HR}),
        Action.DETERMINE: (Status.OPEN, {Role.RECORDS_CLERK, Role.HR}),
    },
    Status.WAITING: {
        Action.ANSWER: (Status.WAITING, WORK),
        Action.ATTEMPT: (Status.WAITING, WORK),
        Action.NOTE: (Status.WAITING, WRITE | {Role.CONSULTED}),
        Action.ATTACH: (Status.WAITING, WRITE | {Role.CONSULTED}),
        Action.ADD_CONTACT: (Status.OPEN, WORK),
        Action.TAKE: (Status.WAITING, WORK),
        Action.GIVE: (Status.WAITING, WORK),
        Action.RESUME: (Status.OPEN, WORK),
        Action.CLOSE: (Status.CLOSED, WORK),
        Action.REMIND: (Status.WAITING, LEADS | {DESK}),
        Action.CORRECT: (Status.WAITING, LEADS),
        Action.EXCUSE: (Status.WAITING, LEADS),
        Action.EXTEND: (Status.WAITING, BACK | {Role.RECORDS_CLERK, Role.HR}),
        Action.DETERMINE: (Status.WAITING, {Role.RECORDS_CLERK, Role.HR}),
    },
    Status.RESOLVED: {
        Action.ANSWER: (Status.RESOLVED, WORK),
        Action.NOTE: (Status.RESOLVED, WRITE | {Role.CONSULTED}),
        Action.ATTACH: (Status.RESOLVED, WRITE | {Role.CONSULTED}),
        Action.ADD_CONTACT: (Status.RESOLVED, WORK),
        Action.TAKE: (Status.RESOLVED, WORK),
        Action.GIVE: (Status.RESOLVED, WORK),
        Action.REMIND: (Status.RESOLVED, LEADS | {DESK}),
        Action.CORRECT: (Status.RESOLVED, LEADS),
        Action.EXCUSE: (Status.RESOLVED, LEADS),
        Action.CONSULT: (Status.RESOLVED, WRITE),
        Action.END_CONSULTATION: (Status.RESOLVED, WRITE),
        Action.DESCRIBE: (Status.RESOLVED, WRITE),
        Action.FOLLOW_UP: (Status.RESOLVED, WORK | DECIDE),
        Action.REVIEW: (Status.OPEN, WORK | DECIDE),
        Action.ESCALATE: (Status.RESOLVED, WRITE | {Role.CONSULTED}),
        Action.SNOOZE: (Status.RESOLVED, {OWNER}),
    },
    Status.CLOSED: {
        Action.NOTE: (Status.CLOSED, WRITE | {Role.CONSULTED}),
        Action.ATTACH: (Status.CLOSED, WRITE | {Role.CONSULTED}),
        Action.REOPEN: (Status.OPEN, WORK),
        Action.REVIEW: (Status.OPEN, WORK | DECIDE),
        Action.CORRECT: (Status.CLOSED, LEADS),
        Action.EXCUSE: (Status.CLOSED, LEADS),
    },
}
for _status in Status:
    EXPECTED[_status] |= {action: (_status, roles) for action, roles in EVERYWHERE.items()}
for _status in (Status.NEW, Status.OPEN, Status.WAITING):
    EXPECTED[_status] |= {action: (_status, roles) for action, roles in UNFINISHED.items()}
    EXPECTED[_status] |= {
        Action.INVESTIGATE: (Status.WAITING if _status is Status.WAITING else Status.OPEN, DECIDE),
        Action.DECIDE: (Status.RESOLVED, DECIDE),
    }


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("action", list(Action))
def test_every_cell_of_the_table(status: Status, action: Action) -> None:
    expected = EXPECTED[status].get(action)
    for role in Role:
        if expected is None:
            with pytest.raises(ActionRefused) as refused:
                next_status(status, action, frozenset({role}))
            assert refused.value.refusal is Refusal.STATUS
        elif role in expected[1]:
            assert next_status(status, action, frozenset({role})) is expected[0]
        else:
            with pytest.raises(ActionRefused) as refused:
                next_status(status, action, frozenset({role}))
            assert refused.value.refusal is Refusal.ROLE
        assert (action in actions_for(status, frozenset({role}))) is bool(expected and role in expected[1])


def test_roles_add_up_and_no_role_may_nothing() -> None:
    both = actions_for(Status.OPEN, frozenset({Role.HR, Role.SUPERVISOR}))

    assert both == actions_for(Status.OPEN, frozenset({Role.SUPERVISOR})) | actions_for(
        Status.OPEN, frozenset({Role.HR})
    )
    assert actions_for(Status.OPEN, frozenset()) == frozenset()
