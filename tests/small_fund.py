"""A small fund among five invented municipalities, what each command answers of it, and every number in the answer."""

from __future__ import annotations

import csv
import datetime
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import FunctionType, ModuleType
from typing import Any, Final, NamedTuple

import pytest
from msgspec.structs import asdict
from typer.testing import CliRunner

import gguplan
from gguplan.commands.cli import app
from gguplan.fund.realisation import RealisedYear
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.population.boundaries import boundaries_of
from gguplan.inputs.population.names_to_search import names_to_search
from gguplan.inputs.population.years import forget, load_population
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.model.realisation.fitted_model import RealisationModel, fit
from gguplan.model.realisation.history_arrays import History
from gguplan.model.realisation.prices import UNCHANGED, PriceRises
from gguplan.model.result import RunResult
from gguplan.model.spending import Spending, spending_of
from gguplan.model.years_ahead.result import Horizon
from gguplan.reports.charts.drawing import Drawing, Picture
from gguplan.reports.charts.maps import effect_map
from gguplan.reports.charts.underspend import left_over_chart, programmes_chart, spending_chart
from gguplan.reports.charts.years import balance_chart
from gguplan.reports.page.map_outlines import drawing_of
from gguplan.runs.fingerprints import data_files
from gguplan.runs.years_ahead import years_ahead_of
from tests.pages import data_of
from tests.pictures import without_drawing

Values = dict[str, Any]
"""What a scenario says: a value by its path, with points between the keys; None takes a value out."""

PEOPLE: Final = {
    "Aa": ("Utrecht", 120_000),
    "Bee": ("Utrecht", 60_000),
    "Cee": ("Zeeland", 30_000),
    "Dee": ("Zeeland", 20_000),
    "Eem": ("Utrecht", 9_000),
}
"""Province and inhabitants in 2014; every year some more, of each another number."""
YEARS: Final = range(2014, 2027)

FUND: Final[Values] = {
    "title": "Fund",
    "year": 2020,
    "reference_date": datetime.date(2020, 1, 1),
    "source": "invented for a test",
    "programmes.a.title": "A",
    "programmes.a.gross": "100000.00",
    "programmes.a.vat": "none",
    "programmes.b.title": "B",
    "programmes.b.net": "10000.00",
    "programmes.b.vat": "21%",
}

_FILES: Final = {
    "parent.toml": 'title = "Parent"\nyear = 2020\nreference_date = 2020-01-01\nsource = "invented for a test"\n'
    '[programmes.c]\ntitle = "C"\ngross = "5000.00"\nvat = "none"\n',
    "weights.csv": "municipality,households,dwellings\nAa,50,40\nBee,30,31\nCee,10,12\nDee,9,8\nEem,1,2\n",
    "agreed.csv": "municipality,shares,before\nAa,40,20\nBee,30,20\nCee,15,20\nDee,10,20\nEem,5,20\n",
    "other.csv": "municipality,households\nAa,50\nBee,10\nCee,10\nDee,9\nEem,1\n",
}

COMMANDS: Final[dict[str, tuple[str, ...]]] = {
    "run": ("run", "fund.toml"),
    "estimate": ("estimate", "Aa", "-s", "fund.toml"),
    "estimate --years": ("estimate", "Aa", "-s", "fund.toml", "--years", "2020-2021"),
    "explain": ("explain", "Aa", "-s", "fund.toml"),
    "participation": ("participation", "fund.toml", "--draws", "100"),
    "compare": ("compare", "baseline.toml", "fund.toml"),
    "forecast": ("forecast", "fund.toml", "--draws", "100"),
    "horizon": ("horizon", "fund.toml", "--draws", "100"),
    "sweep": ("sweep", "fund.toml", "--draws", "100", "-m", "Aa"),
    "proposal": ("proposal", "fund.toml"),
    "page": ("page", "fund.toml", "-o", "page.html", "--force"),
    "workbook": ("run", "fund.toml", "-o", "fund.xlsx", "--force"),
}
"""Every command that answers of a scenario, as it is asked of the small fund; a workbook is its own answer."""

_VARY: Final = ("--vary", "reference_date=2019-01-01:2020-01-01:2")
_YEARS_AHEAD: Final[Values] = {"horizon.last": 2021, "horizon.opening": "1000.00", "horizon.underspend": "general"}


class Answer(NamedTuple):
    """What a command answered: its exit code, every number in order, and what it says is not used."""

    exit_code: int
    numbers: tuple[str, ...]
    notes: tuple[str, ...]


@contextmanager
def small_world(folder: Path) -> Iterator[None]:
    """Work in a folder with the five municipalities in every year.

    No chart is drawn, what will be spent and years ahead are drawn a few times, and what no key of a scenario changes
    is worked out once: what is learnt from the ledger, the map, the hashes of the data.
    """
    _write_population(folder / "population_data")
    for name, text in _FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "baseline.toml").write_text(as_toml(FUND), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        forget()
        population, hashes, rows = load_population(2020), data_files(), realised_years(load_ledger())
        boundaries = boundaries_of(population)
        drawing = drawing_of(boundaries, population)
        in_the_place_of: dict[Callable[..., Any], Callable[..., Any]] = {
            fit: _fit_once({}),
            realised_years: lambda _ledger: rows,
            data_files: lambda: hashes,
            boundaries_of: lambda _population: boundaries,
            drawing_of: lambda _boundaries, _population: drawing,
            names_to_search: lambda _population: [],
            years_ahead_of: _few_draws,
            spending_of: _spending_in_few_draws,
            **dict.fromkeys((balance_chart, effect_map, left_over_chart, programmes_chart, spending_chart), _no_chart),
        }
        for module in _modules():
            for name, member in list(vars(module).items()):
                if isinstance(member, FunctionType) and member in in_the_place_of:
                    patch.setattr(module, name, in_the_place_of[member])
        without_drawing(patch)
        patch.setattr("gguplan.commands.proposal.DRAWS", 100)
        yield
    forget()


def _modules() -> list[ModuleType]:
    """Every module of gguplan: one that is imported later would keep what stands in the place of something else."""
    names = [info.name for info in walk_packages(gguplan.__path__, "gguplan.") if not info.name.endswith("__main__")]
    return [import_module(name) for name in names]


def _fit_once(fitted: dict[tuple[object, ...], RealisationModel]) -> Callable[..., RealisationModel]:
    def fit_once(history: History, prices: PriceRises = UNCHANGED) -> RealisationModel:
        parts = asdict(history).values()
        key = (prices, *(part.tobytes() if hasattr(part, "tobytes") else part for part in parts))
        if key not in fitted:
            fitted[key] = fit(history, prices)
        return fitted[key]

    return fit_once


def _few_draws(inputs: ScenarioInputs, rows: Sequence[RealisedYear], draws: int = 100, seed: int = 1) -> Horizon:
    return years_ahead_of(inputs, rows, draws, seed)


def _spending_in_few_draws(
    result: RunResult, rows: Sequence[RealisedYear], draws: int = 100, seed: int = 1
) -> Spending | None:
    return spending_of(result, rows, min(draws, 100), seed)


def _no_chart(*_shown: object, **_more: object) -> Picture:
    return Picture(Drawing((), (), (), ()), "", "")


def answer(values: Values, command: str) -> Answer:
    """What a command answers of a fund that says `values` besides `FUND`; in the folder of `small_world`.

    Years ahead need a table [horizon] and a sweep needs something to vary: both are added where they are not there.
    """
    words = COMMANDS[command]
    if command == "horizon":
        values = {**(_YEARS_AHEAD if not states(values, "horizon") else {}), **values}
    if command == "sweep" and not states(values, "sweep"):
        words = (*words, *_VARY)
    Path("fund.toml").write_text(as_toml(FUND | values), encoding="utf-8")
    outcome = CliRunner().invoke(app, [*words, "--json"])
    assert outcome.exit_code <= 2 and outcome.stdout, (command, values, outcome.stderr, outcome.exception)
    if outcome.exit_code == 2:
        return Answer(2, (), ())
    shown = json.loads(outcome.stdout)
    if command == "compare":
        shown = {**shown["comparisons"][0], "amendments": shown["amendments"]}
    notes = tuple(shown.pop("notes"))
    if command == "page":
        # Every amount of the page; what says where it stands, and which steps are alike, tells of texts too.
        page = Path("page.html").read_text(encoding="utf-8")
        shown = [data_of(page)["columns"], _years_on(page)]
    if command == "workbook":
        shown = _cells(Path("fund.xlsx"))
    return Answer(outcome.exit_code, tuple(_numbers(shown)), notes)


def _years_on(page: str) -> list[int]:
    """The digits of every amount in the table of years ahead of a page."""
    table = "".join(re.findall(r'<table class="years">.*?</table>', page, re.DOTALL))
    cells = re.findall(r'<td class="number">([^<]*)</td>', table)
    return [int(digits) for cell in cells if (digits := re.sub(r"\D", "", cell))]


def states(values: Mapping[str, Any], table: str) -> bool:
    """Whether a table is stated."""
    return any(path.partition(".")[0] == table for path, value in values.items() if value is not None)


def as_toml(values: Values) -> str:
    """What is said as a file."""
    return "".join(
        f"{'.'.join(map(json.dumps, path_of(path)))} = {_value(value)}\n"
        for path, value in values.items()
        if value is not None
    )


def path_of(path: str) -> list[str]:
    """The keys of a path; one between quotes may hold points."""
    return [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|([^."]+)', path)]


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return value.isoformat() if isinstance(value, datetime.date) else json.dumps(value)


def _numbers(shown: Any) -> Iterator[str]:
    """Every number in an answer, also within its texts."""
    if isinstance(shown, dict):
        for item in shown.values():
            yield from _numbers(item)
    elif isinstance(shown, list):
        for item in shown:
            yield from _numbers(item)
    elif isinstance(shown, str):
        yield from re.findall(r"\d[\d.,]*", shown)
    elif shown is not None:
        yield repr(shown)


def _cells(workbook: Path) -> list[str]:
    """Every number of every sheet, those of formulas as well, but not where it stands."""
    number = re.compile(r'<c r="[^"]*"(?: s="[^"]*")?>(?:<f>[^<]*</f>)?<v>([^<]*)</v>')
    with zipfile.ZipFile(workbook) as parts:
        sheets = sorted(name for name in parts.namelist() if name.startswith("xl/worksheets/sheet"))
        return [value for name in sheets for value in number.findall(parts.read(name).decode())]


def inhabitants_in(year: int) -> list[int]:
    """The inhabitants of each municipality on 1 January."""
    return [
        persons + (year - YEARS[0]) * (100 * number + 7)
        for number, (_province, persons) in enumerate(PEOPLE.values(), start=1)
    ]


def weights_in(file: str, column: str) -> tuple[int, ...]:
    """A column of one of the tables beside the scenario."""
    return tuple(int(row[column]) for row in csv.DictReader(_FILES[file].splitlines()))


def _write_population(folder: Path) -> None:
    folder.mkdir()
    years = [["year", "municipalities", "national_total", "status", "note", "note_nl"]]
    for year in YEARS:
        rows = [["gm_code", "name", "province", "population"]]
        people = zip(PEOPLE.items(), inhabitants_in(year), strict=True)
        for number, ((name, (province, _persons)), persons) in enumerate(people, start=1):
            rows.append([f"GM{9000 + number}", name, province, str(persons)])
        _write(folder / f"{year}.csv", rows)
        years.append([str(year), str(len(PEOPLE)), "", "final", "invented for a test", ""])
    _write(folder / "years.csv", years)


def _write(file: Path, rows: list[list[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(rows)
