"""A lever: one key of a scenario, with what it says now, what it said, and what is wrong with it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from gguplan.findings import Finding

Control = Literal["amount", "number", "day", "text", "choice", "switch", "names", "literal"]
"""How a value is given: `names` is a list of names, `literal` what TOML writes."""


class Option(Struct, frozen=True):
    """A word that may stand somewhere, and what it means."""

    word: str
    meaning: str


class Lever(Struct, frozen=True):
    """A key at `path`. `label` and `about` are the manual's words; `value` is what is typed now, `before` what the
    scenario says without changes, empty where it says nothing."""

    path: str
    key: str
    label: str
    about: str
    control: Control
    value: str
    before: str
    changed: bool
    options: tuple[Option, ...] = ()
    names: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    counted: str = ""
    """The part or the difference that was typed, such as ``-10%``: it counts from `before`."""
    within: str = ""
    """The title of the table of which it is a value under a name or a year, which says little by itself."""


class FormField(Struct, frozen=True):
    """A field of a form: its identifier, the name under which it is sent, and the manual's words. `lists` is whether
    municipalities are named there."""

    identifier: str
    name: str
    label: str
    about: str
    control: Control
    options: tuple[Option, ...]
    is_required: bool
    lists: bool


class LeverGroup(Struct, frozen=True):
    """The levers of a table, and the tables within it. `stands` is whether the scenario has the table."""

    path: str
    title: str
    about: str
    levers: tuple[Lever, ...] = ()
    groups: tuple[LeverGroup, ...] = ()
    stands: bool = True
    is_new: bool = False
    """Whether the scenario does not have it without changes, and a new name was given to it."""
    can_be_added: tuple[Option, ...] = field(default=())
    """Tables that are not there and may be, by name."""
    form: tuple[FormField, ...] = ()
    """With which one more is added, where there may be any number."""
    findings: tuple[Finding, ...] = ()
    """What is wrong with it as a whole, where it was set so."""

    @property
    def changed(self) -> int:
        """How many levers in it, and in its tables, were moved."""
        inside = sum(lever.changed for lever in self.levers) + sum(group.changed for group in self.groups)
        return inside + self.is_new

    @property
    def wrong(self) -> int:
        """How many findings stand at its levers, and at those of its tables."""
        inside = sum(len(lever.findings) for lever in self.levers) + sum(group.wrong for group in self.groups)
        return inside + len(self.findings)
