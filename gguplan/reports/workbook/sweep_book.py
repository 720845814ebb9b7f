"""A sweep as a workbook."""

from __future__ import annotations

from gguplan.language import _
from gguplan.model.sweep.outcomes import MILLIONTHS
from gguplan.model.sweep.result import SweepResult
from gguplan.reports.tables.sweep import shares_table, swings_table, variants_table
from gguplan.reports.terminal.sweep import notes
from gguplan.reports.terminal.sweep_words import amount, outcome_in_words, rounding_unit
from gguplan.reports.workbook.table_book import TableSheet, table_workbook
from gguplan.wording.population import inhabitants_line


def sweep_workbook(result: SweepResult) -> bytes:
    """Every variant, what each factor does by itself, and how much of the variance it explains."""
    scenario = result.base
    answer = [
        _(
            "{outcome}, as it is: {amount}",
            outcome=outcome_in_words(result.base, name),
            amount=amount(name, result.alone.base(name), rounding_unit(result)),
        )
        for name in result.main_outcomes
    ]
    swings, shares = swings_table(result), shares_table(result)
    words = {
        name.removesuffix("_cents").removesuffix(MILLIONTHS): outcome_in_words(result.base, name)
        for name in result.main_outcomes
    }
    for table in (swings, shares):
        table["outcome"] = [words[name] for name in table["outcome"]]
    sheets = [
        TableSheet(_("Variants"), _("The values of each variant, and what comes out."), variants_table(result)),
        TableSheet(_("One at a time"), _("What each factor does while the rest is as it is."), swings),
        TableSheet(_("Variance"), _("The share of the variance that each factor explains."), shares),
    ]
    sources = [(_("Inhabitants"), inhabitants_line(result.base.population))]
    sources += [(_("Remark"), note) for note in notes(result)]
    return table_workbook(scenario.title, answer, sources, sheets, scenario.reference_date)
