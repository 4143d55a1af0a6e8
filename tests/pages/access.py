"""Who gets what from which address: written by hand, so that a new address without a row is noticed.

GET and POST (with an empty form) are asked of every address; DO is a POST of a valid form, for the verbs. The request
in the addresses is Alice's, in the streets department, not yet answered.
"""

from collections.abc import Mapping

PEOPLE = ("anonymous", "alice", "bob", "sam", "dora", "max", "hana", "fay", "ada", "charlie")

TABLE = """
#                        method anonymous alice bob sam dora max hana fay ada charlie

log_contact              GET    302       200   200 200 200  200 200  200 403 200
log_contact              POST   302       422   422 422 422  422 422  422 403 422
contact_preview          GET    302       405   405 405 405  405 405  405 405 405
contact_preview          POST   302       200   200 200 200  200 200  200 403 200
contact_add              GET    302       405   405 405 405  405 405  405 405 405
contact_add              POST   302       422   422 422 422  422 422  422 403 404
contact_done             GET    302       200   200 200 200  200 200  200 403 404
contact_done             POST   302       405   405 405 405  405 405  405 405 405
suggest_customers        GET    302       200   200 200 200  200 200  200 403 200
suggest_customers        POST   302       405   405 405 405  405 405  405 405 405
suggest_people           GET    302       200   200 200 200  200 200  200 403 200
suggest_people           POST   302       405   405 405 405  405 405  405 405 405
suggest_topics           GET    302       200   200 200 200  200 200  200 403 200
suggest_topics           POST   302       405   405 405 405  405 405  405 405 405
suggest_categories       GET    302       200   200 200 200  200 200  200 403 200
suggest_categories       POST   302       405   405 405 405  405 405  405 405 405
set_look                 GET    405       405   405 405 405  405 405  405 405 405
set_look                 POST   302       302   302 302 302  302 302  302 302 302

my_work                  GET    302       200   200 200 200  200 200  200 200 200
my_work                  POST   405       405   405 405 405  405 405  405 405 405
queue                    GET    302       200   200 200 200  200 200  200 200 200
queue                    POST   405       405   405 405 405  405 405  405 405 405
overdue                  GET    302       200   200 200 200  200 200  200 200 200
overdue                  POST   405       405   405 405 405  405 405  405 405 405
request_list             GET    302       200   200 200 200  200 200  200 200 200
request_list             POST   405       405   405 405 405  405 405  405 405 405
bulk_undo                GET    302       405   405 405 405  405 405  405 405 405
bulk_undo                POST   302       302   302 302 302  302 302  302 302 302
bulk_act                 GET    302       405   405 405 405  405 405  405 405 405
bulk_act                 POST   302       302   302 302 302  302 302  302 302 302

compliance               GET    302       403   403 200 200  200 200  403 403 403
compliance               POST   405       405   405 405 405  405 405  405 405 405
compliance_csv           GET    302       403   403 200 200  200 200  403 403 403
compliance_csv           POST   405       405   405 405 405  405 405  405 405 405
compliance_chart         GET    302       403   403 200 200  200 200  403 403 403
compliance_chart         POST   405       405   405 405 405  405 405  405 405 405
compliance_clocks        GET    302       403   403 200 200  200 200  403 403 403
compliance_clocks        POST   405       405   405 405 405  405 405  405 405 405
compliance_contacts      GET    302       403   403 200 200  200 200  403 403 403
compliance_contacts      POST   405       405   405 405 405  405 405  405 405 405
compliance_imported      GET    302       403   403 200 200  200 200  403 403 403
compliance_imported      POST   405       405   405 405 405  405 405  405 405 405

request_detail           GET    302       200   200 200 200  200 200  200 404 404
request_detail           POST   302       405   405 405 405  405 405  405 405 405
request_answer           GET    302       405   405 405 405  405 405  405 405 405
request_answer           POST   302       422   422 422 422  422 422  422 404 404
request_answer           DO     302       302   302 302 302  403 403  302 404 404
request_attempt          GET    302       405   405 405 405  405 405  405 405 405
request_attempt          POST   302       422   422 422 422  422 422  422 404 404
request_attempt          DO     302       302   302 302 302  403 403  302 404 404
request_contact          GET    302       405   405 405 405  405 405  405 405 405
request_contact          POST   302       422   422 422 422  422 422  422 404 404
request_contact          DO     302       302   302 302 302  403 403  302 404 404
request_note             GET    302       405   405 405 405  405 405  405 405 405
request_note             POST   302       422   422 422 422  422 422  422 404 404
request_note             DO     302       302   302 302 302  302 302  302 404 404
request_give             GET    302       405   405 405 405  405 405  405 405 405
request_give             POST   302       422   422 422 422  422 422  422 404 404
request_give             DO     302       302   302 302 302  403 403  302 404 404
request_send_back        GET    302       405   405 405 405  405 405  405 405 405
request_send_back        POST   302       422   422 422 422  422 422  422 404 404
request_send_back        DO     302       302   302 302 302  403 403  403 404 404
request_wait             GET    302       405   405 405 405  405 405  405 405 405
request_wait             POST   302       302   302 302 302  403 403  302 404 404
request_close            GET    302       405   405 405 405  405 405  405 405 405
request_close            POST   302       422   422 422 422  422 422  422 404 404
request_close            DO     302       302   302 302 302  403 403  302 404 404
request_reopen           GET    302       405   405 405 405  405 405  405 405 405
request_reopen           POST   302       422   422 422 422  422 422  422 404 404
request_reopen           DO     302       409   409 409 409  409 409  409 404 404
request_extend           GET    302       405   405 405 405  405 405  405 405 405
request_extend           POST   302       422   422 422 422  422 422  422 404 404
request_extend           DO     302       409   409 409 409  403 403  403 404 404
request_excuse           GET    302       405   405 405 405  405 405  405 405 405
request_excuse           POST   302       422   422 422 422  422 422  422 404 404
request_excuse           DO     302       403   403 409 409  403 403  403 404 404
request_revoke           GET    302       405   405 405 405  405 405  405 405 405
request_revoke           POST   302       422   422 422 422  422 422  422 404 404
request_correct          GET    302       405   405 405 405  405 405  405 405 405
request_correct          POST   302       422   422 422 422  422 422  422 404 404
request_correct          DO     302       403   403 302 302  403 403  403 404 404
request_take             GET    302       405   405 405 405  405 405  405 405 405
request_take             POST   302       302   302 302 302  403 403  302 404 404
request_resume           GET    302       405   405 405 405  405 405  405 405 405
request_resume           POST   302       409   409 409 409  409 409  409 404 404
request_remind           GET    302       405   405 405 405  405 405  405 405 405
request_remind           POST   302       403   403 302 302  403 403  302 404 404

health_live              GET    200       200   200 200 200  200 200  200 200 200
health_live              POST   405       405   405 405 405  405 405  405 405 405
health_ready             GET    503       503   503 503 503  503 503  503 503 503
health_ready             POST   405       405   405 405 405  405 405  405 405 405
account_login            GET    200       302   302 302 302  302 302  302 302 302
account_login            POST   200       302   302 302 302  302 302  302 302 302
account_logout           GET    302       200   200 200 200  200 200  200 200 200
account_logout           POST   302       302   302 302 302  302 302  302 302 302
account_inactive         GET    200       200   200 200 200  200 200  200 200 200
account_inactive         POST   405       405   405 405 405  405 405  405 405 405
account_reset_password   GET    200       200   200 200 200  200 200  200 200 200
account_reset_password   POST   200       200   200 200 200  200 200  200 200 200
account_reset_password_done          GET  200 200 200 200 200 200 200 200 200 200
account_reset_password_done          POST 405 405 405 405 405 405 405 405 405 405
account_reset_password_from_key      GET  200 200 200 200 200 200 200 200 200 200
account_reset_password_from_key      POST 200 200 200 200 200 200 200 200 200 200
account_reset_password_from_key_done GET  200 200 200 200 200 200 200 200 200 200
account_reset_password_from_key_done POST 405 405 405 405 405 405 405 405 405 405
set_language             GET    302       302   302 302 302  302 302  302 302 302
set_language             POST   302       302   302 302 302  302 302  302 302 302
"""

# What an address is made of, besides the number of the request.
PARTS: Mapping[str, Mapping[str, str]] = {
    "bulk_act": {"verb": "take"},
    "compliance_chart": {"look": "light", "size": "wide"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "0-0"},
}
BY_NUMBER = {"contact_add", "contact_done"} | {
    line.split()[0] for line in TABLE.splitlines() if line.startswith("request_") and "request_list" not in line
}


def expected() -> dict[str, dict[str, dict[str, int]]]:
    """Read the table: address name to method to person to status."""
    rows: dict[str, dict[str, dict[str, int]]] = {}
    for line in TABLE.splitlines():
        if line.strip() and not line.startswith("#"):
            name, method, *statuses = line.split()
            rows.setdefault(name, {})[method] = dict(zip(PEOPLE, map(int, statuses), strict=True))
    return rows


def parts_of(name: str, number: str) -> dict[str, str]:
    """Give what the address of that name is made of."""
    by_number = {"number": number} if name in BY_NUMBER else {}
    return {**PARTS.get(name, {}), **by_number}
