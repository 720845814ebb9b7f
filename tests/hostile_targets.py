"""Everything that reads what somebody else made."""

from __future__ import annotations

from typing import Final

from tests.hostile import FILES
from tests.hostile_funds import FUND_TARGETS
from tests.hostile_requests import REQUESTS

TARGETS: Final = (*FILES, *FUND_TARGETS, REQUESTS)
