"""What residents of the demo write into the survey: about how it went, never about whom."""

ENGLISH = (
    "Quick and friendly. Thank you.",
    "I had to call twice before somebody called back.",
    "The explanation of the permit steps was very clear.",
    "Nobody told me that the office is closed on Fridays.",
    "The pothole was fixed within the week. Impressed!",
    "I was sent from one office to the other.",
    "The answer was correct, but the letter was hard to read.",
    "It would help to see the date of the repair online.",
    "Very patient with my mother, who speaks little English.",
    "The web page still shows last year's fees.",
)
SPANISH = (
    "Muy amables. Gracias por contestar en español.",
    "Tardaron en llamarme, pero me ayudaron.",
    "La carta estaba solo en inglés.",
)
