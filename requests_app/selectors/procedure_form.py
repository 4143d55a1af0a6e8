"""The procedure form of one request, as far as its reader may know it (III.b.v.1-3)."""

from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from requests_app.domain.procedure_forms import FormEntry, FormPart, ProcedureForm
from requests_app.domain.vocabulary import Direction
from requests_app.models import Complaint, ContactPoint, Event, RequestSubject, ResponseClock, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.people_involved import involved_in
from requests_app.selectors.procedure_parts import ComplaintParts, escalation_entries
from requests_app.selectors.procedure_words import by_words, filled, instant_words, language_name
from requests_app.selectors.request_story import Story, Touch
from requests_app.selectors.visibility import requests_visible_to


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told to this reader, read once."""

    service_request: ServiceRequest
    actor: Actor
    reads_notes: bool
    touches: list[Touch]
    events: list[Event]
    complaint: Complaint | None

    def touches_of(self, direction: Direction) -> list[Touch]:
        return [touch for touch in self.touches if touch.interaction.direction == direction]


def procedure_form(service_request: ServiceRequest, *, actor: Actor) -> ProcedureForm:
    """Gather the form in the active language, in a constant number of queries.

    The reader sees the request and reads it unmasked; whom it is about and what colleagues wrote to each other is on
    it for those only to whom the page of the request shows it.
    """
    story = Story(service_request, actor=actor)
    told = _Told(
        service_request,
        actor,
        reads_notes=story.reads_notes,
        touches=story.conversation(),
        events=sorted(story.events(), key=lambda event: (event.at, event.pk)),
        complaint=_complaint_of(service_request),
    )
    as_of = max((event.at for event in told.events), default=service_request.recorded_at)
    return ProcedureForm(
        number=service_request.number,
        language=get_language() or "en",
        as_of=as_of,
        as_of_words=instant_words(as_of),
        parts=_parts(told),
        signatures=_signatures(told),
    )


def _complaint_of(service_request: ServiceRequest) -> Complaint | None:
    rows = Complaint.objects.select_related("investigated_by", "about_request").prefetch_related("departments")
    return rows.filter(service_request=service_request).first()


def _parts(told: _Told) -> list[FormPart]:
    parts = [_receipt(told), _person(told), _matter(told), _wish(told), _dates(told)]
    if told.complaint:
        of_complaint = ComplaintParts(told.complaint, touches=told.touches, reads_notes=told.reads_notes)
        parts.append(of_complaint.investigation())
        parts.append(_escalations(told))
        parts += [of_complaint.outcomes(), of_complaint.follow_ups()]
    else:
        parts += [part for part in [_escalations(told)] if part.entries]
    return [*parts, _answers(told), *_notes(told), _steps(told)]


def _receipt(told: _Told) -> FormPart:
    found = told.service_request
    lines = [
        (gettext("Tracking number"), found.number),
        (gettext("Kind"), found.get_kind_display()),
        (gettext("How it reached us"), found.get_channel_display()),
        (gettext("Received"), instant_words(found.received_at)),
        (gettext("Recorded"), instant_words(found.recorded_at)),
        (gettext("Taken by"), found.recorded_by),
        (gettext("Department"), found.department),
        (gettext("Owner"), found.owner or gettext("Nobody yet")),
        (gettext("Status"), found.get_status_display()),
        (gettext("Number elsewhere"), found.external_reference),
    ]
    return FormPart(gettext("Receipt"), filled(lines))


def _person(told: _Told) -> FormPart:
    found = told.service_request
    points = ContactPoint.objects.filter(customer=found.customer_id) if found.customer_id else ()
    lines = [
        (gettext("Name"), found.customer_line or found.colleague or gettext("Name not given")),
        (gettext("How to reach them"), "\n".join(map(str, points))),
        (gettext("Best time to reach"), found.best_time_to_reach),
        (gettext("Language"), language_name(found.language)),
        (gettext("Interpreter"), gettext("wanted") if found.needs_interpreter else ""),
        (gettext("Reply"), found.get_no_reply_display() if found.no_reply else ""),
    ]
    return FormPart(gettext("Who contacted us, and how they wish to be answered"), filled(lines))


def _matter(told: _Told) -> FormPart:
    found = told.service_request
    lines = [(gettext("In one line"), found.title), (gettext("Place"), found.place)]
    about = told.complaint.about_request if told.complaint else None
    if about and requests_visible_to(told.actor).filter(pk=about.pk).exists():
        lines.append((gettext("About the request"), about.number))
    return FormPart(gettext("What happened"), filled(lines), _touch_entries(told.touches_of(Direction.INBOUND)))


def _wish(told: _Told) -> FormPart:
    complaint = told.complaint
    lines: list[tuple[str, object]] = []
    if complaint:
        lines = [
            (gettext("What is wished for"), complaint.desired_outcome),
            (gettext("Subject"), complaint.get_subject_display() if complaint.subject else ""),
            (gettext("Departments"), ", ".join(sorted(str(row) for row in complaint.departments.all()))),
        ]
    # People a complaint is about stand here for whoever reads names on the page of the request, and for nobody else.
    involved = involved_in(told.service_request, actor=told.actor, is_masked=False, reads_notes=told.reads_notes)
    lines.append((gettext("People it is about"), "\n".join(map(_subject_words, involved.subjects))))
    return FormPart(gettext("What it is about"), filled(lines), nothing=gettext("Not filled in yet."))


def _subject_words(subject: RequestSubject) -> str:
    return f"{subject.employee} ({subject.get_involvement_display()})"


def _dates(told: _Told) -> FormPart:
    clocks = ResponseClock.objects.filter(service_request=told.service_request).order_by("started_at", "pk")
    entries = [
        FormEntry(
            str(clock.get_milestone_display()),
            filled(
                [
                    (gettext("Answer by"), instant_words(clock.due_at)),
                    (gettext("Done"), instant_words(clock.met_at)),
                    (gettext("Result"), clock.get_verdict_display()),
                ]
            ),
        )
        for clock in clocks
    ]
    return FormPart(gettext("Acknowledgement and answer-by dates"), [], entries, gettext("No answer is owed."))


def _escalations(told: _Told) -> FormPart:
    entries = escalation_entries(told.service_request, reads_notes=told.reads_notes)
    return FormPart(gettext("Escalations"), [], entries, gettext("It was not escalated."))


def _answers(told: _Told) -> FormPart:
    entries = _touch_entries(told.touches_of(Direction.OUTBOUND))
    return FormPart(gettext("What they were told"), [], entries, gettext("Nothing yet."))


def _notes(told: _Told) -> list[FormPart]:
    notes = told.touches_of(Direction.NOTE)
    return [FormPart(gettext("Internal notes"), [], _touch_entries(notes))] if notes else []


def _touch_entries(touches: list[Touch]) -> list[FormEntry]:
    return [
        FormEntry(
            " · ".join(filter(None, [instant_words(row.occurred_at), str(row.get_channel_display()), touch.who])),
            filled([(touch.how, row.text or "–")]),
        )
        for touch in touches
        for row in [touch.interaction]
    ]


def _steps(told: _Told) -> FormPart:
    lines = [
        (by_words(event.at, event.actor), f"{event.get_kind_display()}{f': {event.text}' if event.text else ''}")
        for event in told.events
    ]
    return FormPart(gettext("Steps"), filled(lines), nothing=gettext("Nothing yet."))


def _signatures(told: _Told) -> list[str]:
    who = [gettext("Person who contacted us"), gettext("Taken by"), gettext("Department head")]
    return [*who, gettext("Human Resources")] if told.complaint else who
