"""Which changes a mistake is about: those at which it stands, or else the one without which it is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from gguplan.findings import Finding, InputError
from gguplan.inputs.scenario.settings import shown_setting

Made = TypeVar("Made")


class WrongChange(Struct, frozen=True):
    """A mistake, and the settings to which it is due; none where they cannot be told apart."""

    finding: Finding
    settings: tuple[str, ...]


class WithoutWrongChanges(Struct, Generic[Made], frozen=True):
    """What was made of settings, without those that are wrong."""

    made: Made
    without: tuple[str, ...]
    wrong: tuple[WrongChange, ...]


def without_wrong_changes(settings: Sequence[str], make: Callable[[Sequence[str]], Made]) -> WithoutWrongChanges[Made]:
    """What `make` makes of the settings, without those that are wrong.

    Raises its InputError when it makes nothing of no settings at all.
    """
    left, without, wrong = tuple(settings), list[str](), list[WrongChange]()
    while True:
        try:
            made = make(left)
        except InputError as error:
            if not left:
                raise
            due = [WrongChange(finding, _standing_at(finding, left)) for finding in error.findings]
            if not any(change.settings for change in due):
                cause = _cause(error, left, make)
                due = [WrongChange(finding, cause) for finding in error.findings]
            # What lacks a key that was taken out for a mistake is no mistake of its own.
            tables = set(map(_table, without))
            wrong += [change for change in due if not tables & set(map(_table, change.settings))]
            taken_out = {setting for change in due for setting in change.settings} or set(left)
            without += [setting for setting in left if setting in taken_out]
            left = tuple(setting for setting in left if setting not in taken_out)
        else:
            return WithoutWrongChanges(made, tuple(without), tuple(dict.fromkeys(wrong)))


def _standing_at(finding: Finding, settings: Sequence[str]) -> tuple[str, ...]:
    return tuple(setting for setting in settings if shown_setting(setting) == finding.place.file)


def _cause(error: InputError, settings: Sequence[str], make: Callable[[Sequence[str]], object]) -> tuple[str, ...]:
    """The settings without which the mistakes are gone: the last one that suffices, or all of a table; else none."""
    for group in _groups(settings):
        try:
            make([setting for setting in settings if setting not in group])
        except InputError as other:
            if set(error.findings) & set(other.findings):
                continue
        return group
    return ()


def _groups(settings: Sequence[str]) -> Iterator[tuple[str, ...]]:
    yield from ((setting,) for setting in reversed(settings))
    for table in dict.fromkeys(map(_table, reversed(settings))):
        yield tuple(setting for setting in settings if _table(setting) == table)


def _table(setting: str) -> str:
    """The table in which a setting sets a key: ``opt_outs.ibd``."""
    return ".".join(setting.partition("=")[0].strip().split(".")[:2])
