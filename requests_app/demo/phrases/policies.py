"""What people of the demo ask of the policy, and what Human Resources propose to change in it."""

# What a line says, and what the draft says instead.
CHANGES = (
    ("Answer calls and voicemail as a rule", "Answer calls, voicemail and text messages as a rule"),
    ("Both give name and department.", "Both give name, department and working hours."),
    (
        "are encouraged to propose improvements.",
        "are encouraged to propose improvements, and hear what came of them.",
    ),
)
# Clause, question, and the answer where there is one.
QUESTIONS = (
    ("III.b.ii.3", "Does a message left on a voicemail count as an answer?", "Yes, for now; each try is kept."),
    ("III.b.ii.3", "What is the standard for text messages?", ""),
    ("III.b.ii.1", "Should letters go out in Chinese and Tagalog as well?", ""),
    ("III.b.v.1", "How soon is a complaint to be acknowledged? The policy gives no number.", ""),
    ("III.c.i", "Do seasonal lifeguards take the whole course?", "The short one, before their first day."),
)  # fmt: skip
