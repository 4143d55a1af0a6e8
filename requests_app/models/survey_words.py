"""What residents and colleagues are asked, in words, and what each stored code of a survey is called."""

from django.utils.translation import gettext_lazy as _

from requests_app.domain.pulses import PulseQuestion
from requests_app.domain.surveys import Owed, Question, SurveyRoute, Unasked
from requests_app.models.labels import Labels

SURVEY_ROUTES: Labels = {
    SurveyRoute.MAIL: _("By mail"),
    SurveyRoute.SLIP: _("By slip"),
}

# What the resident reads.
SURVEY_STATEMENTS: Labels = {
    Question.RESPECT: _("You were treated with respect and courtesy."),
    Question.LISTENED: _("You were listened to, and the answer met your question."),
    Question.SOLUTION: _("The people you dealt with looked for a solution."),
    Question.CLEAR: _("What you were told was clear and easy to follow."),
    Question.ACCURATE: _("What you were told was right and up to date."),
}

# What a table calls them.
SURVEY_QUESTIONS: Labels = {
    Question.RESPECT: _("Respect and courtesy"),
    Question.LISTENED: _("Listened, question answered"),
    Question.SOLUTION: _("Looked for a solution"),
    Question.CLEAR: _("Clear language"),
    Question.ACCURATE: _("Right and up to date"),
}

PULSE_STATEMENTS: Labels = {
    PulseQuestion.RESPECT: _("My colleagues treat me with the same respect they show the public."),
    PulseQuestion.COOPERATION: _("People here work together and support each other."),
    PulseQuestion.TIMELY_HELP: _("When I ask another department for something, I hear back in good time."),
    PulseQuestion.SHARING: _("People share what they know and what they have."),
    PulseQuestion.FEEDBACK: _("I get useful feedback, and good work is noticed."),
}

PULSE_QUESTIONS: Labels = {
    PulseQuestion.RESPECT: _("Respect among colleagues"),
    PulseQuestion.COOPERATION: _("Cooperation and support"),
    PulseQuestion.TIMELY_HELP: _("Help in good time"),
    PulseQuestion.SHARING: _("Knowledge is shared"),
    PulseQuestion.FEEDBACK: _("Useful feedback"),
}

AGREEMENT: dict[int, object] = {
    5: _("Strongly agree"),
    4: _("Agree"),
    3: _("Neither agree nor disagree"),
    2: _("Disagree"),
    1: _("Strongly disagree"),
}

UNASKED: Labels = {
    Unasked.NOT_CLOSED: _("It is not closed yet."),
    Unasked.IMPORTED: _("It was imported from another system."),
    Unasked.FROM_COLLEAGUE: _("It came from a colleague."),
    Unasked.RESTRICTED: _("Nobody is asked about a confidential matter."),
    Unasked.NO_ANSWER: _("It did not end in an answer: withdrawn, a duplicate, spam or a wrong number."),
    Unasked.NOT_WANTED: _("No answer was wanted."),
    Unasked.COMPLAINT_RUNS: _("A complaint about it still runs."),
    Unasked.REDACTED: _("Who asked was redacted."),
}

OWED: Labels = {
    Owed.RESIDENTS: _("Ask residents"),
    Owed.STAFF: _("Ask staff"),
}
