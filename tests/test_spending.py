"""What will be spent of a fund: programmes, all together, what becomes of the rest, and who gets it back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

import gguplan
from gguplan.fund.realisation import RealisedYear, YearSoFar
from gguplan.fund.underspend import UnderspendRule
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.scenario.stated_realisation_table import StatedRealisationTable
from gguplan.model.credit import credit
from gguplan.model.numbers_of_draws import DRAWS
from gguplan.model.realisation.draws import draw
from gguplan.model.realisation.history_rows import history_before
from gguplan.model.realisation.planned_programmes import PlannedProgramme, latest, planned
from gguplan.model.spending import CHANCES, Spending, forecast_of, spending_of
from gguplan.reports.terminal.forecast import short_answer

ROWS = realised_years(load_ledger())
SURE_80 = (CHANCES.index(0.1), CHANCES.index(0.9))


def project(name: str, budget: int, underspend: UnderspendRule | None = None) -> PlannedProgramme:
    return PlannedProgramme(name, name, "project", budget, underspend)


def foreseen(*programmes: PlannedProgramme, draws: int = 2_000, seed: int = 1, **values: object) -> Spending:
    rows = values.get("rows", ROWS)
    stated, running = values.get("stated", {}), values.get("running", {})
    return forecast_of(programmes, rows, 2018, stated, running, draws, seed)  # type: ignore[arg-type]


def test_only_the_years_before_are_learnt_from() -> None:
    assert history_before(ROWS, 2017).years.tolist() == [2016]
    assert spending_of(gguplan.run("uitnamen-2016"), ROWS).history.years.tolist() == []  # type: ignore[union-attr]


def test_the_programmes_of_the_last_year_are_those_with_a_budget() -> None:
    """verantwoording-2017 chapter 4: 21 budgets; i-Sociaal Domein has none. Of that of the helpline 25 cents for each
    of 2,737,378 inhabitants went back to ten municipalities, so that it was not there to spend."""
    programmes = latest(ROWS, {})
    assert len(programmes) == 21
    assert (
        sum(programme.budget for programme in programmes)
        == (16_031_133 + 31_686_500 + 20_008_265) * 100 - 25 * 2_737_378
    )


def test_what_is_planned_is_what_is_left_after_opt_outs() -> None:
    result = gguplan.run("uitnamen-2017")
    (helpline,) = (programme for programme in planned(result) if programme.name == "luisterend-oor")
    assert helpline.budget == 420_000_000 - 68_434_450
    assert helpline.underspend == "carry_over"


def test_quantiles_rise_and_the_total_lies_among_the_sums_of_them() -> None:
    spending = foreseen(*latest(ROWS, {}))
    quantiles = spending.quantiles
    assert (np.diff(quantiles, axis=1) >= 0).all()
    low, high = (int(quantiles[:, column].sum()) for column in SURE_80)
    assert low < spending.total_quantiles[CHANCES.index(0.5)] < high


def test_the_total_is_less_certain_than_independent_programmes_and_more_than_one_that_moves_them_all() -> None:
    spending = foreseen(*latest(ROWS, {}), draws=20_000)
    quantiles = spending.quantiles
    widths = quantiles[:, SURE_80[1]] - quantiles[:, SURE_80[0]]
    total = spending.total_quantiles
    width = int(total[SURE_80[1]] - total[SURE_80[0]])
    assert float(np.sqrt((widths.astype(float) ** 2).sum())) < width < int(widths.sum())


def test_underspend_under_all_rules_is_all_underspend() -> None:
    spending = foreseen(project("a", 1_000_000, "return"), project("b", 2_000_000, "earmark"), project("c", 500_000))
    by_rule = spending.underspend_by_rule
    assert list(by_rule) == [None, "earmark", "return"]
    assert sum(rule.budget for rule in by_rule.values()) == spending.underspend.budget == 3_500_000
    assert abs(sum(rule.expected for rule in by_rule.values()) - spending.underspend.expected) <= 2
    assert (sum(rule.drawn for rule in by_rule.values()) == spending.underspend.drawn).all()  # type: ignore[union-attr]


def test_a_stated_interval_is_what_comes_out() -> None:
    """90 % sure between 0.80 and 0.95: the 5 % and 95 % quantiles, of a budget of 10,000 euros."""
    stated = StatedRealisationTable.model_validate({"between": ["0.80", "0.95"], "source": "invented for a test"})
    spending = foreseen(project("a", 1_000_000), stated={"a": stated}, draws=DRAWS)
    (row,) = spending.quantiles.tolist()
    assert (row[0], row[-1]) == (800_000, 950_000)
    assert spending.basis == ("stated",)


def test_a_running_year_narrows_what_is_still_open() -> None:
    """verantwoording-2016 section 2.7: after half a year about 40 % of the costs of the Kindertelefoon is made."""
    (digital_agenda,) = (programme for programme in latest(ROWS, {}) if programme.name == "digitale-agenda")
    open_year = foreseen(digital_agenda)
    so_far = YearSoFar(digital_agenda.name, int(0.85 * digital_agenda.budget * 0.9), 0.9)
    nearly_over = foreseen(digital_agenda, running={digital_agenda.name: so_far})
    widths = [int(row[SURE_80[1]] - row[SURE_80[0]]) for row in (open_year.quantiles[0], nearly_over.quantiles[0])]
    assert widths[1] < widths[0]
    assert nearly_over.basis == ("running",)


def test_the_same_seed_gives_the_same_draws_whatever_else_is_forecast() -> None:
    alone = foreseen(project("a", 1_000_000, "return"))
    together = foreseen(project("a", 1_000_000, "return"), project("b", 9_000_000))
    assert (alone.total == together.budgets[:1].sum() - together.underspend_by_rule["return"].drawn).all()


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (RealisedYear("a", "A", "", 2017, 100, 90),),
        (RealisedYear("a", "A", "", 2017, 0, 90),),
        (RealisedYear("a", "A", "", 2017, 100, None),),
        tuple(RealisedYear("a", "A", "", year, 100, 100) for year in (2015, 2016, 2017)),
        tuple(RealisedYear(name, name, "", 2017, 100, 0) for name in "abcd"),
        tuple(RealisedYear(name, name, "", 2017, 100, -40) for name in "abcd"),
    ],
    ids=["nothing", "one row", "budget 0", "realised missing", "all equal", "all zero", "negative"],
)
def test_a_poor_history_gives_an_honest_forecast_and_never_nan(rows: tuple[RealisedYear, ...]) -> None:
    spending = foreseen(project("a", 1_000_000), project("new", 5_000_000), rows=rows)
    assert np.isfinite(spending.forecast.ratio).all()
    assert spending.limits or len(rows) > 2
    assert (np.diff(spending.quantiles, axis=1) >= 0).all()


def test_what_comes_back_to_all_municipalities_is_what_is_left(tmp_path: Path) -> None:
    """Of a programme that returns its underspend, with its VAT; an overspend is not charged."""
    file = tmp_path / "s.toml"
    file.write_text(
        'title = "T"\nsource = "invented for a test"\nyear = 2018\nreference_date = 2018-01-01\n'
        '[programmes.a]\ntitle = "A"\ngross = "1210000.00"\nvat = "21%"\nunderspend = "return"\n'
        '[realisation.a]\nbetween = ["0.80", "0.95"]\n',
        encoding="utf-8",
    )
    result = gguplan.run(file)
    spending = spending_of(result, ROWS)
    assert spending is not None
    back = sum(
        credit(spending, result, municipality.gm_code).expected for municipality in result.population.municipalities
    )
    left = np.maximum(spending.underspend.drawn, 0).mean() * 1.21
    assert abs(back - left) < len(result.population.municipalities)


def test_who_returns_nothing_gives_nothing_back() -> None:
    result = gguplan.run("uitnamen-2017")
    spending = spending_of(result, ROWS)
    assert spending is not None
    assert credit(spending, result, "GM0344").expected == 0


def test_the_short_answer_says_what_is_left_how_sure_and_of_what_too_little_is_known() -> None:
    """By hand: between 0.5 and 1.5 of € 1,000, so an interval of 100 %; and between 0.98 and 1.0 of € 10,000."""
    spending = foreseen(
        project("unsure", 100_000),
        project("sure", 1_000_000),
        stated={
            "unsure": StatedRealisationTable.model_validate(
                {"between": ("0.50", "1.50"), "sure": 80, "source": "test"}
            ),
            "sure": StatedRealisationTable.model_validate({"between": ("0.98", "1.00"), "sure": 80, "source": "test"}),
        },
    )
    assert [programme.name for programme in spending.unsure()] == ["unsure"]
    assert spending.underspend.chance_of_overspend == (spending.total > 1_100_000).mean()
    first, *rest = short_answer(spending)
    assert first.startswith("Expected to be left over, without VAT: ")
    assert " of €11,000 (" in first
    assert "[realisation.unsure]" in rest[-1]


def test_when_all_is_known_the_short_answer_says_so() -> None:
    spending = foreseen(replace(project("known", 100_000), realised=90_000))
    assert short_answer(spending) == ["Left over, without VAT: €100 of €1,000 (10.0 %). All of it is known."]


def test_what_may_pass_a_ceiling_is_said_with_its_chance_and_who_pays_it() -> None:
    """The chance is that of the draws: more than the budget, of a programme with a ceiling and of no other."""
    ceiling = replace(project("opvang", 400_000_000), kind="ceiling")
    spending = foreseen(ceiling, project("a", 100_000_000), draws=20_000)
    (passed,) = spending.passed_ceilings()
    assert passed.programme.name == "opvang"
    drawn = draw(spending.forecast, 20_000, 1)[:, 0]
    # 20,000 draws: a standard error of at most √(0.25 ÷ 20,000) = 0.0035; four of them.
    assert passed.chance == pytest.approx(float((drawn > 1 + 1e-9).mean()), abs=0.014)
    (sentence,) = (text for text in short_answer(spending) if "ceiling" in text)
    assert sentence.startswith(f"{ceiling.title} has a ceiling: in {round(100 * passed.chance)} of 100 cases")
    assert "comes out of the balance" in sentence


def test_of_what_is_known_or_may_not_be_passed_no_chance_is_told() -> None:
    ceiling = replace(project("opvang", 400_000_000), kind="ceiling")
    assert foreseen(replace(ceiling, realised=410_000_000)).passed_ceilings() == ()
    assert foreseen(replace(ceiling, at_most=400_000_000)).passed_ceilings() == ()
