"""Every fault of an upstream, every bad input, every closed door, over sockets against the installed program.

The tests are those of the working tree; the fixtures beside this file put the installed program in its place. Of files
whose tests mostly ask the engine, those are here that use sockets.
"""

from __future__ import annotations

from tests.attack.test_doors import *  # noqa: F403
from tests.attack.test_leaks import test_no_byte_on_the_upstreams_socket_tells
from tests.attack.test_replies import *  # noqa: F403
from tests.attack.test_streams import test_a_chunk_arrives_before_the_next_exists, test_every_quirk_over_sockets
from tests.attack.test_tokens import test_a_tool_result_cannot_print_a_callers_value_elsewhere
from tests.fuzz.test_endpoint import test_hostile_bodies_are_answered_and_tell_nothing
from tests.integration.test_closed import test_server_timing_tells_stages_and_nothing_else
from tests.integration.test_contract_proxy import *  # noqa: F403
from tests.integration.test_errors import *  # noqa: F403
from tests.integration.test_upstream_faults import *  # noqa: F403

__all__ = [
    "test_a_chunk_arrives_before_the_next_exists",
    "test_a_tool_result_cannot_print_a_callers_value_elsewhere",
    "test_every_quirk_over_sockets",
    "test_hostile_bodies_are_answered_and_tell_nothing",
    "test_no_byte_on_the_upstreams_socket_tells",
    "test_server_timing_tells_stages_and_nothing_else",
]
