"""The effects of a comparison as rows and in words: what its charts and its map share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gguplan.fund.municipalities import Population
from gguplan.language import _, listed_with_and, plural
from gguplan.model.comparison import Comparison
from gguplan.reports.charts.look import LESS, MORE, SAME, Row, before_cascades, clean
from gguplan.reports.charts.panel import Key
from gguplan.reports.terminal.comparison import merged_in_words
from gguplan.wording.amounts import format_euros, per_inhabitant
from gguplan.wording.shortlist import municipalities_or_count

LONGEST_NAME: Final = 34

COLOURS: Final = {"more": MORE, "same": SAME, "less": LESS}


def effect_rows(comparison: Comparison) -> list[Row]:
    """A row for each municipality, without other bodies, in order of code: whole cents, and euros per inhabitant, which
    is their direction.

    Each amount is over the inhabitants of its own reference date, so that who grew may pay more, and less an
    inhabitant.
    """
    before, after = comparison.rates
    return [
        {
            "gm_code": municipality.gm_code,
            "name": clean(municipality.name, LONGEST_NAME),
            "inhabitants": inhabitants,
            "cents": cents,
            "rate": rate,
            "direction": "more" if rate > 0 else "less" if rate < 0 else "same",
        }
        for municipality, inhabitants, cents, rate in zip(
            comparison.population.municipalities,
            comparison.sizes.tolist(),
            comparison.effects.tolist(),
            (after - before).tolist(),
            strict=True,
        )
        if not municipality.is_body
    ]


def beside(comparison: Comparison) -> str:
    """Which scenario beside which."""
    titles = (comparison.scenario.title, comparison.baseline.title)
    scenario, baseline = (clean(title, 90) for title in titles)
    return _("{scenario} beside {baseline}", scenario=scenario, baseline=baseline)


def populations(comparison: Comparison) -> tuple[Population, Population]:
    """Whose inhabitants count in the baseline and in the scenario."""
    return comparison.baseline.result.population, comparison.scenario.result.population


def legend_of(rows: Sequence[Row]) -> tuple[Key, ...]:
    """The colours of who pays more, less and the same, with how many they are."""
    return tuple(Key(words, COLOURS[name]) for name, words in directions(rows).items())


def directions(rows: Sequence[Row]) -> dict[str, str]:
    """How many rows there are of each direction, in words."""
    sentences = {}
    for name in COLOURS:
        count = sum(row["direction"] == name for row in rows)
        if count and name == "more":
            sentences[name] = plural(
                "{count} municipality pays more per inhabitant", "{count} municipalities pay more per inhabitant", count
            )
        elif count and name == "less":
            sentences[name] = plural(
                "{count} municipality pays less per inhabitant", "{count} municipalities pay less per inhabitant", count
            )
        elif count:
            sentences[name] = plural("{count} municipality pays the same", "{count} municipalities pay the same", count)
    return sentences


def in_words(comparison: Comparison, gm_codes: Sequence[str] = ()) -> list[str]:
    """The effects in sentences: how many pay more and less, the first and the last, and who was asked for."""
    rows = effect_rows(comparison)
    sentences = [listed_with_and(directions(rows).values()) + "."]
    highest, lowest = max(row["rate"] for row in rows), min(row["rate"] for row in rows)
    if highest > 0:
        names, amount = rows_at(rows, highest)
        sentences.append(_("Most more: {name}, {rate} per inhabitant.", name=names, rate=amount))
    if lowest < 0:
        names, amount = rows_at(rows, lowest)
        sentences.append(_("Most less: {name}, {rate} per inhabitant.", name=names, rate=amount.removeprefix("-")))
    by_code = {row["gm_code"]: row for row in rows}
    for row in (by_code[code] for code in dict.fromkeys(gm_codes) if code in by_code):
        sentences.append(
            _(
                "{name}: {rate} per inhabitant, {amount} in all.",
                name=row["name"],
                rate=rate_in_words(row),
                amount=format_euros(row["cents"]),
            )
        )
    sentences.append(
        _(
            "All together: {amount}; on average {rate} per inhabitant.",
            amount=format_euros(comparison.total.effect),
            rate=per_inhabitant(comparison.total.rate_change),
        )
    )
    return sentences


def rows_at(rows: Sequence[Row], rate: float) -> tuple[str, str]:
    """Whose rate is printed as this one, by name or counted, and how it is printed."""
    amount = per_inhabitant(rate)
    return municipalities_or_count([row["name"] for row in rows if rate_in_words(row) == amount]), amount


def rate_in_words(row: Row) -> str:
    """Euros per inhabitant of a row of `effect_rows`."""
    return per_inhabitant(row["rate"])


def in_the_amounts(comparison: Comparison) -> list[str]:
    """How two dates were put beside each other, and what the amounts leave out; nothing when neither is needed."""
    merged = [merged_in_words(comparison.population.year)] if comparison.over_mergers else []
    return [*merged, *before_cascades([comparison.baseline.result.fund_year, comparison.scenario.result.fund_year])]
