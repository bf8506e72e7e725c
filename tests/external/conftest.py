"""What all tests that ask servers share."""

from functools import cache

import httpx
import pytest

fresh = httpx.create_ssl_context
kept = cache(fresh)


@pytest.fixture(autouse=True)
def _one_context(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load what this machine trusts once: it takes 50 ms. A test with an authority of its own loads that."""
    if "authority" not in request.fixturenames:
        monkeypatch.setattr(httpx, "create_ssl_context", lambda: kept())
