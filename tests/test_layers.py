"""A scenario comes about in layers: what it extends, the ledger, its own text, and ``--set``. Each says only
what differs, and what remains is known by the place where somebody wrote it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gguplan.findings import InputError
from gguplan.fund.sources import SET_HERE
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.scenario.allocation_key_tables import FixedPlusInhabitantsTable, PerInhabitantTable, SteppedTable
from gguplan.inputs.scenario.reading import ScenarioInputs, read_scenario
from gguplan.inputs.scenario.schema import ProgrammeTable

Scenarios = Callable[..., Path]

BASE = """
title = "Basis"
year = 2017
reference_date = 2017-01-01
source = "source of the base"

[programmes.a]
title = "A"
gross = "1000.00"
vat = "21%"
allocation = { key = "fixed_plus_inhabitants", fixed = "1.00" }

[programmes.b]
title = "B"
net = "2000.00"
vat = "none"
source = "source of b"

[opt_outs.a]
municipalities = ["Utrecht", "Zwolle"]
settlement = "refund"
rate = "0.25"
"""


@pytest.fixture
def scenarios(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scenarios:
    """Writes ``basis.toml`` and a file for each keyword; returns the last."""
    monkeypatch.chdir(tmp_path)

    def write(basis: str = BASE, **files: str) -> Path:
        for name, text in {"basis": basis, **files}.items():
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        return Path(f"{list(files)[-1] if files else 'basis'}.toml")

    return write


EXTENDS = 'title = "Wat als"\nextends = "basis.toml"\nsource = "source of the change"\n'


def test_only_what_differs_changes(scenarios: Scenarios) -> None:
    base = read_scenario(scenarios()).scenario
    changed = read_scenario(scenarios(other=EXTENDS + '[programmes.a]\ngross = "500.00"\n')).scenario
    assert changed.title == "Wat als"
    assert changed.programmes["a"].gross == 500_00
    assert changed.programmes["a"].title == "A"
    assert changed.programmes["b"] == base.programmes["b"]
    assert changed.opt_outs == base.opt_outs
    assert (changed.year, changed.reference_date) == (base.year, base.reference_date)


def test_chain_of_three_applies_from_the_bottom_up(scenarios: Scenarios) -> None:
    middle = EXTENDS + '[programmes.a]\ngross = "500.00"\ntitle = "In the middle"\n'
    top = 'title = "Top"\nextends = "middle.toml"\nsource = "top"\n[programmes.a]\ngross = "400.00"\n'
    inputs = read_scenario(scenarios(middle=middle, top=top))
    assert inputs.scenario.programmes["a"].gross == 400_00
    assert inputs.scenario.programmes["a"].title == "In the middle"
    assert [file.name for file in inputs.layers.files] == ["top.toml", "middle.toml", "basis.toml"]


def test_list_is_replaced_and_not_added_to(scenarios: Scenarios) -> None:
    change = EXTENDS + '[opt_outs.a]\nmunicipalities = ["Almere"]\n'
    assert read_scenario(scenarios(other=change)).scenario.opt_outs["a"].municipalities == ("Almere",)


def test_empty_list_of_opt_outs_lets_everybody_take_part(scenarios: Scenarios) -> None:
    inputs = read_scenario(scenarios(other=EXTENDS + "[opt_outs.a]\nmunicipalities = []\n"))
    assert inputs.opt_outs == {}


def _budget(table: ProgrammeTable) -> dict[str, int]:
    stated = {"gross": table.gross, "net": table.net, "rate": table.rate}
    return {key: value for key, value in stated.items() if value is not None}


@pytest.mark.parametrize(
    ("programme", "line", "expected"),
    [
        ("b", 'gross = "10.00"', {"gross": 10_00}),
        ("b", 'rate = "0.25"', {"rate": 2_500}),
        ("b", 'net = "10.00"', {"net": 10_00}),
        ("a", 'net = "10.00"', {"net": 10_00}),
    ],
)
def test_one_way_to_say_the_budget_replaces_the_others(
    scenarios: Scenarios, programme: str, line: str, expected: dict[str, int]
) -> None:
    inputs = read_scenario(scenarios(other=f"{EXTENDS}[programmes.{programme}]\n{line}\n"))
    assert _budget(inputs.scenario.programmes[programme]) == expected


def test_another_allocation_replaces_the_whole_one(scenarios: Scenarios) -> None:
    change = EXTENDS + '[programmes.a]\nallocation = { key = "inhabitants" }\n'
    assert read_scenario(scenarios(other=change)).scenario.programmes["a"].allocation == PerInhabitantTable()


def test_allocation_without_its_key_changes_only_what_it_says(scenarios: Scenarios) -> None:
    change = EXTENDS + '[programmes.a.allocation]\nfixed = "2.00"\n'
    allocation = read_scenario(scenarios(other=change)).scenario.programmes["a"].allocation
    assert allocation == FixedPlusInhabitantsTable(key="fixed_plus_inhabitants", fixed="2.00")  # type: ignore[arg-type]


def test_another_settlement_takes_the_rate_of_the_refund_away(scenarios: Scenarios) -> None:
    opt_out = read_scenario(scenarios(other=EXTENDS + '[opt_outs.a]\nsettlement = "shrink"\n')).scenario.opt_outs["a"]
    assert (opt_out.settlement, opt_out.rate) == ("shrink", None)
    assert opt_out.municipalities == ("Utrecht", "Zwolle")


def test_source_of_a_file_stands_for_what_that_file_says(scenarios: Scenarios) -> None:
    programmes = read_scenario(scenarios(other=EXTENDS + '[programmes.b]\nnet = "1.00"\n')).scenario.programmes
    assert programmes["b"].source == "source of the change"
    assert programmes["a"].source == "source of the base"
    assert read_scenario(scenarios()).scenario.programmes["b"].source == "source of b"


def test_changed_figure_without_a_source_does_not_load(scenarios: Scenarios) -> None:
    without = EXTENDS.replace('source = "source of the change"\n', "")
    with pytest.raises(InputError, match="source"):
        read_scenario(scenarios(other=without + '[programmes.a]\ngross = "1.00"\n'))


def test_ledger_gives_every_programme_with_a_published_budget_and_its_source() -> None:
    inputs, ledger = read_scenario("uitnamen-2017"), load_ledger()
    budgeted = {
        programme
        for programme in ledger.programmes
        if ledger.amount(programme, 2017, ledger.budget_quantity(programme, 2017))
    }
    assert set(inputs.programmes) == budgeted
    for name, programme in inputs.programmes.items():
        assert programme.source == ledger.budget_source(name, 2017)


def test_own_text_goes_before_the_ledger(scenarios: Scenarios) -> None:
    own = 'title = "A"\nyear = 2017\nreference_date = 2017-01-01\nsource = "s"\nledger = 2017\n'
    inputs = read_scenario(scenarios(own + '[programmes.ibd]\ngross = "5.00"\n'))
    assert _budget(inputs.scenario.programmes["ibd"]) == {"gross": 500}
    assert inputs.scenario.programmes["ibd"].title == load_ledger().programmes["ibd"].title
    assert "dkd" in inputs.programmes


def test_programmes_that_are_left_out_are_not_paid_for(scenarios: Scenarios) -> None:
    inputs = read_scenario(scenarios(other=EXTENDS + 'without = ["a"]\n'))
    assert list(inputs.programmes) == ["b"]
    assert inputs.opt_outs == {}


def test_value_is_placed_in_the_file_that_says_it(scenarios: Scenarios) -> None:
    inputs = read_scenario(scenarios(other=EXTENDS + '[programmes.a]\ngross = "500.00"\n'), ["year=2018"])
    assert (inputs.place("programmes", "a", "gross").file, inputs.place("programmes", "a", "gross").line) == (
        "other.toml",
        5,
    )
    assert inputs.place("programmes", "b", "net").file == "basis.toml"
    assert inputs.place("opt_outs", "a", "municipalities", 1).excerpt == 'municipalities = ["Utrecht", "Zwolle"]'
    assert inputs.place("year").file == "--set year=2018"


# --- --set -----------------------------------------------------------------------------------------


def _set(scenarios: Scenarios, *settings: str) -> ScenarioInputs:
    return read_scenario(scenarios(), settings)


def test_settings_change_every_kind_of_value(scenarios: Scenarios) -> None:
    changed = _set(
        scenarios,
        "title=Half: a = b",
        "year=2018",
        "reference_date=2018-01-01",
        'without=["b"]',
        "programmes.a.gross=12345.67",
        "opt_outs.a.rate=0.0725",
        'opt_outs.a.municipalities=["Den Haag", "GM0344"]',
    ).scenario
    assert changed.title == "Half: a = b"
    assert (changed.year, changed.reference_date.isoformat()) == (2018, "2018-01-01")
    assert changed.without == ("b",)
    assert changed.programmes["a"].gross == 12_345_67
    assert changed.opt_outs["a"].rate == 725
    assert changed.opt_outs["a"].municipalities == ("Den Haag", "GM0344")


@pytest.mark.parametrize(("written", "rate"), [("0.1", 1_000), ("0.2999", 2_999), ("1.10", 11_000), ("3", 30_000)])
def test_decimals_of_a_setting_stay_exact(scenarios: Scenarios, written: str, rate: int) -> None:
    assert _set(scenarios, f"programmes.b.rate={written}").scenario.programmes["b"].rate == rate


def test_name_that_begins_with_an_apostrophe_is_text(scenarios: Scenarios) -> None:
    changed = _set(scenarios, "opt_outs.a.municipalities.0='s-Gravenhage")
    assert changed.scenario.opt_outs["a"].municipalities == ("'s-Gravenhage", "Zwolle")


def test_text_of_a_setting_may_stand_between_quotes(scenarios: Scenarios) -> None:
    assert _set(scenarios, 'title="2018"').scenario.title == "2018"
    assert _set(scenarios, "title=Plan 2018").scenario.title == "Plan 2018"


def test_budget_that_is_set_replaces_the_others(scenarios: Scenarios) -> None:
    assert _budget(_set(scenarios, "programmes.b.rate=0.25").scenario.programmes["b"]) == {"rate": 2_500}


def test_figure_that_is_set_says_so_as_its_source(scenarios: Scenarios) -> None:
    changed = _set(scenarios, "programmes.a.gross=1.00").scenario
    assert changed.programmes["a"].source == "set on the command line"
    assert changed.programmes["b"].source == "source of b"


def test_allocation_is_set_as_a_table(scenarios: Scenarios) -> None:
    table = '{ key = "stepped", applies_to = "all", brackets = [{ rate = "1.00" }] }'
    changed = _set(scenarios, f"programmes.a.allocation={table}")
    assert isinstance(changed.scenario.programmes["a"].allocation, SteppedTable)


def test_opt_out_can_be_set_where_there_was_none(scenarios: Scenarios) -> None:
    changed = _set(scenarios, 'opt_outs.b.municipalities=["Utrecht"]', "opt_outs.b.settlement=absorb")
    assert [int((opt_out.absence.days > 0).sum()) for opt_out in changed.opt_outs["b"]] == [1]


def test_order_of_settings_does_not_matter(scenarios: Scenarios) -> None:
    settings = ["programmes.a.gross=5.00", "year=2018", "opt_outs.a.municipalities.1=Almere"]
    assert _set(scenarios, *settings).scenario == _set(scenarios, *reversed(settings)).scenario


def test_settings_leave_the_scenario_that_was_read_as_it_was(scenarios: Scenarios) -> None:
    before = read_scenario(scenarios()).scenario
    _set(scenarios, "opt_outs.a.municipalities.0=Almere", "programmes.a.gross=5.00")
    assert read_scenario(scenarios()).scenario == before


@pytest.mark.parametrize(
    "settings",
    [
        ("year=2018", "year=2018"),
        ("programmes.a.gross=1.00", "programmes.a.net=1.00"),
        ('opt_outs.a.municipalities=["Almere"]', "opt_outs.a.municipalities.0=Almere"),
    ],
)
def test_two_settings_of_one_thing_are_refused(scenarios: Scenarios, settings: tuple[str, str]) -> None:
    with pytest.raises(InputError) as error:
        _set(scenarios, *settings)
    assert [finding.place.file for finding in error.value.findings] == [f"--set {settings[1]}"]


def test_empty_extension_is_the_scenario_that_it_extends(scenarios: Scenarios) -> None:
    base, same = read_scenario(scenarios()).scenario, read_scenario(scenarios(other=EXTENDS)).scenario
    assert same.model_copy(update={"title": base.title, "extends": None, "source": base.source}) == base


_AHEAD = (
    BASE
    + """
[horizon]
last = 2018
opening = "0.00"
underspend = "general"
[horizon.indexation]
between = ["1.0", "4.0"]
sure = 60
"""
)


def test_one_percentage_takes_the_bounds_and_their_certainty_away(scenarios: Scenarios) -> None:
    change = EXTENDS + '[horizon.indexation]\npercent = "2.0"\n'
    for changed in (
        read_scenario(scenarios(_AHEAD, change=change)),
        read_scenario(scenarios(_AHEAD), ["horizon.indexation.percent=2.0"]),
    ):
        indexation = changed.scenario.horizon.indexation if changed.scenario.horizon else None
        assert indexation is not None
        assert (indexation.percent, indexation.between, indexation.sure) == (20_000, None, 90)


def test_bounds_and_their_certainty_are_set_side_by_side(scenarios: Scenarios) -> None:
    settings = ['horizon.indexation.between=["1.0", "5.0"]', "horizon.indexation.sure=70"]
    horizon = read_scenario(scenarios(_AHEAD), settings).scenario.horizon
    assert horizon is not None and horizon.indexation is not None
    assert (horizon.indexation.between, horizon.indexation.sure) == ((10_000, 50_000), 70)


def test_the_source_of_a_file_stands_for_every_table_in_it(scenarios: Scenarios) -> None:
    """Also within a programme: what others and the balance pay, an old division and what is held against it, cover."""
    change = (
        EXTENDS
        + """
[programmes.a]
income = [{ payer = "Suppliers", amount = "5.00" }]
reserve = [{ what = "Reserve", amount = "5.00" }]
cover = [{ municipality = "Utrecht", amount = "1.00", what = "Own" }]
old_division = { allocation = { key = "inhabitants" } }
phase_in = { years = { 2017 = "50" } }
cap = { rise_percent = "5", paid_by = "fund", source = "source of its own" }
compensation = { percent = "50", paid_by = "fund" }
"""
    )
    table = read_scenario(scenarios(other=change)).scenario.programmes["a"]
    assert table.old_division and table.phase_in and table.cap and table.compensation
    rows = {row.source for row in table.income} | {row.source for row in table.reserve}
    rows |= {row.source for row in table.cover}
    assert rows | {table.old_division.source, table.phase_in.source, table.compensation.source} == {
        "source of the change"
    }
    assert table.cap.source == "source of its own"


def test_a_new_programme_in_a_setting_has_that_setting_for_a_source(scenarios: Scenarios) -> None:
    setting = 'programmes.c={ title = "C", gross = "5.00", vat = "none", income = [{ payer = "X", amount = "1.00" }] }'
    table = read_scenario(scenarios(), [setting]).scenario.programmes["c"]
    assert table.source == table.income[0].source == SET_HERE
