"""``gguplan scenario``: list, new, check, schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gguplan.commands.answers import print_answer, print_json
from gguplan.commands.options import Force, Json, Lang, Settings, UnmetFindings, command

app = typer.Typer(help="List, make and check scenarios.", no_args_is_help=True)


@app.command("list")
@command
def list_scenarios(as_json: Json = False, lang: Lang = None) -> None:
    """List the scenarios that come with gguplan."""
    from gguplan.inputs.scenario.library import shipped_scenarios
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.language import _

    scenarios = {name: read_scenario(name).scenario for name in shipped_scenarios()}
    if as_json:
        print_answer(
            "scenario list",
            {
                "scenarios": [
                    {"name": name, "title": file.title, "year": file.year, "extends": file.extends}
                    for name, file in scenarios.items()
                ]
            },
        )
        return
    from gguplan.reports.terminal.console import console, table

    rows = [
        [
            name,
            file.title,
            file.extends if isinstance(file.extends, str) else ", ".join(file.extends or ()),
            str(file.year),
        ]
        for name, file in scenarios.items()
    ]
    console().print(table([_("Name"), _("Title"), _("Extends"), _("Year")], rows, words=3))


@app.command()
@command
def new(
    file: Annotated[Path, typer.Argument(help="The file to write, such as voorstel.toml.")],
    extends: Annotated[str | None, typer.Option(help="Start from this scenario.")] = None,
    force: Force = False,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Write a commented scenario that works, to change into your own."""
    from gguplan.inputs.scenario.library import find_scenario
    from gguplan.inputs.scenario.manual import new_scenario
    from gguplan.language import _
    from gguplan.runs.output_files import write_files

    if extends is not None:
        find_scenario(extends, file.parent)
    write_files(file.parent, {file.name: new_scenario(extends).encode()}, force)
    if as_json:
        print_answer("scenario new", {"file": str(file)})
        return
    print(_("Written: {file}. Try it with: gguplan run {file}", file=file))


@app.command()
@command
def check(
    scenarios: Annotated[list[str], typer.Argument(help="Shipped scenarios or files.")],
    settings: Settings = None,
    as_json: Json = False,
    lang: Lang = None,
) -> UnmetFindings:
    """Say everything that is wrong with a scenario, or that nothing is."""
    from gguplan.findings import Findings, InputError
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.inputs.sweep.plan import read_plan
    from gguplan.language import _
    from gguplan.runs.findings import unmet_findings
    from gguplan.runs.results import result_of

    findings = Findings()
    good: list[str] = []
    unmet: UnmetFindings = []
    for name in scenarios:
        try:
            inputs = read_scenario(name, settings or ())
            if inputs.scenario.sweep is not None:
                read_plan(inputs, ())
            if unmet_here := unmet_findings([inputs], [result_of(inputs)]):
                unmet += unmet_here
            else:
                good.append(name)
        except InputError as error:
            findings.gathered.extend(error.findings)
    if not as_json:
        for name in good:
            print(_("{name} is right.", name=name))
    findings.raise_if_any()
    if as_json:
        print_answer("scenario check", {"findings": [], "unmet": [finding.as_dict() for finding in unmet]})
    return unmet


@app.command()
@command
def show(
    scenario: Annotated[str, typer.Argument(help="A shipped scenario by name, or a file.")],
    changes: Annotated[bool, typer.Option("--changes", help="Only what differs from what it extends.")] = False,
    settings: Settings = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Show every key of a scenario and where it was said, or what it changes."""
    from dataclasses import asdict

    from gguplan.inputs.scenario.stated_keys import changed_keys, stated_keys
    from gguplan.reports.terminal.stated_keys import print_changed_keys, print_stated_keys

    typed = tuple(settings or ())
    if changes:
        changed = changed_keys(scenario, typed)
        if as_json:
            print_answer("scenario changes", {"keys": [asdict(key) for key in changed]})
        else:
            print_changed_keys(changed)
        return
    stated = stated_keys(scenario, typed)
    if as_json:
        print_answer("scenario show", {"keys": [asdict(key) for key in stated]})
    else:
        print_stated_keys(stated)


@app.command()
@command
def schema(as_json: Json = False, lang: Lang = None) -> None:
    """Print the JSON Schema of a scenario, for editors."""
    from gguplan.inputs.scenario.manual import json_schema

    print_json(json_schema())
