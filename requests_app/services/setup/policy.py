"""The first version of the policy: our own short summary of each clause, until the city puts its text in its place."""

from datetime import date, datetime

from requests_app.domain.policies import VersionState
from requests_app.models import PolicyVersion

# Approved in April 2025; of the day nothing is known, so the month's first is taken: no countdown is then too kind.
APPROVED_ON = date(2025, 4, 1)
TITLE = "Customer Service Philosophy and Standards (summary)"
SUMMARY = """\
This is a summary of each clause in other words, not the policy itself.
Human Resources put the city's own text in its place.
I The city serves residents, businesses and visitors well and courteously.
II It binds every employee, contractor and volunteer who deals with the public.
III.a.i Everybody is met with dignity, fairness and professionalism.
III.a.ii Information and help are right, and come in time.
III.a.iii What we say is clear, open and honest.
III.a.iv Somebody owns every inquiry, request and concern.
III.a.v We look for better ways.
III.b.i.1 Be professional and courteous, every time.
III.b.i.2 Listen, and answer with thought.
III.b.i.3 Look for a solution.
III.b.i.4 Keep private what is private.
III.b.ii.1 Write and speak clearly, briefly and respectfully.
III.b.ii.2 Give information that is correct and up to date.
III.b.ii.3 Answer calls and voicemail as a rule within one business day, unless away for reasons nobody could foresee.
III.b.ii.4 Acknowledge and answer e-mail as a rule within two business days, unless away as above.
III.b.ii.5 Whoever is away changes the voicemail greeting and turns on the automatic reply.
III.b.ii.5.a Both give name and department.
III.b.ii.5.b Both say when the person is expected back.
III.b.ii.5.c Both name somebody else to turn to, where there is one.
III.b.ii.5.d Colleagues and the public get texts of their own, where that is needed.
III.b.iii.1 Greet visitors soon and warmly.
III.b.iii.2 Help with the whole matter.
III.b.iii.3 Keep the office tidy and welcoming.
III.b.iv.1 Respect colleagues as you respect the public.
III.b.iv.2 Make the workplace one in which people help each other.
III.b.iv.3 Answer colleagues in good time too.
III.b.iv.4 Share what you know.
III.b.iv.5 Give feedback that helps, and thank people for what they do.
III.b.v.1 Take up concerns soon and professionally.
III.b.v.2 Pass on what stays unresolved, by the city's complaint form or another way the city approved.
III.b.v.3 Follow up until it is resolved.
III.c.i Everybody is trained in customer service on joining, and again from time to time.
III.c.ii Departments ask residents and staff how they did.
III.c.iii Employees are encouraged to propose improvements.
III.d.i Supervisors answer for all of this in their teams.
III.d.ii Not keeping to it may lead to corrective action under the personnel rules.
III.d.iii Outstanding service may be commended and rewarded.
III.e The policy is reviewed every year, and changed where that is needed.
III.f Questions go to Human Resources.
"""


def set_up_policy(*, at: datetime) -> int:
    """Publish the summary as version 1 where there is no version yet; say how many were added."""
    if PolicyVersion.objects.exists():
        return 0
    PolicyVersion.objects.create(
        number=1,
        title=TITLE,
        text=SUMMARY,
        is_summary=True,
        state=VersionState.PUBLISHED.value,
        approved_on=APPROVED_ON,
        effective_from=APPROVED_ON,
        changed_at=at,
        published_at=at,
    )
    return 1
