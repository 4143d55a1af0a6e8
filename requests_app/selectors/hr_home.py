"""What needs a decision of Human Resources this week: one list, each line with its button (III.d.i, III.e)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.complaints import REVIEW_STAGE
from requests_app.domain.periods import Half, Month, Period
from requests_app.domain.policy_reviews import ReviewState
from requests_app.domain.vocabulary import CommendationState, RequestKind
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.attestations import running_round
from requests_app.selectors.choices import current_choices
from requests_app.selectors.commendations import commendations_led_by
from requests_app.selectors.excusal_page import count_asked
from requests_app.selectors.feedback_duties import feedback_duty
from requests_app.selectors.home_lines import OVER, SOON, STATES, HomeLine
from requests_app.selectors.improvements import ImprovementFilters, improvements
from requests_app.selectors.list_filters import NOBODY, UNFINISHED_CODE, ListFilters
from requests_app.selectors.lists import ListQuestion
from requests_app.selectors.packets import closed_months, had_begun, latest_packet
from requests_app.selectors.policy_reviews import open_policy_questions, open_review, review_countdown
from requests_app.selectors.recoveries import recoveries_waiting
from requests_app.selectors.reports.logging_coverage import few_days, months_without_count
from requests_app.selectors.reports.scope import ReportQuery, report_scope
from requests_app.selectors.staff_questions import all_questions, contact_confirmed, is_contact_due
from requests_app.selectors.trainings import courses_to_record, training_counts, training_scope
from requests_app.selectors.visibility import requests_read_by

_MOST_ITEMS = 5
_FEW_WITHIN = timedelta(days=28)


def hr_home(actor: Actor, *, now: datetime) -> list[HomeLine]:
    """Give what waits, the most pressing first; what needs nobody has no line. A constant number of queries."""
    questions: tuple[Callable[[Actor, datetime], HomeLine | None], ...] = (
        _recoveries, _past_date, _reviews, _without_owner, _excuses, _asked, _questions, _policy_review, _attestation,
        _suggestions, _suggestions_due, _training, _feedback, _few_logged, _uncounted, _packet, _commendations,
        _contact,
    )  # fmt: skip
    lines = [line for question in questions if (line := question(actor, now)) and line.count != 0]
    return sorted(lines, key=lambda line: STATES.index(line.state))


def _recoveries(_actor: Actor, _now: datetime) -> HomeLine:
    n = recoveries_waiting().count()
    said = ngettext(
        "%(n)s person cannot sign in until you confirm who they are.",
        "%(n)s people cannot sign in until you confirm who they are.",
        n,
    )
    return HomeLine(
        "recoveries", _("Lost second factors"), said % {"n": n}, OVER, _("Confirm"), reverse("recovery_list"), count=n
    )


def _past_date(actor: Actor, now: datetime) -> HomeLine:
    n = _complaints(actor, now, due="overdue").count()
    said = ngettext("%(n)s complaint is past its date.", "%(n)s complaints are past their date.", n)
    url = _list_url(kind=RequestKind.COMPLAINT.value, due="overdue")
    return HomeLine(
        "past_date", _("Complaints past their date"), said % {"n": n}, OVER, _("Open the list"), url, count=n
    )


def _reviews(actor: Actor, _now: datetime) -> HomeLine:
    rows = requests_read_by(actor).filter(
        kind=RequestKind.COMPLAINT, closed_at__isnull=True, complaint__stage=REVIEW_STAGE
    )
    n = rows.count()
    said = ngettext("%(n)s complaint is under review, stage 2.", "%(n)s complaints are under review, stage 2.", n)
    items = tuple((row.title, row.get_absolute_url()) for row in rows.order_by("answer_by_at", "pk")[:_MOST_ITEMS])
    url = reverse("complaint_board")
    return HomeLine(
        "reviews", _("Reviews of complaints"), said % {"n": n}, SOON, _("Open the board"), url, count=n, items=items
    )


def _without_owner(actor: Actor, now: datetime) -> HomeLine:
    n = _complaints(actor, now, owner=NOBODY, status=UNFINISHED_CODE).count()
    said = ngettext("%(n)s complaint has nobody yet.", "%(n)s complaints have nobody yet.", n)
    url = _list_url(kind=RequestKind.COMPLAINT.value, owner=NOBODY, status=UNFINISHED_CODE)
    return HomeLine(
        "without_owner",
        _("Complaints without an owner"),
        said % {"n": n},
        OVER,
        _("Give them to somebody"),
        url,
        count=n,
    )


def _excuses(actor: Actor, now: datetime) -> HomeLine:
    n = count_asked(actor, now=now)
    said = ngettext("%(n)s late answer waits for your decision.", "%(n)s late answers wait for your decision.", n)
    return HomeLine("excuses", _("Excuses"), said % {"n": n}, SOON, _("Decide"), reverse("excusal_list"), count=n)


def _asked(_actor: Actor, _now: datetime) -> HomeLine:
    n = all_questions().filter(answered_at__isnull=True).count()  # III.f
    said = ngettext("%(n)s question of a colleague waits for you.", "%(n)s questions of colleagues wait for you.", n)
    url = reverse("question_list")
    return HomeLine("asked", _("Questions to Human Resources"), said % {"n": n}, SOON, _("Answer"), url, count=n)


def _contact(_actor: Actor, now: datetime) -> HomeLine | None:
    if not is_contact_due(contact_confirmed(), now=now):  # III.f
        return None
    said = gettext("Nobody has confirmed within a year whom to ask about the policy.")
    title, url = _("Contact on the policy page"), reverse("question_list")  # where it is confirmed
    return HomeLine("contact", title, said, SOON, _("Look at it"), url)


def _questions(_actor: Actor, _now: datetime) -> HomeLine:
    n = open_policy_questions().count()
    said = ngettext("%(n)s question about the policy is open.", "%(n)s questions about the policy are open.", n)
    url = reverse("policy_question_list")
    return HomeLine("questions", _("Questions about the policy"), said % {"n": n}, SOON, _("Answer"), url, count=n)


def _policy_review(_actor: Actor, now: datetime) -> HomeLine | None:
    due = review_countdown(timezone.localdate(now))
    if due is None or due.state is ReviewState.IN_DATE:
        return None
    found, is_over = open_review(), due.state is ReviewState.OVERDUE
    said = (
        gettext("The yearly review was due on %(day)s.") if is_over else gettext("The yearly review is due on %(day)s.")
    )
    return HomeLine(
        "policy_review",
        _("Review of the policy"),
        said % {"day": date_format(due.due_on, "j M Y")},
        OVER if is_over else SOON,
        _("Go on with the review") if found else _("Begin the review"),
        reverse("policy_review", args=[found.pk]) if found else reverse("policy_review_list"),
    )


def _attestation(_actor: Actor, now: datetime) -> HomeLine | None:
    found = running_round()
    if found is None or found.due_on >= timezone.localdate(now):
        return None
    said = gettext("The round was to end on %(day)s and still runs.") % {"day": date_format(found.due_on, "j M Y")}
    return HomeLine("attestation", _("Attestation round"), said, SOON, _("Open the round"), found.get_absolute_url())


def _suggestions(actor: Actor, now: datetime) -> HomeLine:
    n, url = _suggested("overdue", actor, now)
    said = ngettext("%(n)s suggestion is past its time.", "%(n)s suggestions are past their time.", n)
    return HomeLine("suggestions", _("Suggestions"), said % {"n": n}, SOON, _("Decide"), url, count=n)


def _suggestions_due(actor: Actor, now: datetime) -> HomeLine:
    n, url = _suggested("this_week", actor, now)
    said = ngettext(
        "%(n)s suggestion is to be decided within a week.", "%(n)s suggestions are to be decided within a week.", n
    )
    return HomeLine("suggestions_due", _("Suggestions due"), said % {"n": n}, SOON, _("Decide"), url, count=n)


def _suggested(part: str, actor: Actor, now: datetime) -> tuple[int, str]:
    rows = improvements(ImprovementFilters(part=part), actor=actor, today=timezone.localdate(now))
    return rows.count(), f"{reverse('improvement_list')}?{urlencode({'part': part})}"


def _training(actor: Actor, now: datetime) -> HomeLine:
    if not courses_to_record().exists():  # III.c.i
        said, url = gettext("No course is in use yet, so nobody owes any training."), reverse("training_course_new")
        return HomeLine("courses", _("Training"), said, SOON, _("Add a course"), url)
    scope = training_scope(actor)
    n = training_counts(scope, on=timezone.localdate(now)).overdue if scope else 0
    said = ngettext("%(n)s person is overdue for training.", "%(n)s people are overdue for training.", n)
    url = f"{reverse('training_roster')}?{urlencode({'standing': 'overdue'})}"
    return HomeLine("training", _("Training overdue"), said % {"n": n}, SOON, _("See who"), url, count=n)


def _feedback(_actor: Actor, now: datetime) -> HomeLine:
    half = Half.of(timezone.localdate(now))
    left = half.period.to_on - timezone.localdate(now)
    is_near = left.days <= current_choices().feedback_reminder_calendar_days
    n = sum(bool(row.owed) for row in feedback_duty(half)) if is_near else 0
    said = ngettext(
        "%(n)s department has yet to ask residents or staff this half-year.",
        "%(n)s departments have yet to ask residents or staff this half-year.",
        n,
    )
    url = reverse("feedback_duty")
    return HomeLine("feedback", _("Feedback"), said % {"n": n}, SOON, _("See which"), url, count=n)


def _few_logged(actor: Actor, now: datetime) -> HomeLine:
    today = timezone.localdate(now)
    period = Period(today - _FEW_WITHIN, today - timedelta(days=1))
    n = len(few_days(report_scope(actor), ReportQuery(period=period, as_of=now)))
    said = ngettext(
        "On %(n)s day of the last four weeks a department logged improbably few.",
        "On %(n)s days of the last four weeks a department logged improbably few.",
        n,
    )
    return HomeLine("few_logged", _("Few logged"), said % {"n": n}, SOON, _("See which"), _coverage(period), count=n)


def _uncounted(actor: Actor, now: datetime) -> HomeLine:
    last = Month.of(timezone.localdate(now)).plus(-1)
    period = Period(last.plus(-11).first_on, last.last_on)
    n = len(months_without_count(report_scope(actor), ReportQuery(period=period, as_of=now)))
    said = ngettext(
        "Nobody typed what machines counted in %(n)s month of the last twelve.",
        "Nobody typed what machines counted in %(n)s months of the last twelve.",
        n,
    )
    url = _coverage(period)
    return HomeLine("uncounted", _("Counts of calls and mails"), said % {"n": n}, SOON, _("See which"), url, count=n)


def _coverage(period: Period) -> str:
    days = {"period": "custom", "from": period.from_on.isoformat(), "to": period.to_on.isoformat()}
    return f"{reverse('logging_coverage')}?{urlencode(days)}"


def _packet(_actor: Actor, now: datetime) -> HomeLine | None:
    month = closed_months(now)[0]
    if latest_packet(month) is not None or not had_begun(month):
        return None
    said = gettext("The figures of %(month)s are not sealed yet.") % {"month": date_format(month.first_on, "F Y")}
    return HomeLine("packet", _("Sealed packet"), said, SOON, _("Seal the month"), reverse("packet_list"))


def _commendations(actor: Actor, _now: datetime) -> HomeLine:
    n = commendations_led_by(actor).filter(state=CommendationState.DRAFT).count()
    said = ngettext(
        "%(n)s person was thanked and waits for the words.", "%(n)s people were thanked and wait for the words.", n
    )
    url = reverse("commendations")
    return HomeLine("commendations", _("Commendations"), said % {"n": n}, SOON, _("Finish the words"), url, count=n)


def _complaints(actor: Actor, now: datetime, **narrowed: str) -> QuerySet[ServiceRequest]:
    filters = ListFilters(kind=RequestKind.COMPLAINT.value, **narrowed)  # type: ignore[arg-type]  # texts, all of them
    return ListQuestion(actor=actor, now=now, filters=filters).visible()


def _list_url(**params: str) -> str:
    return f"{reverse('request_list')}?{urlencode(params)}"
