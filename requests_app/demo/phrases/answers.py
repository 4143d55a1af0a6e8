"""What the city answers, and what it writes down for itself."""

ANSWERS: dict[str, tuple[str, ...]] = {
    "question": (
        "Explained what is needed and sent the link to the form.",
        "Answered the question and gave the direct extension.",
        "Went through the steps together; no further questions.",
        "Sent the fee schedule and the opening hours.",
        "Confirmed the date and the place by name.",
    ),
    "service": (
        "Logged it with the crew; told them when to expect somebody.",
        "Explained that the site will be inspected this week and what happens then.",
        "Crew is on its way; gave the work order number.",
        "Thanked them for the report and explained the order of work.",
    ),
    "complaint": (
        "Acknowledged the concern, said who is looking into it and when they will hear.",
        "Apologized for the wait and explained what happens next.",
    ),
    "compliment": ("Thanked them and passed it on to the team.",),
    "suggestion": ("Thanked them; the idea goes on the list for the department's next meeting.",),
    "records": ("Confirmed the request and the date by which the city says what it holds.",),
}
SPANISH_ANSWERS = (
    "Se explicó el trámite en español y se mandó el formulario.",
    "Se confirmó la fecha y se dio el número directo.",
)
OUTCOMES: dict[str, tuple[str, ...]] = {
    "pothole": ("Patched with hot mix.", "Temporary patch; the street is on the paving list."),
    "sidewalk": ("Ground down and marked.", "Panel replaced."),
    "sign-or-signal": ("Sign put back up.", "Signal reset and tested."),
    "streetlight": ("Lamp replaced.", "Wiring repaired after a dig-in."),
    "tree": ("Pruned to clear the walk.", "Removed; a new tree is planned for the fall."),
    "tree-on-wire": ("Cut clear with the power company; the road is open.",),
    "property-condition": ("Owner cut the weeds after a notice.", "Cleared; case closed after a second visit."),
    "unpermitted-work": ("Owner applied for the permit.", "Work removed."),
    "signs-and-rentals": ("Banner taken down.", "Owner was told the rules and complied."),
    "park-maintenance": ("Repaired and checked.", "Cleaned up; added to the daily round."),
    "graffiti": ("Painted over.", "Removed by the crew."),
    "dumping": ("Picked up.", "Picked up; no evidence of who left it."),
    "abandoned-vehicle": ("Owner moved it after a notice.", "Towed."),
    "storm-drain": ("Cleared and flushed.", "Cleared; the grate was replaced."),
    "sewer": ("Main flushed; no more smell.", "Private lateral: owner was advised."),
    "sewer-spill": ("Stopped and cleaned up; reported to the water board.",),
    "records": ("Determination sent with the records.", "Determination sent: no such records are held."),
}
REFERRED_ANSWER = "Gave the name and number of {agency}, who look after this."
COMPLIMENT_OUTCOME = "Passed on to the team with thanks."
ANONYMOUS_OUTCOME = "Looked at and dealt with; nobody to tell."
HOLDING_ANSWER = "{owner} is dealing with it and will answer by {on}."
PROMISED_ANSWER = "Answered in full as promised."
NOTES = (
    "Checked the map: city right of way.",
    "Same address as a report in spring.",
    "Left word with the crew lead.",
    "Asked Planning for the old file.",
    "Photo is in the shared folder.",
    "Prefers a call before ten.",
)
VOICEMAIL_LEFT = "Left a message with the answer and the direct extension."
NOBODY_ANSWERED = "No answer; will try again."
WAITING_NOTE = "Waiting for the address and a photo."
WITHDRAWN_NOTE = "Called back to say it is no longer needed."
CLEARED_NOTE = "Found open during the monthly review; could no longer be reached, asked to contact us again."
SENT_BACK_NOTES = ("Not ours: private street.", "Not ours: belongs to another division.")
GIVEN_NOTE = "Covers this area."
EXCUSAL_REASONS = (
    "Out sick from the day it came in; nobody was named to cover.",
    "Family emergency; the absence was recorded the next morning.",
    "Called to the storm response for two days.",
)
DANGER_TOLD = ("Police dispatch, by phone", "Public Works on call, by phone", "911, caller was put through")
