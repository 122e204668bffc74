"""Every fault of an upstream, every bad input, every closed door, over sockets against the installed program.

The tests are those of the working tree; the fixtures beside this file put the installed program in its place.
"""

from __future__ import annotations

from tests.attack.test_doors import *  # noqa: F403
from tests.attack.test_replies import *  # noqa: F403
from tests.integration.test_contract_proxy import *  # noqa: F403
from tests.integration.test_errors import *  # noqa: F403
from tests.integration.test_upstream_faults import *  # noqa: F403
