"""What became of a run since it was made, on the terminal and for machines."""

from __future__ import annotations

from typing import assert_never

from gguplan.language import _, listed_with_and, plural
from gguplan.model.verification import (
    ByteDiffers,
    CellDiffers,
    Change,
    Difference,
    LineDiffers,
    Output,
    SavedAnew,
    SheetDiffers,
    ValueDiffers,
    Verification,
)
from gguplan.reports.terminal.console import console
from gguplan.wording.amounts import format_number


def print_verification(verification: Verification) -> None:
    """Print the verdict first, then every file that is not what it was, then what changed since the run."""
    out = console()
    count = len(verification.outputs)
    if verification.identical:
        verdict = plural(
            "Identical: {count} file comes out again, byte for byte.",
            "Identical: {count} files come out again, byte for byte.",
            count,
        )
    elif not (differing := sum(not output.identical for output in verification.outputs)):
        verdict = _("Not identical: the files come out again, but not what municipalities pay.")
    else:
        verdict = plural(
            "Not identical: {differing} of {count} file differs.",
            "Not identical: {differing} of {count} files differ.",
            count,
            differing=differing,
        )
    out.print(verdict, style="bold")
    out.print(_run(verification), soft_wrap=True)
    for output in verification.outputs:
        for line in _differences(output):
            out.print(line, soft_wrap=True)
    if verification.scenarios and not (
        all(output.comes_out for output in verification.outputs) and verification.same_figures
    ):
        out.print(_figures(verification), soft_wrap=True)
    if any(scenario.expected == "unmet" for scenario in verification.scenarios):
        out.print(_("At the run, what the scenario expects did not come out."), soft_wrap=True)
    if not verification.changes and not all(output.comes_out for output in verification.outputs):
        out.print(_("Of what the record keeps nothing changed: another machine computes it otherwise."), soft_wrap=True)
    if verification.changes:
        out.print()
        heading = (
            _("Changed since the run, without a difference:") if verification.identical else _("Changed since the run:")
        )
        out.print(heading, style="bold")
        for change in verification.changes:
            out.print(f"• {_change(change)}", soft_wrap=True)


def _run(verification: Verification) -> str:
    """What made the files. The record keeps what shaped them, not the words that were typed, so this is no command."""
    named = [
        f"{scenario.name} ({'; '.join(scenario.settings)})" if scenario.settings else scenario.name
        for scenario in verification.scenarios
    ]
    sentence = (
        _("Made by gguplan {command} from {scenarios}", command=verification.command, scenarios=listed_with_and(named))
        if named
        else _("Made by gguplan {command}", command=verification.command)
    )
    if verification.draws is not None:
        draws = format_number(verification.draws)
        sentence += " " + _("({draws} draws, seed {seed})", draws=draws, seed=verification.seed)
    return f"{sentence}."


def _differences(output: Output) -> list[str]:
    difference = {
        "identical": "",
        "changed": _("{name} was changed after the run.", name=output.name),
        "missing": _("{name} is not there any more.", name=output.name),
        "link": _("{name} is a link to another file.", name=output.name),
    }[output.on_disk]
    again = "" if output.comes_out else _("{name} comes out differently now.", name=output.name)
    where = "" if output.difference is None else f"  {_where(output.difference)}"
    return [line for line in (difference, again, where) if line]


def _where(difference: Difference) -> str:
    """Where a file first differs from what comes out."""
    match difference:
        case ValueDiffers(line, row, column, on_disk, made):
            return _(
                "Line {line} ({row}), column {column}: {there} stands there, {made} comes out.",
                line=format_number(line),
                row=row,
                column=column,
                **_held(on_disk, made),
            )
        case CellDiffers(sheet, cell, on_disk, made):
            return _(
                "Sheet {sheet}, cell {cell}: {there} stands there, {made} comes out.",
                sheet=sheet,
                cell=cell,
                **_held(on_disk, made),
            )
        case SheetDiffers(on_disk, made):
            return _("Sheets: {there} stands there, {made} comes out.", **_held(on_disk, made))
        case LineDiffers(line, on_disk, made):
            return _(
                "Line {line}: {there} stands there, {made} comes out.", line=format_number(line), **_held(on_disk, made)
            )
        case ByteDiffers(byte):
            return _("It differs from byte {byte} on.", byte=format_number(byte))
        case SavedAnew():
            return _("Every cell has the value that comes out: another program saved it.")
        case _:
            assert_never(difference)


def _held(on_disk: str, made: str) -> dict[str, str]:
    """What stands in a file and what comes out, as they are in a sentence."""
    return {"there": f"“{on_disk}”" if on_disk else _("nothing"), "made": f"“{made}”" if made else _("nothing")}


def _figures(verification: Verification) -> str:
    if not verification.same_figures:
        return _("What municipalities pay in the scenario comes out differently.")
    return _("What every municipality pays in the scenario comes out the same.")


def _change(change: Change) -> str:
    if change.kind == "data":
        return _("data: {name}", name=change.name)
    if change.kind == "scenario":
        return _("scenario: {name}; verified is what it said at the run", name=change.name)
    if change.name == "gguplan code":
        return _("the code of gguplan")
    return _(
        "version of {name}: {before}, now {now}",
        name=change.name,
        before=change.before or _("none"),
        now=change.now or _("none"),
    )
