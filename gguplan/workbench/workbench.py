"""All that a server of the workbench answers from."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, field

from gguplan.language import Language
from gguplan.workbench.bench import Bench
from gguplan.workbench.gate import Keys
from gguplan.workbench.long.jobs import Jobs
from gguplan.workbench.saving import Unsaved
from gguplan.workbench.state import State


class Workbench(Struct):
    """`start` is the state that it opens with; `language` that of what it says before an address does; `folder` is
    where the page may save scenarios, None for nowhere."""

    bench: Bench
    start: State
    port: int
    language: Language
    folder: Path | None = None
    keys: Keys = field(default_factory=Keys)
    jobs: Jobs = field(default_factory=Jobs)
    unsaved: Unsaved = field(default_factory=Unsaved)

    @property
    def first_address(self) -> str:
        """The address that lets a browser in."""
        return f"http://127.0.0.1:{self.port}/open?token={self.keys.token}"
