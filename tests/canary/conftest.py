"""The servers of the integration tests."""

from tests.integration.conftest import background, engine, make_proxy, proxy, quiet, upstream

__all__ = ["background", "engine", "make_proxy", "proxy", "quiet", "upstream"]
