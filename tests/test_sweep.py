"""Many variants of a scenario: each is what a run with the same settings gives, whoever works it out, in any order."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gguplan.findings import Findings, InputError
from gguplan.fund.sweep_plan import AS_WRITTEN, Factor, SweepPlan
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.inputs.sweep.plan import StatedPlan, read_plan
from gguplan.inputs.sweep.vary_option import factor_of_option
from gguplan.model.allocation import Allocation, allocate_each
from gguplan.model.result import RunResult
from gguplan.model.spending import spending_of
from gguplan.model.sweep.design import design_of
from gguplan.model.sweep.outcomes import TOTALS, UNDERSPEND, Outcomes, together
from gguplan.money import Integers
from gguplan.runs.results import result_of
from gguplan.runs.sweep.one_at_a_time import one_at_a_time
from gguplan.runs.sweep.processes import Workers, work_out
from gguplan.runs.sweep.variant_inputs import VariantInputs
from gguplan.runs.sweep.variants import Task, Variants, task_of

SCENARIO = "uitnamen-2017"
EVERY_KIND_OF_LEVER = (
    "programmes.ibd.gross=1900000:2100000:9",
    "programmes.akj.net=7000000.00,7500000.00",
    "programmes.nup.vat=21%,none",
    "programmes.luisterend-oor.rate=0.2000:0.3550:7",
    'programmes.dkd.allocation={ key = "inhabitants" },{ key = "fixed_plus_inhabitants", fixed = "500.00" }',
    'opt_outs.luisterend-oor.municipalities=[],["Utrecht"],["Zwolle", "Amsterdam", "GM0599"]',
    "opt_outs.luisterend-oor.settlement=refund,shrink,redistribute,absorb",
    "opt_outs.luisterend-oor.joins=2017-01-02:2017-12-31:11",
    "reference_date=2016-01-01:2018-01-01:3",
    'without=[],["woz"],["woz", "kindertelefoon"]',
    "programmes.brp.kind=ceiling,project",
)


def plan_of(*vary: str, scenario: str = SCENARIO) -> tuple[SweepPlan, Task]:
    """The plan of some ``--vary`` options, and its task without forecasts."""
    base = read_scenario(scenario)
    plan = read_plan(base, vary)
    return plan, task_of(base, plan, ("GM0193",), realised_years(load_ledger()), 0, 1)


def task_of_every_kind() -> Task:
    """Every kind of lever at once: far more combinations than a grid may have, of which tests draw some."""
    base, findings = read_scenario(SCENARIO), Findings()
    factors = [factor_of_option(option, base, findings) for option in EVERY_KIND_OF_LEVER]
    findings.raise_if_any()
    stated = [factor for factor in factors if factor is not None]
    plan = StatedPlan(tuple(factor for factor, _place in stated), "grid", 0, tuple(place for _factor, place in stated))
    return task_of(base, plan, ("GM0193",))


def row_of(result: RunResult) -> dict[str, int]:
    """What a sweep must tell of a run."""
    codes, to_pay = result.population.codes, result.to_pay
    most, least = int(to_pay.max()), int(to_pay.min())
    return {
        "inhabitants": result.population.total,
        **result.totals,
        "to_pay_cents": int(to_pay.sum()),
        "to_pay_GM0193_cents": int(to_pay[result.population.index["GM0193"]]),
        "largest_bill_cents": most,
        "largest_bill_code": int(codes[to_pay == most].min()),
        "smallest_bill_cents": least,
        "smallest_bill_code": int(codes[to_pay == least].min()),
        **{
            f"to_pay_{programme.name}_cents": programme.contributed - programme.refunded
            for programme in result.by_programme
        },
        **{f"available_{programme.name}_cents": programme.participation.available for programme in result.by_programme},
    }


def random_variants(factors: Sequence[Factor], count: int, seed: int) -> Integers:
    """Values drawn for each factor; now and then as the scenario has it."""
    generator = np.random.default_rng(seed)
    columns = [
        [
            AS_WRITTEN if generator.random() < 0.2 else factor.at_level(int(generator.integers(factor.levels)))
            for _row in range(count)
        ]
        for factor in factors
    ]
    return np.array(columns, dtype=np.int64).T


# --- each variant is the run with its settings ------------------------------------------------------


def test_every_variant_is_to_the_cent_the_run_with_the_same_settings() -> None:
    task = task_of_every_kind()
    in_turn = Variants(task)
    rows = random_variants(task.factors, 60, seed=5)
    outcomes = in_turn.work_out(rows.tolist())
    compared = 0
    for place, values in enumerate(rows.tolist()):
        settings_of_row = in_turn.inputs.settings(values)
        try:
            expected = row_of(result_of(read_scenario(SCENARIO, settings_of_row)))
        except InputError as error:
            assert outcomes.problems[place][0] == "; ".join(finding.what for finding in error.findings), settings_of_row
            assert not outcomes.rows[place].any()
            continue
        absent = {name: 0 for name in outcomes.columns if name.startswith(("to_pay_", "available_"))}
        assert dict(zip(outcomes.columns, outcomes.rows[place].tolist(), strict=True)) == {**absent, **expected}, (
            settings_of_row
        )
        compared += 1
    assert compared > 40


def test_the_amounts_of_a_block_that_the_same_municipalities_pay_are_divided_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _plan, task = plan_of("programmes.ibd.gross=1900000:2100000:100", "programmes.akj.net=7000000:7500000:100")
    rows, sizes = random_variants(task.factors, 60, seed=4), list[int]()

    def counted(amounts: Sequence[int], *over: Any) -> list[Allocation]:
        sizes.append(len(amounts))
        return allocate_each(amounts, *over)

    monkeypatch.setattr("gguplan.model.participation.of_a_programme.allocate_each", counted)
    monkeypatch.setattr("gguplan.model.participation.settlement.allocate", None)
    in_turn = Variants(task)
    outcomes = in_turn.work_out(rows.tolist())
    monkeypatch.undo()
    # All programmes are paid by everybody for the whole year: who is outside of one gets money back of it.
    assert len(sizes) == 1 and sizes[0] > 60
    for place in range(0, 60, 12):
        result = result_of(read_scenario(SCENARIO, in_turn.inputs.settings(rows[place].tolist())))
        assert row_of(result).items() <= dict(zip(outcomes.columns, outcomes.rows[place].tolist(), strict=True)).items()


def test_an_amount_that_cannot_be_divided_takes_no_other_of_its_block_with_it() -> None:
    """Everybody pays € 500 first: 388 times that is € 194,000, which three of these budgets do not reach."""
    fixed = 'programmes.dkd.allocation={ key = "fixed_plus_inhabitants", fixed = "500.00" }'
    base = read_scenario(SCENARIO, [fixed])
    plan = read_plan(base, ["programmes.dkd.gross=100000:300000:6"])
    outcomes = Variants(task_of(base, plan)).work_out(design_of(plan, 1).rows().tolist())
    assert outcomes.made.tolist() == [False, False, False, True, True, True]
    assert outcomes.column("to_pay_dkd_cents")[3:].tolist() == [22_000_000, 26_000_000, 30_000_000]


def test_a_forecast_of_a_variant_is_that_of_its_run_in_every_draw_that_they_share() -> None:
    _plan, task = plan_of(
        "programmes.ibd.gross=1900000:2100000:3", "programmes.brp.kind=ceiling,project", 'without=[],["woz"]'
    )
    task = replace(task, followed=replace(task.followed, draws=300, seed=7))
    in_turn = Variants(task)
    rows = random_variants(task.factors, 8, seed=2)
    outcomes = in_turn.work_out(rows.tolist())
    for place, values in enumerate(rows.tolist()):
        result = result_of(read_scenario(SCENARIO, in_turn.inputs.settings(values)))
        spending = spending_of(result, task.followed.history, draws=300, seed=7)
        assert spending is not None
        expected = (spending.underspend.expected, *spending.underspend.between())
        assert tuple(int(outcomes.column(name)[place]) for name in UNDERSPEND) == expected


def test_a_stated_realisation_is_varied_as_in_a_run() -> None:
    stated = ['realisation.ibd.between=["0.80", "0.95"]']
    base = read_scenario(SCENARIO, stated)
    plan = read_plan(base, ["realisation.ibd.sure=50:90:3"])
    task = task_of(base, plan, (), realised_years(load_ledger()), 200, 1)
    outcomes = Variants(task).work_out(design_of(plan, 1).rows().tolist())
    for place, sure in enumerate((50, 70, 90)):
        result = result_of(read_scenario(SCENARIO, [*stated, f"realisation.ibd.sure={sure}"]))
        spending = spending_of(result, task.followed.history, 200, 1)
        assert spending is not None
        assert outcomes.column("underspend_expected_cents")[place] == spending.underspend.expected


def test_what_no_factor_changes_costs_nothing_in_any_variant() -> None:
    plan, task = plan_of("programmes.ibd.gross=1900000:2100000:5", "opt_outs.luisterend-oor.rate=0.2:0.3:5")
    outcomes = Variants(task).work_out(design_of(plan, 1).rows().tolist())
    base = result_of(task.base)
    for programme in base.by_programme:
        same = outcomes.column(f"available_{programme.name}_cents") == programme.participation.available
        assert same.all() or programme.name in ("ibd", "luisterend-oor")
    assert outcomes.rows.min() >= 0


def test_contributions_less_refunds_and_what_is_drawn_is_what_can_be_spent_in_every_variant() -> None:
    task = task_of_every_kind()
    outcomes = Variants(task).work_out(random_variants(task.factors, 200, seed=3).tolist())
    fund = {name: outcomes.column(name) for name in TOTALS}
    left = fund["contributions_cents"] - fund["refunds_cents"] + fund["drawn_cents"] - fund["handed_over_cents"]
    assert (left == fund["available_cents"]).all()
    paid = np.sum([outcomes.column(f"to_pay_{name}_cents") for name in task.followed.programmes], axis=0)
    assert (paid == outcomes.column("to_pay_cents")).all()


# --- whoever works it out ---------------------------------------------------------------------------


def same(left: Outcomes, right: Outcomes) -> bool:
    return bool((left.rows == right.rows).all()) and (left.columns, left.problems) == (right.columns, right.problems)


@settings(max_examples=5, phases=[Phase.explicit, Phase.generate])
@given(st.integers(0, 10**6), st.integers(1, 20))
def test_an_outcome_depends_on_neither_the_order_nor_the_blocks_of_variants(seed: int, size: int) -> None:
    task = task_of_every_kind()
    rows = random_variants(task.factors, 20, seed=11)
    together_at_once = Variants(task).work_out(rows.tolist())
    order = np.random.default_rng(seed).permutation(len(rows))
    blocks = [order[start : start + size] for start in range(0, len(order), size)]
    in_turn = Variants(task)
    in_blocks = together([in_turn.work_out(rows[block].tolist()) for block in blocks])
    back = np.argsort(order)
    assert (in_blocks.rows[back] == together_at_once.rows).all()
    assert tuple(in_blocks.problems[place] for place in back) == together_at_once.problems


def test_two_processes_give_bit_for_bit_what_one_gives() -> None:
    plan, task = plan_of("programmes.ibd.gross=1900000:2100000:30", "programmes.akj.gross=7000000:8000000:10")
    task = replace(task, followed=replace(task.followed, draws=200))
    rows = design_of(plan, 1).rows()
    blocks = {number: rows[10 * number : 10 * number + 10] for number in range(5)}
    by_one, by_two = (dict(work_out(task, blocks, Workers(count))) for count in (1, 2))
    assert all(same(by_one[number], by_two[number]) for number in blocks)


def test_a_task_goes_to_another_process_whole() -> None:
    _plan, task = plan_of("programmes.ibd.gross=1900000:2100000:3")
    again: Task = pickle.loads(pickle.dumps(task))
    assert result_of(again.base).totals == result_of(task.base).totals


# --- which variants there are -----------------------------------------------------------------------


def test_a_grid_has_every_combination_and_the_last_factor_changes_fastest() -> None:
    plan, task = plan_of("programmes.luisterend-oor.rate=0.20:0.30:3", 'without=[],["woz"]')
    stated = [Variants(task).inputs.settings(row) for row in design_of(plan, 1).rows().tolist()]
    assert stated == [
        [f"programmes.luisterend-oor.rate={rate}", f"without={without}"]
        for rate in ("0.20", "0.25", "0.30")
        for without in ("[]", '["woz"]')
    ]


def test_steps_of_a_grid_are_whole_cents_half_a_cent_upwards() -> None:
    """1.00 to 1.03 in three steps: 1.00, 1.015 and 1.03; the middle one is 1.02."""
    plan, _task = plan_of("programmes.ibd.gross=1.00:1.03:3")
    values = design_of(plan, 1).rows()[:, 0].tolist()
    assert [plan.factors[0].text(value) for value in values] == [
        "1.00",
        "1.02",
        "1.03",
    ]


@pytest.mark.parametrize("sample", ["latin_hypercube", "sobol"])
def test_a_designed_sample_has_a_value_in_every_equal_part_of_each_range(sample: str) -> None:
    plan, _task = plan_of("programmes.ibd.gross=1900000:2100000:2", "programmes.akj.gross=7000000:8000000:2")
    designed = replace(plan, sample=sample, size=64)
    rows = design_of(designed, 1).rows()
    for column, factor in zip(rows.T, plan.factors, strict=True):
        place = (column - factor.low) * 64 // (factor.high - factor.low + 1)
        assert sorted(place.tolist()) == list(range(64))
    assert (design_of(designed, 1).rows() == rows).all()
    assert (design_of(designed, 2).rows() != rows).any()


def test_in_a_latin_hypercube_a_factor_more_changes_none_of_the_others() -> None:
    plan, _task = plan_of("programmes.ibd.gross=1900000:2100000:2", "programmes.akj.gross=7000000:8000000:2")
    both = replace(plan, sample="latin_hypercube", size=32)
    without_the_first = replace(both, factors=plan.factors[1:])
    assert (design_of(both, 1).rows()[:, 1:] == design_of(without_the_first, 1).rows()).all()


def test_a_likeliest_value_makes_the_distribution_a_triangle() -> None:
    """Triangle from 0 to 400 cents with its top at 100: mean 500 ÷ 3; a quarter lies below 100."""
    plan, _task = plan_of("programmes.ibd.gross=1.00:2.00:2")
    factor = replace(plan.factors[0], low=0, high=400, most_likely=100)
    values = design_of(replace(plan, factors=(factor,), sample="latin_hypercube", size=4_000), 1).rows()[:, 0]
    # A stratified sample of 4,000 lies within a cent of both.
    assert abs(float(values.mean()) - 500 / 3) < 1
    assert abs(float((values <= 100).mean()) - 0.25) < 0.01
    assert values.min() >= 0
    assert values.max() <= 400


# --- one at a time ----------------------------------------------------------------------------------


def test_a_swing_is_the_difference_of_two_runs_with_the_rest_as_it_is() -> None:
    _plan, task = plan_of("programmes.luisterend-oor.rate=0.20:0.35:4", "programmes.ibd.gross=2000000,2500000,1900000")
    alone = one_at_a_time(task)
    assert alone.base("to_pay_GM0193_cents") == int(result_of(task.base).to_pay[task.base.population.index["GM0193"]])
    first, second = alone.swings("to_pay_cents")
    assert (first.factor.name, first.low, first.high) == ("programmes.luisterend-oor.rate", "0.20", "0.35")
    for text, cents in ((first.low, first.low_cents), (first.high, first.high_cents)):
        settings = [f"programmes.luisterend-oor.rate={text}"]
        assert int(result_of(read_scenario(SCENARIO, settings)).to_pay.sum()) == cents
    # Of choices the least and the most count, wherever they stand.
    assert (second.low, second.high, second.width) == ("1900000", "2500000", 60_000_000)


def test_a_sum_that_cannot_be_made_at_an_end_is_told_where_it_is_written() -> None:
    """At € 1,000 the refunds of the ten are more than the budget; at € 4,200,000 not."""
    _plan, task = plan_of("programmes.luisterend-oor.gross=1000:4200000:2")
    with pytest.raises(InputError, match=r"--vary programmes\.luisterend-oor\.gross=1000:4200000:2\n  With 1000\.00"):
        one_at_a_time(task)


def test_a_variant_in_which_nobody_of_a_programme_is_left_to_pay_is_refused_as_its_run_is(tmp_path: Path) -> None:
    """Each value can be alone; together they put all three members of the programme outside."""
    opt_out = '[opt_outs.{}]\nprogrammes = ["a"]\nmunicipalities = {}\nsettlement = "redistribute"\n'
    file = tmp_path / "fund.toml"
    file.write_text(
        'title = "Region"\nsource = "invented for a test"\nyear = 2020\nreference_date = 2019-01-01\n'
        'members = ["Delft", "Urk", "Zwolle", "Almere"]\n[programmes.a]\ntitle = "A"\nvat = "none"\n'
        'gross = "1000.00"\nmembers = ["Delft", "Urk", "Zwolle"]\n'
        + opt_out.format("x", '["Delft"]')
        + opt_out.format("y", "[]"),
        encoding="utf-8",
    )
    inputs = read_scenario(str(file))
    plan = read_plan(
        inputs, ['opt_outs.x.municipalities=["Delft"],["Delft", "Urk"]', 'opt_outs.y.municipalities=[],["Zwolle"]']
    )
    made = VariantInputs(inputs, plan.factors)
    for values in ([0, 0], [0, 1], [1, 0]):
        assert made.read(values).programmes.keys() == {"a"}
    for read in (made.read, made.read_in_full):
        with pytest.raises(InputError, match="nobody is left to pay"):
            read([1, 1])
