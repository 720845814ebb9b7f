"""gguplan from Python, as a notebook uses it."""

from __future__ import annotations

import html
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Final

import pandas as pd
import pytest
from typer.testing import CliRunner

import gguplan
from gguplan.commands.cli import app
from gguplan.notebook import Shown


def test_a_scenario_is_loaded_run_and_looked_into() -> None:
    scenario = gguplan.load_scenario("uitnamen-2017", {"opt_outs.luisterend-oor.municipalities": ["Utrecht"]})
    result = gguplan.run(scenario)
    (outside,) = result.frame("opt_outs").itertuples()
    assert (outside.name, outside.inhabitants, outside.refund_cents) == ("Utrecht", 343_038, 8_575_950)


@pytest.mark.parametrize("table", ["programmes", "municipalities", "contributions", "opt_outs"])
def test_tables_are_data_frames_with_amounts_in_whole_cents(table: str) -> None:
    frame = gguplan.run("uitnamen-2017").frame(table)
    assert isinstance(frame, pd.DataFrame)
    amounts = [name for name in frame.columns if name.endswith("_cents")]
    assert amounts
    assert all(frame[name].dtype == "int64" for name in amounts)


def test_a_municipality_is_looked_up() -> None:
    """CBS, 1 January 2024; see population_data/README.md."""
    municipality = gguplan.municipality("Den Bosch", year=2024)
    assert (municipality.gm_code, municipality.name, municipality.province) == (
        "GM0796",
        "'s-Hertogenbosch",
        "Noord-Brabant",
    )


def test_a_name_that_is_none_says_what_is_close() -> None:
    with pytest.raises(ValueError, match="'s-Hertogenbosch"):
        gguplan.municipality("Den Bosh", year=2024)


def test_the_population_is_a_data_frame() -> None:
    frame = gguplan.population(2025)
    assert int(frame["inhabitants"].sum()) == 18_044_027  # CBS, national total of 1 January 2025


def test_the_ledger_is_a_data_frame_in_which_the_misprint_is_missing() -> None:
    """verantwoording-2017 chapter 4, Wet WOZ: "€ 1.13.352"."""
    frame = gguplan.ledger()
    (amount,) = frame.loc[frame["printed"] == "€ 1.13.352", "amount_cents"]
    assert pd.isna(amount)


def test_every_mistake_comes_in_one_error() -> None:
    with pytest.raises(gguplan.InputError) as caught:
        gguplan.load_scenario("uitnamen-2017", {"yeer": 2018, "programmes.wozz.gross": "1.00"})
    assert len(caught.value.findings) == 2


def test_every_promised_name_is_there() -> None:
    assert [name for name in gguplan.__all__ if not hasattr(gguplan, name)] == []
    assert issubclass(gguplan.UnknownMunicipality, ValueError)
    assert gguplan.__version__ == version("gguplan")
    assert (Path(gguplan.__file__).parent / "py.typed").is_file()


RESULTS: Final[dict[str, Callable[[], Shown]]] = {
    "run": lambda: gguplan.run("uitnamen-2017"),
    "compare": lambda: gguplan.compare("uitnamen-2017", "grote-steden-verlaten-de-hulplijn"),
    "estimate": lambda: gguplan.estimate("Utrecht", "fonds-ggu-2020"),
    "bills": lambda: gguplan.bills("Utrecht", "fonds-ggu-2020", "2026-2027"),
    "forecast": lambda: gguplan.forecast("uitnamen-2017", draws=400),
    "horizon": lambda: gguplan.horizon("fonds-ggu-2020-2024", draws=100),
    "sweep": lambda: gguplan.sweep("uitnamen-2017", ["programmes.ibd.net=1500000:2500000:3"]),
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_ends_a_cell_in_one_line_and_a_table_that_a_screen_holds(name: str) -> None:
    result = RESULTS[name]()
    assert len(repr(result)) < 200
    assert "\n" not in repr(result)
    shown = result._repr_html_()
    assert len(shown) < 50_000
    assert 2 <= shown.count("<tr>") + shown.count("<tr ") <= 31
    for table in result.columns():
        frame = result.frame(table)
        assert len(frame.columns) > 1, table
    with pytest.raises(KeyError):
        result.frame("no such table")


def test_the_sum_behind_a_bill_is_a_line_and_a_list_that_goes_as_deep_as_the_sum() -> None:
    """Tilburg pays for the information-security service as `gguplan explain` prints it."""
    behind = gguplan.explain("Tilburg", "uitnamen-2017", "ibd")
    assert repr(behind) == "Uitnamen gemeentefonds 2017: Tilburg (GM0855) pays €25,033.39"
    lists = behind._repr_html_()
    printed = (
        CliRunner()
        .invoke(app, ["explain", "Tilburg", "--programme", "ibd", "--scenario", "uitnamen-2017", "--lang", "en"])
        .stdout
    )
    lines = [line.lstrip("│├└─ \xa0") for line in printed.splitlines()]
    assert [line for line in lines[: lists.count("<li>") + 1] if html.escape(line) not in lists] == []


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: gguplan.run("uitnamen-2018"), "There is no scenario 'uitnamen-2018', and no such file."),
        (lambda: gguplan.run("uitnamen-2017", ["year=2018"]), "Settings are a table of paths and values."),  # type: ignore[arg-type]
        (lambda: gguplan.estimate("Utrect", "uitnamen-2017"), 'Did you mean "Utrecht" (GM0344)?'),
    ],
)
def test_a_notebook_shows_a_mistake_and_no_lines_of_gguplan(call: Callable[[], object], sentence: str) -> None:
    """IPython shows what this method of an error says, in the place of a traceback."""
    with pytest.raises((gguplan.InputError, gguplan.UnknownMunicipality)) as caught:
        call()
    lines = caught.value._render_traceback_()  # type: ignore[attr-defined]
    assert sentence in [line.strip() for line in lines]
    assert "Traceback" not in "".join(lines)


@pytest.mark.parametrize(
    "call, place, remedy",
    [
        (lambda: gguplan.forecast(draws=10), "draws", "Give a whole number from 100 to 1,000,000."),
        (lambda: gguplan.forecast(seed=-1), "seed", "Give a whole number from 0 to 9,223,372,036,854,775,807."),
        (lambda: gguplan.forecast(ledger=[]), "ledger", 'Give the name of a file, such as "verleden.csv".'),  # type: ignore[arg-type]
        (lambda: gguplan.horizon("fonds-ggu-2020-2024", draws=0), "draws", "Give a whole number from 100 to 100,000."),
        (lambda: gguplan.seek("uitnamen-2017", "", "x"), "vary", "Give a text of 1 to 2,000 characters."),
        (lambda: gguplan.sweep("uitnamen-2017", 5), "vary", "Its description says what it takes."),  # type: ignore[arg-type]
        (lambda: gguplan.population("x"), "year", "Give a year, such as 2026."),  # type: ignore[arg-type]
        (
            lambda: gguplan.bills("Utrecht", "fonds-ggu-2020", [2026, 2028]),
            "years",
            "Give years after one another, such as range(2026, 2030).",
        ),
        (
            lambda: gguplan.estimate(None, "fonds-ggu-2020"),  # type: ignore[arg-type]
            "name",
            'Give the name of a municipality or its CBS code, such as "Utrecht", 344.',
        ),
    ],
)
def test_an_argument_of_another_kind_is_told_with_what_it_takes(
    call: Callable[[], object], place: str, remedy: str
) -> None:
    with pytest.raises(gguplan.InputError) as caught:
        call()
    (finding,) = caught.value.findings
    assert (finding.place.file, finding.remedy) == (place, remedy)


def test_a_municipality_may_be_its_number_and_years_a_list() -> None:
    assert gguplan.estimate(344, "fonds-ggu-2020").to_pay == gguplan.estimate("Utrecht", "fonds-ggu-2020").to_pay
    years = gguplan.bills("Utrecht", "fonds-ggu-2020", "2026-2027").frame()
    for typed in ([2026, 2027], range(2026, 2028)):
        assert gguplan.bills(344, "fonds-ggu-2020", typed).frame().equals(years)


def test_a_table_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(KeyError, match="There is no table 'effects': programmes, municipalities"):
        gguplan.run("uitnamen-2017").frame("effects")


def test_one_thing_to_vary_and_one_year_need_no_list() -> None:
    varied = gguplan.sweep("uitnamen-2017", "programmes.ibd.net=1500000:2500000:3")
    assert len(varied.frame()) == 3
    assert list(gguplan.bills("Utrecht", "fonds-ggu-2020", 2026).frame()["year"]) == [2026]


def test_a_title_with_html_stays_text_in_a_notebook(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('title = "<script>alert(1)</script>"\nextends = "uitnamen-2017"\n', encoding="utf-8")
    shown = gguplan.run(file)._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_a_result_from_python_is_that_of_the_command() -> None:
    """README: gguplan compare shows Zoetermeer with an effect of € 36.078,39."""
    effects = gguplan.compare("uitnamen-2017", "grote-steden-verlaten-de-hulplijn").frame()
    (effect,) = effects.loc[effects["name"] == "Zoetermeer", "effect_cents"]
    assert effect == 3_607_839


def test_settings_change_a_scenario_that_is_loaded_already() -> None:
    loaded = gguplan.load_scenario("uitnamen-2017")
    settings = {"programmes.luisterend-oor.net": "1000000.00"}
    assert int(gguplan.run(loaded, settings).to_pay.sum()) < int(gguplan.run(loaded).to_pay.sum())


def test_importing_gguplan_is_quick_because_it_leaves_the_heavy_libraries_alone() -> None:
    code = "import gguplan, sys; print([name for name in ('pandas', 'scipy', 'numpy') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_help_a_bill_a_check_and_a_run_leave_heavy_libraries_alone() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from gguplan.commands.cli import app; "
        "CliRunner().invoke(app, {words}); print([name for name in ({heavy}) if name in sys.modules])"
    )
    for words, heavy in (
        (["--help"], "'pandas', 'numpy', 'pydantic'"),
        (
            ["estimate", "Utrecht"],
            "'pandas', 'scipy', 'babel', 'gguplan.fund.steps', 'gguplan.runs.years_ahead', 'gguplan.commands.run'",
        ),
        (["explain", "Utrecht"], "'pandas', 'scipy', 'babel'"),
        (["scenario", "check", "uitnamen-2017"], "'pandas', 'scipy', 'gguplan.inputs.tables.units'"),
        (["run", "uitnamen-2017"], "'pandas'"),
        (["forecast", "uitnamen-2017"], "'pandas'"),
    ):
        outcome = subprocess.run(
            [sys.executable, "-c", code.format(words=words, heavy=heavy)], capture_output=True, text=True
        )
        assert outcome.stdout.strip() == "[]", outcome


def test_what_is_not_there_is_told_and_not_taken_for_nothing() -> None:
    with pytest.raises(gguplan.InputError, match="There is no programme 'sensoor' in uitnamen-2017"):
        gguplan.explain("Utrecht", "uitnamen-2017", "sensoor")
    with pytest.raises(ValueError, match="'de' is not 'en' or 'nl'"):
        gguplan.set_language("de")  # type: ignore[arg-type]


def test_a_forecast_of_a_small_fund_is_no_round_nought(tmp_path: Path) -> None:
    file = tmp_path / "fonds.csv"
    file.write_text("programma;jaar;begroting;realisatie\nLoket;2022;310;295\nLoket;2023;315;300\n", encoding="utf-8")
    assert "of €315 without VAT expected" in repr(gguplan.forecast(ledger=file, draws=200))


def test_what_checks_a_table_is_made_when_a_file_has_one() -> None:
    code = (
        "import gguplan; gguplan.load_scenario('uitnamen-2017'); from gguplan.inputs.scenario import schema; "
        "print([table.__pydantic_complete__ for table in (schema.Scenario, schema.HorizonTable, schema.Sweep)])"
    )
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert outcome.stdout.strip() == "[True, False, False]", outcome


def test_a_program_that_ends_does_not_search_what_it_loaded_once_more() -> None:
    code = (
        "import atexit, gc, sys; sys.argv = ['gguplan', '--version']; from gguplan.__main__ import main; "
        "atexit.register(lambda: print(sum(map(gc.is_tracked, gc.get_objects())) < gc.get_freeze_count() / 10)); main()"
    )
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert outcome.stdout.splitlines() == [f"gguplan {gguplan.__version__}", "True"], outcome
