"""The HTTP server and its workers, from the wheels: slow, silent, closed, ambiguous connections, and a hung worker.

The tests are those of the working tree, as in ``test_faults.py``. Left out, for the time they take: large replies and
requests; and of the workers' tests all but the one whose detector hangs.
"""

from __future__ import annotations

from tests.integration.test_server import (
    metrics_addr,
    test_a_body_that_does_not_come_is_not_waited_for,
    test_a_client_that_never_reads_is_cut,
    test_a_closed_connection_is_let_go_at_once,
    test_a_hang_up_is_no_error,
    test_a_head_without_end_is_refused,
    test_a_request_that_tells_its_length_twice_is_refused,
    test_a_slow_caller_holds_nobody_up,
    test_bodies_of_strangers_do_not_fill_the_memory,
    test_headers_that_do_not_come_are_not_waited_for,
    test_no_http2_is_spoken,
    test_requests_sent_ahead_are_answered_in_turn,
    test_uploads_that_are_broken_off_leave_room_for_others,
    test_who_hangs_up_gets_no_answer_to_what_was_sent_ahead,
)
from tests.integration.test_serving import chat_url, serve, test_a_worker_that_a_detector_hangs_is_replaced

__all__ = [
    "chat_url",
    "metrics_addr",
    "serve",
    "test_a_body_that_does_not_come_is_not_waited_for",
    "test_a_client_that_never_reads_is_cut",
    "test_a_closed_connection_is_let_go_at_once",
    "test_a_hang_up_is_no_error",
    "test_a_head_without_end_is_refused",
    "test_a_request_that_tells_its_length_twice_is_refused",
    "test_a_slow_caller_holds_nobody_up",
    "test_a_worker_that_a_detector_hangs_is_replaced",
    "test_bodies_of_strangers_do_not_fill_the_memory",
    "test_headers_that_do_not_come_are_not_waited_for",
    "test_no_http2_is_spoken",
    "test_requests_sent_ahead_are_answered_in_turn",
    "test_uploads_that_are_broken_off_leave_room_for_others",
    "test_who_hangs_up_gets_no_answer_to_what_was_sent_ahead",
]
