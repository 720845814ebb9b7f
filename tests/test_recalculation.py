"""LibreOffice works the workbook out anew, and every cell is what the model says: as it is written, and after what
can be changed is changed. No amount may differ, by not so much as a cent."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from msgspec.structs import replace

import gguplan
from gguplan.fund.municipalities import Population
from gguplan.inputs.population.years import load_population
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.model.result import RunResult
from gguplan.runs.results import result_of
from tests.open_office import SOFFICE
from tests.workbooks import Cells, address, cells, filled_in, recalculated, without_forecast, written

pytestmark = [
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed"),
    pytest.mark.usefixtures("undrawn"),
]

HARD = Path(__file__).parent / "data" / "workbook" / "every-key.toml"
"""Every allocation key and settlement, parts of years, thresholds that are met and that are not, and a budget too
large for a spreadsheet; invented for this test."""


def differences(expected: Cells, recalculated_cells: Cells) -> dict[tuple[str, int, int], tuple[object, object]]:
    """Where two workbooks differ: numbers by more than the last digits of a floating-point number, which is far less
    than a cent; and texts."""
    wrong: dict[tuple[str, int, int], tuple[object, object]] = {}
    for place in expected.keys() | recalculated_cells.keys():
        left, right = expected.get(place), recalculated_cells.get(place)
        if isinstance(left, int | float) and isinstance(right, int | float):
            if not math.isclose(left, right, rel_tol=1e-13, abs_tol=1e-9):
                wrong[place] = (left, right)
        elif left != right:
            wrong[place] = (left, right)
    return wrong


def live_differences(expected: Cells, recalculated_cells: Cells) -> dict[tuple[str, int, int], tuple[object, object]]:
    """Where numbers differ on the sheets that follow what is filled in; words say what the scenario said."""
    return {
        place: pair
        for place, pair in differences(expected, recalculated_cells).items()
        if place[0] not in ("Cover", "Forecast") and not all(isinstance(value, str) for value in pair)
    }


def with_inhabitants(population: Population, **changes: int) -> Population:
    return replace(
        population,
        municipalities=tuple(
            replace(municipality, inhabitants=changes.get(municipality.gm_code, municipality.inhabitants))
            for municipality in population.municipalities
        ),
    )


def changed(scenario: str | Path, settings: dict[str, str], **inhabitants: int) -> RunResult:
    population = with_inhabitants(load_population(2017), **inhabitants)
    return result_of(read_scenario(scenario, [f"{key}={value}" for key, value in settings.items()], population))


def people(cells_there: Cells, **inhabitants: int) -> dict[tuple[str, str], float | str]:
    return {address(cells_there, "Municipalities", "D", B=code): count for code, count in inhabitants.items()}


def in_division(cells_there: Cells, heading: str, code: str) -> tuple[str, str]:
    """The cell of a municipality in the one column of the division with a heading."""
    columns = [
        column for (sheet, row, column), value in cells_there.items() if (sheet, row, value) == ("Division", 5, heading)
    ]
    (column,) = columns
    letters = "".join(filter(None, (chr(64 + (column - 1) // 26) if column > 26 else "", chr(65 + (column - 1) % 26))))
    return "Division", address(cells_there, "Division", "A", B=code)[1].replace("A", letters)


def test_every_cell_of_the_fund_of_2017_is_that_of_the_model_also_when_it_is_changed(tmp_path: Path) -> None:
    workbook = written(gguplan.run("uitnamen-2017"))
    shown = cells(workbook)
    inhabitants = {"GM0363": 1_000_003, "GM0193": 1, "GM0344": 343_039}
    settings = {
        "programmes.ibd.gross": "1234567.89",
        "programmes.digitale-agenda.gross": "999999999.98",
        "programmes.digitale-agenda.vat": "none",
        "programmes.luisterend-oor.net": "999999999.99",
        "programmes.luisterend-oor.vat": "21%",
        "opt_outs.luisterend-oor.rate": "0.3172",
        "opt_outs.luisterend-oor.joins": "2017-04-11",
    }
    rows = [row for (sheet, row, column), value in shown.items() if (sheet, column) == ("Opt-outs", 6) and value == 365]
    first = min(rows)
    fill: dict[tuple[str, str], float | str] = {
        address(shown, "Inputs", "D", B="ibd"): 1234567.89,
        address(shown, "Inputs", "D", B="digitale-agenda"): 999999999.98,
        address(shown, "Inputs", "E", B="digitale-agenda"): 0,
        address(shown, "Inputs", "D", B="luisterend-oor"): 999999999.99,
        address(shown, "Inputs", "E", B="luisterend-oor"): 21,
        ("Opt-outs", f"G{first}"): 0.3172,
        **{("Opt-outs", f"F{row}"): 100 for row in rows},
        ("One municipality", "B3"): "Zwolle (GM0193)",
        **people(shown, **inhabitants),
    }
    assert len(rows) == 10
    same, changed_cells = recalculated(tmp_path, workbook, filled_in(workbook, fill))
    assert not differences(shown, same)
    follow = {"Cover", "One municipality", "Inputs", "Programmes", "Municipalities", "Opt-outs", "Division"}
    assert {sheet for sheet, _row, _column in differences(shown, changed_cells)} == follow
    model = changed("uitnamen-2017", settings, **inhabitants)
    assert not live_differences(cells(without_forecast(model, "GM0193")), changed_cells)
    assert changed_cells[("One municipality", 11, 2)] == "GM0193"
    sheet, available = address(shown, "Cover", "B", A="Available to spend, including VAT")
    euros = changed_cells[sheet, int(available[1:]), 2]
    assert isinstance(euros, float) and round(100 * euros) == model.totals["available_cents"]


def test_every_allocation_key_and_settlement_is_worked_out_as_in_the_model(tmp_path: Path) -> None:
    """A programme too large for a spreadsheet stands there as values: it is left out where inhabitants change."""
    everything = written(gguplan.run(HARD), "GM0014")
    result = changed(HARD, live := {"without": '["enorm", "ingroei"]'})
    workbook = without_forecast(result, "GM0014")
    shown = cells(workbook)
    inhabitants = {"GM0363": 100_000, "GM0106": 25_001, "GM0193": 25_000}
    brackets = '[{up_to=25000, rate="2.01"}, {up_to=100000, rate="1.49"}, {rate="0.70"}]'
    settings = live | {
        "programmes.vast.net": "7654321.01",
        "programmes.vast.allocation.fixed": "512.34",
        "programmes.staffel.gross": "3100000.02",
        **{f"programmes.{name}.allocation.brackets": brackets for name in ("staffel", "staffel-alle")},
        "programmes.tarief.rate": "0.2611",
        "programmes.aantal.volume": "4389",
        "programmes.aantal.price": "2111.0503",
        "programmes.aantal.fixed": "812345.67",
        "programmes.krimp.income.0.amount": "2345.67",
        "programmes.krimp.gross": "777777.79",
        "programmes.heel.gross": "444444.44",
        "programmes.heel.reserve.0.amount": "1111.12",
        "programmes.tientallen.gross": "123456.71",
        "programmes.gemengd.gross": "2345678.91",
        "programmes.aandelen.allocation.shares": '{ Zwolle = "37.65%", Assen = "1/3", Groningen = "21.35%", '
        'Amsterdam = "23/300" }',
        "programmes.bedragen.allocation.amounts.Assen": "5020.22",
        "programmes.producten.allocation.units.Zwolle": '["110.5", 120, 125]',
        "programmes.producten.allocation.price": "89.8901",
        "programmes.grootte.allocation.steps.0.up_to": "22000",
        "programmes.grootte.allocation.steps.2.amount": "0.07",
        "programmes.mengsel.gross": "1357924.68",
        "programmes.mengsel.allocation.parts.0.share": "1/2",
        "programmes.mengsel.allocation.parts.1.share": "1/6",
        "programmes.mengsel.allocation.parts.2.by.fixed": "123.45",
        "opt_outs.tarief.rate": "0.2499",
    }
    refunds = min(
        row for (sheet, row, column), value in shown.items() if (sheet, column) == ("Opt-outs", 7) and value == 0.25
    )
    fill: dict[tuple[str, str], float | str] = {
        address(shown, "Inputs", "D", B="vast"): 7654321.01,
        address(shown, "Inputs", "D", B="staffel"): 3100000.02,
        address(shown, "Inputs", "D", B="tarief"): 0.2611,
        address(shown, "Inputs", "D", B="aantal"): 4389,
        address(shown, "Inputs", "F", B="aantal"): 2111.0503,
        address(shown, "Inputs", "G", B="aantal"): 812345.67,
        address(shown, "Programmes", "J", J=1234.56): 2345.67,
        address(shown, "Inputs", "D", B="krimp"): 777777.79,
        address(shown, "Inputs", "D", B="heel"): 444444.44,
        address(shown, "Programmes", "L", L=2345.67): 1111.12,
        address(shown, "Inputs", "D", B="tientallen"): 123456.71,
        address(shown, "Inputs", "D", B="gemengd"): 2345678.91,
        address(shown, "Inputs", "D", B="mengsel"): 1357924.68,
        address(shown, "Programmes", "L", A="Mengsel van sleutels", B="inhabitants"): 3,
        address(shown, "Programmes", "L", A="Mengsel van sleutels", B="column huishoudens"): 1,
        address(shown, "Programmes", "F", A="Mengsel van sleutels", B="fixed amount for each municipality"): 123.45,
        address(shown, "Programmes", "F", A="+Vast bedrag", B="fixed amount for each municipality"): 512.34,
        ("Opt-outs", f"G{refunds}"): 0.2499,
        in_division(shown, "share", "GM0193"): 0.3765,
        in_division(shown, "share", "GM0014"): 0.2135,
        in_division(shown, "amount", "GM0106"): 5020.22,
        in_division(shown, "units in 3 years", "GM0193"): 355.5,
        address(shown, "Programmes", "F", B="price of a unit, in whole cents for each"): 89.8901,
        **people(shown, **inhabitants),
    }
    for title in ("@Staffel over delen", "-Staffel op alle"):
        for lower, upper, rate in ((0, 25_000, 2.01), (20_000, None, 1.49), (100_000, None, 0.70)):
            sheet, place = address(shown, "Programmes", "F", A=title, D=lower)
            fill[sheet, place] = rate
            if upper:
                fill[sheet, place.replace("F", "E")] = upper
    for lower, upper, euros in ((0, 22_000, 10_000.00), (100_000, None, 0.07)):
        sheet, place = address(shown, "Programmes", "F", B="amount for each municipality in a class", D=lower)
        fill[sheet, place] = euros
        if upper:
            fill[sheet, place.replace("F", "E")] = upper
    lapsed = {
        programme.name: programme.participation.lapsed for programme in result.by_programme if programme.threshold
    }
    other_result = changed(HARD, settings, **inhabitants)
    assert lapsed == {
        "krimp": None,
        "tientallen": None,
        "vervalt": "not_levied",
        "overgedragen": "handed_over",
        "naar-saldo": "to_balance",
    }
    assert {programme.participation.lapsed for programme in other_result.by_programme} == {None, "to_balance"}

    same, changed_cells = recalculated(tmp_path, everything, filled_in(workbook, fill))
    assert not differences(cells(everything), same)
    assert not live_differences(cells(without_forecast(other_result, "GM0014")), changed_cells)


def test_one_percentage_raises_every_stated_budget_as_the_same_change_of_each_does(tmp_path: Path) -> None:
    file = tmp_path / "fund.toml"
    file.write_text(
        """
title = "Rise"
year = 2017
reference_date = 2017-01-01
source = "invented"
[programmes.a]
title = "A"
net = "1234567.89"
vat = "21%"
[programmes.b]
title = "B"
gross = "7654321.05"
vat = "21%"
[programmes.c]
title = "C"
rate = "0.3172"
vat = "none"
[programmes.d]
title = "D"
fixed = "10000.55"
volume = 12345
price = "25.5375"
vat = "21%"
"""
    )
    workbook = without_forecast(gguplan.run(file))
    shown = cells(workbook)
    sheet, _cell = address(shown, "Programmes", "E", B="a")
    same, risen = recalculated(tmp_path, workbook, filled_in(workbook, {("Inputs", "D3"): 2.9}))
    assert not differences(shown, same)
    stated_keys = ("a.net", "b.gross", "c.rate", "d.fixed", "d.price")
    model = changed(file, {f"programmes.{key}": "+2.9%" for key in stated_keys})
    gross = {address(shown, "Programmes", "F", B=billed.name)[1]: billed.budget.gross for billed in model.by_programme}
    shown_gross = {cell: risen[sheet, int(cell[1:]), 6] for cell in gross}
    assert {cell: round(100 * euros) for cell, euros in shown_gross.items() if isinstance(euros, float)} == gross
    assert sum(gross.values()) > sum(billed.budget.gross for billed in gguplan.run(file).by_programme)


def test_a_region_and_programmes_of_some_of_its_members_are_worked_out_as_in_the_model(tmp_path: Path) -> None:
    scenario = HARD.with_name("members.toml")
    workbook = without_forecast(gguplan.run(scenario), "GM0184")
    shown = cells(workbook)
    inhabitants = {"GM0034": 100_001, "GM0184": 25_001}
    settings = {"programmes.deel.net": "222222.21", "programmes.tarief.rate": "0.3199"}
    fill: dict[tuple[str, str], float | str] = {
        address(shown, "Inputs", "D", B="deel"): 222222.21,
        address(shown, "Inputs", "D", B="tarief"): 0.3199,
        **people(shown, **inhabitants),
    }
    same, changed_cells = recalculated(tmp_path, workbook, filled_in(workbook, fill))
    assert not differences(shown, same)
    assert not live_differences(
        cells(without_forecast(changed(scenario, settings, **inhabitants), "GM0184")), changed_cells
    )
