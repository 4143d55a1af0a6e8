"""What is said and written about the complaints of the demo; no real person's words."""

from requests_app.domain.vocabulary import ComplaintOutcome, ComplaintSubject, FollowUpOutcome, RootCause

# By a word of the title.
SUBJECTS = {
    "no answer": ComplaintSubject.TIMELINESS,
    "how long": ComplaintSubject.TIMELINESS,
    "Three calls": ComplaintSubject.TIMELINESS,
    "notice was wrong": ComplaintSubject.OUTCOME,
    "Fee": ComplaintSubject.OUTCOME,
    "two different answers": ComplaintSubject.SERVICE,
    "work at": ComplaintSubject.SERVICE,
    "Counter": ComplaintSubject.ACCESS,
    "Spanish": ComplaintSubject.ACCESS,
}
WISHES = (
    "A call from somebody who knows the matter.",
    "That it does not happen to the next person.",
    "The fee back.",
    "An apology in writing.",
    "That the notice is taken back.",
    "To be told what will be done, and by when.",
)
# One of each is drawn, so that what stands twice is twice as likely.
OUTCOMES = (
    ComplaintOutcome.UPHELD,
    ComplaintOutcome.UPHELD,
    ComplaintOutcome.PARTLY_UPHELD,
    ComplaintOutcome.PARTLY_UPHELD,
    ComplaintOutcome.NOT_UPHELD,
    ComplaintOutcome.NOT_UPHELD,
    ComplaintOutcome.NOT_UPHELD,
    ComplaintOutcome.WITHDRAWN,
)
REASONS = {
    ComplaintOutcome.UPHELD: (
        "You were right: the calls were noted and nobody was given them. We are sorry.",
        "You were right: the two offices worked from different lists. They share one now.",
    ),
    ComplaintOutcome.PARTLY_UPHELD: (
        "The decision stands, and it should have been explained when it was made. We are sorry for that part.",
        "The time was within the rules; that nobody told you was not.",
    ),
    ComplaintOutcome.NOT_UPHELD: (
        "We looked at the file and spoke with everybody involved. The notice followed the ordinance.",
        "The fee is the one the council set in June. The sheet you were given is enclosed.",
    ),
    ComplaintOutcome.WITHDRAWN: ("As you asked, we have put the complaint aside.",),
}
FINDINGS = (
    "Call log and file read; both people spoken to; the account in the complaint fits what the log shows.",
    "File read and the office visited. What was said at the counter cannot be established any more.",
    "Dates in the file compared with the standard; the delay lies between the two offices.",
)
REMEDIES = (
    "Fee credited.",
    "Called, explained and apologized.",
    "The notice was taken back.",
    "A new appointment within the week.",
)
CAUSES = (
    RootCause.DELAY,
    RootCause.HANDOVER,
    RootCause.WRONG_INFORMATION,
    RootCause.PROCEDURE,
    RootCause.MANNER,
    RootCause.MEANS,
)
FOLLOW_UPS = (
    *[FollowUpOutcome.CONFIRMED] * 6,
    *[FollowUpOutcome.NOT_REACHED] * 2,
    FollowUpOutcome.DECLINED,
    FollowUpOutcome.NOT_RESOLVED,
)
SAID = {
    FollowUpOutcome.CONFIRMED: ("It is settled; thanks for calling.", "Works now. Nothing more is needed."),
    FollowUpOutcome.DECLINED: ("Does not want to talk about it any more.",),
    FollowUpOutcome.NOT_RESOLVED: ("Nothing has changed since the letter.",),
}
ESCALATION_REASONS = (
    "The answer is late: the other department has not sent its part.",
    "They call every day and want to speak with somebody above us.",
    "It needs a decision that is not ours to take.",
)
ESCALATION_ACCEPTED = "Accepted; read through with both departments."
ESCALATION_ANSWER = "Decided: answer in writing today, and the step is taken."
ANSWERED_BEFORE = "answered"
NOBODY_ANSWERED = "Called; nobody answered."
NOT_REACHED = "Three calls on three days; nobody could be reached."
