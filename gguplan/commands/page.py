"""``gguplan page``: one HTML file in which every municipality finds its bill."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gguplan.commands.answers import print_answer
from gguplan.commands.options import (
    Force,
    FundTotal,
    FundYear,
    Json,
    Lang,
    Rate,
    Settings,
    UnmetFindings,
    WithoutVat,
    command,
    tell_unused,
)

if TYPE_CHECKING:
    from gguplan.inputs.scenario.reading import ScenarioInputs


@command
def page(
    scenario: Annotated[
        str, typer.Argument(help="A shipped scenario by name, or a file: the baseline, when there are more.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder for index.html, or a file that ends in .html.")],
    more: Annotated[
        list[str] | None, typer.Argument(metavar="[MORE]...", help="Scenarios to hold beside the first.")
    ] = None,
    year: FundYear = None,
    rate: Rate = None,
    total: FundTotal = None,
    without_vat: WithoutVat = False,
    settings: Settings = None,
    force: Force = False,
    as_json: Json = False,
    lang: Lang = None,
) -> UnmetFindings:
    """Write one page in which everybody finds their bill. In Dutch unless --lang en.

    --set changes the scenarios that are held beside the first, or the first when it is alone.
    """
    from gguplan.inputs.scenario.unused import unused_of_all
    from gguplan.language import plural
    from gguplan.reports.before_cascades import cascades_in_words
    from gguplan.runs.findings import unmet_findings
    from gguplan.runs.next_years import newest_published
    from gguplan.runs.output_files import fail_if_not_free
    from gguplan.runs.outputs import page as recipe
    from gguplan.runs.recorded_files import fail_if_not_recordable, record_path, write_file, write_folder
    from gguplan.runs.request import request_of
    from gguplan.runs.workbook_files import fail_if_no_page
    from gguplan.runs.year_shown import scenario_of_year
    from gguplan.visible_text import visible_name
    from gguplan.wording.amounts import format_number

    def changed(name: str) -> ScenarioInputs:
        return scenario_of_year(name, settings or (), year, rate, total, without_vat)

    inputs = [scenario_of_year(scenario), *map(changed, more)] if more else [changed(scenario)]
    fail_if_no_page(out)
    is_file = out.suffix.lower() in (".html", ".htm")
    folder, name = (out.parent, out.name) if is_file else (out, "index.html")
    if is_file:
        fail_if_not_recordable(out)
    arguments = recipe.Arguments(file=name, language="nl" if lang is None else lang.value)
    request = request_of("page", inputs, arguments)
    worked_out = recipe.work_out(request)
    results = worked_out.bills
    fail_if_not_free([folder / name, record_path(out, folder=not is_file)], force, None if is_file else folder)
    files = recipe.files(worked_out, request)
    contents = files[name]
    if is_file:
        write_file(out, contents, request, force)
    else:
        write_folder(out, files, request, force)
    municipalities = len(results[0].later.without_bodies)
    notes = [*(text for result in results for text in cascades_in_words(result.result))]
    notes += [sentence for scenario in request.scenarios for sentence in newest_published(scenario, "page")]
    notes += unused_of_all(request.scenarios, "page")
    unmet = unmet_findings(request.scenarios, [result.result for result in results])
    if as_json:
        print_answer(
            "page",
            {
                "file": str(folder / name),
                "bytes": len(contents),
                "scenarios": [result.result.fund_year.origin.name for result in results],
                "municipalities": municipalities,
                "notes": notes,
            },
        )
        return unmet
    print(
        plural(
            "Written: {file} ({kilobytes} kB), {municipalities} municipalities in {count} scenario.",
            "Written: {file} ({kilobytes} kB), {municipalities} municipalities in {count} scenarios.",
            len(results),
            file=visible_name(str(folder / name)),
            kilobytes=format_number(round(len(contents) / 1000)),
            municipalities=municipalities,
        )
    )
    tell_unused(notes)
    return unmet
