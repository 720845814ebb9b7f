"""``gguplan proposal``: the paper for the general assembly, or for the council of one municipality."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gguplan.commands.answers import print_answer
from gguplan.commands.options import (
    Force,
    Json,
    Lang,
    LanguageChoice,
    Seed,
    Settings,
    UnmetFindings,
    YearAhead,
    command,
    find,
    tell_unused,
)
from gguplan.model.numbers_of_draws import DRAWS

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from gguplan.inputs.scenario.reading import ScenarioInputs

"""As many as gguplan forecast makes, and as gguplan participation and gguplan horizon: so they say the same."""


class Reader(StrEnum):
    """Who a paper is for: the general assembly, or a council that gives its opinion on the proposal."""

    alv = "alv"
    zienswijze = "zienswijze"


@command
def proposal(
    scenario: Annotated[str, typer.Argument(help="A shipped scenario by name, or a file.")] = "",
    baseline: Annotated[
        str | None, typer.Option(help="What is compared with; else the scenario that this one extends.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            help="A Word document (.docx), a PDF (.pdf), a page (.html) or Markdown (.md); else voorstel.docx or "
            "zienswijze.docx.",
        ),
    ] = None,
    reader: Annotated[
        Reader,
        typer.Option("--for", help="Who reads it: the assembly, or the council of one municipality (two pages)."),
    ] = Reader.alv,
    municipality: Annotated[
        list[str] | None, typer.Option("--municipality", "-m", help="Whose council, with --for zienswijze.")
    ] = None,
    template: Annotated[Path | None, typer.Option(help="A Word document in a house style of one's own.")] = None,
    new_template: Annotated[
        Path | None, typer.Option(help="Write the template that comes with gguplan, to change it in Word.")
    ] = None,
    date: Annotated[str | None, typer.Option(help="The date of the paper, such as 2026-05-20.")] = None,
    year: YearAhead = None,
    seed: Seed = 1,
    settings: Settings = None,
    force: Force = False,
    as_json: Json = False,
    lang: Lang = None,
) -> UnmetFindings:
    """Write the proposal for the ALV, or the paper for a council on it. In Dutch unless --lang en."""
    from gguplan.inputs.scenario.unused import unused_of_all
    from gguplan.language import _
    from gguplan.reports.proposal.blocks import proposal_as_dict
    from gguplan.reports.proposal.output import check_output
    from gguplan.reports.proposal.word.house_style import shipped_template
    from gguplan.reports.proposal.word.template import read_template
    from gguplan.runs.findings import unmet_findings
    from gguplan.runs.output_files import fail_if_not_free, write_paths
    from gguplan.runs.outputs import proposal as recipe
    from gguplan.runs.recorded_files import fail_if_not_recordable, record_path, write_file
    from gguplan.runs.request import request_of
    from gguplan.runs.year_shown import scenario_of_year
    from gguplan.visible_text import visible_name

    if new_template is not None:
        check_output(new_template, (".docx",))
        write_paths({new_template: shipped_template()}, force)
        print(_("Written: {file}", file=visible_name(str(new_template))))
        return []
    name = "voorstel.docx" if reader is Reader.alv else "zienswijze.docx"
    target = out if out is not None or as_json else Path(name)
    day = _day(date) if date is not None else None
    inputs = scenario_of_year(scenario, settings or (), year)
    if target is not None:
        check_output(target, template=template is not None)
        fail_if_not_recordable(target)
        fail_if_not_free([target, record_path(target, folder=False)], force)
    if template is not None:
        read_template(template)  # What is wrong with it is told before the long work.
    arguments = recipe.Arguments(
        file=target.name if target else name,
        reader=reader.value,
        municipality=_council_of(reader, municipality or (), inputs),
        language="en" if lang is LanguageChoice.en else "nl",
        date=None if day is None else day.isoformat(),
        draws=DRAWS,
        seed=seed,
    )
    base = _baseline(baseline, inputs)
    brought = {} if template is None else {"template": template}
    request = request_of("proposal", [inputs] if base is None else [inputs, base], arguments, brought)
    material = recipe.work_out(request)
    paper = recipe.paper_of(material, request)
    if target is not None:
        write_file(target, recipe.document_of(paper, request), request, force)
    notes = unused_of_all(request.scenarios, "proposal")
    if as_json:
        print_answer("proposal", {**proposal_as_dict(paper), "notes": notes})
    else:
        print(_("Written: {file}", file=visible_name(str(target))))
        _print_to_fill_in(paper.to_fill_in())
        tell_unused(notes)
    compared = [] if material.comparison is None else [material.comparison.baseline.result]
    return unmet_findings([*([] if base is None else [base]), inputs], [*compared, material.result])


def _council_of(reader: Reader, municipalities: Sequence[str], inputs: ScenarioInputs) -> str | None:
    """The code of the municipality whose council reads it; None for the assembly. Raises InputError where one is named
    without the other, or several are."""
    from gguplan.findings import Finding, InputError, Place
    from gguplan.language import _

    match reader:
        case Reader.zienswijze if len(municipalities) > 1:
            what = _(
                "A paper is for the council of one municipality, and {count} are named.", count=len(municipalities)
            )
            remedy = _("Ask for each on its own, with an --out of its own.")
            raise InputError([Finding(Place("--for zienswijze"), what, remedy)])
        case Reader.zienswijze if not municipalities:
            what, remedy = _("The opinion of which council?"), _("Add --municipality with its name.")
            raise InputError([Finding(Place("--for zienswijze"), what, remedy)])
        case Reader.alv if municipalities:
            what = _("The paper for the assembly is about all municipalities.")
            remedy = _("Leave --municipality out, or add --for zienswijze.")
            raise InputError([Finding(Place(f"--municipality {municipalities[0][:100]}"), what, remedy)])
        case _:
            return find(municipalities[0], inputs.population).gm_code if municipalities else None


def _print_to_fill_in(places: tuple[str, ...]) -> None:
    """What is still to be written in the paper, so that nothing is forgotten."""
    from gguplan.language import _

    print(_("Still to fill in, marked in the paper:"))
    for place in places:
        print(f"- {place}")


def _day(text: str) -> datetime.date:
    """The date that an option says. Raises InputError for anything else than year-month-day."""
    import re
    from datetime import date

    from gguplan.findings import Finding, InputError, Place
    from gguplan.language import _

    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    what, remedy = _("This is not a date."), _("Write year-month-day, such as 2026-05-20.")
    raise InputError([Finding(Place(f"--date {text[:40]}"), what, remedy)])


def _baseline(baseline: str | None, inputs: ScenarioInputs) -> ScenarioInputs | None:
    """What was asked to compare with, or else what the scenario extends, where that is whole by itself."""
    from gguplan.findings import Finding, InputError, Place
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.language import _
    from gguplan.runs.extended_baseline import extended_baseline

    if baseline is None:
        return extended_baseline(inputs)
    base = read_scenario(baseline)
    if base.population.year > inputs.population.year:
        raise InputError(
            [
                Finding(
                    Place(f"--baseline {baseline[:100]}"),
                    _(
                        "The baseline counts the inhabitants of {later}, later than the {earlier} of the scenario.",
                        later=base.population.year,
                        earlier=inputs.population.year,
                    ),
                    _("Take a baseline of the same year or an earlier one."),
                )
            ]
        )
    return base
