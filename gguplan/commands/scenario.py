"""``gguplan scenario``: list, new, check, schema."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from gguplan.commands.answers import print_answer
from gguplan.commands.help_in_language import Command, Group
from gguplan.commands.options import Force, Json, Lang, Settings, UnmetFindings, command

if TYPE_CHECKING:
    from gguplan.inputs.scenario.reading import ScenarioInputs
    from gguplan.inputs.scenario.schema import Scenario

_WIDE: Final = 140
"""Characters: in a window that is so wide a list also says what each scenario builds on."""


class CheckFormat(StrEnum):
    """Who reads the findings besides the person at the screen."""

    github = "github"


app = typer.Typer(cls=Group, help="List, make and check scenarios.", no_args_is_help=True)


@app.command("list", cls=Command)
@command
def list_scenarios(as_json: Json = False, lang: Lang = None) -> None:
    """List the scenarios that come with gguplan."""
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.inputs.scenario.scenario_files import shipped_scenarios
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

    out = console()
    # What a scenario builds on gets a column where a row with it stays one line.
    extends = out.width >= _WIDE
    rows = [
        [name, file.title, *([_extended(file)] if extends else []), str(file.year)] for name, file in scenarios.items()
    ]
    headings = [_("Name"), _("Title"), *([_("Extends")] if extends else []), _("Year")]
    out.print(table(headings, rows, words=len(headings) - 1, cut=1))


def _extended(file: Scenario) -> str:
    return file.extends if isinstance(file.extends, str) else ", ".join(file.extends or ())


@app.command(cls=Command)
@command
def new(
    file: Annotated[Path, typer.Argument(help="The file to write, such as voorstel.toml; - for standard output.")],
    extends: Annotated[str | None, typer.Option(help="Start from this scenario.")] = None,
    members: Annotated[
        str | None,
        typer.Option(help='A fund of these municipalities, such as "Utrecht, Zeist" or "provincie Utrecht".'),
    ] = None,
    total: Annotated[str | None, typer.Option(help="What the members pay together in a year, in euros.")] = None,
    year: Annotated[int | None, typer.Option(help="The year that is paid for; with --members.")] = None,
    source: Annotated[str, typer.Option(help="Where the members and the amount stand; with --members.")] = "",
    force: Force = False,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Write a commented scenario that works, to change into your own.

    The JSON Schema with which an editor completes its keys is written beside it.
    """
    from gguplan.findings import Finding, InputError, Place
    from gguplan.inputs.scenario.new_fund import new_fund
    from gguplan.inputs.scenario.new_scenario import SCHEMA_FILE, is_schema_of_scenarios, new_scenario, written_schema
    from gguplan.inputs.scenario.scenario_files import find_scenario
    from gguplan.language import _
    from gguplan.runs.output_files import write_files
    from gguplan.shipped import shown
    from gguplan.visible_text import visible_name

    if not file.name:
        remedy = _("Name the file, such as {name}.", name="voorstel.toml")
        raise InputError([Finding(Place("FILE"), _("A folder, or nothing at all, is no file to write."), remedy)])
    if extends is not None:
        find_scenario(extends, file.parent)
    if members is None and (total, year, source) == (None, None, ""):
        text = new_scenario(extends)
    elif members is None or total is None or extends is not None:
        what = _("A new fund takes --members and --total, and nothing that it extends.")
        remedy = _("Write for example: --members {members} --total 1000000 --source …", members='"Utrecht, Zeist"')
        raise InputError([Finding(Place("--members --total"), what, remedy)])
    else:
        title = file.stem.replace("-", " ").replace("_", " ").strip().capitalize() or _("The fund")
        text = new_fund(title, members, total, source, year)
    if file == Path("-"):
        print(text, end="")
        return
    if file.name == SCHEMA_FILE:
        what = _("The JSON Schema of scenarios gets this name.")
        remedy = _("Choose another name, such as {name}.", name="voorstel.toml")
        raise InputError([Finding(Place(shown(file)), what, remedy)])
    schema, schema_file = written_schema().encode(), file.with_name(SCHEMA_FILE)
    contents = {file.name: f"#:schema ./{SCHEMA_FILE}\n\n{text}".encode()}
    present = schema_file.read_bytes() if schema_file.is_file() else b""
    if not is_schema_of_scenarios(present):
        contents[SCHEMA_FILE] = schema
    write_files(file.parent, contents, force)
    if SCHEMA_FILE not in contents and present != schema:
        # One of an earlier version, which nobody wrote by hand.
        write_files(file.parent, {SCHEMA_FILE: schema}, force=True)
    if as_json:
        print_answer("scenario new", {"file": str(file), "schema": str(schema_file)})
        return
    print(_("Written: {file}. Try it with: gguplan run {file}", file=visible_name(str(file))))
    print(_("Editors complete its keys with {schema} beside it.", schema=SCHEMA_FILE))


@app.command(cls=Command)
@command
def check(
    scenarios: Annotated[list[str], typer.Argument(help="Shipped scenarios or files.")],
    settings: Settings = None,
    format_: Annotated[
        CheckFormat | None,
        typer.Option("--format", help="Mark each mistake at its line in a pull request, as GitHub reads it."),
    ] = None,
    as_json: Json = False,
    lang: Lang = None,
) -> UnmetFindings:
    """Say everything that is wrong with a scenario, or that nothing is."""
    from gguplan.findings import Finding, Findings, InputError, Place
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.language import _
    from gguplan.runs.findings import unmet_findings
    from gguplan.runs.results import result_of
    from gguplan.visible_text import visible_name

    if format_ is not None and as_json:
        what = _("Either --format or --json says how the findings are written.")
        raise InputError([Finding(Place("--format"), what, _("Leave one of them out."))])
    findings = Findings()
    good: list[str] = []
    unmet: UnmetFindings = []
    for name in scenarios:
        try:
            inputs = read_scenario(name, settings or ())
            if inputs.scenario.sweep is not None:
                from gguplan.inputs.sweep.plan import read_plan

                read_plan(inputs, ())
            if inputs.scenario.horizon is not None:
                _check_years_ahead(inputs)
            if unmet_here := unmet_findings([inputs], [result_of(inputs)]):
                unmet += unmet_here
            else:
                good.append(name)
        except InputError as error:
            findings.gathered.extend(error.findings)
    if not as_json:
        for name in good:
            print(_("{name} is right.", name=visible_name(name)))
    if format_ is not None:
        from gguplan.reports.annotations import github_annotations

        for line in github_annotations([*findings.gathered, *unmet]):
            print(line)
    findings.raise_if_any()
    if as_json:
        print_answer("scenario check", {"findings": [], "unmet": [finding.as_dict() for finding in unmet]})
    return unmet


def _check_years_ahead(inputs: ScenarioInputs) -> None:
    """Raises InputError where the years ahead cannot be worked out."""
    from gguplan.inputs.ledger.ledger_files import load_ledger
    from gguplan.inputs.ledger.realised_years import realised_years
    from gguplan.model.numbers_of_draws import FEWEST_DRAWS
    from gguplan.runs.years_ahead import years_ahead_of

    years_ahead_of(inputs, realised_years(load_ledger()), FEWEST_DRAWS)


@app.command(cls=Command)
@command
def show(
    scenario: Annotated[str, typer.Argument(help="A shipped scenario by name, or a file.")],
    changes: Annotated[bool, typer.Option("--changes", help="Only what differs from what it extends.")] = False,
    settings: Settings = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Show every key of a scenario and where it was said, or what it changes."""
    from msgspec.structs import asdict

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


@app.command(cls=Command)
@command
def schema(as_json: Json = False, lang: Lang = None) -> None:
    """Print the JSON Schema of a scenario, for editors."""
    from gguplan.inputs.scenario.new_scenario import written_schema

    print(written_schema(), end="")
