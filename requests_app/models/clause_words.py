"""What each clause of the policy asks, in the city's own short words for the scorecard, and how it is counted."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.clauses import Measure, Section
from requests_app.domain.scorecard import Standing
from requests_app.models.labels import Labels


class ClauseWords(NamedTuple):
    """What a clause asks, and how it is counted; what is counted may be there in parts only."""

    asks: str | Promise
    counted: str | Promise


_GREETING = _("From the absence register: checked in the words when they are set; of absences due in the period.")
_SURVEY = _("An opinion: residents’ answers to the survey after a request is closed.")
_PULSE = _("An opinion: what staff say in the anonymous pulse.")

CLAUSE_WORDS: Mapping[str, ClauseWords] = {
    "I": ClauseWords(
        _("Good, professional, courteous service for whoever lives in, works in or visits the city"),
        _("A purpose, not a duty: the other clauses say what it means. It cannot be measured."),
    ),
    "II": ClauseWords(
        _("It binds every employee, contractor and volunteer who deals with the public"),
        _("Of the whole roster, people without a login included: who is trained and has signed the policy."),
    ),
    "III.a.i": ClauseWords(
        _("Dignity, fairness and professionalism for everyone"),
        _("Signs, not proof: what complaints are about, compliments, and what residents say in the survey."),
    ),
    "III.a.ii": ClauseWords(
        _("Timely and accurate information and help"),
        _("Time: response clocks of contacts that had to wait. Accuracy: the cause written down with each complaint."),
    ),
    "III.a.iii": ClauseWords(
        _("Clear, open, honest communication"),
        _("Those with an answer-by date to tell; those given a receipt that names it; what was recorded soon; dates "
          "put off openly. Whether people are told that it was kept is not measured: nothing records it yet."),
    ),
    "III.a.iv": ClauseWords(
        _("Somebody owns every inquiry, request and concern"),
        _("Of contacts logged: those somebody took before the limit for work without an owner. Dates a person named: "
          "their clocks."),
    ),
    "III.a.v": ClauseWords(
        _("Keep improving"),
        _("A sign, not proof: what employees suggest, and what was decided."),
    ),
    "III.b.i.1": ClauseWords(
        _("Professional and courteous every time"),
        _("Signs, not proof: complaints caused by manner, compliments, and the survey."),
    ),
    "III.b.i.2": ClauseWords(_("Listen, and answer with thought"), _SURVEY),
    "III.b.i.3": ClauseWords(_("Positive, and looking for a solution"), _SURVEY),
    "III.b.i.4": ClauseWords(
        _("Protect what is confidential or private"),
        _("Of openings of restricted requests: those by somebody with no other part in the request, to be explained. "
          "The rest is signed for."),
    ),
    "III.b.ii.1": ClauseWords(
        _("Clear, brief, respectful language"),
        _("Signed: somebody read the city’s texts, in English and Spanish. Residents’ opinion beside it."),
    ),
    "III.b.ii.2": ClauseWords(
        _("Information that is right and up to date"),
        _("A sign, not proof: what residents say in the survey. Answers put right later are not recorded yet."),
    ),
    "III.b.ii.3": ClauseWords(
        _("Calls and voicemail answered within one business day, as a rule"),
        _("Response clocks of calls and voicemail that had to wait; excused ones stand beside."),
    ),
    "III.b.ii.4": ClauseWords(
        _("E-mail acknowledged and answered within two business days, as a rule"),
        _("Response clocks of e-mail and other writing online; answers that only hold are counted apart."),
    ),
    "III.b.ii.5": ClauseWords(
        _("Whoever is away changes the greeting and turns on the automatic reply"),
        _("Said by whoever goes, looked at by the supervisor in some cases; of absences due in the period."),
    ),
    "III.b.ii.5.a": ClauseWords(_("The texts give name and department"), _GREETING),
    "III.b.ii.5.b": ClauseWords(_("The texts give the day of return"), _GREETING),
    "III.b.ii.5.c": ClauseWords(
        _("The texts say whom to turn to, where there is somebody"),
        _("As before; left out with a reason counts as kept."),
    ),
    "III.b.ii.5.d": ClauseWords(
        _("Colleagues and the public get texts of their own, where needed"),
        _("As before; left out with a reason counts as kept."),
    ),
    "III.b.iii.1": ClauseWords(
        _("Greet visitors promptly and warmly"),
        _("A sign, not proof: people greeted at the counter, one tap each, and those answered on the spot; in sample "
          "weeks how long visitors waited. No logged contact is among them, and the tally enters no other figure."),
    ),
    "III.b.iii.2": ClauseWords(
        _("Help comprehensively"),
        _("Signs, not proof: what was answered on the spot, passed on, or sent back as not ours; of logged contacts."),
    ),
    "III.b.iii.3": ClauseWords(
        _("A clean, welcoming office"),
        _("Signed: the checklist at opening, of the days the counter opened since it was signed first."),
    ),
    "III.b.iv.1": ClauseWords(_("Colleagues are owed the same respect"), _PULSE),
    "III.b.iv.2": ClauseWords(_("A workplace that helps and supports"), _PULSE),
    "III.b.iv.3": ClauseWords(
        _("Colleagues’ requests answered in good time"),
        _("Response clocks of requests from colleagues; the policy gives no number, so the number is a local choice."),
    ),
    "III.b.iv.4": ClauseWords(
        _("Share knowledge and means"),
        _("An opinion: what staff say in the anonymous pulse. Answers shared with everybody are not recorded yet."),
    ),
    "III.b.iv.5": ClauseWords(
        _("Useful feedback, and thanks for what others do"),
        _("Signs, not proof: recognition between colleagues, and the pulse."),
    ),
    "III.b.v.1": ClauseWords(
        _("Concerns dealt with promptly and professionally"),
        _("Complaint clocks: acknowledged, and answered in writing; the numbers are local choices."),
    ),
    "III.b.v.2": ClauseWords(
        _("What is not resolved goes up, to the right people, by the approved procedure"),
        _("Of complaints that were late or not resolved: those passed upwards. And how soon that was accepted."),
    ),
    "III.b.v.3": ClauseWords(
        _("Follow up until it is resolved"),
        _("Of complaints closed: those with a follow-up outcome. And the follow-up clocks."),
    ),
    "III.c.i": ClauseWords(
        _("Training in service when somebody starts, and again from time to time"),
        _("From the training register: who is trained within the limits the city set."),
    ),
    "III.c.ii": ClauseWords(
        _("Departments ask residents and staff what they think"),
        _("Rounds of the survey and the pulse, by department and period, with how many answered."),
    ),
    "III.c.iii": ClauseWords(
        _("Employees are encouraged to propose improvements"),
        _("A sign, not proof: suggestions made, and decided with a reason."),
    ),
    "III.d.i": ClauseWords(
        _("Supervisors answer for all of this"),
        _("Of reminders sent: those after which the answer came. Of excuses proposed: those somebody decided."),
    ),
    "III.d.ii": ClauseWords(
        _("Breaches may lead to corrective action under the personnel rules"),
        _("Permitted, not demanded: counted by Human Resources where they keep a register, without a target."),
    ),
    "III.d.iii": ClauseWords(
        _("Outstanding service may be commended and rewarded"),
        _("Permitted, not demanded: commendations and awards given, counted without a target."),
    ),
    "III.e": ClauseWords(
        _("The policy is reviewed every year and kept up to date"),
        _("From the register of versions: whether the yearly review was done by its day."),
    ),
    "III.f": ClauseWords(
        _("Questions about the policy go to Human Resources"),
        _("Whether the contact was confirmed within a year, and questions asked here that were answered."),
    ),
}  # fmt: skip

SECTIONS: Labels = {
    Section.PURPOSE: _("Purpose"),
    Section.SCOPE: _("Whom it binds"),
    Section.PRINCIPLES: _("Principles"),
    Section.CONDUCT: _("Conduct"),
    Section.COMMUNICATION: _("Communication"),
    Section.IN_PERSON: _("In person"),
    Section.COLLEAGUES: _("Between colleagues"),
    Section.COMPLAINTS: _("Concerns and complaints"),
    Section.TRAINING: _("Training and feedback"),
    Section.ADHERENCE: _("Adherence"),
    Section.REVIEW: _("Yearly review"),
    Section.QUESTIONS: _("Questions"),
}

MEASURES: Labels = {
    Measure.AUTO: _("computed from records"),
    Measure.INDICATOR: _("indicator"),
    Measure.ATTESTED: _("attested"),
    Measure.COUNT: _("counted, no target"),
    Measure.NONE: _("not measurable"),
}

STANDINGS: Labels = {
    Standing.ON_TARGET: _("On target"),
    Standing.UNDER_TARGET: _("Under target"),
    Standing.ATTESTED: _("Attested"),
    Standing.TOO_FEW: _("Too few to rate"),
    Standing.NOT_MEASURED: _("Not measured"),
    Standing.NO_TARGET: _("No target"),
}
