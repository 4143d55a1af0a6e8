"""The registry of clauses is complete: every key, each with its measures and its words."""

from requests_app.domain.clauses import BY_KEY, CLAUSES, Measure, Section
from requests_app.models.clause_words import CLAUSE_WORDS, MEASURES, SECTIONS
from requests_app.selectors.scorecard import MEASURED

# The keys of the policy with their measures, written down here a second time, by hand.
KEYS = {
    "I": "none",
    "II": "auto",
    "III.a.i": "indicator",
    "III.a.ii": "auto indicator",
    "III.a.iii": "auto",
    "III.a.iv": "auto",
    "III.a.v": "indicator",
    "III.b.i.1": "indicator",
    "III.b.i.2": "indicator",
    "III.b.i.3": "indicator",
    "III.b.i.4": "auto attested",
    "III.b.ii.1": "attested indicator",
    "III.b.ii.2": "indicator",
    "III.b.ii.3": "auto",
    "III.b.ii.4": "auto",
    "III.b.ii.5": "attested",
    "III.b.ii.5.a": "auto",
    "III.b.ii.5.b": "auto",
    "III.b.ii.5.c": "auto",
    "III.b.ii.5.d": "auto",
    "III.b.iii.1": "indicator",
    "III.b.iii.2": "indicator",
    "III.b.iii.3": "attested",
    "III.b.iv.1": "indicator",
    "III.b.iv.2": "indicator",
    "III.b.iv.3": "auto",
    "III.b.iv.4": "indicator",
    "III.b.iv.5": "indicator",
    "III.b.v.1": "auto",
    "III.b.v.2": "auto",
    "III.b.v.3": "auto",
    "III.c.i": "auto",
    "III.c.ii": "auto",
    "III.c.iii": "indicator",
    "III.d.i": "auto",
    "III.d.ii": "count",
    "III.d.iii": "count",
    "III.e": "auto",
    "III.f": "auto",
}


def test_every_key_of_the_policy_is_registered_with_its_measures() -> None:
    assert len(KEYS) == 39
    assert {clause.key: " ".join(clause.measures) for clause in CLAUSES} == KEYS
    assert len(CLAUSES) == len(BY_KEY)


def test_every_key_says_what_it_asks_and_how_it_is_counted_and_has_its_measure() -> None:
    assert list(CLAUSE_WORDS) == list(BY_KEY) == list(MEASURED)
    assert all(str(words.asks) and str(words.counted) for words in CLAUSE_WORDS.values())
    assert set(MEASURES) == set(Measure)
    assert set(SECTIONS) == set(Section)
