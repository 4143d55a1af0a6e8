"""The policy with a draft, a review, questions and a round of attestations, in long and hostile texts."""

from datetime import datetime, timedelta

from requests_app.domain.attestations import CheckQuestion
from requests_app.selectors.policies import policy_in_force
from requests_app.services.attestations import attest, open_attestation_round
from requests_app.services.policies import PolicyEntry, write_policy_draft
from requests_app.services.policy_reviews import answer_policy_question, open_policy_review, raise_policy_question
from tests.cast import Cast, actor
from tests.pages.scene_scorecard import let_clauses_be_signed


def let_the_policy_be_reviewed(cast: Cast, *, now: datetime, text: str) -> None:
    """Write a draft, open a review and a round, ask two questions and answer one; Bob has attested."""
    hana = actor(cast.hana)
    version = policy_in_force(now.date())
    assert version
    write_policy_draft(PolicyEntry(title="T" * 160, text=f"{text}\nIII.e {'W' * 300}"), actor=hana, at=now)
    open_policy_review(actor=hana, at=now)
    for clause in ("III.b.ii.5.d", ""):
        asked = raise_policy_question(clause=clause, question=text, actor=actor(cast.dora), at=now)
    answer_policy_question(asked.pk, answer=text, actor=hana, at=now)
    check = [CheckQuestion(text, (text, "W" * 200), 0)]
    due_on = (now + timedelta(days=20)).date()
    found = open_attestation_round(version=version, due_on=due_on, questions=check, actor=hana, at=now)
    attest(found.pk, given={0: 0}, actor=actor(cast.bob), at=now)
    let_clauses_be_signed(cast, now=now, text=text)
