"""What became of a run since it was made: its files, and what they rested on."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

OnDisk = Literal["identical", "changed", "missing", "link"]
ChangeKind = Literal["data", "version", "scenario"]


class ValueDiffers(Struct, frozen=True):
    """A value in a table: its line, what stands first in it, the column, and the value there and as it comes out."""

    line: int
    row: str
    column: str
    on_disk: str
    made: str


class CellDiffers(Struct, frozen=True):
    """A cell of a workbook, such as ``B5``: what it holds, and what comes out."""

    sheet: str
    cell: str
    on_disk: str
    made: str


class SheetDiffers(Struct, frozen=True):
    """A sheet of a workbook by its name there, and the one that comes out in its place; empty where there is none."""

    on_disk: str
    made: str


class LineDiffers(Struct, frozen=True):
    """A line of a text: a few words of it, and of what comes out; empty where the text ends."""

    line: int
    on_disk: str
    made: str


class ByteDiffers(Struct, frozen=True):
    """The first byte of a file that differs, counted from 1."""

    byte: int


class SavedAnew(Struct, frozen=True):
    """A workbook of which every cell has the value that comes out, though the file has other bytes."""


Difference = ValueDiffers | CellDiffers | SheetDiffers | LineDiffers | ByteDiffers | SavedAnew
"""Where a file first differs from what comes out."""


class Output(Struct, frozen=True):
    """One file of the run: how it is on disk, whether it comes out again, and where the two first differ."""

    name: str
    on_disk: OnDisk
    comes_out: bool
    difference: Difference | None = None

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
