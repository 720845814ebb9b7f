"""What became of a run since it was made: its files, and what they rested on."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

OnDisk = Literal["identical", "changed", "missing", "link"]
ChangeKind = Literal["data", "version", "scenario"]


class Output(Struct, frozen=True):
    """One file of the run: how it is on disk, and whether it comes out again."""

    name: str
    on_disk: OnDisk
    comes_out: bool

    @property
    def identical(self) -> bool:
        """Whether it is on disk as it was written, and comes out again byte for byte."""
        return self.on_disk == "identical" and self.comes_out


class Change(Struct, frozen=True):
    """Something that the run rested on and that is not what it was; `before` and `now` are versions, or empty."""

    kind: ChangeKind
    name: str
    before: str = ""
    now: str = ""


class VerifiedScenario(Struct, frozen=True):
    """A scenario of the run: its name, what was set, and whether what it expects came out at the run."""

    name: str
    settings: tuple[str, ...]
    expected: Literal["met", "unmet", "nothing"]


class Verification(Struct, frozen=True):
    """What became of a run since it was made."""

    command: str
    draws: int | None
    seed: int | None
    scenarios: tuple[VerifiedScenario, ...]
    outputs: tuple[Output, ...]
    changes: tuple[Change, ...]
    same_figures: bool
    """Whether the tables of every scenario, and what is expected of them, come out again."""

    @property
    def identical(self) -> bool:
        """Whether every file is as it was and comes out again, and so do the figures."""
        return self.same_figures and all(output.identical for output in self.outputs)
