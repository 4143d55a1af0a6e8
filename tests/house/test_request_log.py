"""The log of requests: enough to find one, nothing of what was typed."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_the_log_keeps_the_path_and_not_what_was_searched_for(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        Client().get("/requests/?q=Castellanos")

    logged = " ".join(str(record.msg) for record in caplog.records)
    assert "GET /requests/" in logged
    assert "Castellanos" not in logged
