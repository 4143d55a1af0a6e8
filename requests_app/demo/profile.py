"""What a year of contacts looks like: the shares and times the demo is drawn from."""

from requests_app.domain.vocabulary import Channel

DEFAULT_REQUESTS = 6000
DAYS = 365

# Weights of a day against the mean business day; Tuesday to Thursday share what Monday and Friday leave.
WEEKDAY_WEIGHTS = (1.3, 1.033, 1.034, 1.033, 0.6, 0.08, 0.08)
CLOSED_DAY_WEIGHT = 0.08
STORM_DAY_WEIGHT = 9.0
STORM_MONTHS = (1, 2, 12, 3, 11)

# Share of a business day's contacts by the half hour they start in: peaks 9 to 11 and 13 to 15, 9 % after 16:30.
HALF_HOURS: dict[float, float] = {
    6.5: 0.6, 7.0: 1.0, 7.5: 1.4,
    8.0: 4.2, 8.5: 5.3, 9.0: 7.4, 9.5: 7.8, 10.0: 7.6, 10.5: 7.0, 11.0: 5.0, 11.5: 4.2,
    12.0: 3.2, 12.5: 3.4, 13.0: 6.2, 13.5: 6.8, 14.0: 6.6, 14.5: 5.9, 15.0: 3.6, 15.5: 2.6, 16.0: 2.2,
    16.5: 3.6, 17.0: 1.7, 17.5: 1.2, 18.5: 1.2, 20.0: 1.3, 21.5: 1.0,
}  # fmt: skip

CHANNEL_SHARES = {
    Channel.PHONE: 46.0,
    Channel.EMAIL: 23.0,
    Channel.COUNTER: 14.0,
    Channel.VOICEMAIL: 11.0,
    Channel.WEB: 4.0,
    Channel.LETTER: 1.0,
    Channel.COUNCIL: 1.0,
}
# How people reach a closed city.
CLOSED_CHANNELS = (Channel.VOICEMAIL, Channel.EMAIL, Channel.WEB)

# By subject; the lines are the groups of the profile, each adding up to its share.
SUBJECT_SHARES = {
    "permit-question": 8.0, "permit-status": 4.0, "inspection": 5.0,
    "recreation-class": 4.5, "facility-rental": 3.0, "senior-programs": 1.8, "youth-programs": 1.5, "swim-center": 1.2,
    "property-condition": 6.5, "unpermitted-work": 2.7, "signs-and-rentals": 1.8,
    "police-records": 3.4, "traffic-safety": 2.4, "vacation-check": 0.8, "parking": 2.4,
    "business-license": 7.0,
    "pothole": 4.4, "sidewalk": 1.5, "sign-or-signal": 1.1,
    "planning-question": 3.8, "planning-application": 2.2,
    "tree": 3.8, "tree-on-wire": 0.2,
    "park-maintenance": 3.0, "graffiti": 1.0,
    "dumping": 2.6, "abandoned-vehicle": 1.4,
    "streetlight": 3.0,
    "storm-drain": 1.7, "sewer": 1.1, "sewer-spill": 0.2,
    "payment-question": 3.0,
    "council": 1.5, "general": 1.0,
    "records-request": 2.5,
    "noise": 2.0,
    "garbage": 1.0, "animals": 0.7, "water": 0.4, "bus": 0.2, "mosquitoes": 0.2, "library": 0.2, "power": 0.2,
    "fire": 0.1,
}  # fmt: skip
STORM_SUBJECTS = frozenset({"tree", "tree-on-wire", "storm-drain", "sewer", "streetlight", "sign-or-signal", "pothole"})
STORM_SUBJECT_SHARE = 0.75

# Kinds that cut across the subjects, as shares of all contacts; they take the place of questions.
COMPLAINT_SHARE, COMPLIMENT_SHARE, SUGGESTION_SHARE = 1.25, 1.0, 0.5
CONFIDENTIAL_COMPLAINTS_SHARE = 0.16

LANGUAGE_SHARES = {"en": 87.0, "es": 7.0, "zh": 3.0, "tl": 2.0, "pa": 1.0}
ANONYMOUS_SHARE = 8.0
COLLEAGUE_SHARE = 2.5

# 13 of 24 contacts need no follow-up: most questions at the counter and by phone end on the spot, and so do many
# services, where the person answering can say at once what will happen.
ON_THE_SPOT_QUESTION, ON_THE_SPOT_SERVICE = 0.97, 0.7

# First response in staffed time, lognormal: median in minutes, sigma.
RESPONSE_TIMES = {
    Channel.PHONE: (150, 1.1),
    Channel.VOICEMAIL: (150, 1.1),
    Channel.COUNTER: (150, 1.1),
    Channel.COUNCIL: (150, 1.1),
    Channel.EMAIL: (360, 1.0),
    Channel.WEB: (360, 1.0),
    Channel.LETTER: (900, 0.9),
}
# The year begins slower than it ends.
SLOWER_AT_FIRST, FASTER_AT_LAST = 1.15, 0.9
ABSENT_SHARE = 0.032
NEVER_SHARE = 0.015
# Leave, beside the sick days behind excused answers.
LEAVES_A_YEAR, LEAVE_AHEAD_DAYS = (1, 2, 2, 3), 45
LEAVE_BUSINESS_DAYS = (1, 2, 3, 4, 5, 5, 5, 8, 10)
RECORDED_AFTER_SHARE = 0.12
GREETING_NEVER_SHARE, GREETING_LATE_SHARE, GREETING_LEFT_UP_SHARE = 0.03, 0.05, 0.04
SPOT_CHECK_SHARE, FOUND_RIGHT_SHARE = 0.15, 0.93
# Who never took a course, and who puts off taking it again.
TRAINING_NEVER_SHARE, TRAINING_PUT_OFF_SHARE = 0.03, 0.06
# A supervisor clears away what nobody ever answered, some weeks later.
CLEARED_AFTER_BUSINESS_DAYS = (18, 34)

# Days from receipt to the end, lognormal.
RESOLUTION_DAYS = {
    "pothole": 4.0, "sidewalk": 18.0, "sign-or-signal": 9.0, "streetlight": 12.0, "tree": 25.0, "tree-on-wire": 1.0,
    "property-condition": 21.0, "unpermitted-work": 21.0, "signs-and-rentals": 21.0, "park-maintenance": 5.0,
    "graffiti": 2.0, "dumping": 3.0, "abandoned-vehicle": 5.0, "storm-drain": 3.0, "sewer": 1.5, "sewer-spill": 0.5,
}  # fmt: skip
COMPLAINT_DAYS = 6.0
RECENT_COMPLAINT_DAYS, RESTING_SHARE = 30, 0.45
ESCALATED_SHARE = 0.8  # of the complaints that became late
THANKED_SHARE, COMMENDED_SHARE = 0.7, 0.8
FOLLOW_UP_DAYS = (3.0, 13.0)  # after the answer
NOISE_DAYS = 2.0
RECORDS_DAYS, RECORDS_SIGMA = 8.0, 0.24
RESOLUTION_SIGMA = 0.7

HOLDING_SHARE = 0.07
CALLING_AGAIN_SHARE = 0.05
UNOWNED_SHARE = 0.16
SENT_BACK_SHARE = 0.015
NO_ANSWER_FIRST_SHARE = 0.12
RECORDED_LATE_SHARE = 0.015
WAITING_SHARE = 0.14
REOPENED_SHARE = 0.012
WITHDRAWN_SHARE = 0.012
FOR_PERSON_SHARE = 0.04
NOTE_SHARE = 0.12
DUPLICATE_SHARE = 0.005


# The picture at the end, for 6,000 requests: some 30 that nobody has taken, some due today, some overdue.
QUEUE_AT_END = 30
LEFT_LYING_DAYS = 8
OWN_WAITING = 3  # for the demo's own employee, of what is overdue and of what is due today
LEFT_LYING_SHARE, LEFT_LYING_OWN_SHARE = 0.05, 0.3
DUE_TODAY_SHARE, DUE_TODAY_OWN_SHARE = 0.75, 0.9
ATTESTED_SHARE = 0.72  # of the policy, before the round is over
