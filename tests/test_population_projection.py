"""Municipalities through mergers, their shares in years ahead, and how far such projections were off."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gguplan.fund.municipal_changes import ChangeKind, ChangesMissing, MunicipalChange
from gguplan.fund.municipalities import CountedIn, Municipality, Population, Status
from gguplan.fund.projection import CannotProject, TooFewYears
from gguplan.inputs.population.municipal_changes import changes
from gguplan.inputs.population.years import load_population, years
from gguplan.model.population import projection as population_projection
from gguplan.model.population.backtest import (
    NAIVE,
    RULES,
    USED,
    Backtest,
    ScoredRule,
    backtest,
    compare,
    last_share,
    linear_trend,
    mean_growth,
    ordinary,
    score,
    total_errors,
)
from gguplan.model.population.history import (
    DIVIDED,
    ESTIMATED,
    OWN,
    SUMMED,
    History,
    history_of,
)
from gguplan.model.population.projection import (
    MOST_YEARS_AHEAD,
    Floats,
    Projection,
    Rule,
    draw,
    fit_errors,
    past_errors,
    project,
    shrunk_growth,
    size_class,
)
from gguplan.model.randomness import stream
from gguplan.reports.tables.projection_backtest import projection_backtest_as_dict
from gguplan.reports.terminal.projection_backtest import (
    class_in_words,
    print_projection_backtest,
    rule_in_words,
    total_rule_in_words,
    verdict_in_words,
)
from gguplan.runs.municipal_history import municipal_history
from gguplan.wording.projection import problem_in_words

DOCUMENT = Path(__file__).parent.parent / "docs" / "population.md"
LAST = 2026
"""The last year when docs/population.md was written; another year makes another document."""


SCORED: list[ScoredRule] = [*RULES, "chosen_by_the_past"]


@cache
def real() -> History:
    return municipal_history(LAST)


@cache
def real_backtest() -> Backtest:
    return backtest(real())


def through(history: History, gm_code: str) -> dict[int, int]:
    """The inhabitants of one municipality by year."""
    return dict(zip(history.years, history.inhabitants[:, history.index[gm_code]].tolist(), strict=True))


def graded(history: History, gm_code: str) -> list[int]:
    return [int(grade) for grade in history.grades[:, history.index[gm_code]]]


def counted(year: int, *gm_codes: str) -> int:
    population = load_population(year)
    return sum(population.municipalities[population.index[code]].inhabitants for code in gm_codes)


# --- through mergers: worked by hand ------------------------------------------------------------


def test_meierijstad_before_2017_is_schijndel_sint_oedenrode_and_veghel() -> None:
    # CBS, 1 January 2016: Schijndel 23,430 + Sint-Oedenrode 18,160 + Veghel 38,009.
    history = through(real(), "GM1948")
    assert history[2016] == counted(2016, "GM0844", "GM0846", "GM0860")
    assert history[2017] == counted(2017, "GM1948")
    assert graded(real(), "GM1948") == [SUMMED] * 3 + [OWN] * 10


def test_gooise_meren_before_2016_is_bussum_muiden_and_naarden() -> None:
    # CBS, 1 January 2015 (population_data/README.md): 32,870 + 6,249 + 17,209.
    assert through(real(), "GM1942")[2015] == 32_870 + 6_249 + 17_209 == 56_328


def test_a_rename_changes_nothing() -> None:
    # De Friese Meren (GM1921) is De Fryske Marren (GM1940) since 1 July 2015.
    assert through(real(), "GM1940")[2015] == counted(2015, "GM1921") == 51_213
    assert set(graded(real(), "GM1940")) == {OWN}


def test_a_chain_is_followed_to_its_end() -> None:
    # Millingen and Ubbergen into Groesbeek in 2015, which is Berg en Dal since 2016.
    assert through(real(), "GM1945")[2014] == counted(2014, "GM0241", "GM0265", "GM0282")
    assert graded(real(), "GM1945")[:2] == [SUMMED, OWN]


def test_maasdonk_is_divided_as_its_6719_and_4629_inhabitants_went() -> None:
    # 11,242 on 1 January 2014 in that proportion: 6,656.24 and 4,585.76, so 6,656 and 4,586.
    assert counted(2014, "GM1671") == 11_242
    assert through(real(), "GM0796")[2014] == counted(2014, "GM0796") + 6_656
    assert through(real(), "GM0828")[2014] == counted(2014, "GM0828") + 4_586
    assert graded(real(), "GM0828")[:2] == [DIVIDED, OWN]


def test_a_boundary_correction_moves_the_persons_that_are_stated() -> None:
    # 1,033 of Slochteren went to Groningen on 1 January 2017; the rest is in Midden-Groningen since 2018.
    together = counted(2016, "GM0014", "GM0009", "GM0017") + 1_033
    assert through(real(), "GM0014")[2016] == together
    assert through(real(), "GM1952")[2016] == counted(2016, "GM0018", "GM1987", "GM0040") - 1_033
    assert through(real(), "GM0014")[2017] == counted(2017, "GM0014", "GM0009", "GM0017")


def test_a_merger_within_a_year_counts_from_the_next_1_january() -> None:
    # Weesp joined Amsterdam on 24 March 2022.
    assert through(real(), "GM0363")[2022] == counted(2022, "GM0363", "GM0457")


def test_only_parts_that_no_source_states_are_estimated() -> None:
    estimated = np.flatnonzero((real().grades == ESTIMATED).any(axis=0))
    names = {real().municipalities[place].name for place in estimated}
    assert names == {"Het Hogeland", "Westerkwartier", "Boxtel", "Oisterwijk", "Tilburg", "Vught"}


def test_the_estimate_comes_close_where_the_truth_is_stated() -> None:
    """Littenseradiel, of which CBS states 3,394, 5,411 and 1,878: estimated as if it did not.

    No part is off by more than 3 % of the 10,683 that were divided.
    """
    silent = [replace(change, note="") if change.old_name == "Littenseradiel" else change for change in changes()]
    all_years = [load_population(year) for year in range(2014, 2019)]
    with_changes, without_changes = (history_of(all_years, some).until(2017) for some in (changes(), silent))
    off = (without_changes.inhabitants - with_changes.inhabitants)[-1]
    receivers = [with_changes.index[code] for code in ("GM0080", "GM1900", "GM1949")]
    assert np.abs(off[receivers]).max() < 0.03 * 10_683
    assert np.abs(np.delete(off, receivers)).max() == 0


# --- through mergers: what holds ----------------------------------------------------------------


@pytest.mark.parametrize("year", [2014, 2016, 2019, 2022, 2026])
def test_every_year_sums_to_the_count_of_that_year(year: int) -> None:
    history = municipal_history(year)
    assert history.years == tuple(range(2014, year + 1))
    assert history.totals.tolist() == [load_population(year).total for year in history.years]
    published = [years()[year].national_total for year in history.years if years()[year].national_total]
    assert history.totals.tolist()[: len(published)] == published


def test_an_unchanged_municipality_has_its_own_history() -> None:
    touched = {code for change in changes() for code in (change.old_code, change.new_code)}
    own = [municipality.gm_code for municipality in real().municipalities if municipality.gm_code not in touched]
    assert len(own) > 250
    for year in real().years:
        population = load_population(year)
        expected = population.inhabitants[[population.index[code] for code in own]]
        places = [real().index[code] for code in own]
        assert real().inhabitants[real().years.index(year), places].tolist() == expected.tolist()
        assert not real().grades[:, places].any()


def world(year: int, **inhabitants: int) -> Population:
    rows = tuple(Municipality(f"GM{ord(name):04}", name, "Utrecht", count) for name, count in inhabitants.items())
    return Population(year, "final", CountedIn("invented for a test"), rows)


def became(day: str, old: str, new: str, kind: ChangeKind, note: str = "") -> MunicipalChange:
    return MunicipalChange(date.fromisoformat(day), f"GM{ord(old):04}", old, f"GM{ord(new):04}", new, kind, note)


def test_what_mergers_csv_does_not_explain_is_named() -> None:
    with pytest.raises(ChangesMissing, match="GM0066"):
        history_of([world(2020, A=10, B=5), world(2021, A=15)], [])
    with pytest.raises(ChangesMissing, match="GM0067"):
        history_of([world(2020, A=10), world(2021, A=8, C=2)], [])


@given(
    st.lists(st.tuples(*[st.integers(1, 10_000)] * 3, st.integers(1_000, 10_000)), min_size=2, max_size=6),
    st.integers(1, 500),
)
def test_no_person_is_lost_or_made_by_a_merger_a_split_and_a_boundary(
    counts: list[tuple[int, int, int, int]], moved: int
) -> None:
    """A takes in B on 1 January of the last year, C is divided over A and D, and D gives some to A before."""
    populations = [world(2000 + place, **dict(zip("ABCD", some, strict=True))) for place, some in enumerate(counts)]
    last = 2000 + len(counts)
    populations.append(world(last, A=900, D=800))
    history = history_of(
        populations,
        [
            became(f"{last}-01-01", "B", "A", "merge"),
            became(f"{last}-01-01", "C", "A", "split"),
            became(f"{last}-01-01", "C", "D", "split"),
            became(f"{last}-01-01", "D", "A", "boundary", f"{moved} inhabitants"),
        ],
    )
    assert history.totals.tolist() == [population.total for population in populations]
    assert history.inhabitants.min() >= 0


# --- shares ahead -------------------------------------------------------------------------------


def simulated(
    size: int, count: int, persistent: float, passing: float, seed: int, typical: float = 40_000.0
) -> History:
    """Municipalities whose log share grows by a pace of its own (sd `persistent`) and noise (sd `passing`)."""
    random = stream(seed, "simulated history")
    start = np.log(typical) + 0.8 * random.standard_normal(size)
    pace = persistent * random.standard_normal(size)
    growth = pace + passing * random.standard_normal((count - 1, size))
    logs = np.vstack([start, start + np.cumsum(growth, axis=0)])
    return invented(np.rint(np.exp(logs)).astype(np.int64))


def invented(inhabitants: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> History:
    count, size = inhabitants.shape
    rows = tuple(Municipality(f"GM{place:04}", f"M{place}", "Utrecht", 1) for place in range(1, size + 1))
    final: Status = "final"
    return History(
        tuple(range(2000, 2000 + count)),
        (final,) * count,
        rows,
        inhabitants,
        np.zeros((count, size), dtype=np.int8),
    )


histories = st.integers(7, 12).flatmap(
    lambda count: st.integers(1, 6).flatmap(
        lambda size: st.lists(
            st.lists(st.integers(1_000, 1_000_000), min_size=size, max_size=size), min_size=count, max_size=count
        )
    )
)


@settings(max_examples=40, deadline=None)
@given(histories, st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_shares_sum_to_1_and_persons_to_the_total(counts: list[list[int]], ahead: list[int]) -> None:
    history = invented(np.array(counts, dtype=np.int64))
    projection = project(history, [history.years[-1] + distance for distance in ahead])
    assert len(projection.years) == len(set(ahead))
    assert np.abs(projection.shares.sum(axis=1) - 1).max() < 1e-12
    assert projection.inhabitants.sum(axis=1).tolist() == projection.totals.tolist()
    for rule in RULES.values():
        assert np.abs(rule(history, 4).sum(axis=1) - 1).max() < 1e-9
    low, middle, high = projection.share_quantiles((0.05, 0.5, 0.95))
    assert (low <= middle).all() and (middle <= high).all() and low.min() >= 0 and high.max() <= 1


def test_a_whole_person_is_never_a_person_from_the_exact_share() -> None:
    projection = project(real(), [LAST + 1, LAST + 4])
    exact = projection.shares * projection.totals[:, None]
    assert np.abs(projection.inhabitants - exact).max() < 1


def test_where_shares_never_change_the_last_share_stays() -> None:
    history = invented(np.tile(np.array([30_000, 20_000, 150_000]), (8, 1)))
    assert np.allclose(project(history, [2008, 2011]).shares, history.shares[-1], rtol=1e-12)


@pytest.mark.parametrize("years_ahead", [[LAST], [LAST + 5], [LAST + 1, LAST + 9], []])
def test_years_that_cannot_be_projected_are_refused(years_ahead: list[int]) -> None:
    with pytest.raises(CannotProject) as refused:
        project(real(), years_ahead)
    assert f"from {LAST + 1} to {LAST + 4}" in problem_in_words(refused.value.problem)


def test_too_few_years_are_refused() -> None:
    assert project(municipal_history(2020), [2024]).base_year == 2020
    with pytest.raises(CannotProject) as refused:
        project(municipal_history(2019), [2023])
    assert refused.value.problem == TooFewYears(first=2014, last=2019, ahead=4, needed=7)


def test_the_part_of_the_growth_that_lasts_is_recovered() -> None:
    """400 municipalities, 12 years, sd 0.5 % persistent and 1 % passing, all years alike.

    Of the variance of the mean of 11 growths 0.25 ÷ (0.25 + 1 ÷ 11) = 0.733 lasts. Over 10 worlds the mean of the
    factor that the rule applies is within 0.03 of that: its standard error over worlds is about 0.008.
    """
    covered = []
    for seed in range(10):
        history = simulated(400, 12, 0.005, 0.01, seed)
        whole, part = mean_growth(history, 1)[0], shrunk_growth(history, 1, half_life=np.inf)[0]
        last = history.shares[-1]
        covered.append(float(np.polyfit(np.log(whole / last), np.log(part / last), 1)[0]))
    assert abs(np.mean(covered) - 0.733) < 0.03


@cache
def simulated_projections(rule: Rule, persistent: float) -> list[tuple[Floats, Projection]]:
    """The last shares of 120 municipalities, and their projection four years ahead of 13 known ones, in 40 worlds."""
    worlds = [simulated(120, 17, persistent, 0.006, seed) for seed in range(40)]
    return [(whole.shares[-1], project(whole.until(2012), [2016], rule)) for whole in worlds]


def simulated_coverage(level: float, rule: Rule, persistent: float) -> tuple[float, float]:
    """The part of the municipalities that an interval holds; its mean over the worlds, and the standard error of that
    mean."""
    parts = []
    for last, projected in simulated_projections(rule, persistent):
        low, high = projected.share_quantiles(((1 - level) / 2, (1 + level) / 2))[:, 0]
        parts.append(float(((low <= last) & (last <= high)).mean()))
    return float(np.mean(parts)), float(np.std(parts, ddof=1)) / np.sqrt(len(parts))


@pytest.mark.parametrize("level", [0.5, 0.8, 0.9])
def test_intervals_hold_what_they_should_where_nothing_lasts(level: float) -> None:
    """Shares that wander, and the last share stays: every origin is alike and errors are normal.

    Intervals are widened by √(1 + 1 ÷ 9) for the 9 origins four years ahead, so 90 % intervals should hold 91.7 %.
    Four standard errors over worlds (about 0.7 points each).
    """
    normal = NormalDist()
    expected = 2 * normal.cdf(normal.inv_cdf((1 + level) / 2) * np.sqrt(1 + 1 / 9)) - 1
    held, error = simulated_coverage(level, last_share, 0.0)
    assert abs(held - expected) < 4 * error


@pytest.mark.parametrize("level", [0.5, 0.8, 0.9])
def test_intervals_are_not_too_narrow_where_growth_lasts(level: float) -> None:
    """Early origins know little of a growth that lasts and are further off than the last one, so intervals are too
    wide, if anything: not below the level by 3 standard errors over worlds."""
    held, error = simulated_coverage(level, shrunk_growth, 0.004)
    assert held - level > -3 * error


def test_errors_fit_what_they_were_drawn_from() -> None:
    """Errors drawn from Student's t with 4 degrees and scale 1 % return: 11 × 300 of them, all of one size."""
    history = simulated(300, 13, 0.0, 0.01, 1)
    past = past_errors(history, 1, last_share)
    random = stream(1, "t")
    drawn = replace(
        past, errors=0.01 * random.standard_t(4, past.errors.shape), unsteadiness=np.ones(past.errors.shape)
    )
    model = fit_errors(replace(drawn, classes=np.zeros_like(past.classes)), 1)
    # The scale has a standard error of about 1.5 %; the widening for 11 origins is known exactly.
    assert model.degrees in (3.0, 4.0, 5.0)
    assert abs(model.scales[0, 0] / np.sqrt(1 + 1 / 11) / 0.01 - 1) < 0.06


# --- draws --------------------------------------------------------------------------------------


def drawn(history: History, years_ahead: list[int], count: int, seed: int = 3) -> tuple[Floats, Floats]:
    blocks = list(draw(project(history, years_ahead), count, seed))
    assert [block.start for block in blocks] == np.cumsum([0, *(len(block.shares) for block in blocks)])[:-1].tolist()
    return np.concatenate([block.shares for block in blocks]), np.concatenate([block.totals for block in blocks])


def test_every_draw_sums_to_1() -> None:
    shares, totals = drawn(real(), [LAST + 1, LAST + 4], 500)
    assert shares.shape == (500, 2, 342) and totals.shape == (500, 2)
    assert np.abs(shares.sum(axis=2) - 1).max() < 1e-12
    assert shares.min() > 0


def test_draws_repeat_and_do_not_depend_on_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, totals = drawn(real(), [LAST + 2], 300)
    monkeypatch.setattr(population_projection, "_CELLS_IN_A_BLOCK", 342 * 7)
    parts, their_totals = drawn(real(), [LAST + 2], 300)
    assert np.array_equal(whole, parts)
    assert np.array_equal(totals, their_totals)
    assert not np.array_equal(whole, drawn(real(), [LAST + 2], 300, seed=4)[0])


def test_more_draws_change_none_of_the_first() -> None:
    few, many = drawn(real(), [LAST + 1], 50)[0], drawn(real(), [LAST + 1], 90)[0]
    assert np.array_equal(few, many[:50])


def test_leaving_a_year_out_changes_none_of_the_others() -> None:
    together, apart = drawn(real(), [LAST + 1, LAST + 2, LAST + 3], 50), drawn(real(), [LAST + 1, LAST + 3], 50)
    assert np.array_equal(together[0][:, [0, 2]], apart[0])
    assert np.array_equal(together[1][:, [0, 2]], apart[1])


def test_draws_lie_within_the_quantiles_as_often_as_they_should() -> None:
    """4,000 draws, 90 % interval: over municipalities below 1 % of the country, the mean part inside.

    One municipality has a standard error of 0.5 points; draws of a class have errors in common, so the mean over
    336 of them has one of about 0.1 point. That all shares of a draw sum to 1 narrows the spread a little.
    """
    projection = project(real(), [LAST + 1, LAST + 4])
    shares, totals = drawn(real(), [LAST + 1, LAST + 4], 4_000)
    low, high = projection.share_quantiles((0.05, 0.95))
    inside = ((low <= shares) & (shares <= high)).mean(axis=0)
    small = projection.shares[0] < 0.01
    assert np.abs(inside[:, small].mean(axis=1) - 0.9).max() < 0.01
    assert np.abs(inside - 0.9).max() < 0.05
    below = (totals < projection.total_quantiles((0.05, 0.95))[:, None]).mean(axis=1)
    assert np.abs(below - np.array([[0.05], [0.95]])).max() < 4 * np.sqrt(0.05 * 0.95 / 4_000)


def test_who_is_far_off_early_stays_so() -> None:
    """The correlation of the errors one and four years ahead, in the draws, is that of the past errors."""
    projection = project(real(), [LAST + 1, LAST + 4])
    shares, _totals = drawn(real(), [LAST + 1, LAST + 4], 2_000)
    errors = np.log(shares / projection.shares) / projection.spreads
    correlation = np.corrcoef(errors[:, 0].ravel(), errors[:, 1].ravel())[0, 1]
    assert abs(correlation - projection.errors.steps[3, 0]) < 0.03


# --- the backtest -------------------------------------------------------------------------------


def test_one_error_by_hand() -> None:
    # Utrecht had 330,772 of 16,900,726 in 2015 and 359,370 of 17,407,585 in 2020; the last share four years
    # ahead of 2016 is held against 2020.
    past = past_errors(real(), 4, last_share)
    case = np.flatnonzero((past.origins == 2016) & (past.horizons == 4))[0]
    place = real().index["GM0344"]
    expected = np.log(real().inhabitants[6, place] / 17_407_585) - np.log(real().inhabitants[2, place] / 16_979_120)
    assert past.errors[case, place] == pytest.approx(expected, abs=1e-12)


def test_every_origin_is_used_and_nothing_after_it() -> None:
    past = real_backtest().cases
    assert [int((past.horizons == ahead).sum()) for ahead in (1, 2, 3, 4)] == [11, 10, 9, 8]
    changed = real().inhabitants.copy()
    changed[7:] = changed[7:, ::-1]  # what is known until 2020 stays
    turned = past_errors(replace(real(), inhabitants=changed), 1, shrunk_growth)
    same = past.where(past.horizons == 1)
    early = turned.origins < 2020
    assert np.array_equal(turned.errors[early], same.errors[early])


def test_size_classes_begin_at_their_limits() -> None:
    assert size_class(np.array([19_999, 20_000, 50_000, 99_999, 100_000])).tolist() == [0, 1, 2, 2, 3]


def test_a_naive_rule_that_is_right_is_said_to_win() -> None:
    """Shares on straight lines, to the person, and a rule in use that lets the last share stay."""
    random = stream(1, "lines")
    start, slope = random.uniform(25_000, 40_000, 60), random.uniform(-400, 400, 60)
    counts = np.rint(start + np.arange(13)[:, None] * (slope - slope.mean())).astype(np.int64)
    result = backtest(invented(counts), {**RULES, USED: last_share})
    assert compare(result, "linear_trend", 4, 1).outcome == "worse"
    assert compare(result, "last_share", 4, 1).outcome == "undecided"
    assert any(
        "linear trend is closer for 20,000 to 50,000 (1 ahead)" in verdict_in_word
        for verdict_in_word in verdict_in_words(result)
    )


def test_where_shares_wander_the_last_share_is_not_beaten() -> None:
    result = backtest(simulated(200, 13, 0.0, 0.01, 5))
    assert compare(result, "last_share", 1, None).outcome != "better"
    assert compare(result, "linear_trend", 4, None).outcome == "better"


def test_used_rule_is_the_one_of_project_and_every_rule_has_words() -> None:
    assert RULES[USED] is shrunk_growth
    assert [RULES[name] for name in NAIVE] == [last_share, linear_trend]
    assert len({rule_in_words(name) for name in SCORED}) == len(RULES) + 1


def documented_rows() -> list[str]:
    """The rows of the tables in docs/population.md, from the backtest itself."""
    rows = []
    for size in (None, 0, 1, 2, 3):
        for ahead in (1, 2, 3, 4):
            used = score(real_backtest(), USED, ahead, size)
            assert used.coverage is not None
            naive = [f"{score(real_backtest(), name, ahead, size).error:.2f}" for name in NAIVE]
            held = [f"{100 * part:.0f}" for part in used.coverage]
            cells = [class_in_words(size), str(ahead), f"{used.error:.2f} ± {used.error_se:.2f}", *naive]
            cells += [f"{used.bias:+.2f} ± {used.bias_se:.2f}", *held]
            rows.append(f"| {' | '.join(cells)} |")
    for name in SCORED:
        errors = [f"{score(real_backtest(), name, ahead, None).error:.3f}" for ahead in (1, 2, 3, 4)]
        apart = compare(real_backtest(), name, 4, None)
        less = "" if name == USED else f"{apart.difference:+.3f} ± {apart.standard_error:.3f}"
        rows.append(f"| {' | '.join([rule_in_words(name), *errors, less])} |")
    for title, total_rule, among in variants():
        errors = [f"{score(total_rule, USED, ahead, None, among).error:.3f}" for ahead in (1, 2, 3, 4)]
        cells = [
            compare(total_rule, name, ahead, size, among).outcome
            for name in NAIVE
            for ahead in (1, 2, 3, 4)
            for size in range(4)
        ]
        better, worse = cells.count("better"), cells.count("worse")
        rows.append(f"| {' | '.join([title, *errors, f'{better} of 32', str(worse)])} |")
    for rule, off in total_errors(real()).items():
        rows.append(f"| {' | '.join([total_rule_in_words(rule), *(f'{share:.2f}' for share in off)])} |")
    return rows


def variants() -> list[tuple[str, Backtest, np.ndarray[tuple[int], np.dtype[np.bool_]] | None]]:
    return [
        ("all years", real_backtest(), None),
        ("without 2026", backtest(real().until(2025)), None),
        ("without 2014 (worked back)", backtest(real().since(2015)), None),
        ("without both", backtest(real().until(2025).since(2015)), None),
        ("without the six municipalities with estimated parts", real_backtest(), ordinary(real())),
    ]


def test_document_shows_the_figures_of_the_backtest() -> None:
    written = DOCUMENT.read_text(encoding="utf-8").splitlines()
    assert [row for row in documented_rows() if row not in written] == []


def test_command_shows_what_the_document_does(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    print_projection_backtest(real(), real_backtest())
    shown = [re.split(r"  +", line.strip()) for line in capsys.readouterr().out.splitlines()]
    cells = [[re.sub(r"^-(0\.00 )", r"\1", cell) for cell in row.strip("| ").split(" | ")] for row in documented_rows()]
    of_other_years = [title for title, _tested, _among in variants()]
    assert [row for row in cells if row[0] not in of_other_years and row not in shown] == []


def test_machine_gets_the_same_scores_and_no_number_where_there_is_none() -> None:
    written = projection_backtest_as_dict(real(), real_backtest())
    assert json.loads(json.dumps(written, allow_nan=False)) == written
    used = [row for row in written["scores"] if (row["rule"], row["horizon"], row["size"]) == (USED, 4, None)]
    assert [(f"{row['error']:.3f}", row["origins"]) for row in used] == [("1.234", 8)]
    assert {row["outcome"] for row in written["against_naive_rules"]} == {"better"}
    few = real().until(2016)
    few_scores = projection_backtest_as_dict(few, backtest(few))["scores"]
    assert {row["error_se"] for row in few_scores} == {None}


def test_few_years_give_the_origins_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    few = real().until(2016)
    print_projection_backtest(few, backtest(few))
    assert "closer" in capsys.readouterr().out


def test_coverage_is_what_the_document_claims() -> None:
    """Between nominal and nominal + 9 points over all municipalities, but for 50 % one year ahead (2 points below)."""
    for ahead in (1, 2, 3, 4):
        held = score(real_backtest(), USED, ahead, None).coverage
        assert held is not None
        assert all(-0.03 < part - level < 0.09 for part, level in zip(held, (0.5, 0.8, 0.9), strict=True))


def test_a_year_is_the_same_beside_later_years_and_without_them() -> None:
    """Shares, totals and how far both can be off do not depend on the last year that is asked for."""
    history = real()
    longest = project(history, range(LAST + 1, LAST + 1 + MOST_YEARS_AHEAD))
    whole = next(draw(longest, 5, 1))
    for place, year in enumerate(longest.years):
        alone = project(history, [year])
        assert np.array_equal(alone.inhabitants[0], longest.inhabitants[place])
        drawn = next(draw(alone, 5, 1))
        assert np.array_equal(drawn.shares[:, 0], whole.shares[:, place])
        assert np.array_equal(drawn.totals[:, 0], whole.totals[:, place])
