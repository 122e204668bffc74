"""The HTTP server and its workers, from the wheels: slow, silent, closed, ambiguous connections, and a hung worker.

The tests are those of the working tree, as in ``test_faults.py``. Left out, for the time they take: large replies and
requests; and of the workers' tests all but the one whose detector hangs.
"""

from __future__ import annotations

from tests.integration.test_server import *  # noqa: F403
from tests.integration.test_serving import chat_url, serve, test_a_worker_that_a_detector_hangs_is_replaced

__all__ = ["chat_url", "serve", "test_a_worker_that_a_detector_hangs_is_replaced"]

del test_a_large_reply_or_request_holds_nobody_up  # noqa: F821
