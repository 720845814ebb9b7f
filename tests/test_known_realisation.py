"""A realised amount that is known is what every command tells: nothing is forecast, estimated or drawn of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.fund.ledger import Ledger
from gguplan.fund.realisation import NoEvidence, RealisedYear
from gguplan.fund.years_ahead import ProgrammeAhead, YearsAhead
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.model.credit import credit
from gguplan.model.spending import spending_of
from gguplan.model.years_ahead.realisation_by_year import RealisationByYear, forecast_years, known_amounts
from gguplan.money import split
from gguplan.runs.results import result_of
from gguplan.runs.years_ahead import years_ahead_of
from tests.papers import paper
from tests.worlds import programme as programme_with

FUND: Final = """
title = "Four years"
year = 2026
reference_date = 2026-01-01
source = "invented for a test"
[programmes.returns]
title = "Returns"
gross = "1210000.00"
vat = "21%"
underspend = "return"
[programmes.carries]
title = "Carries over"
net = "500000.00"
vat = "none"
underspend = "carry_over"
[horizon]
last = 2029
opening = "100000.00"
floor = "50000.00"
[horizon.programmes.returns]
realised = { 2026 = "900000.00", 2027 = "1100000.00", 2028 = "1000000.00", 2029 = "1000000.00" }
[horizon.programmes.carries]
realised = { 2026 = "450000.00", 2027 = "450000.00", 2028 = "600000.00", 2029 = "500000.00" }
one_off = { 2028 = "50000.00" }
"""


@pytest.fixture
def fund(tmp_path: Path) -> Path:
    file = tmp_path / "fund.toml"
    file.write_text(FUND, encoding="utf-8")
    return file


def in_json(*words: str | Path) -> Any:
    """What a command tells a machine."""
    outcome = CliRunner().invoke(app, [*map(str, words), "--json"])
    assert outcome.exit_code == 0, outcome.output
    return json.loads(outcome.stdout)


def printed(*words: str | Path) -> str:
    outcome = CliRunner().invoke(app, [*map(str, words), "--lang", "en"])
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def test_one_municipality_gets_its_exact_share_back(fund: Path) -> None:
    """Zwolle has 134,147 of 18,130,208 inhabitants: of the 100,000.00 that is left (121,000.00 with VAT) it gets
    739.91, and 895.29 with VAT."""
    assert in_json("estimate", "Zwolle", "--scenario", fund)["credit"] == {
        "expected": "895.29",
        "without_vat": "739.91",
        "known": True,
        "provisional": False,
        "chance_10": "895.29",
        "chance_90": "895.29",
    }
    sentence = "Comes back next year of what is not spent: €895.29, without VAT €739.91."
    assert sentence in printed("estimate", "Zwolle", "--scenario", fund).splitlines()


def test_all_municipalities_together_get_back_what_is_left_to_the_cent(fund: Path) -> None:
    result = result_of(read_scenario(fund))
    spending = spending_of(result, realised_years(load_ledger()))
    assert spending is not None
    codes = [municipality.gm_code for municipality in result.population.municipalities]
    returned = [credit(spending, result, code) for code in codes]
    assert sum(back.expected for back in returned) == 12_100_000
    paid = result.by_programme[0].participation.contributions
    assert [back.expected for back in returned] == split(12_100_000, paid, result.population.codes)[0].tolist()
    assert all(back.low == back.expected == back.high and back.known for back in returned)


def test_horizon_and_forecast_tell_the_same_of_the_year_of_the_scenario(fund: Path) -> None:
    accounts = years_ahead_of(read_scenario(fund), realised_years(load_ledger()), 100).programmes
    forecast = in_json("forecast", fund)
    for account, programme in zip(accounts, forecast["programmes"], strict=True):
        realised = f"{int(account.expected.realised[0]) / 100:.2f}"
        assert programme["basis"] == "known"
        assert {programme["expected"], *programme["realised"].values()} == {realised}
    assert forecast["total"]["expected"] == "1350000.00"
    assert forecast["underspend"]["return"] == {
        "expected": "100000.00",
        "chance_10": "100000.00",
        "chance_90": "100000.00",
    }


def test_run_tells_what_is_spent_and_forecasts_nothing(fund: Path) -> None:
    assert in_json("run", fund)["forecast"] == {
        "realised_expected": "1350000.00",
        "income_above_plan_expected": "0.00",
        "underspend_expected": "150000.00",
        "underspend_chance_10": "150000.00",
        "underspend_chance_90": "150000.00",
    }
    assert "Spent, without VAT: €1,350,000 of €1,500,000; €150,000 is left over." in printed("run", fund)


def test_a_sweep_leaves_over_what_is_known_to_be_left(fund: Path) -> None:
    rows = in_json("sweep", fund, "--vary", "programmes.carries.net=500000,600000", "--draws", "100")["variants"]
    assert [row["underspend_expected_euros"] for row in rows] == ["150000.00", "250000.00"]


def test_a_rule_of_the_years_ahead_says_what_comes_back_of_a_programme_without_one(fund: Path) -> None:
    """Without a rule of its own a programme has that of [horizon], in every command."""
    fund.write_text(
        FUND.replace('underspend = "return"\n', "").replace("last = 2029", 'last = 2029\nunderspend = "return"'),
        encoding="utf-8",
    )
    assert in_json("estimate", "Zwolle", "--scenario", fund)["credit"]["expected"] == "895.29"
    assert in_json("forecast", fund)["underspend"]["return"]["expected"] == "100000.00"


def test_what_is_known_goes_before_what_somebody_states_of_the_ratio(fund: Path) -> None:
    fund.write_text(f'{FUND}[realisation.returns]\nbetween = ["0.10", "0.20"]\n', encoding="utf-8")
    assert in_json("forecast", fund)["programmes"][0]["expected"] == "900000.00"


def test_one_programme_that_is_known_leaves_the_others_to_be_forecast(fund: Path) -> None:
    settings = ("--set", "horizon.programmes.carries.realised={}")
    known, forecast = in_json("forecast", fund, *settings)["programmes"]
    assert (known["basis"], known["expected"]) == ("known", "900000.00")
    assert forecast["basis"] == "kind"
    assert forecast["realised"]["0.1"] != forecast["realised"]["0.9"]


def test_a_published_year_is_known_to_every_command() -> None:
    """verantwoording-2017, chapter 4: € 1.505.000 of the Informatiebeveiligingsdienst."""
    years = [f"horizon.{key}" for key in ("last=2017", "opening=0.00", "ledger=[2017]", "underspend=general")]
    settings = [word for key in [*years, "horizon.source=test"] for word in ("--set", key)]
    ibd = next(
        row for row in in_json("forecast", "uitnamen-2017", *settings)["programmes"] if row["programme"] == "ibd"
    )
    assert (ibd["basis"], ibd["expected"]) == ("known", "1505000.00")


def test_a_running_year_of_what_is_known_already_is_a_finding(fund: Path, tmp_path: Path) -> None:
    table = tmp_path / "running.csv"
    table.write_text("programme,realised,expected\ncarries,200000,0.5\n", encoding="utf-8")
    outcome = CliRunner().invoke(app, ["forecast", str(fund), "--running", str(table), "--lang", "en"])
    assert outcome.exit_code == 2
    assert "What is realised of 'carries' in 2026 is known already." in outcome.output


PROVISIONAL = "is provisional, because the accounts were still to come: Stichting Advies"


def test_an_account_that_is_still_to_come_is_not_called_known(tmp_path: Path) -> None:
    """verantwoording-2017, chapter 4: 7.500.000 of the AKJ, 3.489.512 of the listening ear and 3.655.000 of the
    Kindertelefoon, of which the accounts were still to come."""
    assert {row["basis"] for row in in_json("forecast", "naar-vws")["programmes"]} == {"provisional"}
    forecast = printed("forecast", "naar-vws")
    assert f"Of what is realised €14,645,000 {PROVISIONAL}" in forecast and "All of it is known" not in forecast
    assert f"Of what is realised €14,644,512 {PROVISIONAL}" in printed("run", "naar-vws")
    made = paper(tmp_path, "naar-vws", "--lang", "en")
    assert PROVISIONAL in made.text and "This is known" not in made.text


def test_what_somebody_states_is_not_provisional() -> None:
    stated = ("--set", 'horizon.programmes.akj.realised={2017 = "7400000.00"}')
    programmes = {row["programme"]: row["basis"] for row in in_json("forecast", "naar-vws", *stated)["programmes"]}
    assert programmes["akj"] == "known"


def test_what_is_known_has_no_limits_of_a_history() -> None:
    """verantwoording-2016, section 2.9: what Opvoeden.nl spent is stated, so nothing was learnt from other budgets."""
    assert "All of it is known" in printed("forecast", "opvoeden-nl")
    assert in_json("forecast", "opvoeden-nl")["limits"] == [] == in_json("forecast", "naar-vws")["limits"]
    assert "There is no history" not in printed("forecast", "opvoeden-nl")
    assert in_json("forecast", "uitnamen-2017")["limits"]


# --- what a forecast of a later year learns from what is known ----------------------------------------

Q: Final = tuple(
    RealisedYear("q", "Q", "maintenance", year, 100_000, realised)
    for year, realised in ((2016, 80_000), (2017, 90_000))
)
"""Another programme of the same kind, in years before the account."""


def of_a(year: int, realised: int, no_evidence: NoEvidence | None = None) -> RealisedYear:
    return RealisedYear("a", "A", "maintenance", year, 100_000, realised, no_evidence=no_evidence)


def account_of(first: int, *ledger: int, **realised: dict[int, int]) -> YearsAhead:
    programmes = {name: ProgrammeAhead(realised=by_year) for name, by_year in realised.items()}
    return YearsAhead(first, 2019, 0, None, "draw", None, None, ledger, None, programmes, "own")


def forecast_of(
    ahead: YearsAhead, rows: Sequence[RealisedYear], amounts: Sequence[int | None], budgets: Sequence[int] = ()
) -> RealisationByYear:
    """What is realised of one programme of 1,000.00; an amount of None is open."""
    known = np.array([[amount is not None] for amount in amounts])
    in_cents = np.array([[amount or 0] for amount in amounts])
    net = np.array(budgets or [100_000] * len(amounts))[:, None]
    made = {"a": programme_with(net="1000.00", kind="maintenance")}
    return forecast_years(made, ahead.years, net, in_cents, known, rows, ahead, {}, {})


def ratios_of(realisation: RealisationByYear) -> list[float]:
    """The quantiles of what is realised of the budget of the last year."""
    forecast = realisation.forecasts[-1]
    assert forecast is not None
    return list(forecast.ratio[0])


def test_a_stated_amount_is_learnt_from_as_a_published_one_is() -> None:
    before = ratios_of(forecast_of(account_of(2019), [*Q, of_a(2018, 70_000)], [None]))
    stated = forecast_of(account_of(2018, a={2018: 70_000}), Q, [70_000, None])
    assert ratios_of(stated) == before
    assert (stated.forecasts[0], stated.rows.tolist()) == (None, [[-1], [0]])
    # It goes before what is published of the same year.
    both = [*Q, of_a(2018, 99_000)]
    assert ratios_of(forecast_of(account_of(2018, 2018, a={2018: 70_000}), both, [70_000, None])) == before
    assert ratios_of(forecast_of(account_of(2018, a={2018: 99_000}), Q, [99_000, None])) != before


def test_of_a_published_year_what_was_spent_of_its_own_budget_is_learnt_from() -> None:
    """The account paid 990.00, of which 290.00 was of another year; what is provisional is no evidence."""
    before = ratios_of(forecast_of(account_of(2019), [*Q, of_a(2018, 70_000)], [None]))
    published = forecast_of(account_of(2018, 2018), [*Q, of_a(2018, 70_000)], [99_000, None])
    assert ratios_of(published) == before
    rows = [*Q, of_a(2018, 70_000, "provisional")]
    provisional = ratios_of(forecast_of(account_of(2018, 2018), rows, [99_000, None]))
    assert provisional == ratios_of(forecast_of(account_of(2019), rows, [None])) != before


def test_nothing_is_learnt_from_a_year_that_the_account_does_not_know() -> None:
    """The ledger has 2018 already, and the account asks for a forecast of it; of what has no budget no ratio is."""
    without = forecast_of(account_of(2018), Q, [None, None])
    with_it = forecast_of(account_of(2018), [*Q, of_a(2018, 70_000), of_a(2019, 10_000)], [None, None])
    assert ratios_of(with_it) == ratios_of(without)
    named = forecast_of(account_of(2018, 2018), [*Q, of_a(2018, 70_000)], [None, None])
    assert ratios_of(named) != ratios_of(without)
    unbudgeted = forecast_of(account_of(2018, a={2018: 70_000}), Q, [70_000, None], [0, 100_000])
    assert ratios_of(unbudgeted) == ratios_of(forecast_of(account_of(2019), Q, [None]))


def test_only_what_is_open_and_has_a_budget_is_drawn() -> None:
    made = {name: programme_with(net="1000.00", kind="maintenance") for name in ("a", "b", "c")}
    ahead = account_of(2018, a={2018: 70_000})
    net = np.array([[100_000, 100_000, 0], [100_000, 100_000, 100_000]])
    amounts, known = known_amounts(("a", "b", "c"), ahead.years, ahead, Ledger({}, {}, ()))
    assert (amounts.tolist(), known.tolist()) == ([[70_000, 0, 0], [0, 0, 0]], [[True, False, False], [False] * 3])
    realisation = forecast_years(made, ahead.years, net, amounts, known, Q, ahead, {}, {})
    assert realisation.rows.tolist() == [[-1, 0, -1], [0, 1, 2]]
    shared = realisation.shared(50, 1)
    drawn = realisation.drawn_ratios([0, 1, 2], shared, 1)
    assert drawn.shape == (2, 50, 3)
    assert drawn.any(axis=1).tolist() == [[False, True, False], [True, True, True]]
    assert (realisation.drawn_ratios([2, 1], shared, 1) == drawn[:, :, [2, 1]]).all()
    assert (realisation.drawn_ratios([0, 1, 2], realisation.shared(50, 2), 2) != drawn).any()
