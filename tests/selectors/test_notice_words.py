"""Every kind of notice has its weight and its words: a new one without them would break the page of preferences."""

from requests_app.domain.notice_kinds import WEIGHTS
from requests_app.models import Notice
from requests_app.selectors.notice_words import TO_YOU


def test_every_kind_of_notice_has_its_weight_and_its_words() -> None:
    kinds = {kind.value for kind in Notice.Kind}
    assert set(WEIGHTS) == kinds
    assert {str(kind) for kind in TO_YOU} == kinds
