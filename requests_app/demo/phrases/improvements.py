"""What the demo's staff would do better, what colleagues say to it, and why it is done or not."""

IDEAS = (
    ("A number for urgent tree calls after hours", "People call the front desk at eight about branches of the night."),
    ("Say on the web page which permits need no visit", "Half of the callers ask whether they have to come in."),
    ("One list of who speaks which language", "We look for somebody who speaks Tagalog every week."),
    ("Move the form for parking passes to the front rack", "Visitors queue only to ask where it is."),
    ("A line in the voicemail greeting about the holiday", "Callers wait for an answer on a day we are closed."),
    ("Send the pool hours with the bill in May", "The first week of June is nothing but that question."),
    ("A picture with each pothole", "The crew drives twice where the place is not clear."),
    ("Quiet hour at the counter for hearing aids", "Tuesday mornings are the emptiest hour anyway."),
    ("A chair and a pen at the side door", "People fill in forms on the wall."),
    ("Answer templates for sewer smells", "Each of us writes it anew, and each a bit differently."),
    ("Tell the desk when a street is closed", "Residents hear of it before we do."),
    ("Swap desks once a quarter", "Planning and building would learn what the other is asked."),
    ("Print the tracking number larger", "Residents read it out wrong on the phone."),
    ("A short call list for storm days", "We lost an hour looking for numbers in January."),
)
COMMENTS = (
    "Yes, please.",
    "We had that years ago, and it worked.",
    "Who would keep it up to date?",
    "The clerk's office could start with it.",
    "It would save us ten calls a week.",
)
REASONS = (
    "It costs little and spares residents a visit.",
    "Three departments asked for the same. We try it for a quarter.",
    "Right, and overdue.",
)
REASONS_AGAINST = (
    "The lease of the building does not allow it.",
    "It would need a second person at the counter, which the budget does not have this year.",
    "The web page says so already; we moved it to the top instead.",
)
RESULTS = ("It is in use since Monday.", "Done, and the desk was told.", "The new text is on the page.")
