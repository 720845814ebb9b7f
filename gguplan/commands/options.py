"""The options that every command shares, and what happens when the input is wrong."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, ParamSpec

import typer

from gguplan.commands.parameters import name_parameters
from gguplan.commands.streams import OutputError, ends_of_the_streams, refuse, tell
from gguplan.commands.waiting import waiting

if TYPE_CHECKING:
    from gguplan.findings import Finding
    from gguplan.fund.municipalities import Municipality, Population

    UnmetFindings = list[Finding]
else:
    # The command line library looks annotations up when it builds the commands; this one tells it nothing.
    UnmetFindings = list

Parameters = ParamSpec("Parameters")


class LanguageChoice(StrEnum):
    """The languages there are."""

    nl = "nl"
    en = "en"


class CsvChoice(StrEnum):
    """The forms of CSV there are."""

    plain = "plain"
    excel = "excel"


Json = Annotated[bool, typer.Option("--json", help="Write the result as JSON for machines.")]
Lang = Annotated[LanguageChoice | None, typer.Option("--lang", help="Language; else that of the locale.")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Change one key of the scenario; may be repeated."),
]
Municipalities = Annotated[
    list[str] | None, typer.Option("--municipality", "-m", help="Show this one too; may be repeated.")
]
OneMunicipality = Annotated[
    list[str], typer.Argument(metavar="MUNICIPALITY", help="Name or CBS code: Utrecht, GM0344, 344.")
]
"""In several words, because nobody thinks of quotation marks around ``Oude IJsselstreek``."""
ScenarioOption = Annotated[str, typer.Option("--scenario", "-s", help="A shipped scenario by name, or a file.")]
FundYear = Annotated[int | None, typer.Option("--year", help="Another year, over the inhabitants of the year before.")]
YearAhead = Annotated[
    int | None,
    typer.Option("--year", help="One of its years ahead, else another over the inhabitants before it."),
]
Rate = Annotated[
    str | None, typer.Option("--rate", metavar="EUROS", help="Euros per inhabitant with VAT, as the assembly decides.")
]
FundTotal = Annotated[str | None, typer.Option("--total", metavar="EUROS", help="The whole budget in euros, with VAT.")]
WithoutVat = Annotated[bool, typer.Option("--without-vat", help="The total is without VAT.")]
Seed = Annotated[int, typer.Option(min=0, max=2**63 - 1, help="The same seed gives the same draws.")]
Chart = Annotated[Path | None, typer.Option("--chart", metavar="FILE", help="Draw it too, in this .svg or .png file.")]
Csv = Annotated[
    CsvChoice | None,
    typer.Option("--csv", help="CSV for machines (plain) or for a Dutch Excel; --lang nl implies excel."),
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite what is there.")]


_NO_ROOM_FOR_A_LIBRARY: Final = ("failed to map segment", "annot allocate memory")
"""What the system says of a library that does not fit in memory."""


def typed_language(lang: LanguageChoice | None) -> Literal["en", "nl"] | None:
    """The language that was typed; None where that of the locale is taken."""
    match lang:
        case None:
            return None
        case LanguageChoice.nl:
            return "nl"
        case LanguageChoice.en:
            return "en"


def command(function: Callable[Parameters, int | Sequence[Finding] | None]) -> Callable[Parameters, None]:
    """Make a function a command: set the language, report findings, and turn its number into the exit code.

    The function returns nothing or 0 when all is well, 1 when a check found something, and what the scenarios that it
    showed expect and does not come out (`unmet_findings`). Input that is
    wrong ends with every finding on stderr, nothing written and exit code 2. What a scenario expects and what
    does not come out is told on stderr after the result, with exit code 1.
    """

    name_parameters(function)

    @functools.wraps(function)
    def wrapped(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        from gguplan.atomic_files import forget_placed_files
        from gguplan.language import Language, language_of_locale, plural, set_language

        choice: Any = kwargs.get("lang")
        language: Language = language_of_locale() if choice is None else choice.value
        set_language(language)
        forget_placed_files()
        # The import stands outside the try: without it there is nothing to catch.
        from gguplan.findings import InputError
        from gguplan.inputs.scenario.read_once import read_once

        as_json = bool(kwargs.get("as_json"))
        with ends_of_the_streams(), read_once():
            try:
                with waiting():
                    outcome = function(*args, **kwargs)
            except InputError as error:
                refuse(error.findings, as_json)
            except (BrokenPipeError, OutputError):
                raise
            except (OSError, MemoryError) as problem:
                refuse([_refused_by_the_system(problem)], as_json)
            except ImportError as problem:
                if not any(words in str(problem) for words in _NO_ROOM_FOR_A_LIBRARY):
                    raise
                refuse([_refused_by_the_system(MemoryError())], as_json)
        unmet = outcome if isinstance(outcome, Sequence) else ()
        if unmet:
            shown = "\n\n".join(map(str, unmet))
            count = plural(
                "{count} expected amount does not come out.",
                "{count} expected amounts do not come out.",
                len(unmet),
            )
            tell(f"{shown}\n\n{count}")
        raise typer.Exit(1 if unmet else outcome if isinstance(outcome, int) else 0)

    return wrapped


def _refused_by_the_system(problem: OSError | MemoryError) -> Finding:
    """What is left when reading and writing have told what they know: a name that no file can have, no more room."""
    from gguplan.findings import Finding, Place
    from gguplan.language import _
    from gguplan.shipped import shown

    if isinstance(problem, MemoryError):
        remedy = _("Raise the limit on memory, as with ulimit -v, or ask for fewer draws, years or programmes.")
        return Finding(Place("gguplan"), _("This takes more memory than there is."), remedy)
    return Finding(
        Place(shown(Path(problem.filename)) if isinstance(problem.filename, str) else "gguplan"),
        _("The system refuses this: {problem}.", problem=problem.strerror or problem),
        _("Check the name, whether you may use it, and whether there is room."),
    )


def tell_unused(notes: Sequence[str]) -> None:
    """Write on stderr what the scenario states and the command did not use (`gguplan.inputs.scenario.unused`)."""
    if notes:
        sys.stdout.flush()
        tell("\n".join(notes))


def find(municipality: str, population: Population, otherwise: str = "") -> Municipality:
    """The municipality that an argument names. Raises InputError when there is none, or more than one; `otherwise`
    is what one can do besides."""
    from gguplan.findings import Finding, InputError, Place
    from gguplan.inputs.population.municipalities import UnknownMunicipality, look_up
    from gguplan.language import _

    try:
        return look_up(municipality, population)
    except UnknownMunicipality as problem:
        place = Place(_("municipality {text!r}", text=municipality[:100]))
        remedy = "\n".join(filter(None, (problem.remedy, otherwise)))
        raise InputError([Finding(place, problem.what, remedy)]) from None
